"""What someone likes to do, for who has no goal yet: what to ask about it, and which occupations fit. Pure functions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from knowledge.conditions import DONT_KNOW
from knowledge.schema import Occupation
from knowledge.store import Knowledge

INTERESTS = ("interest_with", "interest_where", "interest_doing")
UNKNOWN = (None, DONT_KNOW)


def fitting(knowledge: Knowledge, profile: Mapping[str, Any]) -> list[Occupation]:
    """The occupations that fit every interest told, in the order of the content; all of them when none was told."""
    found = [item for item in knowledge.occupations.values() if _in_region(item, profile)]
    for name in INTERESTS:
        liked = profile.get(name)
        kept = [item for item in found if liked in UNKNOWN or liked in item.past_bij.get(name, ())]
        found = kept or found  # an answer that nothing fits doesn't take everything away
    return found


def narrowed(knowledge: Knowledge, profile: Mapping[str, Any]) -> bool:
    """Whether the interests told leave some occupations out."""
    return any(profile.get(name) not in UNKNOWN for name in INTERESTS)


def next_interest(knowledge: Knowledge, profile: Mapping[str, Any]) -> str | None:
    """The next thing to ask of someone who doesn't know what they want; None when another answer changes nothing."""
    if profile.get("interest_with") == DONT_KNOW:
        return None  # who can't say with whom, is not asked on
    left = fitting(knowledge, profile)
    for name in INTERESTS:
        kinds = {frozenset(item.past_bij.get(name, ())) for item in left}
        if profile.get(name) is None and len(kinds) > 1:
            return name
    return None


def options(knowledge: Knowledge, profile: Mapping[str, Any], name: str) -> list[str]:
    """The answers to one of these questions that an occupation still in the running fits."""
    left = fitting(knowledge, {**profile, name: None})
    return [
        option.value
        for option in knowledge.facts[name].values
        if any(option.value in item.past_bij.get(name, ()) for item in left)
    ]


def _in_region(occupation: Occupation, profile: Mapping[str, Any]) -> bool:
    region = profile.get("region")
    return region in UNKNOWN or (occupation.land == "nederland") == (region == "nederland")
