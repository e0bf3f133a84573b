"""What an employer gets for pupils in duaal leren: every premium and subsidy of the documents, for one school year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge import wording
from knowledge.calculators import base, premium_rules
from knowledge.calculators.base import ZERO, Line
from knowledge.calculators.employer import Employer, Pupil
from knowledge.schema_parts import Figure
from knowledge.store import Knowledge

COMBINING = "Of je deze premies mag combineren, staat niet in de documenten."
ADULTS = "Dit geldt voor duaal leren in het secundair. Of het ook voor volwassenen geldt, staat er niet."
WITHOUT_ACTIRIS = "Wat de mentorpremie van Actiris opbrengt, zit niet in het totaal."


@dataclass(frozen=True)
class Calculation:
    """All lines, the certain total in euro, what it may still become, and what to know about it."""

    lines: tuple[Line, ...]
    amount: Figure
    at_most: Figure
    notes: tuple[str, ...]


def calculate(
    knowledge: Knowledge, employer: Employer, pupils: Sequence[Pupil], on: dt.date | None = None
) -> Calculation:
    """Every premium and subsidy for these pupils, as of a date (today when none is given).

    Raises ValueError without pupils, FigureMissing when a card or figure is gone.
    """
    if not pupils:
        raise ValueError("Geef minstens één leerling op.")
    lines = tuple(rule(knowledge, employer, pupils, on) for rule in premium_rules.RULES)
    rate = base.figure(knowledge, "premie_kwalificerend_werkplekleren.bedrag")
    certain = sum((base.value(line.amount) for line in lines if line.amount), ZERO)
    possible = sum((base.value(line.at_most) for line in lines if line.at_most), ZERO)
    return Calculation(lines, base.with_value(rate, certain), base.with_value(rate, possible), _notes(lines))


def _notes(lines: Sequence[Line]) -> tuple[str, ...]:
    notes = [COMBINING] if sum(line.outcome != "no" for line in lines) > 1 else []
    if any(line.outcome == "unknown" and line.at_most is None for line in lines):
        notes.append(WITHOUT_ACTIRIS)
    past = [line for line in lines if line.past_year]
    if past:
        years = wording.enumeration(sorted({line.past_year for line in past}))
        asked = wording.enumeration(dict.fromkeys(line.ask for line in past))
        notes.append(f"Deze bedragen golden in {years}, vraag de huidige bedragen na bij {asked}.")
    return (*notes, ADULTS)
