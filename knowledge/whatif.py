""" "En als ik …?": what another answer would change for this person. Pure functions; the profile itself stays as it is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from knowledge import conditions, telling, trajectory
from knowledge.clauses import plainly
from knowledge.facts import Value, read_value
from knowledge.schema import Programme
from knowledge.store import Knowledge
from knowledge.verdicts import Judgement

SUPPOSING = re.compile(
    r"^\W*(?:(?:en|maar|ma|ok|oke|ja|nee|eh|dus)\s+)*"
    r"(?:(?:wat|wa|hoe)\s+(?:zou\s+het\s+zijn\s+)?(?:als|moest)|(?<=\s)als|stel\w*(?:\s+(?:dat|je voor|u voor))*|"
    r"veronderstel\w*(?: dat)?|moest|indien)\s+(?:(?:ik|we|wij|mijn|m'n|k|ikke)\b|(?:ze|zij|hij)\s+(?:al\s+|ook\s+)?\d|"
    r"nu\b|dat\s+ik\b)",
    re.IGNORECASE,
)
MAY_SUPPOSE = re.compile(r"\b(?:als|moest|mocht|indien|stel|gesteld|veronderstel\w*|hypothetisch\w*)\b", re.IGNORECASE)
LEAVING = re.compile(
    r"\bontslag\b|\bopzeg\w*|\bopgezegd\b|\bzeg (?:mijn|m'n) (?:job|werk|contract) op\b|"
    r"\bstop(?:pen)? (?:met|op) (?:mijn |m'n |het )?(?:job|werk)\w*|"
    r"\b(?:job|werk|baan) (?:opgeef|opgeven|laat vallen|verlies|verliezen|kwijt)\w*|"
    r"\bgeef (?:mijn|m'n) (?:job|werk) op\b|\bontslagen\b|"
    r"\bop (?:den |de )?dop (?:ga|gaan|geraak|zou)\b|\bwerkloos (?:word|worden|zou|was)\b",
    re.IGNORECASE,
)
AGE = re.compile(r"\b(\d{2})\b(?!\s*(?:uur|maand|dag|week|weken|euro|km|%))")
PACE = {"weekly_time": re.compile(r"halftijds|deeltijds|part ?time|halve dagen|voltijds|full ?time", re.IGNORECASE)}
# What someone would do, where a fact tells what is done.
ENROLLING = re.compile(
    r"\b(?:inschrijf|inschrijven|ingeschreven|aanmeld|aanmelden)\b.*\bvdab\b"
    r"|\bvdab\b.*\b(?:inschrijf|inschrijven|aanmeld\w*)\b"
)
GRADUATING = re.compile(r"\bdiploma\b.*\b(?:heb|had|haal|haalde|behaal|zou)\b|\b(?:heb|had|haal|behaal)\b.*\bdiploma\b")
# "en als ik ook …": on top of what was supposed before.
ALSO = re.compile(r"\b(?:ook|daarbij|daarnaast|bovendien|daarbovenop|tegelijk|allebei)\b", re.IGNORECASE)
FEWER_HOURS = re.compile(
    r"\bminder (?:\w+ )?(?:uren|uur|dagen|werk\w*|leer|leren|les|studeer\w*)\b|\b(?:4/5|vier ?vijfde|tijdskrediet)\b",
    re.IGNORECASE,
)
LESS_PAY = (
    "Wat minder werken doet met je loon, staat niet in onze documenten. Vraag het aan je werkgever of je vakbond."
)
WORK_FACTS = frozenset({"situation", "employer_public", "employer_kind"})


@dataclass(frozen=True)
class Change:
    """A route whose verdict would be another one; None where it isn't among this person's routes."""

    programme: Programme
    before: str | None
    after: str | None
    reason: str


def is_supposing(text: str) -> bool:
    """Whether a message supposes something of the speaker: "en als ik …", "stel dat ik …"."""
    return bool(SUPPOSING.search(text))


def may_suppose(text: str) -> bool:
    """Whether a message has a word that supposes something, anywhere."""
    return bool(MAY_SUPPOSE.search(text))


def supposed(knowledge: Knowledge, text: str, entities: Sequence[Mapping[str, Any]] = ()) -> dict[str, Value]:
    """The facts that a "what if" supposes; empty when it supposes nothing that we can judge by."""
    found = dict(telling.read(knowledge, text, entities, supposing=True).facts)
    found = {name: value for name, value in found.items() if not name.startswith("interest_")}
    if LEAVING.search(text) and found.get("situation") in (None, "werknemer"):
        found["situation"] = "werkzoekend"
        found.pop("employer_public", None)
        found.pop("employer_kind", None)
    if not found or set(found) == {"age"}:
        number = AGE.search(plainly(text)[0])
        age = read_value(knowledge.facts["age"], int(number[1])) if number else None
        if age is not None:
            found["age"] = age
    plain = plainly(text)[0]
    if ENROLLING.search(plain):
        found.setdefault("vdab_enrolled", True)
    if not found and GRADUATING.search(plain):
        found["secondary_diploma"] = True
    for name, words in PACE.items():
        match = words.search(text)
        if match:
            full = match[0].lower().startswith(("volt", "full"))
            found.setdefault(name, "voltijds" if full else "deeltijds")
    return found


def adds(text: str) -> bool:
    """Whether a supposition comes on top of those before: "en als ik ook …"."""
    return bool(ALSO.search(text))


def is_fewer_hours(text: str) -> bool:
    """Whether someone supposes fewer hours without saying of what: of work, or of lessons."""
    return bool(FEWER_HOURS.search(text)) and not any(words.search(text) for words in PACE.values())


def with_changes(knowledge: Knowledge, profile: Mapping[str, Any], changed: Mapping[str, Value]) -> dict[str, Any]:
    """The profile as it would be, without answers that make no sense then ("bij welke baas" of who has none)."""
    trial = {**profile, **changed}
    to_nl, from_nl = trial.get("region") == "nederland", profile.get("region") == "nederland"
    if "region" in changed and "occupation" not in changed and to_nl != from_nl:
        trial.pop("occupation", None)
        trial.pop("qualification_nl", None)
    if "occupation" in changed and "region" not in changed and (changed["occupation"] == "zorg_nederland") != to_nl:
        trial.pop("region", None)
        trial.pop("qualification_nl", None)
    for fact in knowledge.facts.values():
        asked_if = fact.vraag_als
        if (
            asked_if
            and fact.id in trial
            and fact.id not in changed
            and conditions.evaluate(asked_if, trial).outcome == "no"
        ):
            del trial[fact.id]
    return trial


def changes(knowledge: Knowledge, profile: Mapping[str, Any], changed: Mapping[str, Value]) -> tuple[list[Change], int]:
    """The routes whose verdict would change, best first, and how many stay as they are."""
    before = {item.programme.id: item for item in trajectory.advise(knowledge, profile).judgements}
    after = trajectory.advise(knowledge, with_changes(knowledge, profile, changed)).judgements
    found = [
        Change(item.programme, _verdict(before.get(item.programme.id)), item.verdict, item.reasons[0].text)
        for item in after
        if _verdict(before.get(item.programme.id)) != item.verdict
    ]
    still = {item.programme.id for item in after}
    found += [Change(item.programme, item.verdict, None, "") for name, item in before.items() if name not in still]
    return found, len(after) - sum(change.after is not None for change in found)


def _verdict(judgement: Judgement | None) -> str | None:
    return judgement.verdict if judgement else None


def warnings(profile: Mapping[str, Any], changed: Mapping[str, Value], text: str = "") -> list[str]:
    """What must be said with a supposition that nobody should be advised: leaving a job, moving."""
    said = []
    works = profile.get("situation") == "werknemer"
    loses = "situation" in changed and changed["situation"] != "werknemer"
    if LEAVING.search(text) or loses or (works and WORK_FACTS & set(changed)):
        said.append("Neem geen ontslag vóór je VDAB of je vakbond sprak.")
    if changed.get("weekly_time") == "deeltijds" and changed.get("situation", profile.get("situation")) == "werknemer":
        said.append(LESS_PAY)
    if "region" in changed and changed["region"] != profile.get("region"):
        said.append("Verhuis niet alleen voor een opleiding. Praat eerst met het centrum.")
    return said
