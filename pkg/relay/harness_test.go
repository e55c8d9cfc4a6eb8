package relay_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"

	"github.com/pagebudget/pagebudget-pagerduty-datasource/pkg/relay"
)

// received is one request as the backend saw it.
type received struct {
	method, path, query string
	header              http.Header
	body                string
}

// standIn is an HTTP server in the backend's place that notes what it is asked.
type standIn struct {
	*httptest.Server
	mu       sync.Mutex
	requests []received
}

func newStandIn(t *testing.T, answer http.HandlerFunc) *standIn {
	t.Helper()
	s := &standIn{}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Errorf("reading the request: %v", err)
		}
		s.mu.Lock()
		s.requests = append(s.requests, received{r.Method, r.URL.Path, r.URL.RawQuery, r.Header.Clone(), string(body)})
		s.mu.Unlock()
		answer(w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

func (s *standIn) onlyRequest(t *testing.T) received {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.requests) != 1 {
		t.Fatalf("the backend got %d requests, want 1: %v", len(s.requests), s.requests)
	}
	return s.requests[0]
}

// says answers every request with one status and body.
func says(status int, contentType, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", contentType)
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

func saysJSON(status int, body string) http.HandlerFunc {
	return says(status, "application/json", body)
}

// settings are a data source's, with the token left out where it is empty.
func settings(url, token string) backend.DataSourceInstanceSettings {
	s := backend.DataSourceInstanceSettings{ID: 1, UID: "pagebudget", Type: "pagebudget-pagerduty-datasource", URL: url, JSONData: []byte(`{}`), Updated: time.Unix(1, 0)}
	if token != "" {
		s.DecryptedSecureJSONData = map[string]string{"token": token}
	}
	return s
}

func newRelay(t *testing.T, s backend.DataSourceInstanceSettings) *relay.Datasource {
	t.Helper()
	instance, err := relay.New(context.Background(), s)
	if err != nil {
		t.Fatalf("making the relay: %v", err)
	}
	d := instance.(*relay.Datasource)
	t.Cleanup(d.Dispose)
	return d
}

var (
	from = time.Date(2026, 11, 1, 1, 0, 0, 500_000_000, time.FixedZone("", 3600))
	to   = time.Date(2026, 11, 8, 0, 0, 0, 0, time.UTC)
)

func query(refID, queryJSON string) backend.DataQuery {
	return backend.DataQuery{
		RefID: refID, QueryType: "metric", MaxDataPoints: 800, Interval: time.Minute,
		TimeRange: backend.TimeRange{From: from, To: to}, JSON: []byte(queryJSON),
	}
}

func wantJSON(t *testing.T, got, want string) {
	t.Helper()
	var gotValue, wantValue any
	if err := json.Unmarshal([]byte(got), &gotValue); err != nil {
		t.Fatalf("not JSON: %v\n%s", err, got)
	}
	if err := json.Unmarshal([]byte(want), &wantValue); err != nil {
		t.Fatalf("the expectation is not JSON: %v", err)
	}
	gotText, _ := json.MarshalIndent(gotValue, "", " ")
	wantText, _ := json.MarshalIndent(wantValue, "", " ")
	if string(gotText) != string(wantText) {
		t.Errorf("got %s\nwant %s", gotText, wantText)
	}
}
