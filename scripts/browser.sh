#!/usr/bin/env bash
# Installs what the browser tests need from Debian and npm: Chromium, fonts and axe-core.
set -euo pipefail
cd "$(dirname "$0")/.."
if [ ! -x /usr/bin/chromium ]; then
  echo "→ Chromium installeren voor de tests …"
  sudo=""; [ "$(id -u)" -eq 0 ] || sudo="sudo"
  export DEBIAN_FRONTEND=noninteractive
  $sudo apt-get -qq update && $sudo apt-get -qq install -y chromium fonts-dejavu-core fonts-noto-color-emoji >/dev/null \
    || { echo "✗ Chromium kon niet geïnstalleerd worden. Doe het zelf met: apt-get install chromium" >&2; exit 1; }
fi
if [ ! -f .cache/axe/node_modules/axe-core/axe.min.js ]; then
  mkdir -p .cache/axe
  npm install --silent --no-save --no-audit --no-fund --prefix .cache/axe axe-core@4.14.1 >/dev/null
fi
