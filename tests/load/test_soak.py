"""A minute of soak in `make test`, an hour in `make test-long` (SOAK_SECONDS for another length); 32 people in both."""

from __future__ import annotations

import os

import pytest

from tests.conftest import Server
from tests.load.soak import soak


def test_a_minute_of_thirty_two_people(deployed: Server):
    outcome = soak(deployed, users=32, seconds=60)
    assert outcome.turns > 0 and outcome.faults == [] and outcome.wrong == []


@pytest.mark.long
def test_an_hour_of_thirty_two_people(deployed: Server):
    outcome = soak(deployed, users=32, seconds=float(os.environ.get("SOAK_SECONDS", "3600")))
    assert outcome.faults == [] and outcome.wrong == []
    assert outcome.growth <= 0.05, outcome.memory
