"""A short soak in `make test`, an hour of 32 users in `make test-long` (SOAK_SECONDS for another length)."""

from __future__ import annotations

import os

import pytest

from tests.conftest import Server
from tests.load.soak import soak


def test_everyone_gets_their_own_answers(deployed: Server):
    outcome = soak(deployed, users=16, seconds=8)
    assert outcome.turns > 0 and outcome.faults == [] and outcome.wrong == []


@pytest.mark.long
def test_an_hour_of_thirty_two_people(deployed: Server):
    outcome = soak(deployed, users=32, seconds=float(os.environ.get("SOAK_SECONDS", "3600")))
    assert outcome.faults == [] and outcome.wrong == []
    assert outcome.growth <= 0.05, outcome.memory
