"""One cluster for all its tests: real PostgreSQL, Redis, nginx and two bots (scripts/cluster.py)."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator

import pytest

from scripts import cluster as topology
from tests.conftest import ROOT


@pytest.fixture(scope="session")
def cluster() -> Iterator[topology.Cluster]:
    from bot import train

    train.ensure_model()
    subprocess.run(["bash", str(ROOT / "scripts" / "cluster_packages.sh")], check=True)
    with topology.running() as running:
        yield running
