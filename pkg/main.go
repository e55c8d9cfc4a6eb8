// Command gpx_pagebudget is the part of the plugin that Grafana's server starts; it hands every call to a Pagebudget backend.
package main

import (
	"log"

	"github.com/grafana/grafana-plugin-sdk-go/backend/datasource"
	"github.com/pagebudget/pagebudget-pagerduty-datasource/pkg/relay"
)

func main() {
	if err := datasource.Manage("pagebudget-pagerduty-datasource", relay.New, datasource.ManageOpts{}); err != nil {
		log.Fatalln("the relay cannot serve:", err)
	}
}
