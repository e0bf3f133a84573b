"""Hours that remain: lessons of a training after exemptions, and stage hours that the rule for zorgkundige still asks."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from knowledge import wording
from knowledge.calculators import base
from knowledge.calculators.base import ZERO
from knowledge.conditions import Outcome
from knowledge.schema_parts import Figure
from knowledge.store import Knowledge
from knowledge.verdicts import Reason

Training = Literal["kinderbegeleider_baby", "kinderbegeleider_school", "zorgkundige", "opleidingscentrum"]
EXEMPTION_SOURCES: dict[Training, str] = {
    "kinderbegeleider_baby": "001:631-632",
    "kinderbegeleider_school": "001:631-632",
    "zorgkundige": "000:740-746",
    "opleidingscentrum": "000:908-909",
}
FULL: dict[Training, str] = {
    "kinderbegeleider_baby": "cvo_kinderbegeleider_duur.baby",
    "kinderbegeleider_school": "cvo_kinderbegeleider_duur.school",
    "zorgkundige": "cvo_zorgkundige_duur.lestijden",
    "opleidingscentrum": "opleidingscentrum_duur.uren",
}
# For who already has the other kinderbegeleider training. 001:630 has the two figures in the order of 001:628-629, no more.
SHORTENED: dict[Training, str] = {
    "kinderbegeleider_baby": "cvo_kinderbegeleider_tweede.een",
    "kinderbegeleider_school": "cvo_kinderbegeleider_tweede.twee",
}
CONTEXTS_NEEDED = 2  # "in minstens twee van deze drie contexten" (000:164)
STAGE_CARD = "stage_contexten_200_100"


@dataclass(frozen=True)
class Lessons:
    """Hours of the full training and what remains of them; `certain` is False when the documents leave a figure to guess."""

    full: Figure
    remaining: Figure
    certain: bool
    reasons: tuple[Reason, ...]
    notes: tuple[str, ...]


def remaining_lessons(
    knowledge: Knowledge, training: Training, *, other_done: bool = False, exempted: float = 0
) -> Lessons:
    """What remains (lestijden; for an opleidingscentrum hours) for who has the other training or exemptions.

    `exempted` are hours that the school grants, on top of the shortened path. Raises ValueError, in Dutch, when the training
    has no shortened path or the number is below zero, FigureMissing when a card or figure is gone.
    """
    if not 0 <= exempted < float("inf"):
        raise ValueError("Een vrijstelling kan niet kleiner zijn dan 0.")
    if other_done and training not in SHORTENED:
        raise ValueError("Enkel bij de twee opleidingen kinderbegeleider staat er een ingekort traject.")
    full = base.figure(knowledge, FULL[training])
    start = base.figure(knowledge, SHORTENED[training]) if other_done else full
    remaining = base.with_value(start, max(ZERO, base.value(start) - Decimal(str(exempted))))
    least = "minstens " if training == "opleidingscentrum" else ""
    reasons = [Reason(f"De hele opleiding telt {least}{wording.figure(full)}.", "training", (full.bron,), "yes")]
    if other_done:
        text = f"Je volgde de andere opleiding al. Dan is er een ingekort traject van {wording.figure(start)}."
        reasons.append(Reason(text, "other_done", (start.bron,), "unknown"))
    school = "het opleidingscentrum" if training == "opleidingscentrum" else "het CVO"
    if exempted:
        text = f"Een verkort traject spreek je af met {school}."
        reasons.append(Reason(text, "exempted", (EXEMPTION_SOURCES[training],), "yes"))
    notes = ["Dit is een minimum: het kunnen meer uren zijn."] if least else []
    if other_done:
        notes += [base.card(knowledge, "cvo_kinderbegeleider_tweede").conflict, f"Vraag het na bij {school}."]
    return Lessons(full, remaining, not other_done, tuple(reasons), tuple(filter(None, notes)))


@dataclass(frozen=True)
class StageHours:
    """Stage hours per context. Raises ValueError, in Dutch, for hours below zero."""

    elderly_care: float = 0
    hospital: float = 0
    home_care: float = 0
    other: float = 0

    def __post_init__(self) -> None:
        if any(not 0 <= hours < float("inf") for hours in vars(self).values()):
            raise ValueError("Het aantal uren kan niet kleiner zijn dan 0.")

    @property
    def core(self) -> tuple[Decimal, Decimal, Decimal]:
        """The hours in the three named contexts."""
        return Decimal(str(self.elderly_care)), Decimal(str(self.hospital)), Decimal(str(self.home_care))


@dataclass(frozen=True)
class Stage:
    """What the stage rule still asks: hours in all, of which in the named contexts; contexts; hours that don't count."""

    outcome: Outcome
    missing: Figure
    missing_core: Figure
    missing_contexts: int
    not_counted: Figure
    reasons: tuple[Reason, ...]
    notes: tuple[str, ...]


def missing_stage(knowledge: Knowledge, done: StageHours, *, seventh_year: bool = False) -> Stage:
    """What is missing of the hours for the visum of zorgkundige (third grade Gezondheidszorg, 7th year).

    The outcome is "unknown" when only the residential stage of the 7th year is open to reading.
    Raises FigureMissing when a card or figure is gone.
    """
    total, core, rest = (base.figure(knowledge, f"{STAGE_CARD}.{name}") for name in ("totaal", "kern", "rest"))
    named, other = sum(done.core, ZERO), Decimal(str(done.other))
    counted = min(other, base.value(rest))
    missing = max(ZERO, base.value(total) - named - counted)
    missing_core = max(ZERO, base.value(core) - named)
    contexts = max(0, CONTEXTS_NEEDED - sum(hours > 0 for hours in done.core))
    reasons = [
        _met(missing == 0, f"Je hebt in totaal {wording.figure(total)} stage nodig.", "hours", total.bron),
        _met(
            missing_core == 0,
            f"Minstens {wording.figure(core)} daarvan is in ouderenzorg met verblijf (residentieel), ziekenhuis of thuiszorg.",
            "core",
            core.bron,
        ),
        _met(contexts == 0, "Die uren moeten in minstens twee van die drie contexten zijn.", "contexts", core.bron),
    ]
    if other > counted:
        text = f"In een andere setting (plaats) tellen hoogstens {wording.figure(rest)} mee."
        reasons.append(Reason(text, "other", (rest.bron,), "yes"))
    if seventh_year:
        reasons.append(_residential(done))
    return Stage(
        _worst(reasons),
        base.with_value(total, missing),
        base.with_value(core, missing_core),
        contexts,
        base.with_value(rest, other - counted),
        tuple(reasons),
        _stage_notes(knowledge, other > 0, contexts > 0, seventh_year),
    )


def _met(holds: bool, text: str, fact: str, source: str) -> Reason:
    return Reason(text, fact, (source,), "yes" if holds else "no")


def _residential(done: StageHours) -> Reason:
    """Elderly care is residential by name (000:164); whether a hospital is, the documents don't say."""
    outcome: Outcome = "yes" if done.elderly_care > 0 else "unknown" if done.hospital > 0 else "no"
    text = "In het 7de jaar is stage in een residentiële context verplicht, waar mensen verblijven."
    if outcome == "unknown":
        text += " Of een ziekenhuis daarvoor telt, staat er niet."
    return Reason(text, "seventh_year", ("000:201-203",), outcome)


def _worst(reasons: list[Reason]) -> Outcome:
    found = {reason.outcome for reason in reasons}
    return "no" if "no" in found else "unknown" if "unknown" in found else "yes"


def _stage_notes(knowledge: Knowledge, elsewhere: bool, one_context: bool, seventh_year: bool) -> tuple[str, ...]:
    notes = []
    if one_context:
        notes.append("Hoeveel uren er in elke context nodig zijn, staat niet in de documenten.")
    if elsewhere:
        notes.append("Op die andere plaats moet je kunnen oefenen wat een verzorgende of zorgkundige doet.")
    if seventh_year:
        notes.append(base.card(knowledge, "stage_residentieel_zevende_jaar").conflict)
    return tuple(filter(None, notes))
