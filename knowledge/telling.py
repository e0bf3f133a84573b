"""Facts that people tell about themselves in free text: whose they are, whether they are denied, and nothing more.

A message is read clause by clause. A clause about someone else ("mijn man is werkloos") tells nothing of the speaker, unless
the whole talk is for that person ("mijn zoon van 16 wil …"). The expressions stand in knowledge/telling.yml.
"""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from knowledge import ages, facts
from knowledge.clauses import Clause, clauses, people, plainly, spoken
from knowledge.facts import Value
from knowledge.store import Knowledge

GOAL = re.compile(
    r"\b(?:wil|wilt|willen|wou|zou|zoekt|graag|liever|worden|word|wordt|lijkt|droom\w*|interesse|richting|(?<!van )opleiding|"
    r"misschien|voor een job als|doel|kies|kiezen)\b"
)
PAST_OR_PRESENT = re.compile(
    r"\b(?:was|werkte|gewerkt|werk|werkt|heb|had|gedaan|deed|doe|diploma|attest|getuigschrift|jaar als|ben|ervaring|naar|bij|"
    r"zit|zat|[abt]so|gestudeerd)\b"
)
WISH = re.compile(r"\b(?:wil|wilt|zou|zoekt|droomt|graag|interesse|overweegt|denkt)\b")
NEGATIONS = {"geen", "niet", "nergens", "nooit", "zonder", "noch", "niks", "evenmin"}
NEGATION_REACH = 2
# "vergeet dat van mijn strafblad": what is named then is taken away, not told.
FORGETTING = re.compile(
    r"^\W*(?:\w+ ){0,3}(?:vergeet|vergeten|wis|wissen|schrap|verwijder)\b|\bhaal\b.*\bweg\b|\bonthoud\b.*\bniet\b"
)
SHORT_MESSAGE = 10  # words; in one as short, "vergeet maar dat …" is of the whole message
HALF_A_DIPLOMA = "secondary_diploma"  # told without saying which kind
PAST = re.compile(r"\b(?:was|werkte|gewerkt|ontslagen|vroeger|buitengegooid|kwijt|gestopt|geleden)\b")
RECENT = 64  # messages in hand at the same time, about
_READ_OF_ENTITY = ("entity", "value", "role", "start", "end")
_recently: dict[bytes, Told] = {}


@dataclass(frozen=True)
class Told:
    """What a message tells: facts, values that were denied, and of whom ("" is the speaker, else "zoon", "vrouw" …)."""

    facts: dict[str, Value] = field(default_factory=dict)
    denied: dict[str, Value] = field(default_factory=dict)
    about: str = ""


def read(
    knowledge: Knowledge,
    text: str,
    entities: Sequence[Mapping[str, Any]] = (),
    about: str = "",
    supposing: bool = False,
) -> Told:
    """What a message tells of the person the talk is for. Asked more than once in a turn, it is read once.

    `entities` are those that NLU found, with their `start` and `end` in the text; they help where words are misspelt.
    `supposing`: a "what if", whose question tells what is supposed.
    """
    found = [tuple(str(entity.get(key)) for key in _READ_OF_ENTITY) for entity in entities]
    said = repr((knowledge.fingerprint, text, found, about, supposing))
    key = hashlib.sha256(said.encode("utf-8", "replace")).digest()  # not the text: nobody's words stay in memory
    told = _recently.get(key)
    if told is None:
        told = _recently[key] = _read(knowledge, text, entities, about, supposing)
        while len(_recently) > RECENT:
            with contextlib.suppress(KeyError, StopIteration, RuntimeError):  # another thread was first
                del _recently[next(iter(_recently))]
    return Told(dict(told.facts), dict(told.denied), told.about)


def _read(
    knowledge: Knowledge, text: str, entities: Sequence[Mapping[str, Any]], about: str, supposing: bool
) -> Told:
    family, _ = people()
    parts = clauses(text, about)
    if supposing:
        parts = [dataclasses.replace(part, asks=False) for part in parts]
    for part in parts:
        if part.who in family and (WISH.search(part.text) or re.search(r"\bvoor (?:mijn|m'n)\b", part.text)):
            about = part.who
            break
    told: dict[str, Value] = {}
    denied: dict[str, Value] = {}
    wish = False  # whether an occupation was wished for in so many words
    gone = len(text.split()) <= SHORT_MESSAGE and bool(FORGETTING.search(plainly(text)[0]))
    for part in parts:
        if part.who != about:
            for name, value, _ in _by_pattern(part, only_anyone=True) if not about else ():
                known = facts.read_value(knowledge.facts[name], value)
                if known is not None:
                    told.setdefault(name, known)
            continue
        said = tuple(_by_pattern(part))
        half_told = any(name == HALF_A_DIPLOMA for name, _, _ in said)
        for name, value, negated in (*said, *_by_entity(knowledge, part, entities, text)):
            if half_told and name == "education" and (name, value, negated) not in said:
                continue  # the word list guesses which kind of "diploma secundair" is meant
            fact = knowledge.facts.get(name)
            known = facts.read_value(fact, value) if fact else None
            if fact is None or known is None or (part.asks and fact.gevoelig):
                continue  # "mag ik met een strafblad …?" tells nothing of who asks
            wished = name == "occupation" and not negated and GOAL.search(part.text)
            if wished and not wish and name in told and all(one != name for one, _, _ in said):
                told[name] = known  # "zit in verzorging, wil zorgkundige worden": what is wished counts
            wish = wish or bool(wished)
            if FORGETTING.search(part.text) or gone:
                denied.setdefault(name, known)
            elif not negated:
                told.setdefault(name, known)
            elif isinstance(known, bool):
                told.setdefault(name, not known)
            else:
                denied.setdefault(name, known)
        if not part.asks or re.search(r"\bik\b", part.text):
            age = ages.age_in(part.text, of_other=bool(about))
            if age is not None and facts.read_value(knowledge.facts["age"], age) is not None:
                told.setdefault("age", age)
    _follow(told)
    if told.get("education") == "lager":
        denied.setdefault(HALF_A_DIPLOMA, True)
    return Told(told, {name: value for name, value in denied.items() if told.get(name) != value}, about)


def _by_pattern(part: Clause, only_anyone: bool = False) -> Iterator[tuple[str, Any, bool]]:
    _, patterns = spoken()
    done: set[str] = set()
    for pattern in patterns:
        if pattern.fact in done or (only_anyone and not pattern.anyone):
            continue
        match = pattern.said.search(part.text)
        if match is None:
            continue
        if pattern.along and not pattern.along.search(part.text):
            continue
        if pattern.without and pattern.without.search(part.text):
            continue
        if pattern.present and PAST.search(part.text):
            continue
        if part.asks and not re.search(r"\bik\b", part.text):
            continue
        negated = _negated(part.text, match)
        if negated and pattern.fact in ("situation", "education"):
            yield pattern.fact, pattern.value, True
            continue
        done.add(pattern.fact)
        yield pattern.fact, pattern.value, negated


def _negated(clause: str, match: re.Match[str]) -> bool:
    """Whether "niet", "geen" … stands just before the words (or opens the clause's verb group), or "niet" just after."""
    if re.match(r"(?:geen|zonder|nooit|niet|nul|0|nog geen)\b", match[0]):
        return False  # the expression itself is a denial
    words = re.split(r"\bik\b", clause[: match.start()])[-1].split()[-NEGATION_REACH:]
    if NEGATIONS & set(words):
        return True
    if re.search(r"\b(?:geen|niet)\b", match[0]) and not re.search(r"nodig", match[0]):
        return False
    return bool(re.match(r"\W*niet\b", clause[match.end() :])) or bool(
        re.search(r"\bniet (?:\w+ )?(?:voor|bij|in|op|mee aan|aan) (?:de |het |een )?$", clause[: match.start()])
    )


def _by_entity(
    knowledge: Knowledge, part: Clause, entities: Sequence[Mapping[str, Any]], text: str
) -> Iterator[tuple[str, Any, bool]]:
    """Goals, places and misspelt words that NLU found inside this clause."""
    for entity in entities:
        name, value, negated = str(entity["entity"]), entity["value"], entity.get("role") == "niet"
        if not part.start <= int(entity.get("start", -1)) < part.end:
            continue
        if name == "place":
            region = knowledge.places.get(str(value).lower())
            if region and not part.asks:
                yield "region", region, negated
        elif (
            name in ("occupation", "qualification_nl")
            and (_is_goal(part, negated) or _may_become(part, text[int(entity["start"]) :]))
            or name == "region"
            or name == "situation"
            and value in ("werkzoekend", "werknemer", "leerling")
            and len(part.text.split()) == 1
        ):
            yield name, value, negated
        elif name == "diploma" and len(part.text.split()) <= 2:
            yield "education", value, negated


def _may_become(part: Clause, named: str) -> bool:
    """Whether someone asks to become what the text names first: "kan ik nog zorgkundige worden?", "iets voor mij"."""
    if re.search(r"\b(?:word|geraak) ik\b|\biets voor mij\b", part.text):
        return True
    asks = re.search(r"\b(?:kan|mag|kun|zou|kon) ik\b", part.text)
    return bool(asks and re.match(r"\w+(?:\s+\w+){0,3}\s+wor(?:den?|re|dn)\b", named, re.I))


def _is_goal(part: Clause, negated: bool) -> bool:
    if part.asks or negated:
        return False
    return bool(GOAL.search(part.text)) or not PAST_OR_PRESENT.search(part.text)


def _follow(told: dict[str, Value]) -> None:
    """What follows from what was told: who works for the municipality has a job."""
    if "situation" not in told and (told.get("employer_public") is True or "employer_kind" in told):
        told["situation"] = "werknemer"
    if told.get("situation") not in (None, "werknemer"):
        told.pop("employer_public", None)
        told.pop("employer_kind", None)


def is_telling(text: str) -> bool:
    """Whether a message only states: no clause of it asks."""
    return not any(part.asks for part in clauses(text))


def is_private(knowledge: Knowledge, text: str) -> bool:
    """Whether a message tells something sensitive, of the speaker or of someone else."""
    told = [name for part in clauses(text) for name, _, _ in _by_pattern(part)]
    return any(knowledge.facts[name].gevoelig for name in told)
