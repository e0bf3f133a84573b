"""The difficult words of a reply with their meaning, from begrippen.yml. Pure functions over the knowledge."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

from knowledge.store import Knowledge

MOST = 3
ADDRESS = re.compile(r"https?://\S+|\bwww\.\S+|[\w.-]+@[\w.-]+\w")
MEANING_FOLLOWS = (
    r"(?: \((?!actie)|:\s\w|, (?:dus|een|de|het)\b|,? (?:dat|die|dit) (?:is|zijn)\b"
    r"| (?:(?:precies )?is|zijn|staat voor|betekent|wil zeggen)\b| = )"
)


def pattern(word: str) -> str:
    """A word as a whole, with its plural or ending. An abbreviation keeps its capitals: "OV" is no "ov"."""
    whole = rf"(?<![\w-]){re.escape(word)}(?:s|n|en|e|'s)?(?![\w-])"
    return whole if word[:2].isupper() or word == "Ad" else f"(?i:{whole})"


@functools.lru_cache(maxsize=1024)
def compiled(word: str) -> re.Pattern[str]:
    """The pattern of a word, kept: there are more words than Python keeps patterns."""
    return re.compile(pattern(word))


def explained_in(word: str, text: str) -> bool:
    """Whether the text itself says what a word means, or that nobody says: "plain words (word)", "word: meaning" …"""
    term = pattern(word)
    ways = (
        rf"\([^()]*{term}[^()]*\)",
        rf"{term}[\"'”]?{MEANING_FOLLOWS}",
        rf"(?i:heet|heten|kort voor|of)\b[^.:]{{0,40}}{term}",
        rf"{term}[^.:]*\.\s+Dat wil zeggen",
    )
    return any(re.search(way, text) for way in ways)


def difficult_words(knowledge: Knowledge, text: str) -> list[dict[str, str]]:
    """At most 3 words of a text as {"word", "meaning"}, hardest first; not those that the text itself explains.

    The word is as it stands in the text. An abbreviation is hardest, then the longest word.
    """
    plain = ADDRESS.sub(" ", text)
    meanings = {term.woord: term.uitleg for term in knowledge.terms.values()}
    found: dict[str, str] = {}
    for match in _any_of(tuple(sorted(meanings, key=len, reverse=True))).finditer(plain):
        word = _term(match[0], meanings)
        if word not in found and not explained_in(word, plain):
            found[word] = match[0]
    hardest = sorted(found, key=lambda word: (not word[:2].isupper(), -len(word)))
    return [{"word": found[word], "meaning": meanings[word]} for word in hardest[:MOST]]


@functools.lru_cache(maxsize=4)
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(pattern(word) for word in words))


def _term(written: str, words: Iterable[str]) -> str:
    """The word of the glossary that was written like this; the longest that fits."""
    start = written[:2].lower()
    return max((word for word in words if word[:2].lower() == start and compiled(word).fullmatch(written)), key=len)
