"""Cleans what people type: control characters, Flemish forms and length, before anything tries to understand it."""

from __future__ import annotations

import re
import unicodedata

from bot.personal import hide_personal

MAX_CHARACTERS = 1200
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")

# Spoken Flemish and chat spelling -> the standard word. Whole words only.
_SPOKEN = {
    "ge": "je", "gij": "je", "gulle": "jullie", "uwe": "je", "uw": "je", "mijne": "mijn", "ne": "een", "nen": "een",
    "da": "dat", "wa": "wat", "nie": "niet", "ni": "niet", "efkes": "even", "effe": "even", "nekeer": "eens",
    "mss": "misschien", "wss": "waarschijnlijk", "idd": "inderdaad", "iets": "iets", "ff": "even", "aub": "alstublieft",
    "hoelang": "hoe lang", "hoeveelste": "hoeveelste", "hebt": "heb", "hebde": "heb je", "kunde": "kun je",
    "moogde": "mag je", "moette": "moet je", "moede": "moet je", "zijde": "ben je", "wilde": "wil je", "krijgde": "krijg je",
    "doede": "doe je", "gade": "ga je", "weete": "weet je", "opl": "opleiding", "opleidng": "opleiding", "wnr": "wanneer",
    "hvl": "hoeveel", "hoevl": "hoeveel", "iem": "iemand", "vr": "voor", "rap": "snel", "plezant": "leuk", "goesting": "zin",
    "moe'k": "moet ik", "moek": "moet ik", "ka'k": "kan ik", "kank": "kan ik", "veur": "voor",
    "zoiets": "zoiets", "kweenie": "ik weet niet",
    "'k": "ik", "k": "ik", "'t": "het", "da's": "dat is", "tis": "het is", "ist": "is het", "vant": "van het", "int": "in het",
    "hedde": "heb je", "zedde": "ben je", "zen": "ben", "zoude": "zou je", "wordde": "word je", "alsge": "als je",
    "agge": "als je", "dage": "dat je", "as": "als", "oe": "hoe", "oelang": "hoe lang", "oeveel": "hoeveel", "gene": "geen",
    "genen": "geen", "geene": "geen", "niks": "niets", "iet": "iets", "den": "de", "diene": "die", "dienen": "die",
    "diejen": "die", "zo'ne": "zo'n", "nimeer": "niet meer",
}  # fmt: skip
# "kwerk" is "ik werk": only before verbs, for "keten" is no "ik eten".
_AFTER_K = frozenset({
    "ben", "dacht", "denk", "doe", "ga", "had", "heb", "hoor", "kan", "kon", "krijg", "mag", "moet", "vind", "vraag", "was",
    "weet", "werk", "wil", "woon", "zal", "zen", "zie", "zijn", "zit", "zoek", "zou",
})  # fmt: skip
_WORD = re.compile(r"[\w']+")


def clean(text: str) -> str:
    """Printable text without personal numbers; of a longer one than MAX_CHARACTERS the begin and end (where one asks)."""
    text = text.encode("utf-8", "ignore").decode("utf-8", "ignore")
    text = _CONTROL.sub(" ", unicodedata.normalize("NFC", text))
    text = hide_personal(re.sub(r"[ \t]+", " ", text).strip())
    if len(text) <= MAX_CHARACTERS:
        return text
    half = MAX_CHARACTERS // 2
    return f"{text[:half]} … {text[-half:]}"


def normalise(text: str) -> str:
    """Lower case, spoken Flemish forms written out, long rows of the same character cut short."""
    text = clean(text).lower()
    text = re.sub(r"(.)\1{3,}", r"\1\1", text)
    return _WORD.sub(lambda match: _written_out(match[0]), text)


def _written_out(word: str) -> str:
    if word.endswith("'k") and len(word) > 2:  # "da'k" is "dat ik"
        return f"{_written_out(word[:-2])} ik"
    if word.startswith("k") and word[1:] in _AFTER_K:
        return f"ik {_written_out(word[1:])}"
    return _SPOKEN.get(word, word)


# Letters that Dutch doesn't have, and how many of them tell a language.
_LETTERS = {
    "ar": (re.compile(r"[\u0600-\u06ff]"), 4),
    "uk": (re.compile(r"[\u0400-\u04ff]"), 4),
    "tr": (re.compile(r"[ğşıİ]"), 2),
}
# Frequent words that Dutch doesn't have.
_COMMON_WORDS = {
    "tr": "bir nasıl için ve kadar mı istiyorum olmak bakıcı nerede yapabilir miyim çok eğitim olabilirim sürer hangi",
    "fr": "le la une des pour est comment combien quelle quel suis puis dans avec et devenir du au peux faut il",
    "en": "the i to how what can do for my become and where does work without much take need are get have you",
}
_COMMON = {code: frozenset(words.split()) for code, words in _COMMON_WORDS.items()}


def language_of(text: str) -> str:
    """The code of another language than Dutch that a message seems to be in (ar, uk, tr, fr, en); else "nl"."""
    for code, (letters, enough) in _LETTERS.items():
        if len(letters.findall(text)) >= enough:
            return code
    words = re.findall(r"[\w'-]+", text.lower())
    counts = {code: sum(word in common for word in words) for code, common in _COMMON.items()}
    best = max(counts, key=lambda code: counts[code])
    return best if counts[best] >= 2 and counts[best] >= 0.25 * len(words) else "nl"


def sentences(text: str) -> list[str]:
    """The sentences of a message, in order."""
    return [part.strip() for part in _SENTENCE_END.split(text) if part.strip()]


def question_part(text: str) -> str:
    """What is asked in a long message: its sentences with a question mark, else its last sentence."""
    parts = sentences(text)
    asked = [part for part in parts if part.endswith("?")]
    return " ".join(asked[-2:]) if asked else (parts[-1] if parts else text)
