package relay

import (
	"cmp"
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
)

// status is the part of the backend's GET /status that a health check tells; null leaves a field empty.
type status struct {
	Version, State, HarvestedUntil, Reason, Error string
	Account                                       struct {
		Name      string
		Simulated bool
	}
}

// CheckHealth says whether the backend answers, for which account, and how far its harvest is.
func (d *Datasource) CheckHealth(ctx context.Context, _ *backend.CheckHealthRequest) (*backend.CheckHealthResult, error) {
	var told status
	body, fault := d.send(ctx, http.MethodGet, "status", "", nil)
	if fault == nil && (json.Unmarshal(body, &told) != nil || told.State == "") {
		fault = d.foreign("a /status of another kind")
	}
	if fault != nil {
		return &backend.CheckHealthResult{Status: backend.HealthStatusError, Message: fault.message}, nil
	}
	health := backend.HealthStatusOk
	if told.State == "stopped" {
		health = backend.HealthStatusError
	}
	return &backend.CheckHealthResult{Status: health, Message: told.sentence()}, nil
}

func (s status) sentence() string {
	account := cmp.Or(s.Account.Name, "account not read yet")
	if s.Account.Simulated {
		account += " (simulated)"
	}
	until := "harvested until: " + cmp.Or(s.HarvestedUntil, "nothing yet")
	parts := []string{"Pagebudget " + s.Version, account, s.State, until, s.Reason, s.Error}
	return strings.Join(slices.DeleteFunc(parts, func(part string) bool { return part == "" }), "; ")
}
