"""Whether a workplace and a mentor may be recognised for duaal leren, in secondary and in adult education alike."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from knowledge import wording
from knowledge.calculators import base
from knowledge.calculators.base import Line, all_of, any_of, leaf
from knowledge.conditions import Condition
from knowledge.store import Knowledge

EmployerKind = Literal["social_profit", "lokaal_bestuur"]


@dataclass(frozen=True)
class Workplace:
    """The four conditions; None is "not known yet"."""

    mentor_named: bool | None = None
    equipped: bool | None = None
    means: bool | None = None
    no_convictions: bool | None = None


@dataclass(frozen=True)
class Mentor:
    """A mentor (age and experience in years) and the learners at the same time; None is "not known yet"."""

    age: int | None = None
    experience: float | None = None
    attest: bool | None = None
    trained: bool | None = None
    willing: bool | None = None
    learners: int | None = None
    employer: EmployerKind | None = None


def workplace(knowledge: Knowledge, asked: Workplace, on: dt.date | None = None) -> Line:
    """Whether this workplace meets the conditions for recognition. Raises FigureMissing when a card is gone."""
    condition = all_of(
        leaf("mentor_named", "=", True, "Je duidt een mentor aan.", "000:389"),
        leaf(
            "equipped",
            "=",
            True,
            "Je organisatie en je materiaal passen bij het opleidingsplan (wat de leerling moet leren).",
            "000:391-392",
        ),
        leaf("means", "=", True, "Je hebt genoeg geld (financiële draagkracht).", "000:394"),
        leaf("no_convictions", "=", True, "Je hebt geen veroordelingen (straffen).", "000:396"),
    )
    answer, valid = (base.figure(knowledge, f"werkplek_erkenning.{name}") for name in ("antwoord", "geldig"))
    note = (
        "Je vraagt dit aan voor elke vestiging, op www.werkplekduaal.be. "
        f"Je krijgt antwoord binnen {wording.figure(answer)}. De erkenning is {wording.figure(valid)} geldig."
    )
    return _line("werkplek_voorwaarden", "De werkplek", condition, vars(asked), on, note)


def mentor(knowledge: Knowledge, asked: Mentor, on: dt.date | None = None) -> Line:
    """Whether this mentor meets the requirements and may guide this many learners; without learners only the first.

    Raises ValueError, in Dutch, for numbers below zero, FigureMissing when a card or figure is gone.
    """
    if any(number is not None and number < 0 for number in (asked.age, asked.experience, asked.learners)):
        raise ValueError("Leeftijd, ervaring en aantal leerlingen kunnen niet kleiner zijn dan 0.")
    age, experience = (base.figure(knowledge, f"mentor_vereisten.{name}") for name in ("leeftijd", "ervaring"))
    training = "De mentor volgde een mentoropleiding, of is bereid die te volgen."
    parts: list[Condition] = [
        leaf("age", ">=", base.value(age), f"Een mentor is minstens {wording.figure(age)} oud.", age.bron),
        leaf(
            "experience",
            ">=",
            base.value(experience),
            f"Een mentor heeft minstens {wording.figure(experience)} ervaring in het beroep.",
            experience.bron,
        ),
        leaf("attest", "=", True, "De mentor legt een attest van goed gedrag en zeden (model 2) voor.", "000:407"),
        any_of(leaf("trained", "=", True, training, "000:409"), leaf("willing", "=", True, training, "000:409")),
    ]
    if asked.learners is not None:
        parts.append(_learners(knowledge))
    note = "Wil je de premie kwalificerend werkplekleren? Dan volgt de mentor die opleiding voor het einde van het traject."
    return _line("mentor_vereisten", "De mentor", all_of(*parts), vars(asked), on, note)


def _learners(knowledge: Knowledge) -> Condition:
    """A number that social profit allows is fine everywhere, so that only a higher one asks for the kind of employer."""
    few, more = (base.figure(knowledge, f"mentor_aantal_leerlingen.{name}") for name in ("sp", "lb"))
    text = (
        f"Een mentor mag in de social profit hoogstens {wording.figure(few)} tegelijk hebben, "
        f"bij een lokaal bestuur {wording.figure(more)}."
    )
    return any_of(
        leaf("learners", "<", base.value(few) + 1, text, few.bron),
        all_of(
            leaf("learners", "<", base.value(more) + 1, text, more.bron),
            leaf(
                "employer",
                "=",
                "lokaal_bestuur",
                f"Meer dan {wording.figure(few)} tegelijk kan enkel bij een lokaal bestuur.",
                more.bron,
            ),
        ),
    )


def _line(name: str, title: str, condition: Condition, facts: dict[str, object], on: dt.date | None, note: str) -> Line:
    outcome, reasons = base.decide(condition, facts, on)
    return Line(name, title, outcome, reasons, notes=(note,) if outcome != "no" else ())
