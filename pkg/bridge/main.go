// Command bridge stands in for Grafana's server in tests: it starts the relay executable, speaks gRPC to it, and
// offers its three calls over HTTP on a free port of the loopback, whose address is its first line of output. It ends
// with its standard input.
package main

import (
	"flag"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"os/exec"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/backend/grpcplugin"
	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
)

func main() {
	relay := flag.String("relay", "", "path of the relay executable")
	url := flag.String("url", "", "URL of the data source: the address of the backend")
	token := flag.String("token", "", "token of the data source")
	flag.Parse()
	client := start(*relay)
	defer client.Kill()
	server := server{settings: settings(*url, *token)}
	if err := server.connect(client); err != nil {
		client.Kill()
		log.Fatalf("starting %s: %v", *relay, err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		client.Kill()
		log.Fatalln(err)
	}
	fmt.Printf("http://%s\n", listener.Addr())
	go func() { log.Fatalln(http.Serve(listener, server.routes())) }()
	_, _ = io.Copy(io.Discard, os.Stdin)
}

func start(executable string) *plugin.Client {
	return plugin.NewClient(&plugin.ClientConfig{
		Cmd: exec.Command(executable),
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
}

func settings(url, token string) backend.PluginContext {
	const id = "pagebudget-pagerduty-datasource"
	return backend.PluginContext{
		OrgID:    1,
		PluginID: id,
		User:     &backend.User{Login: "tester", Name: "Tester", Email: "tester@example.org", Role: "Viewer"},
		DataSourceInstanceSettings: &backend.DataSourceInstanceSettings{
			ID: 1, UID: "pagebudget", Type: id, Name: "Pagebudget", URL: url,
			JSONData:                []byte("{}"),
			DecryptedSecureJSONData: map[string]string{"token": token},
		},
	}
}
