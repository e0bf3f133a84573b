"""Ages and spelt numbers in what people say, in Dutch, Flemish and poor Dutch."""

from __future__ import annotations

import re

from knowledge.today import today

_UNITS = {
    "een": 1, "één": 1, "twee": 2, "twe": 2, "drie": 3, "drij": 3, "vier": 4, "vijf": 5, "vijv": 5, "zes": 6, "zeven": 7,
    "zeuve": 7, "acht": 8, "negen": 9,
}  # fmt: skip
_TEENS = {
    "tien": 10, "elf": 11, "twaalf": 12, "dertien": 13, "veertien": 14, "vijftien": 15, "zestien": 16, "zeventien": 17,
    "achttien": 18, "negentien": 19,
}  # fmt: skip
_TENS = {"twintig": 20, "dertig": 30, "veertig": 40, "vijftig": 50, "zestig": 60, "zeventig": 70, "tachtig": 80}
SPELT = re.compile(rf"\b(?:(?:{'|'.join(_UNITS)})\s?en\s?)?(?:{'|'.join(_TENS)})\b|\b(?:{'|'.join(_TEENS)})\b")
MOST = 90
_N = r"(?P<n>\d{2})(?![\d.,:]\d|\d)"
_UNIT = r"(?!\s*(?:maand|dag|week|weken|uur|u\b|euro|€|km|lestijd|keer|leerling|kind|collega|medewerk|procent|%|min\b|minuten))"
_NO_SPAN = (
    r"(?!\s*(?:jaar|jr|j)?\s*(?:ervaring|gewerkt|lang|geleden|anciennit|in de|in een|bij|als|werk))"
    # "20 jaar poetsvrouw geweest", "12 jaar verpleegster": how long, not how old
    r"(?!\s*(?:jaar|jr|j)\s+(?:(?!ik\b|en\b|ben\b|nu\b)\w+\s+)?(?:geweest|getrouwd|samen|hier|thuis|weg|ziek|huis\w+|zelfstandig\w*|"
    r"\w+(?:vrouw|moeder|kundige|ster|ende|leider|arbeider|bediende|chauffeur|verkoper|hulp))\b)"
)
ALMOST = re.compile(rf"\b(?:bijna|haast|nog net geen)\s+{_N}{_UNIT}|\bnog geen\s+(?P<n2>\d{{2}})\b{_UNIT}")
TURNING = re.compile(rf"\bwordt?\s+(?:ik\s+)?(?:\w+\s+){{0,2}}{_N}{_UNIT}")
AGE = re.compile(
    rf"\b(?:ben|leeftijd|leeftijd is|leeftijd:|is|ik|jong van|(?:zoon|dochter|man|vrouw|meisje|jongen|iemand|moeder) van|vrouw|"
    rf"mijn jaar|was)\s+(?:ik\s+)?(?:er\s+)?"
    r"(?:(?:nu|al|net|pas|maar|trouwens|intussen|ondertussen|een vrouw van|een man van|zelf)\s+){0,2}"
    rf"{_N}{_UNIT}{_NO_SPAN}"
    r"|^\W*(?P<first>\d{2})\s+(?:jaar\s+)?ben ik\b|\b(?P<turned>\d{2})\s+(?:jaar\s+)?geworden\b"
    r"|^\W*(?P<now>\d{2})\s+(?:jaar\s+)?(?:nu|intussen|ondertussen)\s*$"
    r"|\bmet mijn (?P<mine>\d{2})\b|\bop mijn (?P<still>\d{2})(?:ste|e|de)?\s+(?:jaar\s+)?nog\b"
)
BORN = re.compile(r"\b(?:geboren (?:in|op|te)\b.*|bouwjaar |ben van (?:het jaar )?)\b(?P<year>19[3-9]\d|20[01]\d)\b")
SURE_AGE = 20  # a year of birth leaves a year open, which matters below this
LASTED = re.compile(r"\b(?:was|werk\w*|gewerkt|geweest|als|ervaring|gedaan|deed|stond|gestaan|\w*zorgd|getrouwd|hier|duurt?)\b")
YEARS = re.compile(
    rf"(?<!al )(?<!na )(?<!sinds )(?<!over )(?<!binnen )(?<!tot )(?<!werk )(?<!dan )\b{_N}\s*"
    r"(?:-?jarige?\b|(?:jaar|jr|lentes)\s+(?:oud|jong)\b|(?:jaar|jr|j|lentes)\b(?=\s*$)|(?:m|v|j)\b)"
)
ALONE = re.compile(rf"(?:^|\s){_N}\s*$")
FAMILY = re.compile(
    r"\bkind\w*|\bzoon\w*|\bdochter\w*|\buur\b|\bjaar ervaring\b|\bhuisnummer\b|\bbus\b|\btot\b|\bsinds\b|"
    r"\bjaren \W?\d|\b(?:van|op|vanaf) mijn \d|\b(?:artikel|art|niveau|groep|kamer|lijn|nummer|nr)\W*\d"
)


def spelt(words: str) -> int | None:
    """The number from 10 to 89 that these words spell; None when they don't."""
    words = words.replace(" ", "")
    if words in _TEENS:
        return _TEENS[words]
    for ten, value in _TENS.items():
        if words == ten:
            return value
        unit = words.removesuffix(ten).removesuffix("en") if words.endswith(ten) else ""
        if unit in _UNITS:
            return value + _UNITS[unit]
    return None


def _number(match: re.Match[str]) -> int:
    return int(next(value for value in match.groups() if value))


def age_in(clause: str, of_other: bool = False) -> int | None:
    """The age that a plain clause states, in years; "bijna 18" is 17. None when it states none."""
    for pattern in (ALMOST, TURNING):
        match = pattern.search(clause)
        if match:
            return _number(match) - 1
    for pattern in (AGE, YEARS):
        match = pattern.search(clause)
        if match and _number(match) <= MOST:
            if re.search(r"\bkinderen van\b|\bkind van\b", clause) and not of_other:
                return None
            if pattern is YEARS and re.search(r"(?:jaar|jr|j|lentes)$", match[0]) and LASTED.search(clause):
                return None  # "was daar verpleegster 12 jaar"
            return _number(match)
    born = BORN.search(clause)
    if born and SURE_AGE < (age := today().year - int(born["year"])) <= MOST:
        return age
    match = ALONE.search(clause)
    if match and not FAMILY.search(clause) and 14 <= int(match["n"]) <= MOST:
        return int(match["n"])
    return None
