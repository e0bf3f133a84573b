"""What says who somebody is goes out of a message; what the advice needs stays. Set: personal.jsonl, written by the same hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.personal import HIDDEN, hide_personal
from bot.text import clean

CASES = [json.loads(line) for line in (Path(__file__).parent / "personal.jsonl").read_text(encoding="utf-8").splitlines()]
PERSONAL = [case for case in CASES if case["hidden"]]
HARMLESS = [case["message"] for case in CASES if not case["hidden"]]


def leaks(case: dict) -> list[str]:
    """The parts that should have gone and are still there."""
    said = hide_personal(case["message"]).lower()
    return [part for part in case["hidden"] if part.lower() in said]


def test_personal_data_is_found():
    assert len(PERSONAL) >= 60
    missed = [case["message"] for case in PERSONAL if leaks(case)]
    assert len(missed) <= 0.02 * len(PERSONAL), missed


def test_harmless_numbers_and_words_stay():
    assert len(HARMLESS) >= 60
    touched = [message for message in HARMLESS if hide_personal(message) != message]
    assert len(touched) <= 0.02 * len(HARMLESS), touched


@pytest.mark.parametrize("digits", ["85.07.30-033.28", "0475 12 34 56", "BE68 5390 0754 7034"])
@pytest.mark.parametrize("hidden_in", ["{}", "x {} y", "({})", "a\n{}\nb", "\u200b{}\u202e", "nr:{}.", "**{}**"])
def test_numbers_are_found_in_any_surroundings(digits, hidden_in):
    said = clean(hidden_in.format(digits))
    assert HIDDEN in said and not set(digits.split()) & set(said.split())


def test_what_is_hidden_already_stays_so():
    for case in PERSONAL:
        once = hide_personal(case["message"])
        assert hide_personal(once).count(HIDDEN) >= 1
        assert not leaks({**case, "message": once})
