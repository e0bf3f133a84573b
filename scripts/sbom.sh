#!/usr/bin/env bash
# Bill of materials (CycloneDX JSON) of the locked packages, in results/sbom.json. The tool runs apart from our environment.
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p results
uv=.venv/bin/uv
[ -x "$uv" ] || uv=uv
"$uv" tool run -q --from 'cyclonedx-bom>=5,<8' cyclonedx-py requirements requirements.lock --pyproject pyproject.toml \
  --output-format JSON --output-file results/sbom.json \
  || { echo "✗ De stuklijst kon niet gemaakt worden. Kijk of deze computer het PyPI-register bereikt." >&2; exit 1; }
echo "Bewaard: results/sbom.json, $(grep -c '"purl"' results/sbom.json) pakketten."
