#!/usr/bin/env bash
# Installs what `make cluster` and the cluster tests run: Debian's PostgreSQL, Redis and nginx.
set -euo pipefail
PATH=$PATH:/usr/sbin:/sbin
if ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 && command -v redis-server nginx >/dev/null 2>&1; then exit 0; fi
echo "→ PostgreSQL, Redis en nginx installeren …"
sudo=""; [ "$(id -u)" -eq 0 ] || sudo="sudo"
export DEBIAN_FRONTEND=noninteractive
$sudo apt-get -qq update && $sudo apt-get -qq install -y --no-install-recommends postgresql redis-server nginx-light >/dev/null \
  || { echo "✗ Dat lukte niet. Doe het zelf met: apt-get install postgresql redis-server nginx-light" >&2; exit 1; }
