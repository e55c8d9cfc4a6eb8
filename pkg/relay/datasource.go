// Package relay answers the calls of a Grafana server by handing them to a Pagebudget backend over HTTP; it analyses and retries nothing.
package relay

import (
	"context"
	"net/http"
	"net/url"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
	"github.com/grafana/grafana-plugin-sdk-go/backend/httpclient"
	"github.com/grafana/grafana-plugin-sdk-go/backend/instancemgmt"
)

// Datasource relays for one configured data source.
type Datasource struct {
	client *http.Client
	base   *url.URL
	token  string
}

// New makes the relay of one data source: `url` is the backend's address, `secureJsonData.token` its bearer token; TLS,
// timeout and proxy are the SDK's settings. A redirect is never followed, as token and viewer are for the backend alone.
func New(ctx context.Context, settings backend.DataSourceInstanceSettings) (instancemgmt.Instance, error) {
	base, err := url.Parse(settings.URL)
	if err != nil || base.Host == "" || (base.Scheme != "http" && base.Scheme != "https") {
		return nil, backend.DownstreamErrorf("the data source's URL is no backend's address: enter it like http://localhost:8686")
	}
	options, err := settings.HTTPClientOptions(ctx)
	if err != nil {
		return nil, backend.DownstreamErrorf("the data source's HTTP settings cannot be read, save them anew: %w", err)
	}
	client, err := httpclient.New(options)
	if err != nil {
		return nil, backend.DownstreamErrorf("the data source's TLS or proxy settings do not work, correct them: %w", err)
	}
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &Datasource{client, base, settings.DecryptedSecureJSONData["token"]}, nil
}

// Dispose closes the idle connections of a data source that was changed or removed.
func (d *Datasource) Dispose() { d.client.CloseIdleConnections() }
