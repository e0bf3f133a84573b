"""How one route stands for one person: the verdict, its reasons, and what would open it. Pure functions."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from knowledge import conditions, wording
from knowledge.conditions import DONT_KNOW, NOT_APPLICABLE, Clause, Condition, Profile
from knowledge.schema import Leaf, Organisation, Programme
from knowledge.store import Knowledge

Verdict = Literal["open", "bijna", "nog_te_weten", "onbekend", "niet"]
VERDICT_ORDER: tuple[Verdict, ...] = ("open", "bijna", "nog_te_weten", "onbekend", "niet")
VERDICT_LABELS: dict[Verdict, str] = {
    "open": "Open",
    "bijna": "Bijna open",
    "nog_te_weten": "Nog te weten",
    "onbekend": "Onbekend",
    "niet": "Nu niet",
}
AGE_WAIT_YEARS = 2  # "bijna" by getting older only where that is near


@dataclass(frozen=True)
class Reason:
    """Why a route has its verdict: a sentence, the fact it is about and where it stands ("000:682")."""

    text: str
    fact: str
    sources: tuple[str, ...]
    outcome: conditions.Outcome


@dataclass(frozen=True)
class Judgement:
    """A route with its verdict for one person."""

    programme: Programme
    verdict: Verdict
    reasons: tuple[Reason, ...]
    missing: frozenset[str]
    ask: Organisation
    fixes: Mapping[str, Any] = field(
        default_factory=dict
    )  # with "bijna": the facts that would open it, and their value


def judge(knowledge: Knowledge, programme: Programme, profile: Profile, on: dt.date | None = None) -> Judgement:
    """Judge one route for a completed profile (see `complete`), as of a date."""
    condition = knowledge.conditions[programme.id]
    result = conditions.evaluate(condition, profile, on)
    verdict: Verdict
    extra: tuple[Reason, ...] = ()
    fixes: dict[str, Any] = {}
    if result.outcome == "no":
        fixes = _fixes(knowledge, condition, profile, on)
        verdict = "bijna" if fixes else "niet"
        extra = tuple(_fix_reason(condition, name, value) for name, value in fixes.items())
    elif result.outcome == "unknown" or programme.status != "lopend":
        verdict = "nog_te_weten"
    else:
        verdict = "open" if programme.volledig else "onbekend"
    if verdict in ("open", "onbekend") and not programme.volledig:
        asked = whom_to_ask(knowledge, programme, profile).naam
        extra = (
            Reason(
                f"Onze documenten noemen niet alle voorwaarden. Vraag het aan {asked}.",
                "",
                tuple(programme.bronnen),
                "unknown",
            ),
        )
    reasons = extra
    if verdict != "bijna":
        told = (clause for clause in result.clauses if not _untold(knowledge, clause, profile))
        reasons += tuple(_reason(knowledge, clause, profile) for clause in _telling(tuple(told), result.outcome))
    if not reasons:
        reasons = (Reason("Onze documenten noemen geen voorwaarde.", "", tuple(programme.bronnen), "yes"),)
    return Judgement(programme, verdict, reasons, result.missing, whom_to_ask(knowledge, programme, profile), fixes)


def whom_to_ask(knowledge: Knowledge, programme: Programme, profile: Profile) -> Organisation:
    """Who knows more of a route: VIVO serves the private social profit, Diverscity the public sector (000:692-695)."""
    name = programme.vraag_het_aan
    if name == "vivo" and profile.get("employer_public") is True:
        name = "diverscity"
    return knowledge.organisations[name]


def _telling(clauses: tuple[Clause, ...], outcome: conditions.Outcome) -> Iterator[Clause]:
    """The clauses worth telling: those that decided, or while undecided those still open; each sentence once."""
    seen: set[str] = set()
    chosen = [clause for clause in clauses if clause.outcome == outcome] or list(clauses)
    for clause in chosen:
        if clause.leaf.reden not in seen:
            seen.add(clause.leaf.reden)
            yield clause


def _untold(knowledge: Knowledge, clause: Clause, profile: Profile) -> bool:
    """Whether a clause is about something that is never asked and was not told: then it is no reason for anyone."""
    return knowledge.facts[clause.leaf.fact].gevoelig and profile.get(clause.leaf.fact) == NOT_APPLICABLE


def _reason(knowledge: Knowledge, clause: Clause, profile: Profile) -> Reason:
    leaf = clause.leaf
    text = leaf.reden
    if clause.outcome == "no" and leaf.tip and profile.get(leaf.fact) != NOT_APPLICABLE:
        text = f"{text} {leaf.tip}"
    if clause.outcome == "unknown" and leaf.op != "onbeschreven" and profile.get(leaf.fact) in (None, DONT_KNOW):
        text = f"{text} Dat weten we nog niet van jou."
    if clause.expired:
        text = f"{text} Dit gold tot {leaf.valid_to}. Vraag na of het nog zo is."
    return Reason(text, leaf.fact, (leaf.bron,), clause.outcome)


def _satisfying(leaf: Leaf) -> Any:
    return leaf.value[0] if leaf.op == "in" else leaf.value


def _fixable(knowledge: Knowledge, condition: Condition, profile: Profile) -> dict[str, Any]:
    """The facts that could open this route by themselves or by something one can do, with the value that would."""
    fixable: dict[str, Any] = {}
    for leaf in conditions.leaves(condition):
        known = profile.get(leaf.fact)
        fact = knowledge.facts[leaf.fact]
        if leaf.op not in ("=", ">=", "in") or known in (None, DONT_KNOW, NOT_APPLICABLE):
            continue
        if fact.verandert == "vanzelf" and leaf.op == ">=" and leaf.value - AGE_WAIT_YEARS <= known < leaf.value:
            fixable[leaf.fact] = max(leaf.value, fixable.get(leaf.fact, leaf.value))
        elif fact.verandert == "doenbaar":
            fixable[leaf.fact] = _satisfying(leaf)
    return fixable


def _fixes(knowledge: Knowledge, condition: Condition, profile: Profile, on: dt.date | None) -> dict[str, Any]:
    """The one or two facts whose change would open the route, with the value; empty when nothing advisable does."""
    fixable = _fixable(knowledge, condition, profile)
    for size in (1, 2):
        for names in itertools.combinations(fixable, size):
            changes = {name: fixable[name] for name in names}
            if conditions.evaluate(condition, {**profile, **changes}, on).outcome == "yes":
                return changes
    return {}


def _fix_reason(condition: Condition, name: str, value: Any) -> Reason:
    leaf = next(leaf for leaf in conditions.leaves(condition) if leaf.fact == name and leaf.op in ("=", ">=", "in"))
    if name == "age":
        return Reason(f"Dit kan later: vanaf je {wording.ordinal(value)} verjaardag.", name, (leaf.bron,), "no")
    return Reason(leaf.tip or leaf.reden, name, (leaf.bron,), "no")
