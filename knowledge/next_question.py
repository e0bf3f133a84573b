"""The next question worth asking: the open fact that most changes which routes remain. Pure functions."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from knowledge import conditions, interests
from knowledge.conditions import DONT_KNOW, Profile
from knowledge.schema import Fact, Programme
from knowledge.store import Knowledge
from knowledge.trajectory import complete, relevant
from knowledge.verdicts import judge

GROUP_ORDER = ("doel", "interesse", "situatie", "ervaring", "haalbaar", "diploma")
GOAL_FACTS = ("occupation", "region")
MAX_QUESTIONS = 12  # what is still open then is told as "nog te weten"


@dataclass(frozen=True)
class Question:
    """The next question, its number and the highest number of questions there can be."""

    fact: Fact
    step: int
    at_most: int


def askable(knowledge: Knowledge, fact: Fact, profile: Profile) -> bool:
    """Whether this fact may be asked of this person now."""
    if fact.nooit_vragen or profile.get(fact.id) is not None:
        return False
    if not fact.vraag_als:
        return True
    return conditions.evaluate(fact.vraag_als, profile).outcome == "yes"


def next_question(knowledge: Knowledge, profile: Profile, asked: int = 0, on: dt.date | None = None) -> Question | None:
    """The open fact that most changes which routes remain, goal first; None when no answer can change a verdict.

    `asked` is the number of questions already put.
    """
    if asked >= MAX_QUESTIONS:
        return None
    known = complete(knowledge, profile)
    wanted = _open_facts(knowledge, known, on)
    at_most = min(MAX_QUESTIONS, asked + len(wanted) + _interests_left(known))
    if known.get("occupation") == DONT_KNOW:
        liked = interests.next_interest(knowledge, known)
        if liked:
            return Question(knowledge.facts[liked], asked + 1, max(asked + 1, at_most))
    candidates = [name for name in wanted if askable(knowledge, knowledge.facts[name], known)]
    candidates = [name for name in candidates if not _told_enough(knowledge, knowledge.facts[name], known, on)]
    if not candidates:
        return None
    group = min(GROUP_ORDER.index(knowledge.facts[name].groep) for name in candidates)
    candidates = [name for name in candidates if GROUP_ORDER.index(knowledge.facts[name].groep) == group]
    best = max(candidates, key=lambda name: (_impact(knowledge, known, name, on), -list(knowledge.facts).index(name)))
    return Question(knowledge.facts[best], asked + 1, max(asked + 1, at_most))


def _interests_left(known: dict[str, Any]) -> int:
    """How many questions about interests may still come: to who has no goal, and then the goal once more."""
    if known.get("occupation") not in (None, DONT_KNOW) or known.get("interest_with") == DONT_KNOW:
        return 0
    left = sum(name not in known for name in interests.INTERESTS)
    return left + (1 if known.get("occupation") is None and "interest_with" not in known else 0)


def _open_facts(knowledge: Knowledge, known: dict[str, Any], on: dt.date | None) -> list[str]:
    """Every fact that may still be asked, now or after another answer: what is missing where a verdict can still change."""
    goals = [name for name in ("occupation", "region") if name not in known]
    missing: set[str] = set()
    for programme in relevant(knowledge, known):
        missing |= conditions.evaluate(knowledge.conditions[programme.id], known, on).missing
    if "occupation" in goals and known.get("region") == "nederland":
        goals.remove("occupation")
    facts = [fact.id for fact in knowledge.facts.values() if fact.id in missing and not fact.nooit_vragen]
    return goals + [name for name in facts if name not in goals]


def _told_enough(knowledge: Knowledge, fact: Fact, known: dict[str, Any], on: dt.date | None) -> bool:
    """Whether half an answer is told ("diploma secundair") and the other half changes no verdict."""
    other = fact.vraag_anders
    if other is None or conditions.evaluate(other.als, known).outcome != "yes":
        return False
    left = [option.value for option in fact.values if option.value not in other.zonder]
    seen = {
        tuple(judge(knowledge, programme, {**known, fact.id: value}, on).verdict for value in left)
        for programme in relevant(knowledge, known)
    }
    return all(len(set(verdicts)) == 1 for verdicts in seen)


def _impact(knowledge: Knowledge, known: dict[str, Any], name: str, on: dt.date | None) -> float:
    """How many routes an answer settles, on average over the possible answers."""
    if name in GOAL_FACTS:
        return 1000.0 - GOAL_FACTS.index(name)
    programmes = relevant(knowledge, known)
    values = _sample_values(knowledge, programmes, name)
    settled = 0
    for value in values:
        trial = complete(knowledge, {**known, name: value})
        settled += sum(
            conditions.evaluate(knowledge.conditions[programme.id], trial, on).outcome != "unknown"
            for programme in programmes
        )
    return settled / max(1, len(values))


def _sample_values(knowledge: Knowledge, programmes: list[Programme], name: str) -> list[Any]:
    fact = knowledge.facts[name]
    if fact.type == "bool":
        return [True, False]
    if fact.type == "enum":
        return [option.value for option in fact.values]
    limits = {
        leaf.value
        for programme in programmes
        for leaf in conditions.leaves(knowledge.conditions[programme.id])
        if leaf.fact == name and isinstance(leaf.value, int)
    }
    return sorted({edge for limit in limits for edge in (limit - 1, limit, limit + 10)})
