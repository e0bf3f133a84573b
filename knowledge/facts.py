"""Reads what a person says about a fact, and words what is known of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from rapidfuzz import fuzz

from knowledge.conditions import DONT_KNOW, NOT_APPLICABLE
from knowledge.schema import Fact
from knowledge.store import Knowledge

Value = str | int | bool
YES = {
    "ja",
    "jawel",
    "jaja",
    "yes",
    "klopt",
    "inderdaad",
    "zeker",
    "tuurlijk",
    "natuurlijk",
    "ok",
    "oke",
    "true",
    "jep",
    "yep",
    "juist",
    "jazeker",
}
NO = {"nee", "neen", "nope", "no", "false", "nooit", "nee hoor", "neenee", "bijlange", "nog niet", "niet"}
DONT_KNOWS = (
    "weet niet",
    "weet ik niet",
    "geen idee",
    "weet het niet",
    "kweenie",
    "geen gedacht",
    "sla over",
    "overslaan",
    "weet_niet",
    "zeg ik liever niet",
    "volgende vraag",
    "dat weet ik niet",
)
NUMBERS = {
    word: number
    for number, word in enumerate(
        [
            "nul",
            "een",
            "twee",
            "drie",
            "vier",
            "vijf",
            "zes",
            "zeven",
            "acht",
            "negen",
            "tien",
            "elf",
            "twaalf",
            "dertien",
            "veertien",
            "vijftien",
            "zestien",
            "zeventien",
            "achttien",
            "negentien",
            "twintig",
        ]
    )
}
TENS = {"twintig": 20, "dertig": 30, "veertig": 40, "vijftig": 50, "zestig": 60, "zeventig": 70, "tachtig": 80}
LABEL_LIKENESS = 87  # rapidfuzz ratio from which a typed label counts as that label
SHORT_ANSWER_WORDS = 6


def plain(text: str) -> str:
    """Lower case, without accents and punctuation at the ends, single spaces."""
    text = unicodedata.normalize("NFKD", str(text).lower())
    text = "".join(char for char in text if not unicodedata.combining(char)).replace("’", "'")
    return re.sub(r"\s+", " ", re.sub(r"[^\w' +-]", " ", text)).strip()


def is_dont_know(text: str) -> bool:
    """Whether an answer says "weet ik niet", or that the question may be skipped."""
    said = plain(text)
    return said in DONT_KNOWS or (len(said.split()) <= SHORT_ANSWER_WORDS and any(part in said for part in DONT_KNOWS))


def read_answer(fact: Fact, text: str) -> Value | None:
    """What a typed answer to the question about this fact means: a value, DONT_KNOW, or None when it isn't one."""
    said = plain(text)
    if not said:
        return None
    if is_dont_know(said):
        return DONT_KNOW
    if fact.type == "int":
        return _number(fact, said)
    if fact.type == "bool":
        return _yes_no(said)
    return _choice(fact, said)


def exact_choice(fact: Fact, text: str) -> Value | None:
    """The answer that these very words name; None when they name none, or say more."""
    said = plain(text)
    for option in fact.values:
        if said in (plain(option.label), option.value, *map(plain, option.ook)):
            return option.value
    return None


def read_value(fact: Fact, value: Any) -> Value | None:
    """A value as a button or entity gives it, checked against the fact; None when it doesn't fit."""
    if value == DONT_KNOW:
        return DONT_KNOW
    if fact.type == "bool":
        if isinstance(value, bool):
            return value
        return _yes_no(plain(value))
    if fact.type == "int":
        return _number(fact, plain(value))
    return value if value in {option.value for option in fact.values} else None


def _number(fact: Fact, said: str) -> int | None:
    match = re.search(r"(?<![\d.,])\d{1,3}(?![\d.,])", said)
    number = int(match[0]) if match else _spelt(said)
    if number is None or not (fact.min or 0) <= number <= (fact.max or 10**6):
        return None
    return number


def _spelt(said: str) -> int | None:
    for word in said.split():
        if word in NUMBERS:
            return NUMBERS[word]
        for ten, value in TENS.items():
            unit, joined, rest = word.partition("en" + ten)
            if word == ten:
                return value
            if joined and not rest and unit in NUMBERS:
                return value + NUMBERS[unit]
    return None


def _yes_no(said: str) -> bool | None:
    words = said.split()
    if said in NO or words[0] in ("nee", "neen", "nope", "no"):
        return False
    if said in YES or words[0] in ("ja", "jawel", "jazeker", "jep", "yes", "klopt", "zeker"):
        return True
    if len(words) <= SHORT_ANSWER_WORDS:
        if any(word in ("niet", "nog niet", "nooit", "geen") for word in words):
            return False
        if any(word in YES for word in words) or re.search(r"\bdat (ben|doe|wil|heb) ik\b|\bwel\b", said):
            return True
    return None


def _choice(fact: Fact, said: str) -> str | None:
    options = [
        (option.value, [plain(option.label), plain(option.value.replace("_", " ")), *map(plain, option.ook)])
        for option in fact.values
    ]
    for value, names in options:
        if said in names or said == value:
            return value
    fits = [
        (len(name), value)
        for value, names in options
        for name in names
        if len(name) > 2 and re.search(rf"\b{re.escape(name)}\b", said)
    ]
    denied = re.search(r"\b(geen|niet|nooit|nee|neen)\b", said)
    if fits and not (denied and len(said.split()) > 2 and max(fits)[1] != "geen"):
        return max(fits)[1]
    if denied and any(value == "geen" for value, _ in options):
        return "geen"
    if re.match(r"ja\b", said) and len(options) == 2:
        return None
    near = max((fuzz.ratio(said, name), value) for value, names in options for name in names)
    return near[1] if near[0] >= LABEL_LIKENESS else None


def label(fact: Fact, value: Value) -> str:
    """How a value reads: the label of a choice, the number with its unit, "ja" or "nee"."""
    if value == DONT_KNOW:
        return "dat weet je niet"
    if isinstance(value, bool):
        return "ja" if value else "nee"
    for option in fact.values:
        if option.value == value:
            return option.label
    return str(value)


def summary(knowledge: Knowledge, profile: Mapping[str, Any]) -> list[str]:
    """What is known of a person, one short clause per fact, in the order of the vocabulary."""
    known = {name for name, value in profile.items() if value not in (None, DONT_KNOW, NOT_APPLICABLE)}
    facts = knowledge.facts.values()
    half = {fact.vraag_anders.als.fact for fact in facts if fact.vraag_anders and fact.id in known}
    return [clause(fact, profile[fact.id]) for fact in facts if fact.id in known - half]


def shareable(knowledge: Knowledge, profile: Mapping[str, Any]) -> dict[str, Any]:
    """What may stand on a page that others read: without what is sensitive."""
    return {name: value for name, value in profile.items() if not knowledge.facts[name].gevoelig}


def clause(fact: Fact, value: Value) -> str:
    """One fact in a sentence: "je bent 34 jaar", "je bent niet ingeschreven bij VDAB"."""
    if isinstance(value, bool):
        return re.sub(r"\s+", " ", fact.ik_ben.replace("{waarde}", "" if value else "niet"))
    for option in fact.values:
        if option.value == value and option.zin:
            return option.zin
    return fact.ik_ben.replace("{waarde}", label(fact, value))
