#!/bin/sh
# Brings a fresh machine to where the command that follows can run; does nothing where all is there.
#   sh scripts/setup.sh demo   the npm packages
#   sh scripts/setup.sh test   also Chromium, Go and PostgreSQL, for the tests
set -eu
cd "$(dirname "$0")/.."

stamp=node_modules/.cache/pagebudget-lock
if [ ! -x node_modules/.bin/node ] || ! cmp -s package-lock.json "$stamp"; then
  echo "Installing npm packages ..." >&2
  npm install --no-audit --no-fund --loglevel=error >&2
  mkdir -p node_modules/.cache
  cp package-lock.json "$stamp"
fi

[ "${1:-}" = test ] || exit 0

missing=
command -v chromium >/dev/null 2>&1 || [ -n "${CHROMIUM:-}" ] || missing="$missing chromium"
command -v go >/dev/null 2>&1 || missing="$missing golang-go"
command -v initdb >/dev/null 2>&1 || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$missing postgresql"
# Go 1.21 and newer fetch the version that go.mod names by themselves; older ones cannot read it.
require_go() {
  minor=$(go version | sed -n 's/.*go1\.\([0-9]*\).*/\1/p')
  [ "${minor:-99}" -ge 21 ] && return
  echo "$(go version) is too old: the relay needs Go 1.21 or newer on the PATH; get it from https://go.dev/dl." >&2
  exit 1
}

if [ -z "$missing" ]; then
  require_go
  exit 0
fi

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "Installing$missing ..." >&2
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq >&2
  # shellcheck disable=SC2086
  apt-get install -y -qq --no-install-recommends $missing >/dev/null
else
  echo "The tests need$missing. Run this once, then try again:" >&2
  echo "  sudo apt-get update && sudo apt-get install -y --no-install-recommends$missing" >&2
  exit 1
fi
require_go
