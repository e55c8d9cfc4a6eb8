package relay_test

import (
	"context"
	"errors"
	"io"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/backend/grpcplugin"
	"github.com/grafana/grafana-plugin-sdk-go/genproto/pluginv2"
	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
)

// process is a started relay executable with the SDK's clients, as Grafana's server holds it.
type process struct {
	data        grpcplugin.DataClient
	resources   grpcplugin.ResourceClient
	diagnostics grpcplugin.DiagnosticsClient
}

var folder string

// executable builds the relay once for all tests, with the flags of scripts/build-relay.sh.
var executable = sync.OnceValues(func() (string, error) {
	file := filepath.Join(folder, "gpx_pagebudget.exe")
	build := exec.Command("go", "build", "-buildvcs=false", "-trimpath", "-ldflags", "-s -w", "-o", file, "..")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if text, err := build.CombinedOutput(); err != nil {
		return "", errors.New(string(text))
	}
	return file, nil
})

func TestMain(m *testing.M) {
	var err error
	if folder, err = os.MkdirTemp("", "relay"); err != nil {
		log.Fatalln(err)
	}
	code := m.Run()
	_ = os.RemoveAll(folder)
	os.Exit(code)
}

func startProcess(t *testing.T) process {
	t.Helper()
	file, err := executable()
	if err != nil {
		t.Fatalf("building the relay: %v", err)
	}
	client := plugin.NewClient(&plugin.ClientConfig{
		Cmd: exec.Command(file),
		HandshakeConfig: plugin.HandshakeConfig{
			ProtocolVersion:  grpcplugin.ProtocolVersion,
			MagicCookieKey:   grpcplugin.MagicCookieKey,
			MagicCookieValue: grpcplugin.MagicCookieValue,
		},
		VersionedPlugins: map[int]plugin.PluginSet{grpcplugin.ProtocolVersion: {
			"data":        &grpcplugin.DataGRPCPlugin{},
			"resource":    &grpcplugin.ResourceGRPCPlugin{},
			"diagnostics": &grpcplugin.DiagnosticsGRPCPlugin{},
		}},
		AllowedProtocols: []plugin.Protocol{plugin.ProtocolGRPC},
		Logger:           hclog.NewNullLogger(),
	})
	t.Cleanup(client.Kill)
	connection, err := client.Client()
	if err != nil {
		t.Fatalf("starting the relay: %v", err)
	}
	return process{
		dispense[grpcplugin.DataClient](t, connection, "data"),
		dispense[grpcplugin.ResourceClient](t, connection, "resource"),
		dispense[grpcplugin.DiagnosticsClient](t, connection, "diagnostics"),
	}
}

func dispense[T any](t *testing.T, connection plugin.ClientProtocol, name string) T {
	t.Helper()
	raw, err := connection.Dispense(name)
	if err != nil {
		t.Fatalf("the relay has no %s: %v", name, err)
	}
	return raw.(T)
}

func contextOf(s backend.DataSourceInstanceSettings, user *backend.User) backend.PluginContext {
	return backend.PluginContext{OrgID: 1, PluginID: s.Type, DataSourceInstanceSettings: &s, User: user}
}

func (p process) query(ctx context.Context, t *testing.T, req *backend.QueryDataRequest) backend.Responses {
	t.Helper()
	raw, err := p.data.QueryData(ctx, backend.ToProto().QueryDataRequest(req))
	if err != nil {
		t.Fatalf("QueryData: %v", err)
	}
	answer, err := backend.FromProto().QueryDataResponse(raw)
	if err != nil {
		t.Fatalf("reading the answer: %v", err)
	}
	return answer.Responses
}

func (p process) resource(t *testing.T, req *backend.CallResourceRequest) *backend.CallResourceResponse {
	t.Helper()
	stream, err := p.resources.CallResource(context.Background(), backend.ToProto().CallResourceRequest(req))
	if err != nil {
		t.Fatalf("CallResource: %v", err)
	}
	answer, err := stream.Recv()
	if err != nil {
		t.Fatalf("receiving the answer: %v", err)
	}
	if _, err := stream.Recv(); !errors.Is(err, io.EOF) {
		t.Errorf("more than one answer, or %v", err)
	}
	return backend.FromProto().CallResourceResponse(answer)
}

func (p process) health(t *testing.T, pluginContext backend.PluginContext) *backend.CheckHealthResult {
	t.Helper()
	req := &pluginv2.CheckHealthRequest{PluginContext: backend.ToProto().PluginContext(pluginContext)}
	answer, err := p.diagnostics.CheckHealth(context.Background(), req)
	if err != nil {
		t.Fatalf("CheckHealth: %v", err)
	}
	return backend.FromProto().CheckHealthResponse(answer)
}
