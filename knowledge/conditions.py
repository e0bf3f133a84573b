"""Three-valued conditions: yes, no or unknown, with the reason and citation of each clause and the facts still missing.

A condition is a tree of `all`, `any` and `not`; a leaf compares one fact. A fact that is missing makes a leaf unknown, and
so does the operator `onbeschreven`: there the documents state no rule, so nothing a person says can settle it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import ValidationError

from knowledge import complaints
from knowledge.schema import Leaf
from knowledge.today import today

Profile = Mapping[str, Any]
Outcome = Literal["yes", "no", "unknown"]
DONT_KNOW = "weet_niet"  # asked, and the person can't say
NOT_APPLICABLE = "nvt"  # the question makes no sense for this person, so no rule on it holds


@dataclass(frozen=True)
class Group:
    """`all`, `any` or `not` over conditions."""

    kind: Literal["all", "any", "not"]
    parts: tuple[Condition, ...]


Condition = Group | Leaf
ALWAYS = Group("all", ())


@dataclass(frozen=True)
class Clause:
    """One leaf with its outcome for this profile; `expired` when its rule is past its date."""

    leaf: Leaf
    outcome: Outcome
    expired: bool


@dataclass(frozen=True)
class Result:
    """Outcome of a condition, the clauses that decided it, and the facts that could still change it."""

    outcome: Outcome
    clauses: tuple[Clause, ...]
    missing: frozenset[str]


class ConditionError(ValueError):
    """A condition in a content file that cannot be read; the text says where and why."""


def parse(tree: Mapping[str, Any], path: str = "voorwaarden") -> Condition:
    """Read a condition as written in YAML. Raises ConditionError naming the place and a hint."""
    if not tree:
        return ALWAYS
    for kind in ("all", "any", "not"):
        if kind not in tree:
            continue
        if len(tree) > 1:
            raise ConditionError(f"{path}: naast '{kind}' mag niets anders staan")
        value = tree[kind]
        parts = value if isinstance(value, list) else [value]
        if not parts:
            raise ConditionError(f"{path}.{kind}: geef minstens één voorwaarde")
        return Group(kind, tuple(parse(part, f"{path}.{kind}[{n}]") for n, part in enumerate(parts)))  # type: ignore[arg-type]
    try:
        return Leaf(**tree)
    except ValidationError as error:
        found = (f"{entry['loc'][0]}: {complaints.in_dutch(entry, Leaf)}" for entry in error.errors())
        raise ConditionError(f"{path}.{'; '.join(found)}") from error


def leaves(condition: Condition) -> Iterator[Leaf]:
    """Every leaf of the tree, left to right."""
    if isinstance(condition, Group):
        for part in condition.parts:
            yield from leaves(part)
    else:
        yield condition


def evaluate(condition: Condition, profile: Profile, on: dt.date | None = None) -> Result:
    """Evaluate against what is known of a person, as of a date (today when none is given)."""
    return _evaluate(condition, profile, on or today())


def _evaluate(condition: Condition, profile: Profile, on: dt.date) -> Result:
    if isinstance(condition, Leaf):
        return _leaf(condition, profile, on)
    results = [_evaluate(part, profile, on) for part in condition.parts]
    if condition.kind == "not":
        inner = results[0]
        flipped: Outcome = {"yes": "no", "no": "yes", "unknown": "unknown"}[inner.outcome]  # type: ignore[assignment]
        return Result(flipped, inner.clauses, inner.missing)
    decisive: Outcome = "no" if condition.kind == "all" else "yes"
    deciding = [result for result in results if result.outcome == decisive]
    if deciding:
        return Result(decisive, _clauses(deciding), frozenset())
    open_ones = [result for result in results if result.outcome == "unknown"]
    if open_ones:
        missing = frozenset().union(*(result.missing for result in open_ones))
        return Result("unknown", _clauses(results), missing)
    return Result("yes" if condition.kind == "all" else "no", _clauses(results), frozenset())


def _clauses(results: list[Result]) -> tuple[Clause, ...]:
    return tuple(clause for result in results for clause in result.clauses)


def _leaf(leaf: Leaf, profile: Profile, on: dt.date) -> Result:
    expired = leaf.valid_to is not None and leaf.valid_to < on
    if leaf.op == "onbeschreven":
        return Result("unknown", (Clause(leaf, "unknown", expired),), frozenset())
    known = profile.get(leaf.fact)
    if known is None:
        return Result("unknown", (Clause(leaf, "unknown", expired),), frozenset({leaf.fact}))
    if known == DONT_KNOW:
        return Result("unknown", (Clause(leaf, "unknown", expired),), frozenset())
    holds = _holds(leaf, known)
    # An expired rule never turns into "no": what it asks today has to be checked.
    outcome: Outcome = "unknown" if expired and not holds else "yes" if holds else "no"
    return Result(outcome, (Clause(leaf, outcome, expired),), frozenset())


def _holds(leaf: Leaf, known: Any) -> bool:
    if known == NOT_APPLICABLE:
        return leaf.op in ("!=", "not_in")
    if leaf.op == "=":
        return bool(known == leaf.value)
    if leaf.op == "!=":
        return bool(known != leaf.value)
    if leaf.op == ">=":
        return bool(known >= leaf.value)
    if leaf.op == "<":
        return bool(known < leaf.value)
    if leaf.op == "in":
        return known in leaf.value
    return known not in leaf.value
