package relay_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
)

const emptyA = `{"results":{"A":{"status":200,"frames":[]}}}`

func ask(t *testing.T, s backend.DataSourceInstanceSettings, user *backend.User, queries ...backend.DataQuery) backend.Responses {
	t.Helper()
	answer, err := newRelay(t, s).QueryData(context.Background(), &backend.QueryDataRequest{
		PluginContext: backend.PluginContext{User: user}, Queries: queries,
	})
	if err != nil {
		t.Fatalf("QueryData: %v", err)
	}
	return answer.Responses
}

func TestAllQueriesGoInOnePostInTheirOrder(t *testing.T) {
	server := newStandIn(t, saysJSON(200, `{"results":{"B":{"status":200,"frames":[]},"A":{"status":200,"frames":[]}}}`))
	second := query("A", `{"queryType":"night","refId":"Z","limit":7,"range":{"raw":"now-3d"}}`)
	second.QueryType, second.TimeRange.From = "", to.Add(-6*time.Hour)
	user := &backend.User{Login: "ada", Name: "Ada L", Email: "ada@example.com", Role: "Viewer"}
	ask(t, settings(server.URL+"/", "secret"), user, query("B", `{"metric":"pages","by":["user"],"filters":[]}`), second)

	got := server.onlyRequest(t)
	if got.method != "POST" || got.path != "/query" {
		t.Errorf("asked %s %s, want POST /query", got.method, got.path)
	}
	if auth := got.header.Get("Authorization"); auth != "Bearer secret" {
		t.Errorf("Authorization is %q", auth)
	}
	wantJSON(t, got.body, `{
		"queries": [
			{"refId":"B","queryType":"metric","metric":"pages","by":["user"],"filters":[],"intervalMs":60000,"maxDataPoints":800,
			 "range":{"from":"2026-11-01T00:00:00.500Z","to":"2026-11-08T00:00:00.000Z"}},
			{"refId":"A","queryType":"night","limit":7,"intervalMs":60000,"maxDataPoints":800,
			 "range":{"from":"2026-11-07T18:00:00.000Z","to":"2026-11-08T00:00:00.000Z"}}],
		"viewer": {"login":"ada","email":"ada@example.com","role":"Viewer"}}`)
}

func TestTheViewerIsLeftOutWhereGrafanaNamesNone(t *testing.T) {
	server := newStandIn(t, saysJSON(200, emptyA))
	ask(t, settings(server.URL, ""), nil, query("A", `{}`))
	got := server.onlyRequest(t)
	if strings.Contains(got.body, "viewer") {
		t.Errorf("a viewer without a user: %s", got.body)
	}
	if auth, sent := got.header["Authorization"]; sent {
		t.Errorf("an Authorization without a token: %v", auth)
	}
}

func TestTheSchedulerOfAlertsIsAViewerWithoutEmail(t *testing.T) {
	server := newStandIn(t, saysJSON(200, emptyA))
	ask(t, settings(server.URL, ""), &backend.User{Login: "grafana_scheduler", Role: "Admin"}, query("A", `{}`))
	if want := `"viewer":{"email":"","login":"grafana_scheduler","role":"Admin"}`; !strings.Contains(server.onlyRequest(t).body, want) {
		t.Errorf("got %s, want it to hold %s", server.onlyRequest(t).body, want)
	}
}

func TestAnErrorOfOneQueryLeavesTheOthers(t *testing.T) {
	server := newStandIn(t, saysJSON(200, `{"results":{
		"A":{"status":400,"error":"unknown metric \"page\": did you mean pages?","errorSource":"downstream","frames":[]},
		"B":{"status":200,"frames":[{"schema":{"refId":"B","meta":{"custom":{}},"fields":[]},"data":{"values":[]}}]}}}`))
	answers := ask(t, settings(server.URL, ""), nil, query("A", `{}`), query("B", `{}`))
	a, b := answers["A"], answers["B"]
	if a.Error == nil || a.Error.Error() != `unknown metric "page": did you mean pages?` || a.Status != 400 || a.ErrorSource != "downstream" {
		t.Errorf("A is %+v", a)
	}
	if b.Error != nil || len(b.Frames) != 1 {
		t.Errorf("B is %+v", b)
	}
}

func TestFailuresSayWhatToDo(t *testing.T) {
	big := func(w http.ResponseWriter, _ *http.Request) {
		for block := []byte(strings.Repeat(" ", 1<<20)); ; {
			if _, err := w.Write(block); err != nil {
				return
			}
		}
	}
	redirect := func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/login", http.StatusFound) }
	for name, c := range map[string]struct {
		answer http.HandlerFunc
		status backend.Status
		words  []string
	}{
		"refused token":        {saysJSON(401, `{"error":{"code":"unauthorized","message":"no"}}`), 502, []string{"token is missing or wrong", "PAGEBUDGET_TOKEN"}},
		"the backend's error":  {saysJSON(400, `{"error":{"code":"invalid_query","message":"queries: expected a list"}}`), 400, []string{"queries: expected a list"}},
		"a foreign page":       {says(404, "text/html", "<h1>nginx</h1>"), 502, []string{"404 Not Found", "URL"}},
		"a redirect":           {redirect, 502, []string{"302 Found /login", "URL"}},
		"a page that says 200": {says(200, "text/html", "<h1>hello</h1>"), 502, []string{"is not what answers there", "URL"}},
		"an endless answer":    {big, 502, []string{"too large", "67108864", "shorter range"}},
		"half an answer":       {saysJSON(200, emptyA[:20]), 502, []string{"is not what answers there"}},
		"a faulty part":        {saysJSON(200, `{"results":{"A":{"status":200,"frames":[]},"B":{"rows":[]}}}`), 502, []string{"unexpected field: rows"}},
		"a query left out":     {saysJSON(200, `{"results":{}}`), 502, []string{"without query A"}},
	} {
		t.Run(name, func(t *testing.T) {
			server := newStandIn(t, c.answer)
			got := ask(t, settings(server.URL, "secret"), nil, query("A", `{}`))["A"]
			wantFailure(t, got, c.status, c.words...)
			if c.status == 502 && !strings.Contains(got.Error.Error(), server.URL) {
				t.Errorf("%q does not name %s", got.Error, server.URL)
			}
		})
	}
}

func TestABackendThatIsDownIsNamedForEachQuery(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	server.Close()
	for refID, got := range ask(t, settings(server.URL, ""), nil, query("A", `{}`), query("B", `{}`)) {
		t.Run(refID, func(t *testing.T) {
			wantFailure(t, got, 502, server.URL, "cannot be reached", "connection refused", "check that it runs")
		})
	}
}

func TestAPasswordInTheURLIsNotTold(t *testing.T) {
	got := ask(t, settings("http://user:hidden@127.0.0.1:1", ""), nil, query("A", `{}`))["A"]
	if wantFailure(t, got, 502, "cannot be reached"); strings.Contains(got.Error.Error(), "hidden") {
		t.Errorf("%q tells the password", got.Error)
	}
}

func TestASlowBackendMeetsTheDataSourcesTimeout(t *testing.T) {
	server := newStandIn(t, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	slow := settings(server.URL, "")
	slow.JSONData = []byte(`{"timeout": 1}`)
	wantFailure(t, ask(t, slow, nil, query("A", `{}`))["A"], 504, server.URL, "did not answer in time", "raise the data source's timeout")
}

func TestACancelledQueryIsCancelledInTheBackend(t *testing.T) {
	arrived, ended := make(chan struct{}), make(chan struct{})
	server := newStandIn(t, func(_ http.ResponseWriter, r *http.Request) {
		close(arrived)
		<-r.Context().Done()
		close(ended)
	})
	ctx, cancel := context.WithCancel(context.Background())
	go func() { <-arrived; cancel() }()
	_, err := newRelay(t, settings(server.URL, "")).QueryData(ctx, &backend.QueryDataRequest{Queries: []backend.DataQuery{query("A", `{}`)}})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v, want a cancellation", err)
	}
	select {
	case <-ended:
	case <-time.After(5 * time.Second):
		t.Error("the backend's request went on")
	}
}

func TestAQueryThatIsNoObjectIsRefused(t *testing.T) {
	for _, text := range []string{`null`, `[]`, `"metric"`, `{`} {
		_, err := newRelay(t, settings("http://127.0.0.1:1", "")).QueryData(context.Background(),
			&backend.QueryDataRequest{Queries: []backend.DataQuery{query("A", text)}})
		if err == nil || !strings.Contains(err.Error(), "query A is no JSON object") {
			t.Errorf("%s gives %v", text, err)
		}
	}
}

func wantFailure(t *testing.T, got backend.DataResponse, status backend.Status, words ...string) {
	t.Helper()
	if got.Error == nil {
		t.Fatalf("no error, want one about %v", words)
	}
	if got.Status != status || got.ErrorSource != backend.ErrorSourceDownstream {
		t.Errorf("status %d from %s, want %d from downstream: %v", got.Status, got.ErrorSource, status, got.Error)
	}
	for _, word := range words {
		if !strings.Contains(got.Error.Error(), word) {
			t.Errorf("%q does not say %q", got.Error, word)
		}
	}
}
