package relay_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/grafana/grafana-plugin-sdk-go/backend"

	"github.com/pagebudget/pagebudget-pagerduty-datasource/pkg/relay"
)

const readyStatus = `{"version":"0.1.0","account":{"id":"PACME","name":"Acme","simulated":true,"url":"https://acme.pagerduty.com"},
	"state":"ready","harvestedUntil":"2026-11-16T00:00:00.000Z","complete":true,"reason":null,"error":null,"streams":[]}`

func TestTheHealthCheckTellsHowTheBackendIs(t *testing.T) {
	for name, c := range map[string]struct {
		answer  http.HandlerFunc
		health  backend.HealthStatus
		message string
	}{
		"ready": {saysJSON(200, readyStatus), backend.HealthStatusOk,
			"Pagebudget 0.1.0; Acme (simulated); ready; harvested until: 2026-11-16T00:00:00.000Z"},
		"starting": {saysJSON(200, `{"version":"0.1.0","account":null,"state":"starting","harvestedUntil":null,"complete":false,"reason":null,"error":null}`),
			backend.HealthStatusOk, "Pagebudget 0.1.0; account not read yet; starting; harvested until: nothing yet"},
		"harvesting": {saysJSON(200, strings.NewReplacer(`"ready"`, `"harvesting"`, `"reason":null`, `"reason":"backfill running"`).Replace(readyStatus)),
			backend.HealthStatusOk, "Pagebudget 0.1.0; Acme (simulated); harvesting; harvested until: 2026-11-16T00:00:00.000Z; backfill running"},
		"stopped": {saysJSON(200, strings.NewReplacer(`"ready"`, `"stopped"`, `"error":null`, `"error":"PAGERDUTY_TOKEN is refused: make a new one"`).Replace(readyStatus)),
			backend.HealthStatusError, "Pagebudget 0.1.0; Acme (simulated); stopped; harvested until: 2026-11-16T00:00:00.000Z; PAGERDUTY_TOKEN is refused: make a new one"},
		"wrong token": {saysJSON(401, `{}`), backend.HealthStatusError,
			"The Pagebudget backend at URL says that the data source's token is missing or wrong: enter the backend's PAGEBUDGET_TOKEN there."},
		"a web server": {says(404, "text/html", "<h1>nginx</h1>"), backend.HealthStatusError,
			"The Pagebudget backend at URL is not what answers there (404 Not Found): correct the data source's URL."},
		"another service": {saysJSON(200, `{"status":"green"}`), backend.HealthStatusError,
			"The Pagebudget backend at URL is not what answers there (a /status of another kind): correct the data source's URL."},
		"a login page": {says(200, "text/html", "<h1>log in</h1>"), backend.HealthStatusError,
			"The Pagebudget backend at URL is not what answers there (a /status of another kind): correct the data source's URL."},
	} {
		t.Run(name, func(t *testing.T) {
			server := newStandIn(t, c.answer)
			got, err := newRelay(t, settings(server.URL, "secret")).CheckHealth(context.Background(), &backend.CheckHealthRequest{})
			if err != nil {
				t.Fatal(err)
			}
			if asked := server.onlyRequest(t); asked.path != "/status" || asked.header.Get("Authorization") != "Bearer secret" {
				t.Errorf("asked %s with %v", asked.path, asked.header)
			}
			if message := strings.ReplaceAll(got.Message, server.URL, "URL"); got.Status != c.health || message != c.message {
				t.Errorf("got %v %q\nwant %v %q", got.Status, message, c.health, c.message)
			}
		})
	}
}

func TestSettingsThatCannotWorkAreRefused(t *testing.T) {
	badCertificate := settings("https://localhost:8686", "")
	badCertificate.JSONData = []byte(`{"tlsAuthWithCACert": true}`)
	badCertificate.DecryptedSecureJSONData = map[string]string{"tlsCACert": "nonsense"}
	for name, c := range map[string]struct {
		settings backend.DataSourceInstanceSettings
		word     string
	}{
		"no URL":            {settings("", ""), "http://localhost:8686"},
		"no scheme":         {settings("localhost:8686", ""), "http://localhost:8686"},
		"another scheme":    {settings("ftp://localhost", ""), "http://localhost:8686"},
		"a bad certificate": {badCertificate, "TLS"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := relay.New(context.Background(), c.settings)
			if err == nil || !strings.Contains(err.Error(), c.word) || !backend.IsDownstreamError(err) {
				t.Errorf("the error is %v, want one about %q", err, c.word)
			}
		})
	}
}
