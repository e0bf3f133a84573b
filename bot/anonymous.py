"""Makes a message fit to keep for learning: what could tell who wrote it is taken out, what was meant remains.

On top of `bot.text.clean` (numbers and addresses that identify): dates, ages, places, and every word that is neither of
our subject nor Dutch, which is where names hide. Better one word too many lost than one name kept.
"""

from __future__ import annotations

import functools
import gzip
import json
import re
from collections.abc import Iterable, Set
from pathlib import Path

import spacy_lookups_data
from rapidfuzz import fuzz, process

from bot.personal import HIDDEN
from bot.personal_words import FIRST_NAMES
from bot.text import clean, language_of, normalise

DATE, AGE, PLACE, WORD = "[datum]", "[leeftijd]", "[plaats]", "[…]"
LIKENESS = 84  # rapidfuzz ratio from which an unknown word counts as a misspelt word of our subject
MIN_MISSPELT = 5  # letters; a shorter word is like too many others
MIN_WORDS = 2  # what is left must say something
_MONTHS = "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
_DATES = re.compile(
    rf"\b\d{{1,2}}\s*(?:[-/.]\s*\d{{1,2}}|(?:{_MONTHS}))(?:\s*[-/.]?\s*\d{{2,4}})?\b|\b(?:{_MONTHS})\s+\d{{4}}\b|\b19\d\d\b",
    re.IGNORECASE,
)
_TENS = "twintig|dertig|veertig|vijftig|zestig|zeventig|tachtig"
_NUMBER = rf"(?:\d{{1,2}}|(?:\w+en)?(?:{_TENS})|\w+tien|twaalf|elf|tien)"
_AGES = re.compile(
    rf"\b(?:(?<=ben )|(?<=word )|(?<=ben al )|(?<=ben nu )){_NUMBER}\b(?!\s*(?:uur|dag|week|weken|maand|euro|procent|%|keer))"
    rf"(?:\s*(?:jaar|j|jr)\b\.?)?(?:\s*oud)?|\b{_NUMBER}\s*(?:jaar|j|jr)\.?\s*(?:oud\b|jong\b)|\b{_NUMBER}[- ]?jarige?\b"
    rf"|\b\d{{2}}\s?jr?\b|(?<=op mijn )\w+(?:ste|de)\b|(?<![\d.,€] )(?<![\d.,€])\b[1-9]\d(?=,\s*[a-z])",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"[^\W\d_](?:[\w'’-]*[^\W_])?")
_KEPT = re.compile(r"^(?:[a-z]{1,2}|•+)$")


def anonymous(text: str, subject: Set[str], places: Set[str]) -> str:
    """The message without dates, ages, places and unknown words; empty when too little is left or it isn't Dutch.

    `subject` are the words of the training examples and cards, `places` the names of towns; both in lower case.
    """
    if language_of(text) != "nl":
        return ""  # which words are names can't be told
    text = _DATES.sub(DATE, clean(text))
    text = _AGES.sub(AGE, text)
    text = _without_places(text, places)
    text = _TOKEN.sub(lambda found: _kept(found, subject), text)
    text = re.sub(r"(?:\[…\]|•••)(?:\s+(?:\[…\]|•••))+", WORD, text).replace(HIDDEN, WORD).strip()
    told = [word for word in _TOKEN.findall(re.sub(r"\[[^\]]*\]", "", text)) if len(word) > 2]
    return text if len(told) >= MIN_WORDS else ""


def _without_places(text: str, places: Set[str]) -> str:
    words = list(re.finditer(r"[\w'’-]+", text))
    gone: list[tuple[int, int]] = []
    for first, match in enumerate(words):
        for last in range(min(first + 4, len(words)) - 1, first - 1, -1):
            name = text[match.start() : words[last].end()]
            if name.lower() in places and (
                name.lower() not in dutch_words() or _sounds_like_place(text, match.start())
            ):
                gone.append((match.start(), words[last].end()))
                break
    for start, end in reversed(gone):
        text = text[:start] + PLACE + text[end:]
    return text


def _sounds_like_place(text: str, start: int) -> bool:
    """Whether a word that is also something else ("voeren") is used as a place."""
    return text[start].isupper() or bool(re.search(r"\b(?:in|uit|te|van|bij|naar|rond) $", text[:start].lower()))


def _kept(found: re.Match[str], subject: Set[str]) -> str:
    """The word itself when it is known, else a gap."""
    word, text = found[0], found.string
    if text[found.start() - 1 : found.start()] == "[" or word == "…":
        return word  # one of our own gaps
    low = word.lower()
    if low in FIRST_NAMES:
        return WORD
    parts = [part for part in re.split(r"['’-]", low) if len(part) > 1]
    ours = low in subject or normalise(word) in subject or (len(parts) > 0 and all(part in subject for part in parts))
    if ours or _KEPT.match(low):
        return word
    begins = not text[: found.start()].strip() or text[: found.start()].rstrip()[-1:] in ".!?\n"
    if word[0].isupper() and not word.isupper() and not begins:
        return WORD  # a capital inside a sentence: most likely a name
    if low in dutch_words() or _compound(low, subject) or _misspelt(low, subject):
        return word
    return WORD


def _compound(word: str, subject: Set[str]) -> bool:
    """Whether a long word is two known ones joined: "zorgkundigeopleiding"."""
    return any(
        word[:place] in subject and word[place:].removeprefix("s") in subject for place in range(4, len(word) - 3)
    )


def _misspelt(word: str, subject: Set[str]) -> bool:
    if len(word) < MIN_MISSPELT:
        return False
    near = [known for known in subject if known[:1] == word[:1] and abs(len(known) - len(word)) <= 2]
    return process.extractOne(word, near, scorer=fuzz.ratio, score_cutoff=LIKENESS) is not None


def subject_words(texts: Iterable[str]) -> frozenset[str]:
    """The words of our subject, from examples and cards: what is written small somewhere, and abbreviations. No names."""
    words = {word for text in texts for word in re.findall(r"[^\W\d_]+", text)}
    return frozenset(word.lower() for word in words if word.islower() or word.isupper())


@functools.lru_cache(maxsize=1)
def dutch_words() -> frozenset[str]:
    """Forms of Dutch words in lower case, from the lemma table of spacy-lookups-data; what only has a capital is a name."""
    path = Path(spacy_lookups_data.__file__).parent / "data" / "nl_lemma_lookup.json.gz"
    with gzip.open(path, "rt", encoding="utf-8") as file:
        table = json.load(file)
    return frozenset(word for pair in table.items() for word in pair if word.islower())
