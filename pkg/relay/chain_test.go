package relay_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"testing"
	"time"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/data"
)

// resultsOf are the frames of a POST /query answer by refId, as they came.
func resultsOf(t *testing.T, answer string) map[string]struct {
	Status int
	Error  string
	Frames []json.RawMessage
} {
	t.Helper()
	var body struct {
		Results map[string]struct {
			Status int
			Error  string
			Frames []json.RawMessage
		}
	}
	if err := json.Unmarshal([]byte(answer), &body); err != nil {
		t.Fatalf("%v in %s", err, answer)
	}
	return body.Results
}

func frameOf(t *testing.T, answer, refID string, i int) string {
	t.Helper()
	return string(resultsOf(t, answer)[refID].Frames[i])
}

// chainRange is the range of the chain's queries: PAGEBUDGET_TEST_TO (default now) and the 28 days before.
func chainRange(t *testing.T) backend.TimeRange {
	t.Helper()
	end := time.Now().UTC().Truncate(time.Second)
	if text := os.Getenv("PAGEBUDGET_TEST_TO"); text != "" {
		var err error
		if end, err = time.Parse(time.RFC3339, text); err != nil {
			t.Fatalf("PAGEBUDGET_TEST_TO: %v", err)
		}
	}
	return backend.TimeRange{From: end.AddDate(0, 0, -28), To: end}
}

// chainQueries are PAGEBUDGET_TEST_QUERIES, a JSON list of queries with refId and queryType, or one of each kind of frame.
func chainQueries(t *testing.T, during backend.TimeRange) []backend.DataQuery {
	t.Helper()
	text := os.Getenv("PAGEBUDGET_TEST_QUERIES")
	if text == "" {
		text = `[
			{"refId":"A","queryType":"metric","metric":"pages","by":["team"],"bucket":"day","format":"time_series"},
			{"refId":"B","queryType":"metric","metric":"interruptions","by":["user"],"bucket":"none","format":"table"},
			{"refId":"C","queryType":"incidents","limit":50},
			{"refId":"D","queryType":"noise"},
			{"refId":"E","queryType":"night"},
			{"refId":"F","queryType":"budget","view":"status"},
			{"refId":"G","queryType":"metric","metric":"no_such_metric"}]`
	}
	var raw []json.RawMessage
	if err := json.Unmarshal([]byte(text), &raw); err != nil {
		t.Fatalf("PAGEBUDGET_TEST_QUERIES: %v", err)
	}
	queries := make([]backend.DataQuery, len(raw))
	for i, own := range raw {
		var named struct{ RefID, QueryType string }
		if err := json.Unmarshal(own, &named); err != nil {
			t.Fatalf("PAGEBUDGET_TEST_QUERIES: %v", err)
		}
		queries[i] = backend.DataQuery{RefID: named.RefID, QueryType: named.QueryType, JSON: own,
			Interval: time.Hour, MaxDataPoints: 1000, TimeRange: during}
	}
	return queries
}

// withoutDefaults leaves out what the SDK never writes because Grafana takes it for granted.
func withoutDefaults(t *testing.T, text []byte) string {
	t.Helper()
	var frame any
	if err := json.Unmarshal(text, &frame); err != nil {
		t.Fatal(err)
	}
	prune(frame)
	pruned, err := json.Marshal(frame)
	if err != nil {
		t.Fatal(err)
	}
	return string(pruned)
}

func prune(value any) {
	switch v := value.(type) {
	case []any:
		for _, item := range v {
			prune(item)
		}
	case map[string]any:
		defaults := map[string]string{"severity": "info", "targetBlank": "false", "config": "map[]", "labels": "map[]", "nanos": "<nil>", "typeVersion": "[0 0]"}
		for name, item := range v {
			prune(item)
			if usual, known := defaults[name]; known && fmt.Sprint(item) == usual {
				delete(v, name)
			}
		}
	}
}

// askDirectly posts the same queries to the backend without the relay.
func askDirectly(t *testing.T, url, token string, queries []backend.DataQuery) string {
	t.Helper()
	var asked struct {
		Queries []map[string]any `json:"queries"`
	}
	for _, query := range queries {
		var own map[string]any
		if err := json.Unmarshal(query.JSON, &own); err != nil {
			t.Fatal(err)
		}
		own["intervalMs"], own["maxDataPoints"] = query.Interval.Milliseconds(), query.MaxDataPoints
		own["range"] = map[string]string{
			"from": query.TimeRange.From.Format("2006-01-02T15:04:05.000Z"),
			"to":   query.TimeRange.To.Format("2006-01-02T15:04:05.000Z"),
		}
		asked.Queries = append(asked.Queries, own)
	}
	body, err := json.Marshal(asked)
	if err != nil {
		t.Fatal(err)
	}
	request, err := http.NewRequest(http.MethodPost, url+"/query", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("the backend answers %s %s %v", response.Status, text, err)
	}
	return string(text)
}

func TestTheChainAnswersWhatTheBackendAnswers(t *testing.T) {
	url, token := os.Getenv("PAGEBUDGET_TEST_URL"), os.Getenv("PAGEBUDGET_TEST_TOKEN")
	if url == "" {
		t.Skip("PAGEBUDGET_TEST_URL names no running backend (with PAGEBUDGET_TEST_TOKEN if it wants one)")
	}
	queries := chainQueries(t, chainRange(t))
	direct := resultsOf(t, askDirectly(t, url, token, queries))
	relay, pluginContext := startProcess(t), contextOf(settings(url, token), nil)
	relayed := relay.query(context.Background(), t, &backend.QueryDataRequest{PluginContext: pluginContext, Queries: queries})
	if len(relayed) != len(queries) {
		t.Errorf("%d answers to %d queries", len(relayed), len(queries))
	}
	for refID, want := range direct {
		t.Run(refID, func(t *testing.T) {
			got := relayed[refID]
			if (got.Error == nil && want.Error != "") || (got.Error != nil && got.Error.Error() != want.Error) || int(got.Status) != want.Status {
				t.Errorf("status %d, error %v; the backend says %d %q", got.Status, got.Error, want.Status, want.Error)
			}
			if len(got.Frames) != len(want.Frames) {
				t.Fatalf("%d frames, the backend has %d", len(got.Frames), len(want.Frames))
			}
			for i, frame := range got.Frames {
				text, err := data.FrameToJSON(frame, data.IncludeAll)
				if err != nil {
					t.Fatal(err)
				}
				wantJSON(t, withoutDefaults(t, text), withoutDefaults(t, want.Frames[i]))
			}
		})
	}
	if health := relay.health(t, pluginContext); health.Status != backend.HealthStatusOk {
		t.Errorf("the health is %v %q", health.Status, health.Message)
	}
	for _, path := range []string{"catalogue", "status", "values?dimension=team"} {
		name, _, _ := bytes.Cut([]byte(path), []byte("?"))
		if answer := relay.resource(t, &backend.CallResourceRequest{PluginContext: pluginContext, Method: "GET", Path: string(name), URL: path}); answer.Status != 200 {
			t.Errorf("%s is answered %d %s", path, answer.Status, answer.Body)
		}
	}
}
