"""A message clause by clause: its plain words, whether it asks, and whom it is about.

The expressions that tell a fact, and the spoken forms that are written out, stand in knowledge/telling.yml.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from knowledge import ages

FILE = Path(__file__).parent / "telling.yml"
ASKING = re.compile(
    r"\?\s*$|^\W*(?:en |maar )?(?:hoe\w*|wat|wie|waar|wanneer|waarom|welke?|is er|zijn er|krijg|mag|kan|kun|moet|bestaat|telt|"
    r"bestaan|weten of|vraag me af)\b|\bweten (?:of|hoe|wat|wie|waar|welke?|wanneer)\b|\bhoe ?lang\b|\bhoeveel\b"
    r"|\b(?:op|in|aan|bij|van|voor|met|tot|vanaf|over) (?:welke?|wie)\b|^\W*(?:en |maar |dan )?(?:verlies|behoud|houd?|word) ik\b"
)
# Words before "mijn man" that leave it the subject of the clause.
LEADING = frozenset({"en", "ja", "nee", "dat", "nu", "als", "ook", "woont", "werkt", "is", "dag", "hallo"})
_CLAUSE_END = re.compile(
    r"[.;!?\n]+|,|\s+(?:maar|want|dus|omdat|terwijl|hoewel|doordat)\s+|\s+(?:en|of)\s+(?=(?:ik|ze|zij|hij|mijn|m'n|we|wij|ons|onze|"
    r"woon|werk|zoek|wil|heb|zit|ben|zou)\b)"
)


@dataclass(frozen=True)
class Clause:
    """A part of a message: its plain text, where it stood in the original, whether it asks, and whom it is about."""

    text: str
    start: int
    end: int
    asks: bool
    who: str


@dataclass(frozen=True)
class Pattern:
    """One way to tell a fact."""

    fact: str
    value: Any
    said: re.Pattern[str]
    along: re.Pattern[str] | None
    without: re.Pattern[str] | None
    present: bool
    anyone: bool  # tells of the speaker also in a clause about a child or partner


@functools.lru_cache(maxsize=1)
def _file() -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return data


@functools.lru_cache(maxsize=1)
def people() -> tuple[frozenset[str], re.Pattern[str]]:
    """Whom one may ask for, and how anyone else is named ("mijn zus")."""
    data = _file()
    others = "|".join([*data["familie"], *data["anderen"]])
    # "mijn kleine" is a child, "mijn kleine zus" isn't
    others = others.replace("kleine", r"kleine(?=\s+(?:is|wil|gaat|zit|heeft|van|moet|kan|zou|wordt|die)\b)")
    return frozenset(data["familie"]), re.compile(rf"(?:mijn|m'n|me|onze|ons)\s+(?:\w+\s+)?(?P<who>{others})\b")


@functools.lru_cache(maxsize=1)
def spoken() -> tuple[dict[str, str], tuple[Pattern, ...]]:
    data = _file()
    groups = data["woordgroepen"]

    def compiled(text: str | None) -> re.Pattern[str] | None:
        for _ in range(2):  # a group may name another
            for name, words in groups.items():
                text = text.replace("{" + name + "}", words) if text else text
        return re.compile(text) if text else None

    patterns = []
    for row in data["feiten"]:
        said = compiled(row["zeg"])
        assert said is not None
        patterns.append(
            Pattern(
                row["feit"],
                row["waarde"],
                said,
                compiled(row.get("met")),
                compiled(row.get("niet_met")),
                "heden" in row,
                "ieder" in row,
            )  # fmt: skip
        )
    return data["spreektaal"], tuple(patterns)


def named_by() -> dict[str, str]:
    """By which nouns a fact is named, as a regular expression."""
    names: dict[str, str] = _file()["noemen"]
    return names


def plainly(text: str) -> tuple[str, list[int]]:
    """Lower case without accents, spoken forms written out, spelt numbers as digits; with for each character its old place."""
    written, _ = spoken()
    folded = "".join(unicodedata.normalize("NFKD", char)[0].lower()[:1] or " " for char in text)
    folded = folded.replace("’", "'").replace("`", "'")
    out: list[str] = []
    places: list[int] = []

    def put(piece: str, at: int, width: int) -> None:
        out.append(piece)
        places.extend(min(at + index, at + width - 1) for index in range(len(piece)))

    last = 0
    for match in re.finditer(rf"{ages.SPELT.pattern}|'?\b[\w']+", folded):
        word = match[0]
        said = ages.spelt(word)
        new = str(said) if said is not None else written.get(word.lstrip("'"), word)
        put(folded[last : match.start()], last, match.start() - last)
        put(new, match.start(), len(word))
        last = match.end()
    put(folded[last:], last, max(1, len(folded) - last))
    return "".join(out), places


def clauses(text: str, about: str = "") -> list[Clause]:
    """The clauses of a message, each with the person it is about; `about` is the one the talk is for already."""
    plain, places = plainly(text)
    found: list[Clause] = []
    who, start = about, 0
    for end, sign in [*((match.start(), match) for match in _CLAUSE_END.finditer(plain)), (len(plain), None)]:
        piece = plain[start:end].strip()
        if piece:
            who = _subject(piece, who)
            asks = bool(ASKING.search(piece) or (sign and "?" in sign[0]))
            found.append(Clause(piece, places[start], places[end - 1] + 1, asks, who))
        start = sign.end() if sign else end
    return found


def _subject(clause: str, before: str) -> str:
    """Whom a clause is about: "" for the speaker."""
    _, relative = people()
    handed = re.search(rf"\b(?:voor|namens)\s+{relative.pattern}", clause)
    if (
        handed
        and re.match(r"^(?:\w+\s+){0,4}(?:voor|namens)\b", clause)
        and not re.search(r"\b(?:ge)?zorg|\bkook|\blet\b|\bin voor\b|opvang\b|\boppas\b|\bcreche\b", clause)
    ):
        return handed["who"]
    named = relative.search(clause)
    if named and not re.search(r"\b(?:ik|mij|me)\b", clause[: named.start()]):
        before_name = clause[: named.start()].split()
        if not before_name or before_name[-1] in LEADING:
            return named["who"]
    if re.search(r"\biemand\b|\bze zeggen\b", clause) and not re.search(
        r"\bvoor iemand\b|\biemand (?:op|die mij)\b", clause
    ):
        return "iemand"
    if re.search(r"\b(?:ik|wij|we|mij)\b", clause) or re.match(r"(?:ben|heb|woon|zoek|werk)\b", clause):
        return ""
    if re.match(r"(?:en |ja |nee )?(?:ze|zij|hij|die|haar|zijn|hem)\b", clause):
        return before or "iemand"
    return before
