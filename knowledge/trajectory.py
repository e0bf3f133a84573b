"""The personal trajectory: every route towards what a person wants, judged and in order. Pure functions."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from knowledge import conditions, interests
from knowledge.conditions import DONT_KNOW, NOT_APPLICABLE, Profile
from knowledge.ranking import in_order
from knowledge.schema import Programme
from knowledge.store import Knowledge
from knowledge.verdicts import Judgement, judge


def complete(knowledge: Knowledge, profile: Profile) -> dict[str, Any]:
    """The profile with what follows from it: the country of a Dutch occupation, and facts that don't apply to this person."""
    known = {name: value for name, value in profile.items() if value is not None}
    if known.get("occupation") == "zorg_nederland":
        known.setdefault("region", "nederland")
    if "qualification_nl" in known:
        known.setdefault("region", "nederland")
    if known.get("region") == "nederland" and "occupation" not in known:
        known["occupation"] = "zorg_nederland"
    for fact in knowledge.facts.values():
        if fact.gevoelig:
            known.setdefault(fact.id, NOT_APPLICABLE)  # never asked: it counts only when told
        if fact.id in known or not fact.vraag_als:
            continue
        if conditions.evaluate(fact.vraag_als, known).outcome == "no":
            known[fact.id] = NOT_APPLICABLE
    return known


def relevant(knowledge: Knowledge, profile: Profile) -> list[Programme]:
    """The routes towards what this person wants: of the wanted country and occupation, all while these are unknown."""
    occupation = profile.get("occupation")
    abroad = occupation == "zorg_nederland"  # said by who lives in Flanders too: the goal counts
    country = "nederland" if abroad or profile.get("region") == "nederland" else "vlaanderen"
    any_country = profile.get("region") in (None, DONT_KNOW)
    undecided = occupation in (None, DONT_KNOW)  # then what someone likes to do counts, as far as told
    fitting = {item.id for item in interests.fitting(knowledge, profile)} if undecided else {str(occupation)}
    wanted_nl = profile.get("qualification_nl")
    return [
        programme
        for programme in knowledge.programmes.values()
        if (any_country or programme.land == country)
        and programme.beroep in fitting
        and (
            wanted_nl in (None, DONT_KNOW, NOT_APPLICABLE)
            or programme.land != "nederland"
            or programme.id == f"nl_{wanted_nl}"
        )
    ]


def names(knowledge: Knowledge, programmes: Sequence[Programme]) -> dict[str, str]:
    """Each route's name by id; with its occupation where two of these routes are called the same."""
    times = Counter(programme.naam for programme in programmes)
    return {
        one.id: one.naam if times[one.naam] == 1 else f"{one.naam}: {knowledge.occupations[one.beroep].naam}"
        for one in programmes
    }


@dataclass(frozen=True)
class Advice:
    """All relevant routes judged, best first."""

    judgements: tuple[Judgement, ...]
    profile: dict[str, Any]

    @property
    def missing(self) -> frozenset[str]:
        return frozenset().union(*(judgement.missing for judgement in self.judgements))


def advise(knowledge: Knowledge, profile: Profile, on: dt.date | None = None) -> Advice:
    """Judge every relevant route, best first."""
    known = complete(knowledge, profile)
    judged = [judge(knowledge, programme, known, on) for programme in relevant(knowledge, known)]
    return Advice(in_order(knowledge, judged, known), known)
