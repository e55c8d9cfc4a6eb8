# Two images from one file: `backend`, and `grafana` with the plugin inside. docker-compose.yml builds both.

FROM node:24-bookworm-slim AS packages
WORKDIR /app
# `npm install`, not `npm ci`: the lock file does not name the native packages of every platform.
COPY package.json package-lock.json .npmrc ./
RUN npm install --omit=dev

FROM packages AS backend
COPY backend backend
COPY simulator simulator
COPY provisioning provisioning
RUN mkdir /data /run/pagebudget && chown node:node /data /run/pagebudget
USER node
# Node collects its garbage only when it must, and the C library hoards freed memory: these keep the process small.
ENV NODE_OPTIONS="--max-old-space-size=256 --max-semi-space-size=8" MALLOC_ARENA_MAX=2
EXPOSE 8686
CMD ["node", "backend/cli.ts", "serve"]

FROM packages AS browser
RUN npm install
COPY webpack.config.cjs plugin.json CHANGELOG.md LICENSE ./
COPY backend/contract.ts backend/contract.ts
COPY dashboards dashboards
COPY src src
RUN npm run build:browser

FROM golang:1.26-bookworm AS relay
WORKDIR /app
COPY go.mod go.sum ./
RUN go mod download
COPY pkg pkg
COPY scripts/build-relay.sh scripts/build-relay.sh
RUN sh scripts/build-relay.sh

FROM grafana/grafana:12.3.0 AS grafana
COPY --from=browser /app/dist /opt/pagebudget/plugins/pagebudget-pagerduty-datasource
COPY --from=relay /app/dist /opt/pagebudget/plugins/pagebudget-pagerduty-datasource
