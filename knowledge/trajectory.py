"""The personal trajectory: every route judged and explained, and the next question worth asking. Pure functions."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from knowledge import conditions, interests, wording
from knowledge.conditions import DONT_KNOW, NOT_APPLICABLE, Clause, Condition, Profile
from knowledge.schema import Fact, Leaf, Organisation, Programme
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
GROUP_ORDER = ("doel", "interesse", "situatie", "ervaring", "haalbaar", "diploma")
GOAL_FACTS = ("occupation", "region")
MAX_QUESTIONS = 12  # what is still open then is told as "nog te weten"
PRIORITY = "priority"  # what matters most to this person; volunteered, never asked in the intake
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
    any_occupation = occupation in (None, DONT_KNOW)
    fitting = {item.id for item in interests.fitting(knowledge, profile)} if occupation == DONT_KNOW else set()
    wanted_nl = profile.get("qualification_nl")
    return [
        programme
        for programme in knowledge.programmes.values()
        if (any_country or programme.land == country)
        and (any_occupation or programme.beroep == occupation)
        and (occupation != DONT_KNOW or programme.beroep in fitting)
        and (
            wanted_nl in (None, DONT_KNOW, NOT_APPLICABLE)
            or programme.land != "nederland"
            or programme.id == f"nl_{wanted_nl}"
        )
    ]


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


@dataclass(frozen=True)
class Advice:
    """All relevant routes judged, best first."""

    judgements: tuple[Judgement, ...]
    profile: dict[str, Any]

    @property
    def missing(self) -> frozenset[str]:
        return frozenset().union(*(judgement.missing for judgement in self.judgements))


def advise(knowledge: Knowledge, profile: Profile, on: dt.date | None = None) -> Advice:
    """Judge every relevant route and rank them: what can start now, by verdict, what suits this person, the shortest."""
    known = complete(knowledge, profile)
    judgements = [judge(knowledge, programme, known, on) for programme in relevant(knowledge, known)]
    levels = [f"nl_{option.value}" for option in knowledge.facts["qualification_nl"].values]  # from the lowest
    judgements.sort(key=lambda item: (*_rank(item, known), _place(item, levels), item.programme.id))
    return Advice(tuple(judgements), known)


LEARN_AND_EARN = ("duaal_secundair", "duaal_volwassenen")  # the documents give an allowance for these (000:802-878)
ADULT = 18
PUPIL = "leerling"
SCHOOL = "secundaire_school"


def is_young(profile: Profile) -> bool:
    """Whether someone is at school or not 18 yet: then what a secondary school offers comes before routes of adults."""
    age = profile.get("age")
    return profile.get("situation") == PUPIL or (isinstance(age, int) and age < ADULT)


def is_of_school(judgement: Judgement) -> bool:
    """Whether a route is one of a secondary school, and not closed."""
    return judgement.programme.vraag_het_aan == SCHOOL and judgement.verdict != "niet"


def _place(judgement: Judgement, names: list[str]) -> int:
    return names.index(judgement.programme.id) if judgement.programme.id in names else 0


def _when(judgement: Judgement, young: bool) -> int:
    """Which routes come first: for the young those of a school; then what can start now, after a birthday, or not at all."""
    if judgement.verdict == "niet":
        return 3
    if "age" in judgement.fixes:
        return 2
    return 0 if young and is_of_school(judgement) else 1


def _certainty(judgement: Judgement) -> int:
    """Open, nearly open, or still to be found out, whether by this person or because the documents don't say."""
    return min(VERDICT_ORDER.index(judgement.verdict), VERDICT_ORDER.index("nog_te_weten"))


def _for_others(programme: Programme, young: bool) -> bool:
    """Whether a route is meant for who is older, or for who is younger."""
    adult = programme.voor_werkenden or programme.route == "duaal_volwassenen"
    return adult if young else programme.vraag_het_aan == SCHOOL


def _rank(judgement: Judgement, profile: Profile) -> tuple[int, int, bool, float, int, float]:
    programme = judgement.programme
    young = is_young(profile)
    suits = 0
    if profile.get("situation") == "werknemer" and programme.voor_werkenden:
        suits -= 1
    if profile.get("day_part") == "avond" and programme.route == "syntra":
        suits -= 1
    months = programme.maanden[0] if programme.maanden else 99.0
    first = (_when(judgement, young), _certainty(judgement), _for_others(programme, young))
    return (*first, _matters(programme, profile), suits, months)


def _matters(programme: Programme, profile: Profile) -> float:
    """How well a route serves what this person said matters most, lower is better; 0 for all when nothing was said."""
    wanted = profile.get(PRIORITY)
    if wanted == "snel":
        return programme.maanden[0] if programme.maanden else 99.0
    if wanted == "inkomen":
        return float(programme.route not in LEARN_AND_EARN)
    if wanted == "avond":
        return float(programme.route != "syntra")
    if wanted == "dichtbij":
        return float(not programme.zoek)
    if wanted == "ervaring":
        return 0.0 if programme.route in ("evc", "evk") else 1.0 if programme.vrijstelling else 2.0
    return 0.0


RANKINGS = {
    "snel": "Daarna staat bovenaan wat het kortst duurt. Zonder duur in onze documenten staat een route lager.",
    "inkomen": "Daarna staat bovenaan waar je tijdens het leren een vergoeding of loon kunt krijgen.",
    "avond": "Daarna staat bovenaan waar onze documenten avondles noemen.",
    "dichtbij": "Daarna komt waar je zelf een plaats kunt zoeken. Wij weten niet hoe ver het is.",
    "ervaring": "Daarna staat bovenaan wat met ervaring het meest korter kan.",
}


def ranking(advice: Advice) -> str:
    """Why the routes stand in this order, for the person."""
    profile = advice.profile
    school, young = any(map(is_of_school, advice.judgements)), is_young(profile)
    said = "De volgorde: eerst wat open is."
    if young and school:
        why = "je zit nog op school" if profile.get("situation") == PUPIL else "je bent nog geen 18"
        said = f"De volgorde: eerst wat een secundaire school biedt, want {why}. Dan wat open is."
    wanted = RANKINGS.get(str(profile.get(PRIORITY)))
    said += f" {wanted or 'Daarna wat het kortst duurt.'}"
    if not wanted and profile.get("situation") == "werknemer":
        said += " Wat bij een job past, gaat voor."
    return said + (" Richtingen voor jongeren staan lager." if school and not young else "")


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
