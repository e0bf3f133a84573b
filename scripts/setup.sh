#!/usr/bin/env bash
# Makes .venv with Python 3.10 and the locked packages. Says what it does; one clear sentence when something lacks.
set -euo pipefail
cd "$(dirname "$0")/.."

fail() { printf '\n✗ %s\n' "$1" >&2; exit 1; }

find_python() {
  local candidate
  for candidate in python3.10 "$(command -v pyenv >/dev/null 2>&1 && ls -d "$(pyenv root)"/versions/3.10.*/bin/python3.10 2>/dev/null | tail -n 1)"; do
    [ -n "$candidate" ] && "$candidate" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 10))' 2>/dev/null && { echo "$candidate"; return; }
  done
  uv --version >/dev/null 2>&1 && uv python find 3.10 2>/dev/null && return
  return 1
}

free_kb=$(df -Pk . | awk 'NR==2 {print $4}')
[ "$free_kb" -gt 5000000 ] || fail "Er is te weinig plaats op de schijf: $((free_kb / 1024)) MB vrij, 5000 MB nodig. Maak plaats en probeer opnieuw."

if [ ! -x .venv/bin/python ]; then
  python=$(find_python) || fail "Python 3.10 is niet gevonden. Installeer het, bijvoorbeeld met: pyenv install 3.10"
  echo "→ Omgeving maken met $("$python" --version) …"
  "$python" -m venv .venv 2>/dev/null || { uv --version >/dev/null 2>&1 && uv venv --seed -q -p "$python" .venv; } \
    || fail "De omgeving .venv kon niet gemaakt worden. Installeer python3.10-venv en probeer opnieuw."
fi
command -v gcc >/dev/null 2>&1 || fail "gcc ontbreekt. Installeer het met: apt-get install gcc"

echo "→ Pakketten installeren (de eerste keer enkele minuten, 3 GB) …"
if uv --version >/dev/null 2>&1; then
  uv pip install -q --python .venv/bin/python --require-hashes --no-deps -r requirements.lock
else
  .venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
fi || fail "De pakketten konden niet geïnstalleerd worden. Kijk of deze computer de pakketregisters bereikt."
.venv/bin/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation --no-index -e . \
  || fail "Wegwijs zelf kon niet geïnstalleerd worden. Verwijder de map .venv en probeer opnieuw."
.venv/bin/python -m bot.spacy_package
