"""Sheets beside the plan: for an employer (premiums), and for a counsellor who has one minute."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from knowledge import facts, wording
from knowledge.calculators import premium_rules
from knowledge.calculators.base import Line
from knowledge.calculators.employer import MONTHS_IN_YEAR, Employer, Pupil, Region, Sector
from knowledge.conditions import DONT_KNOW, NOT_APPLICABLE, Profile
from knowledge.planning import maybe
from knowledge.planning.model import Note, Plan, unique
from knowledge.planning.route_notes import duration, week
from knowledge.schema import Programme
from knowledge.store import Knowledge

ADULT_DUAL = (
    "De premies in onze documenten gelden voor duaal leren in het secundair. "
    "Of ze ook voor volwassenen gelden, staat er niet."
)
NOT_DUAL = "Deze opleiding is geen duaal leren. Onze documenten noemen er geen premie voor de werkgever bij."
COUNTED = "Gerekend voor één lerende, {months} maanden in één schooljaar."
SCHOOL_YEAR_MONTHS = 10


@dataclass(frozen=True)
class EmployerSheet:
    """What an employer may know: the occupation and the hours, and premiums that follow; nothing else of the person."""

    occupation: str
    route: str
    hours: tuple[Note, ...]
    premiums: tuple[Line, ...]
    notes: tuple[str, ...]
    ask: str
    sources: tuple[str, ...]


def employer_sheet(
    knowledge: Knowledge, programme: Programme, profile: Profile, on: dt.date | None = None
) -> EmployerSheet | None:
    """The sheet for an employee's employer; None for who has none, and in the Netherlands (no premiums are known)."""
    if profile.get("situation") != "werknemer" or programme.land == "nederland":
        return None
    public = _told(profile, "employer_public")
    dual = programme.route.startswith("duaal")
    lines, notes = _premiums(knowledge, programme, profile, on) if dual else ((), (NOT_DUAL,))
    asked = knowledge.organisations["diverscity" if public is True else "vivo"]
    return EmployerSheet(
        knowledge.occupations[programme.beroep].naam,
        programme.naam,
        (*duration(programme), *week(programme)),
        lines,
        notes,
        asked.naam,
        unique([*programme.bronnen, *asked.bronnen, *(source for line in lines for source in line.sources)]),
    )


def _premiums(
    knowledge: Knowledge, programme: Programme, profile: Profile, on: dt.date | None
) -> tuple[tuple[Line, ...], tuple[str, ...]]:
    """The premiums for one learner in a school year, as far as the same answers tell; closed ones are left out.

    Those of one sector only where the employer is of it: the others are general.
    """
    kind, region = _told(profile, "employer_kind"), _told(profile, "region")
    own_sector = kind in ("gezinszorg", "kinderopvang")
    employer = Employer(
        cast(Sector, kind if own_sector else "gezinszorg"),
        cast("bool | None", _told(profile, "employer_public")),
        cast("Region | None", region if region in ("vlaanderen", "brussel") else None),
    )
    months = min(MONTHS_IN_YEAR, int(programme.maanden[1])) if programme.maanden else SCHOOL_YEAR_MONTHS
    general: tuple[premium_rules.Rule, ...] = (premium_rules.qualifying_workplace, premium_rules.actiris)
    rules = premium_rules.RULES if own_sector else general
    found = (rule(knowledge, employer, [Pupil(months)], on) for rule in rules)
    notes = (COUNTED.format(months=months), *([ADULT_DUAL] if programme.route == "duaal_volwassenen" else []))
    return tuple(line for line in found if line.outcome != "no"), notes


def _told(profile: Profile, name: str) -> bool | str | None:
    value = profile.get(name)
    return None if value in (None, DONT_KNOW, NOT_APPLICABLE) else value


@dataclass(frozen=True)
class Summary:
    """For a counsellor: who asks what, where it stands, what is open, in a minute."""

    wish: str
    known: tuple[str, ...]
    route: str
    verdict: str
    reasons: tuple[str, ...]
    open_points: tuple[str, ...]
    other: tuple[str, ...]


POINTS = 6


def summary(knowledge: Knowledge, made: Plan, profile: Profile, labels: Mapping[str, str]) -> Summary:
    """The plan in at most some two hundred words; `labels` words the verdicts."""
    profile = facts.shareable(knowledge, profile)
    goal = {name: profile[name] for name in ("occupation", "region", "qualification_nl") if name in profile}
    rest = {name: value for name, value in profile.items() if name not in goal}
    others = tuple(f"{name}: {labels[verdict]}" for name, verdict in made.other)
    return Summary(
        wording.enumeration(facts.summary(knowledge, goal)) or "nog geen keuze van beroep of regio",
        tuple(facts.summary(knowledge, rest)),
        made.title,
        labels[made.verdict],
        tuple(note.text for note in made.why[:2]),
        tuple(note.text for note in made.questions if not maybe.is_private(note.text))[:POINTS],
        others,
    )
