"""Three-valued conditions: yes, no or unknown, with the reason and citation of each clause and the facts still missing.

A condition is a tree of `all`, `any` and `not`; a leaf compares one fact. A fact that is missing makes a leaf unknown, and
so does the operator `onbeschreven`: there the documents state no rule, so nothing a person says can settle it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

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
NOTHING: frozenset[str] = frozenset()


class Clause(NamedTuple):
    """One leaf with its outcome for this profile; `expired` when its rule is past its date."""

    leaf: Leaf
    outcome: Outcome
    expired: bool


class Result(NamedTuple):
    """Outcome of a condition, the clauses that decided it, and the facts that could still change it."""

    outcome: Outcome
    clauses: tuple[Clause, ...]
    missing: frozenset[str]


class ConditionError(ValueError):
    """A condition in a content file that cannot be read; the text says where and why.

    `place` is where it stands as keys and positions ("voorwaarden.all.1.op"), `what` the rest.
    """

    def __init__(self, path: str, what: str) -> None:
        super().__init__(f"{path}: {what}")
        self.place, self.what = path.replace("[", ".").replace("]", ""), what


def parse(tree: Mapping[str, Any], path: str = "voorwaarden") -> Condition:
    """Read a condition as written in YAML. Raises ConditionError naming the place and a hint."""
    if not tree:
        return ALWAYS
    for kind in ("all", "any", "not"):
        if kind not in tree:
            continue
        if len(tree) > 1:
            raise ConditionError(path, f"naast '{kind}' mag niets anders staan")
        value = tree[kind]
        parts = value if isinstance(value, list) else [value]
        if not parts:
            raise ConditionError(f"{path}.{kind}", "geef minstens één voorwaarde")
        return Group(kind, tuple(parse(part, f"{path}.{kind}[{n}]") for n, part in enumerate(parts)))  # type: ignore[arg-type]
    try:
        return Leaf(**tree)
    except ValidationError as error:
        found = [(str(entry["loc"][0]), complaints.in_dutch(entry, Leaf)) for entry in error.errors()]
        others = (f"{name}: {what}" for name, what in found[1:])
        raise ConditionError(f"{path}.{found[0][0]}", "; ".join([found[0][1], *others])) from error


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
    if not isinstance(condition, Group):  # asked this way around: isinstance on a pydantic model is slow
        return _leaf(condition, profile, on)
    results = [_evaluate(part, profile, on) for part in condition.parts]
    if condition.kind == "not":
        inner = results[0]
        flipped: Outcome = {"yes": "no", "no": "yes", "unknown": "unknown"}[inner.outcome]  # type: ignore[assignment]
        return Result(flipped, inner.clauses, inner.missing)
    decisive: Outcome = "no" if condition.kind == "all" else "yes"
    deciding = [result for result in results if result.outcome == decisive]
    if deciding:
        return Result(decisive, _clauses(deciding), NOTHING)
    open_ones = [result for result in results if result.outcome == "unknown"]
    if open_ones:
        missing = frozenset().union(*(result.missing for result in open_ones))
        return Result("unknown", _clauses(results), missing)
    return Result("yes" if condition.kind == "all" else "no", _clauses(results), NOTHING)


def _clauses(results: list[Result]) -> tuple[Clause, ...]:
    return tuple(clause for result in results for clause in result.clauses)


def _leaf(leaf: Leaf, profile: Profile, on: dt.date) -> Result:
    expired = leaf.valid_to is not None and leaf.valid_to < on
    known = profile.get(leaf.fact)
    outcome: Outcome = "unknown"
    if leaf.op != "onbeschreven" and known is not None and known != DONT_KNOW:
        # An expired rule never turns into "no": what it asks today has to be checked.
        outcome = "yes" if _holds(leaf, known) else "unknown" if expired else "no"
    asks = known is None and leaf.op != "onbeschreven"
    return Result(outcome, (Clause(leaf, outcome, expired),), frozenset((leaf.fact,)) if asks else NOTHING)


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
