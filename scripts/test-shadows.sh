#!/usr/bin/env bash
# `npm run test:shadows`: every provider's conformance, on a real server of each kind. As root on Debian or Ubuntu it
# installs what is missing (an engine, a PostgreSQL) and starts the engine for as long as the tests run.
set -euo pipefail
cd "$(dirname "$0")/.."

missing() {
  command -v dockerd >/dev/null || echo docker.io
  test -x /bin/busybox || echo busybox-static
  ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || echo postgresql
}
mapfile -t packages < <(missing)
if ((${#packages[@]} > 0)); then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}"
fi

if ! docker info >/dev/null 2>&1; then
  log=$(mktemp)
  dockerd >"$log" 2>&1 &
  engine=$!
  trap 'kill $engine; wait $engine || true; rm -f "$log"' EXIT
  for _ in $(seq 100); do
    docker info >/dev/null 2>&1 && break
    sleep 0.2
  done
  docker info >/dev/null || { cat "$log"; exit 1; }
fi

MIGRATION_GATE_TEST_SHADOWS=embedded,local,docker,url,url-owner npx vitest run __tests__/shadow/conformance.test.ts __tests__/shadow/killed.test.ts "$@"
