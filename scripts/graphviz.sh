#!/usr/bin/env bash
# Installs what draws the map of the flows: Debian's graphviz.
set -euo pipefail
command -v dot >/dev/null 2>&1 && exit 0
echo "→ Graphviz installeren voor de tekening van de gesprekken …"
sudo=""; [ "$(id -u)" -eq 0 ] || sudo="sudo"
export DEBIAN_FRONTEND=noninteractive
$sudo apt-get -qq update && $sudo apt-get -qq install -y graphviz fonts-dejavu-core >/dev/null \
  || { echo "✗ Graphviz kon niet geïnstalleerd worden. Doe het zelf met: apt-get install graphviz" >&2; exit 1; }
