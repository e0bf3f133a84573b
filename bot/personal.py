"""Takes out of a message what says who somebody is: numbers, accounts, addresses, names. Never stored, logged or repeated.

Age, place and situation stay: they are the facts that the advice is built on (docs/privacy.md).
"""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.personal_words import AFTER_A_NAME, FIRST_NAMES

HIDDEN = "•••"
_SEP = r"[ ./\u2010-\u2015-]"  # what stands between the digits of one number
_DATE = r"\d{1,2}[/. -]\d{1,2}[/. -](?:19|20)?\d{2}\b"
_MONTH = "jan|feb|maa|mrt|apr|mei|jun|jul|aug|sep|okt|nov|dec"
_FULL_DATE = r"\d{1,2}[/. -]\d{1,2}[/. -](?:19|20)\d{2}\b"
_TRUNK = rf"(?:(?:\+|\b00) ?\d{{2,3}}{_SEP}?(?:\(0\){_SEP}?)?|\(?0)"  # how a telephone number begins
_UNIT = (
    r"(?!\d|[.,]\d|[ -]?(?:u\b|uur|uren|jaar|jaren|dag|week|weken|maand|euro|eur\b|€|%|procent|km|min|kind|keer|x\b|lessen|"
    r"lestijd|leerling|plaats|opleiding|module|mensen|personen|deeltijds|voltijds|punten|tot\b|kamer|jan|feb|maart|apr|mei\b|juni|juli|aug|sept|okt|nov|dec))"
)
_STREET = (
    r"(?:[\w'’-]{1,30}\.? )?[\w'’-]{0,30}(?:straat|laan|steenweg|dreef|plein|kaai|gracht|singel|steeg|wegel|lei|boulevard)"
    r"|[\w'’-]{3,30}(?:str|baan|dijk|weg|pad|hof|park|kade|berg|veld|markt|akker|donk|hoek|kouter)"
    r"|(?:Grote|Oude|Nieuwe|Kleine|Korte|Lange|Hoge) (?!(?:is|was|wordt|heeft|van)\b)[\w'’-]{1,30}(?= \d{1,3}\b)"
    r"|(?:rue|avenue|chaussée|place) [^\d\n,]{2,40}"
)
_KIN = (
    r"(?:man|vrouw|zoon|dochter|zus|broer|moeder|vader|mama|papa|oma|opa|partner|vriendin?|collega|baas|buurvrouw|buurman|"
    r"kind|kindje|schoonmoeder|schoonvader|schoonzus|schoonbroer|ex|tante|nonkel|oom|nicht|neef)"
)
_PARTICLE = r"(?:van|de|den|der|ter|ten|te|el|al|ben|bin|ait|la|le|di|da|dos|von|op|t|'t|vande|vanden|vander|mc)"


def _mod97(text: str) -> bool:
    """ISO 7064: whether an account number can be an IBAN."""
    moved = text[4:] + text[:4]
    return int("".join(str(int(char, 36)) for char in moved)) % 97 == 1


def _account(match: re.Match[str]) -> str:
    bare = re.sub(r"[^A-Za-z0-9]", "", match[0])
    enough = 15 <= len(bare) <= 34 and bare.isascii() and sum(map(str.isdigit, bare)) >= 10
    return HIDDEN if enough and _mod97(bare) else match[0]


def _card(match: re.Match[str]) -> str:
    """Luhn's check, so that a row of years isn't taken for a bank card."""
    digits = [int(char) for char in match[0] if char.isdigit()]
    doubled = [digit * 2 - 9 * (digit > 4) if place % 2 else digit for place, digit in enumerate(reversed(digits))]
    return HIDDEN if sum(doubled) % 10 == 0 else match[0]


def _citizen(match: re.Match[str]) -> str:
    """BSN with separators: only what passes its eleven test."""
    digits = [int(char) for char in match[0] if char.isdigit()]
    total = sum(weight * digit for weight, digit in zip((9, 8, 7, 6, 5, 4, 3, 2, -1), digits))
    return HIDDEN if total % 11 == 0 else match[0]


def _postcode(match: re.Match[str]) -> str:
    return match[0] if match[1] in {"IN", "EN", "OF", "OP", "JE", "IK", "DE", "LT", "SA", "SD", "SS", "OK"} else HIDDEN


def _name(match: re.Match[str]) -> str:
    """The words after "ik heet": a first name, and what follows when it is a surname."""
    words = re.findall(r"[^\s,.;:!?()\d]+|\S", match["name"])
    taken = surnames = 0
    for place, word in enumerate(words):
        low, following = word.lower(), words[place + 1 : place + 2]
        if place and re.fullmatch(_PARTICLE, low) and following and following[0].lower() not in AFTER_A_NAME:
            if not (word[0].isupper() or following[0][0].isupper() or len(words) == place + 2):
                break
        elif taken == 5 or not word[0].isalpha() or low in AFTER_A_NAME or (surnames and word[0].islower()):
            break
        else:
            surnames += place > 0
        taken += 1
    if not taken:
        return match[0]
    end = re.match(rf"\s*(?:[^\s,.;:!?()\d]+\s*){{{taken}}}", match["name"])
    kept = match["name"][end.end() :] if end else ""
    space = " " if kept and end and end[0][-1].isspace() else ""
    return f"{match['lead']}{HIDDEN}{space}{kept}"


def _first_name(match: re.Match[str]) -> str:
    """ "Ik ben Fatima": a name only when it is a known one, or two words with capitals; who shouts has them everywhere."""
    words = match["name"].lower().split()
    plain = {word for word in words if word in AFTER_A_NAME and not re.fullmatch(_PARTICLE, word)}
    shouted = match["lead"].isupper() and bool(plain)
    return f"{match['lead']}{HIDDEN}" if words[0] in FIRST_NAMES or (len(words) > 1 and not shouted) else match[0]


Rule = tuple[str, re.RegexFlag, "str | Callable[[re.Match[str]], str]"]
_CAPITAL = r"[A-ZÀ-Ý][\w'’-]+"
_REST = r"(?P<name>[^\n,.;:!?]+)"
_KNOWN = "|".join(sorted(FIRST_NAMES))
_ANY = re.RegexFlag(0)
_NUMBERS: tuple[Rule, ...] = (
    (r"(?<![\w.+-])[\w.+-]{1,64} ?(?:@|\(at\)|\[at\]) ?[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}", re.I, HIDDEN),
    (rf"\bBE ?\d{{2}}(?:{_SEP}?\d{{4}}){{3}}\b", re.I, HIDDEN),
    (rf"\bNL ?\d{{2}}{_SEP}?[A-Z]{{4}}(?:{_SEP}?\d{{4}}){{2}}{_SEP}?\d{{2}}\b", re.I, HIDDEN),
    (rf"\b[A-Z]{{2}} ?\d{{2}}(?:{_SEP}?[A-Z0-9]{{2,4}}){{3,8}}\b", re.I, _account),
    (rf"\b\d{{4}}(?:{_SEP}?\d{{4}}){{3}}\b", _ANY, _card),
    (r"\b\d{3}-\d{7}-\d{2}\b", _ANY, HIDDEN),  # Belgian identity card, old account number
    # Belgian national number: date of birth (month raised by 20 or 40 for some), serial, check digits
    (rf"\b\d{{2}}{_SEP}?[0-5]\d{_SEP}?[0-3]\d{_SEP}{{0,3}}\d{{3}}{_SEP}{{0,3}}\d{{2}}\b", _ANY, HIDDEN),
    (rf"\b(geboren|geboortedatum|ik ben van)((?: op| is|:)*) (?:{_DATE}|\d{{1,2}} (?:{_MONTH})[a-z.]* (?:19|20)?\d{{2}}\b)",
     re.I, rf"\1\2 {HIDDEN}"),
    (rf"(?<![\d_.,-])(?!{_FULL_DATE}){_TRUNK}[1-9]\d?\)?(?:{_SEP}{{0,3}}\d){{6,9}}(?!\d)", _ANY, HIDDEN),  # also "tel0475…"
    (rf"\b((?:rijksregister|bsn|burgerservice|rr|tel|gsm|telefoon|rekening|iban|klant)[\w-]*[^\d\n]{{0,12}})"
     rf"\d(?:{_SEP}{{0,3}}\d){{6,}}", re.I, rf"\1{HIDDEN}"),
    (r"\b\d{4}[. ]\d{2}[. ]\d{3}\b|\b\d{3}[. ]\d{3}[. ]\d{3}\b", _ANY, _citizen),
    (r"(?<!\d)\d{9,}(?!\d)", _ANY, HIDDEN),
)  # fmt: skip
_ADDRESSES: tuple[Rule, ...] = (
    (r"\b(?:mijn |ons )?adres(?: is|:) [^,;!?\n]{3,60}", re.I, f"adres: {HIDDEN}"),
    (rf"\b(?:{_STREET}) (?:nr\.? ?|nummer )?\d{{1,4}}(?: ?[a-zA-Z])?\b{_UNIT}(?:,? ?(?:bus|bte|/) ?\w{{1,4}})?",
     re.I, HIDDEN),
    (rf"\b(wo(?:on|nt|nen)(?: (?:op|in|aan|de|het)){{1,2}}) [a-zà-ÿ'’-]{{3,30}} \d{{1,3}}[a-z]?\b{_UNIT}",
     re.I, rf"\1 {HIDDEN}"),
    (r"\b[1-9]\d{3} ?([A-Z]{2})\b(?![-.\w])", _ANY, _postcode),  # a Dutch one names a street
)  # fmt: skip
_NAMES: tuple[Rule, ...] = (
    (rf"(?P<lead>\b(?:ik heet|ik noem|noem (?:me|mij)(?: maar)?|mijn {_KIN} heet|"
     rf"(?:m(?:ij)?n|m'n|haar|zijn|ons) (?:voor|achter|familie|volledige )?naam(?: is|:| =)) +){_REST}", re.I, _name),
    (rf"(?P<lead>^(?:voor|achter)?naam: *){_REST}", re.I | re.M, _name),
    (rf"(?P<lead>\b(?:my name is|je m'appelle|benim adım|mon nom est) +){_REST}", re.I, _name),
    (rf"(?P<lead>\b(?i:ik ben|dit is|hier is|i am|i'm|je suis) +)(?P<name>{_CAPITAL}(?: {_CAPITAL}){{0,2}})",
     _ANY, _first_name),
    (rf"(?P<lead>\b(?:ik ben|met|mijn {_KIN}) +)(?P<name>{_KNOWN})\b", re.I, _first_name),
    (rf"\b(?:{_KNOWN})(?= hier\b)", re.I, HIDDEN),
    (rf"(\b(?i:mijn {_KIN}) ){_CAPITAL}(?: {_CAPITAL})*", _ANY, rf"\1{HIDDEN}"),
    (rf"(\b(?i:fam\.|(?:mama|papa|moeder|vader|oma|opa) van|mevrouw|meneer|mevr\.?|mvr\.?|dhr\.?|mijnheer|madame|"
     rf"dokter|dr\.|juf|meester) )"
     rf"(?:(?i:{_PARTICLE}) )*{_CAPITAL}(?: {_CAPITAL})*", _ANY, rf"\1{HIDDEN}"),
    (rf"(\b(?i:groeten|groetjes|mvg|groet|hoogachtend),?\s+)(?:van )?{_CAPITAL}(?: [\w'’-]+){{0,3}}\s*$", re.M, rf"\1{HIDDEN}"),
)  # fmt: skip
_RULES = tuple((re.compile(pattern, flags), put) for pattern, flags, put in (*_NUMBERS, *_ADDRESSES, *_NAMES))


def hide_personal(text: str) -> str:
    """The text with what identifies a person replaced by HIDDEN; the rest is left as it is."""
    for pattern, put in _RULES:
        text = pattern.sub(put, text)
    return text
