"""The entity `age`: the first age that a message tells. What people tell of their age in all its forms: knowledge/ages.py."""

from __future__ import annotations

import re
from typing import NamedTuple

_NOT_AN_AGE = (
    r"(?!\d|[.,:]\d|\s*(?:maand|dag|week|weken|uur|u\b|euro|€|km|lestijd|keer|leerling|kind|collega|medewerk|procent|%"
    r"|jaar\s+(?:ervaring|gewerkt|in\s|als|bij|anc|lang)|jr\s+erv))"
)
_DIGITS = re.compile(
    r"\b(?:ik\s+ben|ben\s+ik|ben|ik\s+word|word|leeftijd\s*:?|is|iemand\s+van|(?:man|vrouw|zoon|dochter|werkloze)\s+van)\s+"
    r"(?:nu\s+|al\s+|net\s+|bijna\s+|maar\s+|pas\s+|een\s+vrouw\s+van\s+|een\s+man\s+van\s+)?(?P<said>\d{2})\b"
    + _NOT_AN_AGE
    + r"|\b(?P<years>\d{2})\s*(?:jaar\s+(?:oud|jong|ben)|jarige?\b|-jarige?\b|jr\s+oud|j\b|lentes)"
    r"|\bik\s+(?P<turned>\d{2})\s+(?:ben|was|word)\b"
    r"|\b(?P<then>\d{2})\s*jaar(?=\s*(?:,|\.|$|werkloos|zonder))"
    r"|(?:^|,)\s*(?:en\s+)?(?P<alone>\d{2})\s*(?:jaar|j|jr)?\s*(?=$|,|\.|werk|m\b|v\b)",
    re.IGNORECASE,
)
POSSIBLE = range(12, 91)  # years
_UNITS = ["een", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen"]
_TENS = {"twintig": 20, "dertig": 30, "veertig": 40, "vijftig": 50, "zestig": 60}
_SPELT = re.compile(
    rf"\b(?:(?P<unit>{'|'.join(_UNITS)})(?:en|ën))?(?P<ten>{'|'.join(_TENS)})\s+(?:ben\s+ik|jaar\s+oud)"
    rf"|\bben\s+(?:nu\s+|al\s+)?(?:(?P<unit2>{'|'.join(_UNITS)})(?:en|ën))?(?P<ten2>{'|'.join(_TENS)})\b",
    re.IGNORECASE,
)


class Age(NamedTuple):
    """An age in years, and where in the text it stands."""

    value: int
    start: int
    end: int


def first(text: str) -> Age | None:
    """The first age in a text, in digits or spelt."""
    for match in _DIGITS.finditer(text):
        name = next(name for name, value in match.groupdict().items() if value)
        if int(match[name]) in POSSIBLE:
            return Age(int(match[name]), match.start(name), match.end(name))
    spelt = _SPELT.search(text)
    if spelt is None:
        return None
    unit, ten = spelt["unit"] or spelt["unit2"], spelt["ten"] or spelt["ten2"]
    ones = max(1, _UNITS.index(unit.lower())) if unit else 0
    return Age(_TENS[ten.lower()] + ones, spelt.start(), spelt.end())
