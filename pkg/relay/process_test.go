package relay_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/data"
	"google.golang.org/grpc/metadata"
)

// frames is an answer with what panels and alert rules need: a time series per team with unit, link, notice and honesty, and
// one labelled number per budget, one of them unknown.
const frames = `{"results":{
	"A":{"status":200,"frames":[{
		"schema":{"refId":"A","name":"pages","meta":{"type":"timeseries-multi","typeVersion":[0,1],
			"notices":[{"severity":"warning","text":"Backfill running: complete since 2026-11-03."}],
			"custom":{"harvestedUntil":"2026-11-08T00:00:00.000Z","complete":false,"reason":"backfill running","timeZone":"Asia/Kathmandu","rules":"1"}},
			"fields":[
				{"name":"time","type":"time","typeInfo":{"frame":"time.Time","nullable":true}},
				{"name":"pages","type":"number","typeInfo":{"frame":"float64","nullable":true},"labels":{"team":"Zahlungen ü"},
				 "config":{"displayNameFromDS":"Zahlungen","unit":"short","description":"Pages by their own time","interval":3600000,
				  "links":[{"title":"In PagerDuty","url":"https://acme.pagerduty.com/incidents/${__data.fields.id}","targetBlank":true}]}},
				{"name":"title","type":"string","typeInfo":{"frame":"string","nullable":true}},
				{"name":"interruption","type":"boolean","typeInfo":{"frame":"bool","nullable":true}}]},
		"data":{"values":[[1793491200500,1793494800000],[3.25,null],["disk full",null],[true,null]]}}]},
	"B":{"status":200,"frames":[
		{"schema":{"refId":"B","meta":{"type":"numeric-multi","custom":{}},"fields":[{"name":"remaining","type":"number",
			"typeInfo":{"frame":"float64","nullable":true},"labels":{"budget":"payments","team":"Payments"},"config":{"unit":"percentunit"}}]},"data":{"values":[[-0.25]],"nanos":null}},
		{"schema":{"refId":"B","meta":{"type":"numeric-multi","custom":{}},"fields":[{"name":"remaining","type":"number",
			"typeInfo":{"frame":"float64","nullable":true},"labels":{"budget":"search","team":"Search"},"config":{"unit":"percentunit"}}]},"data":{"values":[[null]]}}]},
	"C":{"status":400,"error":"unknown metric \"page\": did you mean pages?","errorSource":"downstream","frames":[]}}}`

func TestTheProcessHandsOnFramesWithAllTheySay(t *testing.T) {
	server := newStandIn(t, saysJSON(200, frames))
	answers := startProcess(t).query(context.Background(), t, &backend.QueryDataRequest{
		PluginContext: contextOf(settings(server.URL, "secret"), nil),
		Queries:       []backend.DataQuery{query("A", `{}`), query("B", `{}`), query("C", `{}`)},
	})
	if len(answers["A"].Frames) != 1 || answers["A"].Error != nil {
		t.Fatalf("A is %+v", answers["A"])
	}
	text, err := data.FrameToJSON(answers["A"].Frames[0], data.IncludeAll)
	if err != nil {
		t.Fatal(err)
	}
	wantJSON(t, string(text), frameOf(t, frames, "A", 0))

	numbers := answers["B"].Frames
	if len(numbers) != 2 {
		t.Fatalf("B has %d frames, want 2", len(numbers))
	}
	for i, want := range []struct {
		labels string
		value  *float64
	}{{"budget=payments, team=Payments", new(-0.25)}, {"budget=search, team=Search", nil}} {
		field := numbers[i].Fields[0]
		got := field.At(0).(*float64)
		if field.Labels.String() != want.labels || (got == nil) != (want.value == nil) || (got != nil && *got != *want.value) {
			t.Errorf("number %d is %v %v, want %v %v", i, field.Labels, got, want.labels, want.value)
		}
	}

	if c := answers["C"]; c.Error == nil || !strings.Contains(c.Error.Error(), "did you mean pages?") || c.Status != 400 || c.ErrorSource != "downstream" {
		t.Errorf("C is %+v", c)
	}
}

func TestTheProcessSendsTokenViewerAndTrace(t *testing.T) {
	const trace = "4bf92f3577b34da6a3ce929d0e0e4736"
	server := newStandIn(t, saysJSON(200, emptyA))
	ctx := metadata.AppendToOutgoingContext(context.Background(), "traceparent", "00-"+trace+"-00f067aa0ba902b7-01")
	startProcess(t).query(ctx, t, &backend.QueryDataRequest{
		PluginContext: contextOf(settings(server.URL, "secret"), &backend.User{Login: "ada", Email: "ada@example.com", Role: "Viewer"}),
		Headers:       map[string]string{"Cookie": "grafana_session=x", "http_X-Grafana-Id": "identity"},
		Queries:       []backend.DataQuery{query("A", `{"metric":"pages"}`)},
	})
	got := server.onlyRequest(t)
	if got.header.Get("Authorization") != "Bearer secret" || !strings.Contains(got.header.Get("Traceparent"), trace) {
		t.Errorf("the headers are %v", got.header)
	}
	if got.header.Get("Cookie") != "" || got.header.Get("X-Grafana-Id") != "" {
		t.Errorf("Grafana's own credentials went on: %v", got.header)
	}
	if !strings.Contains(got.body, `"viewer":{"email":"ada@example.com","login":"ada","role":"Viewer"}`) {
		t.Errorf("the viewer is missing: %s", got.body)
	}
}

func TestTheProcessAnswersResourcesAndHealth(t *testing.T) {
	server := newStandIn(t, func(w http.ResponseWriter, r *http.Request) {
		answers := map[string]string{"/catalogue": `{"metrics":[]}`, "/status": readyStatus}
		saysJSON(200, answers[r.URL.Path])(w, r)
	})
	relay, pluginContext := startProcess(t), contextOf(settings(server.URL, ""), nil)
	answer := relay.resource(t, &backend.CallResourceRequest{PluginContext: pluginContext, Method: "GET", Path: "catalogue", URL: "catalogue"})
	if answer.Status != 200 || string(answer.Body) != `{"metrics":[]}` {
		t.Errorf("the catalogue is %d %s", answer.Status, answer.Body)
	}
	refused := relay.resource(t, &backend.CallResourceRequest{PluginContext: pluginContext, Method: "POST", Path: "webhooks/pagerduty", URL: "webhooks/pagerduty"})
	if refused.Status != 404 {
		t.Errorf("a webhook is answered %d", refused.Status)
	}
	if got := relay.health(t, pluginContext); got.Status != backend.HealthStatusOk || !strings.Contains(got.Message, "Acme (simulated); ready") {
		t.Errorf("the health is %v %q", got.Status, got.Message)
	}
}

func TestTheProcessTellsFaultySettingsInHealthAndPanels(t *testing.T) {
	relay, pluginContext := startProcess(t), contextOf(settings("localhost:8686", ""), nil)
	if got := relay.health(t, pluginContext); got.Status != backend.HealthStatusError || !strings.Contains(got.Message, "enter it like http://localhost:8686") {
		t.Errorf("the health is %v %q", got.Status, got.Message)
	}
	answer := relay.query(context.Background(), t, &backend.QueryDataRequest{PluginContext: pluginContext, Queries: []backend.DataQuery{query("A", `{}`)}})["A"]
	if answer.Error == nil || !strings.Contains(answer.Error.Error(), "enter it like http://localhost:8686") || answer.ErrorSource != "downstream" {
		t.Errorf("the panel's answer is %+v", answer)
	}
}

func TestTheProcessUsesNewSettingsAtOnce(t *testing.T) {
	old, fresh := newStandIn(t, saysJSON(200, emptyA)), newStandIn(t, saysJSON(200, emptyA))
	relay := startProcess(t)
	for i, server := range []*standIn{old, fresh} {
		s := settings(server.URL, "")
		s.Updated = s.Updated.AddDate(0, 0, i)
		relay.query(context.Background(), t, &backend.QueryDataRequest{PluginContext: contextOf(s, nil), Queries: []backend.DataQuery{query("A", `{}`)}})
	}
	old.onlyRequest(t)
	fresh.onlyRequest(t)
}

func TestTheProcessOutlivesABackendThatGoesAndComes(t *testing.T) {
	down := true
	server := newStandIn(t, func(w http.ResponseWriter, r *http.Request) {
		if down {
			panic(http.ErrAbortHandler)
		}
		saysJSON(200, emptyA)(w, r)
	})
	relay := startProcess(t)
	req := &backend.QueryDataRequest{PluginContext: contextOf(settings(server.URL, ""), nil), Queries: []backend.DataQuery{query("A", `{}`)}}
	wantFailure(t, relay.query(context.Background(), t, req)["A"], 502, server.URL, "cannot be reached", "EOF")
	if len(server.requests) != 1 {
		t.Errorf("the relay asked %d times, want one: it retries nothing", len(server.requests))
	}
	down = false
	if answer := relay.query(context.Background(), t, req)["A"]; answer.Error != nil {
		t.Errorf("after the backend came back: %v", answer.Error)
	}
}
