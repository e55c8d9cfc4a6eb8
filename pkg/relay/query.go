package relay

import (
	"cmp"
	"context"
	"encoding/json"
	"net/http"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
)

const iso8601 = "2006-01-02T15:04:05.000Z"

// QueryData asks the backend all queries in one POST /query and hands on frames and errors by refId.
func (d *Datasource) QueryData(ctx context.Context, req *backend.QueryDataRequest) (*backend.QueryDataResponse, error) {
	asked, err := ask(req)
	if err != nil {
		return nil, err
	}
	body, fault := d.send(ctx, http.MethodPost, "query", "", asked)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	var results backend.QueryDataResponse
	if fault == nil {
		if err := json.Unmarshal(body, &results); err != nil {
			results, fault = backend.QueryDataResponse{}, d.foreign(err.Error())
		}
	}
	answer := backend.NewQueryDataResponse()
	for _, query := range req.Queries {
		result, given := results.Responses[query.RefID]
		if !given {
			why := cmp.Or(fault, d.foreign("an answer without query "+query.RefID))
			result = backend.ErrDataResponseWithSource(backend.Status(why.status), backend.ErrorSourceDownstream, why.message)
		}
		answer.Responses[query.RefID] = result
	}
	return answer, nil
}

// ask is the body of POST /query: each query's own JSON with what Grafana decided about it laid over, and the viewer.
func ask(req *backend.QueryDataRequest) ([]byte, error) {
	queries := make([]map[string]any, len(req.Queries))
	for i, query := range req.Queries {
		if err := json.Unmarshal(query.JSON, &queries[i]); err != nil || queries[i] == nil {
			return nil, backend.DownstreamErrorf("query %s is no JSON object: write it anew in the query editor", query.RefID)
		}
		queries[i]["refId"] = query.RefID
		queries[i]["intervalMs"] = query.Interval.Milliseconds()
		queries[i]["maxDataPoints"] = query.MaxDataPoints
		queries[i]["range"] = map[string]string{"from": query.TimeRange.From.UTC().Format(iso8601), "to": query.TimeRange.To.UTC().Format(iso8601)}
		if query.QueryType != "" {
			queries[i]["queryType"] = query.QueryType
		}
	}
	asked := map[string]any{"queries": queries}
	if viewer := viewerOf(req.PluginContext.User); viewer != "" {
		asked["viewer"] = json.RawMessage(viewer)
	}
	return json.Marshal(asked)
}
