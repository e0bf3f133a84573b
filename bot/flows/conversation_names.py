"""The names in a conversation file that the knowledge base doesn't have."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.flows.conversation import NOTHING, Flow
from knowledge.facts import read_value
from knowledge.problems import Problem, suggestion
from knowledge.store import Knowledge


def unknown_names(flow: Flow, knowledge: Knowledge) -> Iterator[Problem]:
    """The facts, cards and routes that a conversation names and that are not in the knowledge base."""
    records = {**knowledge.topics, **knowledge.programmes, **knowledge.organisations, **knowledge.scans}
    for name, value in flow.known.items():
        yield from _fact_problems(flow, knowledge, 1, "weet_al", name, value)
    for turn in flow.turns:
        expected = turn.expected
        for name in expected.kaarten:
            if name not in records:
                yield _unknown(
                    flow, turn.line_of("kaarten", name), "kaarten", f"kaart {name}", suggestion(name, records)
                )
        for name in expected.oordelen:
            if name not in knowledge.programmes:
                hint = suggestion(name, knowledge.programmes)
                yield _unknown(flow, turn.line_of("oordelen", name), "oordelen", f"route {name}", hint)
        for name, value in expected.weet.items():
            yield from _fact_problems(flow, knowledge, turn.line_of("weet", name), "weet", name, value)
        if expected.vraagt not in (None, NOTHING) and expected.vraagt not in knowledge.facts:
            hint = suggestion(expected.vraagt or "", knowledge.facts)
            yield _unknown(flow, turn.line_of("vraagt"), "vraagt", f"feit {expected.vraagt}", hint)


def _unknown(flow: Flow, line: int, where: str, what: str, hint: str) -> Problem:
    return Problem(flow.file, line, where, f"{what} bestaat niet{hint}")


def _fact_problems(flow: Flow, knowledge: Knowledge, line: int, where: str, name: str, value: Any) -> Iterator[Problem]:
    fact = knowledge.facts.get(name)
    if fact is None:
        yield _unknown(flow, line, where, f"feit {name}", suggestion(name, knowledge.facts))
    elif value is not None and read_value(fact, value) is None:
        allowed = ", ".join(option.value for option in fact.values) or (
            "ja of nee" if fact.type == "bool" else "een getal"
        )
        yield Problem(flow.file, line, where, f"{name} kan niet {value} zijn; kies uit: {allowed}")
