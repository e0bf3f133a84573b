"""Makes the line of one premium out of the decisions for each pupil: best outcome, amounts, ceiling, reasons, notes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from knowledge import wording
from knowledge.calculators import base
from knowledge.calculators.base import ZERO, Line
from knowledge.conditions import Outcome
from knowledge.schema_parts import Figure
from knowledge.store import Knowledge
from knowledge.verdicts import Reason


@dataclass(frozen=True)
class Case:
    """One pupil for one premium: the decision, and how many times the rate is certain (low) and possible (high)."""

    outcome: Outcome
    reasons: tuple[Reason, ...]
    low: Decimal
    high: Decimal


def line(
    knowledge: Knowledge,
    rate_name: str,
    cases: Sequence[Case],
    on: dt.date | None,
    ask: str,
    notes: Sequence[str],
    *,
    ceiling: Figure | None = None,
    per_pupil: bool = True,
    title: str = "",
) -> Line:
    """The line of one premium from its cases. A rate that is not said to be per pupil is certain only once a month."""
    topic = base.card(knowledge, rate_name.partition(".")[0])
    rate = base.figure(knowledge, rate_name)
    outcome = _best(case.outcome for case in cases)
    if outcome == "no":
        zero = base.with_value(rate, ZERO)
        return Line(topic.id, title or topic.titel, outcome, _reasons(cases, outcome), zero, zero)
    certain = [case.low for case in cases if case.outcome == "yes"]
    low = base.value(rate) * (sum(certain, ZERO) if per_pupil else max(certain, default=ZERO))
    high = base.value(rate) * sum((case.high for case in cases if case.outcome != "no"), ZERO)
    reasons = _reasons(cases, outcome)
    if ceiling and high > base.value(ceiling):
        low, high = min(low, base.value(ceiling)), base.value(ceiling)
        text = f"Het maximum is {wording.figure(ceiling)} per schooljaar, meer krijg je niet."
        reasons += (Reason(text, "ceiling", (ceiling.bron,), outcome),)
    year = base.past_year(knowledge, topic, on)
    told = tuple(note for note in (_count_note(cases, outcome), *notes) if note)
    return Line(
        topic.id,
        title or topic.titel,
        outcome,
        reasons,
        base.with_value(rate, low) if outcome == "yes" else None,
        base.with_value(rate, high),
        told + (base.past_note(year, ask) or _ask_note(outcome, ask)),
        year,
        ask,
    )


def _reasons(cases: Sequence[Case], outcome: Outcome) -> tuple[Reason, ...]:
    told = (reason for case in cases for reason in case.reasons)
    return base.unique(sorted(told, key=lambda reason: reason.outcome != outcome))


def _count_note(cases: Sequence[Case], outcome: Outcome) -> str:
    same = sum(case.outcome == outcome for case in cases)
    if same == len(cases):
        return ""
    sure = "zeker" if outcome == "yes" else "misschien"
    return f"Dit geldt {sure} voor {same} van de {len(cases)} leerlingen."


def _ask_note(outcome: Outcome, ask: str) -> tuple[str, ...]:
    return (f"Vraag het na bij {ask}.",) if outcome == "unknown" else ()


def _best(outcomes: Iterable[Outcome]) -> Outcome:
    found = set(outcomes)
    return "yes" if "yes" in found else "unknown" if "unknown" in found else "no"
