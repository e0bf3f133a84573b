"""Reads what people type in the EVC scan: "1 en 3", "alles behalve 2", "ik help met wassen", "thuis, elke week"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz

from knowledge.evc_schema import EvcChoice, Skill, SkillGroup
from knowledge.facts import NUMBERS, plain

ALL = "alles"
NONE = "geen"
ALL_WORDS = re.compile(r"\b(?:alles|allemaal|alle)\b(?! (?:dagen|weken|maanden))")
NONE_WORDS = re.compile(r"\b(?:niets|niks|nooit|geen)\b")
NOT = re.compile(r"\b(?:niet|geen|nooit|niets|niks)\b")
EXCEPT = re.compile(r"\b(?:behalve|uitgezonderd|zonder|maar niet)\b")
CLAUSE = re.compile(r"[,.;]|\bmaar\b|\bwel\b")
RANGE = re.compile(r"\b(\d)\s*(?:-|tot en met|tot|t m)\s*(\d)\b")
JOINING = {"en", "of", "nummer", "nummers", "nr", "ook", "de", "ja", "alleen", "enkel", "van", "deze", "dit", "dat", "die",
           "tot", "met", "in", "als", "op"}  # fmt: skip
ORDER = {word: number for number, word in enumerate(["eerste", "tweede", "derde", "vierde", "vijfde", "zesde"], 1)}
FIRST_FEW = re.compile(r"\beerste (\d|twee|drie|vier|vijf)\b")
NO = {"geen", "niets", "niks", "nee", "neen", "enkele", "een", "nul", "0", "nooit"}
NOT_A_NUMBER = r"(?!\s*(?:x\b|jaar|jaren|keer|maand|week|weken|dag|uur|ste\b|e\b|\d))"
LIKENESS = 85  # rapidfuzz ratio from which a mistyped word counts as the word
SHORTEST = 5  # letters; shorter words must be spelt right
OWN_WORDS = 4  # words from which a typed answer is a story of one's own


def strict_ticks(group: SkillGroup, text: str) -> tuple[str, ...] | None:
    """What is ticked by an answer that can't mean anything else: numbers, "alles", "geen", or the sentences themselves."""
    by_sentence = {plain(skill.zin).strip(): skill.id for skill in group.vaardigheden}
    parts = [plain(part) for part in re.split(r"[;\n]", text) if plain(part)]
    if parts and all(part in by_sentence for part in parts):
        return tuple(by_sentence[part] for part in parts)
    words = _ranges_written_out(plain(text)).replace("-", " ").replace("+", " ").split()
    told = [word for word in words if word not in JOINING]
    if not told:
        return None
    ids = [skill.id for skill in group.vaardigheden]
    if all(ALL_WORDS.fullmatch(word) for word in told):
        return tuple(ids)
    if all(word in NO for word in told) and told != ["een"]:
        return ()
    numbers = [int(word) if word.isdigit() else NUMBERS.get(word) or ORDER.get(word) for word in told]
    if not all(number and 1 <= number <= len(ids) for number in numbers):
        return None
    return tuple(ids[number - 1] for number in sorted({number for number in numbers if number}))


def free_ticks(group: SkillGroup, text: str) -> tuple[str, ...] | None:
    """What is ticked by a sentence ("ik help met wassen, maar eten niet"); None when it names nothing of the group."""
    ids = [skill.id for skill in group.vaardigheden]
    yes: set[str] = set()
    no: set[str] = set()
    for clause in _clauses(text):
        skills, rest = _named(group.vaardigheden, clause)
        denied = NOT.search(rest)
        named = set(ids) if ALL_WORDS.search(clause) else {skill.id for skill in skills}
        if not named:
            named = {ids[int(digit) - 1] for digit in re.findall(rf"(?<!\d)([1-{len(ids)}]){NOT_A_NUMBER}", clause)}
        (no if denied else yes).update(named)
    if yes - no:
        return tuple(name for name in ids if name in yes - no)
    return () if not yes and not no and NONE_WORDS.search(plain(text)) else None


def _clauses(text: str) -> Iterable[str]:
    cleaned = EXCEPT.sub(", niet ", text.lower())
    return [plain(part) for part in CLAUSE.split(_ranges_written_out(cleaned)) if plain(part)]


def _ranges_written_out(text: str) -> str:
    """ "1-3" and "de eerste drie" -> "1 2 3"."""
    text = FIRST_FEW.sub(lambda found: f"1-{NUMBERS.get(found[1]) or found[1]}", text)
    return RANGE.sub(lambda found: " ".join(map(str, range(int(found[1]), int(found[2]) + 1))), text)


def _named(skills: Sequence[Skill], said: str) -> tuple[list[Skill], str]:
    """The skills whose words are said, and the rest of what was said: the longest words first, each word counts once."""
    words = sorted(((plain(word), skill) for skill in skills for word in skill.woorden), key=lambda pair: -len(pair[0]))
    found: list[Skill] = []
    for word, skill in words:
        left = _without(said, word)
        if left != said:
            found.append(skill)
            said = left
    return found, said


def _without(said: str, word: str) -> str:
    """What was said without a word, also when it is mistyped; unchanged when the word isn't there."""
    left = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", " ", said)
    if left != said or " " in word or len(word) < SHORTEST:
        return left
    near = [one for one in said.split() if len(one) >= SHORTEST and fuzz.ratio(one, word) >= LIKENESS]
    return " ".join(one for one in said.split() if one not in near) if near else said


def read_choices(choices: Sequence[EvcChoice], text: str, free: bool = True) -> tuple[str, ...]:
    """Which of the choices are named, in their order; empty when none is. Unless `free` only by their label or words alone."""
    said = plain(text)
    exact = [
        choice.id
        for choice in choices
        if text == choice.id or said in map(plain, (choice.label, choice.zin, *choice.woorden))
    ]
    if exact or not free:
        return tuple(exact)
    named = [
        choice.id
        for choice in choices
        if any(_without(said, plain(word)) != said for word in (choice.label, choice.zin, *choice.woorden))
    ]
    if named:
        return tuple(named)
    words = set(said.split()) - JOINING
    partly = [choice.id for choice in choices if words and words <= set(plain(choice.label).split())]
    return tuple(partly) if len(partly) == 1 else ()


def own_words(text: str) -> str:
    """A typed answer that is a story of one's own, to go into the draft; empty for a short answer."""
    told = " ".join(text.split())
    return told if sum(word.isalpha() for word in plain(told).split()) >= OWN_WORDS else ""
