package relay

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/grafana/grafana-plugin-sdk-go/backend/httpclient"
)

// answerLimit is the largest answer, in bytes, that is read into the memory of the machine that runs Grafana.
const answerLimit = 64 << 20

// failure is why a call has no answer: HTTP status and code to hand on, and a message that says what to do.
type failure struct {
	status        int
	code, message string
}

// send returns the body of the backend's 200 answer to target, a path with its query.
func (d *Datasource) send(ctx context.Context, method, target, viewer string, body []byte) ([]byte, *failure) {
	address := strings.TrimSuffix(d.base.String(), "/") + "/" + target
	request, err := http.NewRequestWithContext(ctx, method, address, bytes.NewReader(body))
	if err != nil {
		return nil, d.unreachable(err)
	}
	request.Header.Set("Content-Type", "application/json")
	if viewer != "" {
		request.Header.Set("X-Pagebudget-Viewer", viewer)
	}
	if d.token != "" {
		request.Header.Set("Authorization", "Bearer "+d.token)
	}
	response, err := d.client.Do(request)
	if err != nil {
		return nil, d.unreachable(err)
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(httpclient.MaxBytesReader(response.Body, answerLimit))
	if err != nil {
		return nil, d.unreachable(err)
	}
	if response.StatusCode != http.StatusOK {
		return nil, d.refused(response, answer)
	}
	return answer, nil
}

func (d *Datasource) unreachable(err error) *failure {
	if errors.Is(err, httpclient.ErrResponseBodyTooLarge) {
		return d.upstream(http.StatusBadGateway, "sent too large an answer (%v bytes): ask for a shorter range, fewer groups or a lower limit", err)
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return d.upstream(http.StatusGatewayTimeout, "did not answer in time (%v): ask for a shorter range, or raise the data source's timeout", err)
	}
	return d.upstream(http.StatusBadGateway, "cannot be reached (%v): check that it runs, and that the data source's URL is its address as Grafana's server sees it (in a container, localhost is the container)", err)
}

func (d *Datasource) refused(response *http.Response, body []byte) *failure {
	var told map[string]struct{ Code, Message string }
	if response.StatusCode == http.StatusUnauthorized {
		return d.upstream(http.StatusBadGateway, "says that the data source's token is missing or wrong: enter the backend's PAGEBUDGET_TOKEN there")
	}
	if json.Unmarshal(body, &told) == nil && told["error"].Message != "" {
		return &failure{response.StatusCode, told["error"].Code, told["error"].Message}
	}
	return d.foreign(response.Status + " " + response.Header.Get("Location"))
}

// foreign is the failure of an answer that no Pagebudget backend gives.
func (d *Datasource) foreign(answer string) *failure {
	return d.upstream(http.StatusBadGateway, "is not what answers there (%s): correct the data source's URL", strings.TrimSpace(answer))
}

func (d *Datasource) upstream(status int, format string, values ...any) *failure {
	return &failure{status, "upstream", "The Pagebudget backend at " + d.base.Redacted() + " " + fmt.Sprintf(format, values...) + "."}
}
