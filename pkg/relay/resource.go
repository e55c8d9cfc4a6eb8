package relay

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"unicode/utf16"

	"github.com/grafana/grafana-plugin-sdk-go/backend"
)

// resources are the backend's paths, with their method, that a browser may ask through the data source.
var resources = map[string]string{"catalogue": http.MethodGet, "values": http.MethodGet, "status": http.MethodGet}

// CallResource hands a browser's call to the backend; a failure is answered as JSON {error: {code, message}}.
func (d *Datasource) CallResource(ctx context.Context, req *backend.CallResourceRequest, sender backend.CallResourceResponseSender) error {
	path := strings.Trim(req.Path, "/")
	answer := &backend.CallResourceResponse{Status: http.StatusOK, Headers: map[string][]string{"Content-Type": {"application/json"}}}
	fault := &failure{http.StatusNotFound, "not_found", "The data source offers no " + req.Method + " " + path + "."}
	if method, offered := resources[path]; offered && method == req.Method {
		_, query, _ := strings.Cut(req.URL, "?")
		answer.Body, fault = d.send(ctx, req.Method, path+"?"+query, viewerOf(req.PluginContext.User), req.Body)
	}
	if fault != nil {
		answer.Status = fault.status
		answer.Body, _ = json.Marshal(map[string]any{"error": map[string]string{"code": fault.code, "message": fault.message}})
	}
	return sender.Send(answer)
}

// viewerOf is a call's Grafana user as JSON {login, email, role}, empty where Grafana names none; ASCII, to fit a header.
func viewerOf(user *backend.User) string {
	if user == nil {
		return ""
	}
	text, _ := json.Marshal(map[string]string{"login": user.Login, "email": user.Email, "role": user.Role})
	var ascii strings.Builder
	for _, unit := range utf16.Encode([]rune(string(text))) {
		if unit < 0x7f {
			ascii.WriteByte(byte(unit))
		} else {
			fmt.Fprintf(&ascii, `\u%04x`, unit)
		}
	}
	return ascii.String()
}
