"""The rule of each premium and subsidy: its conditions, its rate and its ceiling. Figures stand on the cards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from knowledge import wording
from knowledge.calculators import base
from knowledge.calculators.base import ZERO, Line, all_of, any_of, leaf, open_in_documents
from knowledge.calculators.employer import MONTHS_IN_YEAR, Employer, Pupil
from knowledge.calculators.premium_line import Case, line
from knowledge.conditions import Condition
from knowledge.schema_parts import Figure
from knowledge.store import Knowledge
from knowledge.verdicts import Reason

Rule = Callable[[Knowledge, Employer, Sequence[Pupil], "dt.date | None"], Line]


def _facts(employer: Employer, pupil: Pupil, **extra: Any) -> dict[str, Any]:
    place = employer.facility if employer.sector == "kinderopvang" else employer.sector
    return {**vars(employer), **vars(pupil), "place": place, **extra}


def _flanders_or_unsaid(source: str) -> Condition:
    """Only the premie kwalificerend werkplekleren names a region; for Brussels nothing is asserted of the others."""
    unsaid = open_in_documents("region", "De documenten zeggen niet of dit ook in Brussel geldt.", source)
    return any_of(leaf("region", "=", "vlaanderen"), unsaid)


def qualifying_workplace(
    knowledge: Knowledge, employer: Employer, pupils: Sequence[Pupil], on: dt.date | None = None
) -> Line:
    """Premie kwalificerend werkplekleren, per pupil. For a 7th year the documents differ, so that stays unknown."""
    name = "premie_kwalificerend_werkplekleren"
    condition = _qualifying_condition(knowledge, base.figure(knowledge, f"{name}.duur"))
    cases = [
        Case(*base.decide(condition, _facts(employer, pupil), on), low=Decimal(1), high=Decimal(1)) for pupil in pupils
    ]
    notes = ["Het bedrag is per lerende. Of het elk schooljaar opnieuw kan, staat niet in de documenten."]
    return line(knowledge, f"{name}.bedrag", cases, on, base.FLEMISH_GOVERNMENT, notes)


def _qualifying_condition(knowledge: Knowledge, least: Figure) -> Condition:
    updated = wording.figure(base.figure(knowledge, "premie_zevende_jaar.update"))
    return all_of(
        leaf(
            "region",
            "=",
            "vlaanderen",
            "Je vestiging moet in het Vlaamse Gewest liggen, niet in Brussel.",
            "000:518",
            "In Brussel is er de mentorpremie van Actiris.",
        ),
        leaf(
            "months",
            ">=",
            base.value(least),
            f"De lerende moet minstens {wording.figure(least)} opgeleid worden.",
            least.bron,
            "Loopt het traject volgend schooljaar door? Tel die maanden mee.",
        ),
        leaf(
            "mentor_trained",
            "=",
            True,
            "De mentor moet een mentoropleiding volgen voor het einde van het traject.",
            "000:522",
            "Lukt dat nog op tijd, dan kan de premie wel.",
        ),
        any_of(
            leaf(
                "training",
                "=",
                "onderwijskwalificatie",
                "De opleiding moet naar een Vlaamse onderwijskwalificatie leiden, een bewijs van de school.",
                "001:507-509",
            ),
            open_in_documents(
                "training",
                f"Voor een 7de jaar duaal is de premie niet zeker. Op {updated} werd dat nog onderzocht.",
                "001:519-528",
            ),
            open_in_documents("training", base.card(knowledge, "premie_zevende_jaar").conflict, "000:514-522"),
        ),
    )


def support(knowledge: Knowledge, employer: Employer, pupils: Sequence[Pupil], on: dt.date | None = None) -> Line:
    """Ondersteuningspremie, per pupil and month. The ten days and the ceiling are stated for gezinszorg only."""
    name = "premie_250_lokale_besturen"
    home_care = employer.sector == "gezinszorg"
    least = base.figure(knowledge, f"{name}.dagen")
    condition = _support_condition(home_care, least)
    cases = []
    for pupil in pupils:
        paid = _paid_months(pupil, base.value(least)) if home_care else pupil.months
        decision = base.decide(condition, _facts(employer, pupil, paid_months=paid), on)
        cases.append(Case(*decision, low=Decimal(paid or 0), high=Decimal(pupil.months if paid is None else paid)))
    ceiling = base.figure(knowledge, f"{name}.max") if home_care else None
    notes = [] if home_care else [base.card(knowledge, name).conflict]
    ask = base.organisation(knowledge, "diverscity")
    return line(knowledge, f"{name}.bedrag", cases, on, ask, notes, ceiling=ceiling)


def _support_condition(home_care: bool, least: Figure) -> Condition:
    if not home_care:
        child_care = (
            "Deze premie is voor een crèche of BKO (buitenschoolse opvang) van een lokaal bestuur, zoals de gemeente."
        )
        return all_of(leaf("public", "=", True, child_care, "001:544-546"), _flanders_or_unsaid("001:544-546"))
    return all_of(
        leaf(
            "public", "=", True, "Deze premie is voor een publieke dienst voor gezinszorg of thuiszorg.", "000:541-542"
        ),
        leaf(
            "paid_months",
            ">=",
            1,
            f"Een maand telt enkel met minimum {wording.figure(least)} onder begeleiding van de mentor.",
            least.bron,
        ),
        _flanders_or_unsaid("000:541-547"),
    )


def _paid_months(pupil: Pupil, least: Decimal) -> int | None:
    return None if pupil.days is None else sum(number >= least for number in pupil.days)


def guidance(knowledge: Knowledge, employer: Employer, pupils: Sequence[Pupil], on: dt.date | None = None) -> Line:
    """Begeleidingspremie, per month. Not said to be per pupil: certain once a month, at most once per pupil."""
    name = "premie_100_kinderdagverblijven"
    condition = _guidance_condition(wording.figure(base.figure(knowledge, f"{name}.uren")))
    cases = [
        Case(
            *base.decide(condition, _facts(employer, pupil), on), low=Decimal(pupil.months), high=Decimal(pupil.months)
        )
        for pupil in pupils
    ]
    notes = ["Het document zegt „per maand”, niet of dat per leerling is."] if len(pupils) > 1 else []
    ask = base.organisation(knowledge, "vivo")
    return line(knowledge, f"{name}.bedrag", cases, on, ask, notes, per_pupil=False)


def _guidance_condition(week: str) -> Condition:
    for_whom = "Deze premie is voor een crèche (kinderdagverblijf) die privaat of zelfstandig is."
    return all_of(
        leaf("place", "=", "kinderdagverblijf", for_whom, "001:536-537"),
        leaf("public", "=", False, for_whom, "001:536-537"),
        any_of(
            leaf(
                "contract",
                "in",
                ["oao_gesubsidieerd", "deeltijds_gesubsidieerd"],
                f"De leerling heeft een gesubsidieerde OAO of een gesubsidieerd deeltijds contract van {week} per week.",
                "001:539-540",
            ),
            open_in_documents(
                "contract", "Of de premie ook bij een ander contract kan, staat niet in het document.", "001:539-540"
            ),
        ),
        _flanders_or_unsaid("001:536-540"),
    )


def home_care_subsidy(
    knowledge: Knowledge, employer: Employer, pupils: Sequence[Pupil], on: dt.date | None = None
) -> Line:
    """Subsidy per hour for gezinszorg. Certain is the mean over the pupil's months, at most that over a whole year."""
    name = "subsidie_uurbedrag"
    mean = base.figure(knowledge, f"{name}.max")
    cases = []
    for pupil in pupils:
        has_hours = None if pupil.hours is None else pupil.hours > 0
        outcome, reasons = base.decide(_subsidy_condition(), _facts(employer, pupil, has_hours=has_hours), on)
        low, high = _paid_hours(pupil, base.value(mean))
        if pupil.hours is not None and low < Decimal(str(pupil.hours)) and outcome != "no":
            text = f"Het jaarlijks maximum is gemiddeld {wording.figure(mean)} per maand. Je zit daar boven."
            reasons += (Reason(text, "hours", (mean.bron,), outcome),)
        cases.append(Case(outcome, reasons, low, high))
    handed_in = wording.figure(base.figure(knowledge, "subsidie_vesta.datum"))
    notes = [
        f"Je geeft de uren elk jaar vóór {handed_in} door, per leerling.",
        "Wij rekenen het maximum ook per leerling, over de opgegeven maanden. Dat staat er niet letterlijk.",
        base.card(knowledge, name).conflict,
    ]
    ask = base.organisation(knowledge, "vvsg" if employer.public else "zorggezind")
    return line(knowledge, f"{name}.bedrag", cases, on, ask, notes, title="De subsidie per uur voor gezinszorg")


def _subsidy_condition() -> Condition:
    for_whom = "Deze subsidie is voor een dienst voor gezinszorg, publiek of privaat."
    evaluated = "Eerst moet de tussentijdse evaluatie goed zijn. Pas daarna kan stage op afstand (verwijderd toezicht)."
    counted = "Alleen uren stage op afstand tellen, plus wijkwerking of werkvergadering."
    return all_of(
        leaf("sector", "=", "gezinszorg", for_whom, "000:553-555"),
        leaf("evaluation", "=", True, evaluated, "000:560-565"),
        leaf("has_hours", "=", True, counted, "000:576"),
        _flanders_or_unsaid("000:553-581"),
    )


def _paid_hours(pupil: Pupil, mean: Decimal) -> tuple[Decimal, Decimal]:
    year = mean * MONTHS_IN_YEAR
    if pupil.hours is None:
        return ZERO, year
    worked = Decimal(str(pupil.hours))
    return min(worked, mean * pupil.months), min(worked, year)


def actiris(knowledge: Knowledge, employer: Employer, pupils: Sequence[Pupil], on: dt.date | None = None) -> Line:
    """Mentorpremie of Actiris: it exists for Brussels; its amount and conditions are not in the documents."""
    topic = base.card(knowledge, "premie_brussel")
    condition = all_of(
        leaf("region", "=", "brussel", "De mentorpremie van Actiris is voor Brussel.", "000:526"),
        open_in_documents("amount", "Het bedrag en de voorwaarden staan niet in de documenten.", "000:526-527"),
    )
    outcome, reasons = base.decide(condition, vars(employer), on)
    notes = (f"Vraag het na bij {topic.vraag_het_aan}.",) if outcome == "unknown" else ()
    return Line(topic.id, "De mentorpremie van Actiris", outcome, reasons, notes=notes)


RULES: tuple[Rule, ...] = (qualifying_workplace, support, guidance, home_care_subsidy, actiris)
