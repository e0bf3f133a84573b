"""What a learner earns in duaal leren, per contract: leervergoeding or wage."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Literal

from knowledge import wording
from knowledge.calculators import base
from knowledge.calculators.base import Line
from knowledge.schema_parts import Figure
from knowledge.store import Knowledge
from knowledge.verdicts import Reason

Contract = Literal["OAO", "ODOS", "ODO", "ODO(W)", "deeltijds"]
CARD = "overeenkomst_leervergoeding"
NAMES: dict[Contract, str] = {
    "OAO": "een OAO (overeenkomst alternerende opleiding)",
    "ODOS": "een ODOS (overeenkomst van duale opleiding statuut)",
    "ODO": "een ODO (overeenkomst van duale opleiding)",
    "ODO(W)": "een ODO(W) (overeenkomst van duale opleiding met de eigen werkgever)",
    "deeltijds": "een deeltijdse arbeidsovereenkomst",
}
WAIVING = "Je kunt afstand doen van de leervergoeding, voor een uitkering of loon."
WAIVING_SOURCES = ("000:877-878", "001:670")


def income(
    knowledge: Knowledge,
    contract: Contract,
    months: int = 1,
    hours: float | None = None,
    on: dt.date | None = None,
) -> Line:
    """The leervergoeding in euro for `months` months (ODOS) or `hours` worked hours (ODO), as of a date.

    The outcome says whether there is a leervergoeding; with "no" there is a wage, of which no amount is known. For an OAO the
    documents give a range without its period, so it is never multiplied. Raises ValueError, in Dutch, for a number that
    can't be, and FigureMissing when a card or figure is gone.
    """
    if months < 1:
        raise ValueError("Geef minstens 1 maand op.")
    if hours is not None and not 0 <= hours < float("inf"):
        raise ValueError("Het aantal uren kan niet kleiner zijn dan 0.")
    if contract == "OAO":
        return _pupil(knowledge, on)
    if contract == "ODOS":
        return _per_month(knowledge, months, on)
    if contract == "ODO":
        return _per_hour(knowledge, hours, on)
    return _wage(contract)


def _title(contract: Contract) -> str:
    return f"Leervergoeding bij {NAMES[contract]}"


def _pupil(knowledge: Knowledge, on: dt.date | None) -> Line:
    lowest, highest = (base.figure(knowledge, f"{CARD}.{name}") for name in ("oao_min", "oao_max"))
    between = lowest.copy(update={"waarde": None, "van": float(base.value(lowest)), "tot": float(base.value(highest))})
    reason = f"De leervergoeding bij een OAO ligt tussen {wording.figure(lowest)} en {wording.figure(highest)}."
    note = "De tabel zegt niet per welke periode, dus rekenen we geen totaal uit."
    return _line(knowledge, "OAO", reason, between, between, on, (note,))


def _per_month(knowledge: Knowledge, months: int, on: dt.date | None) -> Line:
    rate = base.figure(knowledge, f"{CARD}.odos")
    total = base.with_value(rate, base.value(rate) * months)
    reason = f"Met een ODOS krijg je {wording.figure(rate)} leervergoeding per maand."
    return _line(knowledge, "ODOS", reason, rate, total, on, waivable=True)


def _per_hour(knowledge: Knowledge, hours: float | None, on: dt.date | None) -> Line:
    rate = base.figure(knowledge, f"{CARD}.odo")
    total = None if hours is None else base.with_value(rate, base.value(rate) * Decimal(str(hours)))
    reason = f"Met een ODO krijg je {wording.figure(rate)} leervergoeding per gewerkt uur."
    notes = () if total else ("Geef je gewerkte uren op, dan rekenen we het bedrag uit.",)
    return _line(knowledge, "ODO", reason, rate, total, on, notes, waivable=True)


def _wage(contract: Contract) -> Line:
    sources = ("000:811", "001:691") if contract == "ODO(W)" else ("000:449", "000:477")
    reason = Reason("Met dit contract krijg je loon, geen leervergoeding.", "contract", sources, "no")
    note = "Hoeveel loon dat is, staat niet in de documenten. Vraag het aan je werkgever."
    return Line(contract, _title(contract), "no", (reason,), notes=(note,))


def _line(
    knowledge: Knowledge,
    contract: Contract,
    text: str,
    rate: Figure,
    total: Figure | None,
    on: dt.date | None,
    notes: tuple[str, ...] = (),
    *,
    waivable: bool = False,
) -> Line:
    """A contract with a leervergoeding; an adult may waive it."""
    reasons = [Reason(text, "contract", (rate.bron,), "yes")]
    if waivable:
        reasons.append(Reason(WAIVING, "contract", WAIVING_SOURCES, "yes"))
    ask = base.organisation(knowledge, "cvo") if waivable else base.FLEMISH_GOVERNMENT
    year = base.past_year(knowledge, base.card(knowledge, CARD), on)
    return Line(
        contract, _title(contract), "yes", tuple(reasons), total, total, notes + base.past_note(year, ask), year, ask
    )
