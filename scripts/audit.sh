#!/usr/bin/env bash
# Known vulnerabilities of the locked packages, when the advisory service can be reached; else it says so. See docs/veiligheid.md.
set -uo pipefail
cd "$(dirname "$0")/.."
uv=.venv/bin/uv
[ -x "$uv" ] || uv=uv

audit() { timeout 300 "$uv" tool run -q pip-audit --requirement "$1" --disable-pip --no-deps --progress-spinner off 2>&1; }

# A package mirror may answer without advisories: a version with a well-known one must be found before silence means anything.
known=$(mktemp)
trap 'rm -f "$known"' EXIT
echo 'jinja2==2.10' > "$known"
if ! audit "$known" | grep -q 'Found [0-9]* known vulnerabilit'; then
  echo "→ De dienst met bekende kwetsbaarheden is van hier niet te bevragen. Er is dus niets nagekeken." \
       "Lees de beredeneerde lijst in docs/veiligheid.md, en voer dit uit op een machine met internet."
  exit 0
fi
if audit requirements.lock; then
  echo "In orde: geen bekende kwetsbaarheden in requirements.lock."
else
  echo "✗ Vergelijk deze lijst met docs/veiligheid.md: wat daar niet staat, moet bekeken worden." >&2
  exit 1
fi
