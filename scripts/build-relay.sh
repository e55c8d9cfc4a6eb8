#!/bin/sh
# Builds the relay, the executable that Grafana's server starts, into dist/ as gpx_pagebudget_<os>_<arch>, static.
# Targets are arguments such as: linux/amd64 linux/arm64; without any, this machine's own.
set -eu
cd "$(dirname "$0")/.."

if ! command -v go >/dev/null; then
  echo "build-relay: Go is not installed; get it from https://go.dev/dl (the version that go.mod names, or newer)." >&2
  exit 1
fi

[ $# -gt 0 ] || set -- "$(go env GOOS)/$(go env GOARCH)"
for target in "$@"; do
  os=${target%%/*}
  arch=${target##*/}
  file=dist/gpx_pagebudget_${os}_${arch}
  [ "$os" != windows ] || file=$file.exe
  GOTOOLCHAIN=${GOTOOLCHAIN:-auto} CGO_ENABLED=0 GOOS=$os GOARCH=$arch go build -buildvcs=false -trimpath -ldflags '-s -w' -o "$file" ./pkg
  echo "$file"
done
