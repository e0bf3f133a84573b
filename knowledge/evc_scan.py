"""The EVC scan: which question comes next, and what the answers are worth bringing up. Pure functions.

Answers are plain data, kept in one slot: {"qualification", "level", "items_0": [ids], "where_0": [ids], "how_often_0": [id],
"words_0": text, "given": [keys that were known without asking]}. We never say that something is covered: a centre decides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from knowledge import facts
from knowledge.conditions import DONT_KNOW
from knowledge.evc_reading import free_ticks, own_words, read_choices, strict_ticks
from knowledge.evc_schema import MAX_QUESTIONS, EvcChoice, EvcScan, SkillGroup, Way
from knowledge.schema import Detail
from knowledge.store import Knowledge

Answers = Mapping[str, Any]
Asks = Literal["qualification", "level", "items", "where", "how_often"]
NO_PAPER = "geen"  # of the fact care_qualification
ABROAD = "zorg_nederland"  # the occupation that needs a level as well
LEVEL_FACT, OCCUPATION_FACT = "qualification_nl", "occupation"
ONE_EXAMPLE = "bij elke zin één voorbeeld: wat je deed, voor wie, en hoe het afliep"


@dataclass(frozen=True)
class Step:
    """The open question: what it asks, of which group (from 0), its number and the highest number there can be."""

    asks: Asks
    group: int
    number: int
    at_most: int


@dataclass(frozen=True)
class Ability:
    """What someone said to be able to do, with where and how often."""

    sentence: str
    where: tuple[str, ...]
    how_often: str


@dataclass(frozen=True)
class ScanResult:
    """What to bring up, what to collect and how to go on; `draft` is empty when nothing was ticked."""

    scan: EvcScan
    discuss: tuple[Ability, ...]
    proof: tuple[str, ...]
    draft: str
    ways: tuple[Way, ...]
    steps: tuple[str, ...]
    centre: str
    role: str
    website: str
    remains: tuple[Detail, ...]
    cautions: tuple[Detail, ...]
    sources: tuple[str, ...]


def scan_of(knowledge: Knowledge, answers: Answers) -> EvcScan | None:
    """The scan of the qualification that was chosen; None while it isn't known."""
    chosen = answers.get("level") if answers.get("qualification") == ABROAD else answers.get("qualification")
    return next((scan for scan in knowledge.scans.values() if scan.qualification == chosen), None)


def group_of(scan: EvcScan, step: Step) -> SkillGroup:
    return scan.groepen[step.group]


def _path(scan: EvcScan | None, answers: Answers) -> list[tuple[Asks, int]]:
    """Every question that may come in this scan, in order; those that the answers made needless left out."""
    path: list[tuple[Asks, int]] = [("qualification", 0)]
    if answers.get("qualification", ABROAD) == ABROAD:
        path.append(("level", 0))
    for group in range(len(scan.groepen) if scan else (MAX_QUESTIONS - len(path)) // 3):
        path.append(("items", group))
        if answers.get(f"items_{group}", True):
            path += [("where", group), ("how_often", group)]
    return path


def key(asks: Asks, group: int) -> str:
    """Under which name an answer is kept."""
    return asks if asks in ("qualification", "level") else f"{asks}_{group}"


def next_step(knowledge: Knowledge, answers: Answers) -> Step | None:
    """The next question; None when the scan is complete."""
    given = answers.get("given") or []
    path = [
        (asks, group) for asks, group in _path(scan_of(knowledge, answers), answers) if key(asks, group) not in given
    ]
    for number, (asks, group) in enumerate(path, 1):
        if key(asks, group) not in answers:
            return Step(asks, group, number, len(path))
    return None


def back(knowledge: Knowledge, answers: Answers) -> dict[str, Any] | None:
    """The answers without the last one; None when there is none to take back."""
    known = [key(*part) for part in _path(scan_of(knowledge, answers), answers) if key(*part) in answers]
    if not known:
        return None
    last = known[-1]
    dropped = {last, last.replace("items", "words")}
    if last == "level":
        dropped.add("qualification")  # a Dutch level is known with its occupation or not at all
    left = {name: value for name, value in answers.items() if name not in dropped}
    return {**left, "given": [name for name in answers.get("given") or [] if name not in dropped]}


def start(knowledge: Knowledge, wanted: str | None, level: str | None = None) -> dict[str, Any]:
    """The first answers: the qualification, when it is known already (an occupation, or a Dutch level)."""
    levels = {option.value for option in knowledge.facts[LEVEL_FACT].values}
    if wanted in levels or (wanted == ABROAD and level in levels):
        known = {"qualification": ABROAD, "level": wanted if wanted in levels else level}
    elif wanted == ABROAD or scan_of(knowledge, {"qualification": wanted}):
        known = {"qualification": wanted}
    else:
        known = {}
    return {**known, "given": list(known)}


def choices(knowledge: Knowledge, asks: Asks) -> list[EvcChoice]:
    """The places, or how often, that can be answered."""
    sort = "waar" if asks == "where" else "hoe_vaak"
    return [choice for choice in knowledge.scan_choices.values() if choice.soort == sort]


def take(knowledge: Knowledge, answers: Answers, text: str, free: bool = True) -> dict[str, Any] | None:
    """The answers with this reply to the open question; None when it isn't a reply to it.

    `free` says that loose sentences may be read too; else only what can't mean anything else.
    """
    step, scan = next_step(knowledge, answers), scan_of(knowledge, answers)
    if step is None:
        return None
    name = key(step.asks, step.group)
    if step.asks in ("qualification", "level"):
        fact = knowledge.facts[OCCUPATION_FACT if step.asks == "qualification" else LEVEL_FACT]
        value = facts.read_value(fact, text) or facts.read_answer(fact, text)
        return {**answers, name: value} if value not in (None, DONT_KNOW) else None
    if facts.is_dont_know(text):
        return {**answers, name: []}  # every question may be skipped
    if step.asks != "items":
        named = read_choices(choices(knowledge, step.asks), text, free)
        return {**answers, name: list(named)} if named else None
    assert scan is not None
    group = group_of(scan, step)
    ticked = strict_ticks(group, text)
    if ticked is not None:
        return {**answers, name: list(ticked)}
    ticked = free_ticks(group, text) if free else None
    if ticked is None:
        return None
    return {**answers, name: list(ticked), **(_told_along(knowledge, step.group, text) if ticked else {})}


def _told_along(knowledge: Knowledge, group: int, text: str) -> dict[str, Any]:
    """Where, how often and a story of one's own, told in one sentence with what someone can do."""
    told: dict[str, Any] = {f"words_{group}": own_words(text)}
    asked: tuple[Asks, ...] = ("where", "how_often")
    for asks in asked:
        named = read_choices(choices(knowledge, asks), text)
        if named:
            told[key(asks, group)] = list(named)
    return told


def outcome(knowledge: Knowledge, qualification: str, answers: Answers, held: str | None = None) -> ScanResult:
    """What the ticks are worth bringing up. Raises KeyError for a qualification without a scan.

    `held` is the fact care_qualification, where it is known: without one there is no EVK, with one that comes first.
    """
    scan = next((scan for scan in knowledge.scans.values() if scan.qualification == qualification), None)
    if scan is None:
        raise KeyError(qualification)
    programme = knowledge.programmes[scan.opleiding]
    organisation = knowledge.organisations[programme.vraag_het_aan]
    named = knowledge.scan_choices
    discuss = tuple(_abilities(knowledge, scan, answers))
    where = [named[place] for group in range(len(scan.groepen)) for place in answers.get(f"where_{group}") or []]
    ways = tuple(
        way for way in scan.wegen if (discuss and way.soort != "evk") or (way.soort == "evk" and held != NO_PAPER)
    )
    if held not in (None, DONT_KNOW, NO_PAPER):
        ways = tuple(sorted(ways, key=lambda way: way.soort != "evk"))
    unpaid = bool(where) and not any(choice.betaald for choice in where)
    cautions = tuple(scan.onbetaald) if unpaid else ()
    used = [*scan.bronnen, *(way.bron for way in ways), *(detail.bron for detail in (*scan.blijft, *cautions))]
    proof = [ONE_EXAMPLE, *(text for choice in where for text in choice.bewijzen)] if discuss else []
    return ScanResult(
        scan,
        discuss,
        tuple(dict.fromkeys(proof)),
        _draft(knowledge, scan, answers) if discuss else "",
        ways,
        tuple(step.doe for step in programme.stappen) if discuss else (),
        organisation.naam,
        organisation.rol,
        programme.zoek or organisation.website,
        tuple(scan.blijft),
        cautions,
        tuple(dict.fromkeys(used)),
    )


def _abilities(knowledge: Knowledge, scan: EvcScan, answers: Answers) -> Sequence[Ability]:
    named = knowledge.scan_choices
    return [
        Ability(
            skill.zin,
            tuple(named[place].zin for place in answers.get(f"where_{number}") or []),
            " en ".join(named[often].zin for often in answers.get(f"how_often_{number}") or []),
        )
        for number, group in enumerate(scan.groepen)
        for skill in group.vaardigheden
        if skill.id in (answers.get(f"items_{number}") or [])
    ]


def _draft(knowledge: Knowledge, scan: EvcScan, answers: Answers) -> str:
    """A first portfolio text to change by hand: what was ticked, where and how often, and the person's own words."""
    parts = [f"Ik wil laten zien wat ik al kan als {scan.naam}."]
    for number in range(len(scan.groepen)):
        own = _abilities(knowledge, scan, {name: answers[name] for name in answers if name.endswith(f"_{number}")})
        if not own:
            continue
        told = " ".join(ability.sentence for ability in own)
        when = ", ".join(filter(None, (" en ".join(own[0].where), own[0].how_often)))
        parts.append(f"{told} Dat deed ik {when}." if when else told)
        if answers.get(f"words_{number}"):
            parts.append(f"In mijn eigen woorden: {answers[f'words_{number}']}")
    parts += [
        "Een voorbeeld: … (Wat deed je? Voor wie? Hoe liep het af?)",
        "Wie dit zag: … (naam en hoe je die persoon kent)",
    ]
    return "\n\n".join(parts)
