package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/backend/grpcplugin"
	"github.com/grafana/grafana-plugin-sdk-go/genproto/pluginv2"
	"github.com/hashicorp/go-plugin"
)

// server hands HTTP requests to the relay as Grafana's server does, with one data source's settings.
type server struct {
	settings    backend.PluginContext
	data        grpcplugin.DataClient
	resources   grpcplugin.ResourceClient
	diagnostics grpcplugin.DiagnosticsClient
}

func (s *server) connect(client *plugin.Client) error {
	connection, err := client.Client()
	if err != nil {
		return err
	}
	parts := map[string]any{}
	for _, name := range []string{"data", "resource", "diagnostics"} {
		if parts[name], err = connection.Dispense(name); err != nil {
			return err
		}
	}
	s.data = parts["data"].(grpcplugin.DataClient)
	s.resources = parts["resource"].(grpcplugin.ResourceClient)
	s.diagnostics = parts["diagnostics"].(grpcplugin.DiagnosticsClient)
	return nil
}

func (s *server) routes() http.Handler {
	routes := http.NewServeMux()
	routes.HandleFunc("POST /query", s.query)
	routes.HandleFunc("GET /resources/{path...}", s.resource)
	routes.HandleFunc("GET /health", s.health)
	return routes
}

// query takes the body that Grafana's page posts: queries, and the range in epoch milliseconds as text.
func (s *server) query(w http.ResponseWriter, r *http.Request) {
	var page struct {
		Queries  []json.RawMessage
		From, To string
	}
	asked := &backend.QueryDataRequest{PluginContext: s.settings}
	err := json.NewDecoder(r.Body).Decode(&page)
	for _, own := range page.Queries {
		var query struct {
			RefID, QueryType          string
			IntervalMs, MaxDataPoints int64
		}
		if err == nil {
			err = json.Unmarshal(own, &query)
		}
		asked.Queries = append(asked.Queries, backend.DataQuery{
			RefID: query.RefID, QueryType: query.QueryType, JSON: own, MaxDataPoints: query.MaxDataPoints,
			Interval:  time.Duration(query.IntervalMs) * time.Millisecond,
			TimeRange: backend.TimeRange{From: instant(page.From), To: instant(page.To)},
		})
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	raw, err := s.data.QueryData(r.Context(), backend.ToProto().QueryDataRequest(asked))
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	answer, err := backend.FromProto().QueryDataResponse(raw)
	reply(w, http.StatusOK, answer, err)
}

func (s *server) resource(w http.ResponseWriter, r *http.Request) {
	path := r.PathValue("path")
	stream, err := s.resources.CallResource(r.Context(), backend.ToProto().CallResourceRequest(&backend.CallResourceRequest{
		PluginContext: s.settings, Path: path, Method: r.Method, URL: path + "?" + r.URL.RawQuery,
	}))
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	answer, err := stream.Recv()
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	reply(w, int(answer.Code), json.RawMessage(answer.Body), nil)
}

func (s *server) health(w http.ResponseWriter, r *http.Request) {
	asked := &pluginv2.CheckHealthRequest{PluginContext: backend.ToProto().PluginContext(s.settings)}
	answer, err := s.diagnostics.CheckHealth(r.Context(), asked)
	reply(w, http.StatusOK, map[string]string{"status": answer.GetStatus().String(), "message": answer.GetMessage()}, err)
}

func instant(milliseconds string) time.Time {
	value, _ := strconv.ParseInt(milliseconds, 10, 64)
	return time.UnixMilli(value).UTC()
}

func reply(w http.ResponseWriter, status int, answer any, err error) {
	text, fault := json.Marshal(answer)
	if err != nil || fault != nil {
		http.Error(w, fmt.Sprint(err, fault), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(text)
}
