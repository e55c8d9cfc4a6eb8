package relay_test

import (
	"context"
	"testing"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
)

func resource(t *testing.T, s backend.DataSourceInstanceSettings, req *backend.CallResourceRequest) *backend.CallResourceResponse {
	t.Helper()
	var answers []*backend.CallResourceResponse
	err := newRelay(t, s).CallResource(context.Background(), req, backend.CallResourceResponseSenderFunc(
		func(answer *backend.CallResourceResponse) error {
			answers = append(answers, answer)
			return nil
		}))
	if err != nil || len(answers) != 1 {
		t.Fatalf("%d answers and error %v, want one answer", len(answers), err)
	}
	return answers[0]
}

func TestAResourceIsAskedWithQueryTokenAndViewer(t *testing.T) {
	server := newStandIn(t, saysJSON(200, `{"values":[],"total":0}`))
	answer := resource(t, settings(server.URL+"/base", "secret"), &backend.CallResourceRequest{
		PluginContext: backend.PluginContext{User: &backend.User{Login: "jürgen 🦊", Email: "j@example.com", Role: "Editor"}},
		Method:        "GET", Path: "values", URL: "values?dimension=team&search=a%20b%26c",
		Headers: map[string][]string{"Cookie": {"grafana_session=x"}, "Authorization": {"Bearer mine"}, "X-Pagebudget-Viewer": {`{"email":"other@example.com"}`}},
	})
	got := server.onlyRequest(t)
	if got.method != "GET" || got.path != "/base/values" || got.query != "dimension=team&search=a%20b%26c" {
		t.Errorf("asked %s %s?%s", got.method, got.path, got.query)
	}
	if got.header.Get("Authorization") != "Bearer secret" || got.header.Get("Cookie") != "" {
		t.Errorf("the browser's own credentials went on: %v", got.header)
	}
	viewer := got.header.Values("X-Pagebudget-Viewer")
	if len(viewer) != 1 {
		t.Fatalf("the viewer is %v", viewer)
	}
	for _, letter := range viewer[0] {
		if letter > 0x7e {
			t.Errorf("the viewer header %q is not ASCII", viewer[0])
		}
	}
	wantJSON(t, viewer[0], `{"login":"jürgen 🦊","email":"j@example.com","role":"Editor"}`)
	if answer.Status != 200 || string(answer.Body) != `{"values":[],"total":0}` {
		t.Errorf("the answer is %d %s", answer.Status, answer.Body)
	}
}

func TestOnlyTheOfferedResourcesReachTheBackend(t *testing.T) {
	server := newStandIn(t, saysJSON(200, `{}`))
	for _, c := range []struct{ method, path string }{
		{"POST", "webhooks/pagerduty"}, {"GET", "metrics"}, {"POST", "labels"}, {"POST", "query"}, {"GET", ""}, {"", ""},
		{"POST", "catalogue"}, {"DELETE", "values"}, {"GET", "values/../metrics"}, {"GET", "../metrics"}, {"GET", "status%2f..%2fmetrics"},
		{"", "unknown"},
	} {
		answer := resource(t, settings(server.URL, ""), &backend.CallResourceRequest{Method: c.method, Path: c.path, URL: c.path})
		if answer.Status != 404 {
			t.Errorf("%s %q is answered %d", c.method, c.path, answer.Status)
		}
	}
	if len(server.requests) != 0 {
		t.Errorf("the backend was asked %v", server.requests)
	}
	resource(t, settings(server.URL, ""), &backend.CallResourceRequest{Method: "GET", Path: "/catalogue", URL: "/catalogue"})
	if got := server.onlyRequest(t); got.path != "/catalogue" {
		t.Errorf("asked %s", got.path)
	}
}

func TestAFailedResourceTellsCodeAndMessage(t *testing.T) {
	server := newStandIn(t, saysJSON(400, `{"error":{"code":"invalid_query","message":"dimension \"teem\" is unknown: team?"}}`))
	call := &backend.CallResourceRequest{Method: "GET", Path: "values", URL: "values?dimension=teem"}
	answer := resource(t, settings(server.URL, ""), call)
	if answer.Status != 400 {
		t.Errorf("the status is %d", answer.Status)
	}
	wantJSON(t, string(answer.Body), `{"error":{"code":"invalid_query","message":"dimension \"teem\" is unknown: team?"}}`)
}

func TestARefusedTokenDoesNotEndTheBrowsersSession(t *testing.T) {
	server := newStandIn(t, saysJSON(401, `{"error":{"code":"unauthorized","message":"no"}}`))
	answer := resource(t, settings(server.URL, "wrong"), &backend.CallResourceRequest{Method: "GET", Path: "status", URL: "status"})
	if answer.Status != 502 {
		t.Errorf("the status is %d, want 502", answer.Status)
	}
	wantJSON(t, string(answer.Body), `{"error":{"code":"upstream","message":"The Pagebudget backend at `+server.URL+
		` says that the data source's token is missing or wrong: enter the backend's PAGEBUDGET_TOKEN there."}}`)
}
