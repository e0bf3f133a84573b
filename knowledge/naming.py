"""Which facts a message names without telling them ("mijn leeftijd", "dat van mijn rug"), and whether it refuses to tell.

The nouns stand in knowledge/telling.yml, under `noemen`.
"""

from __future__ import annotations

import functools
import re

from knowledge.clauses import named_by, plainly

# "ik zeg mijn leeftijd niet", "dat gaat je niks aan": a question to skip, not one to put again.
_TELL, _TOLD = "(?:zeg|vertel|geef|deel|antwoord)", "(?:zeggen|vertellen|geven|delen|kwijt)"
REFUSES = re.compile(
    rf"\b(?:{_TELL} ik|ik {_TELL}) (?:\w+ ){{0,4}}niet\b(?! op\b)"
    rf"|\b(?:wil ik|ga ik|ik wil|ik ga) (?:\w+ ){{0,4}}niet (?:\w+ )?{_TOLD}\b"
    r"|\bga(?:at)? (?:je|jou|u|jullie|niemand) (?:\w+ )?(?:niks|niets|niet) (?:\w+ )?aan\b"
    r"|\b(?:dat|da|dit) is (?:mijn zaak|prive|persoonlijk)\b|\bmoet (?:je|u|jij|gij) niet weten\b"
)
# "vergeet dat van mijn rug", "wis mijn leeftijd": one thing, and not all of it.
ONE_THING = re.compile(
    r"\b(?:vergeet|wis|schrap|verwijder|haal|doe) (?:\w+ ){0,2}(?:(?:dat|het|wat|die|dit)\b.* (?:van|over)|mijn|dat ik)\b"
)
ALL = re.compile(
    r"\b(?:alles|alle|allemaal|gesprek\w*|gegevens|data|info\w*|antwoorden|naam|profiel|account|chat\w*|persoonsgegevens|"
    r"geschiedenis|verhaal|(?:van|over) (?:mij|me)$|wie ik ben|hele|heel)\b"
)


@functools.lru_cache(maxsize=1)
def _nouns() -> dict[str, re.Pattern[str]]:
    return {fact: re.compile(rf"\b(?:{said})\b") for fact, said in named_by().items()}


def named(text: str) -> list[str]:
    """The facts that a message names by a noun of theirs."""
    plain = plainly(text)[0]
    return [fact for fact, nouns in _nouns().items() if nouns.search(plain)]


def refuses(text: str) -> bool:
    """Whether someone doesn't want to tell something."""
    return bool(REFUSES.search(plainly(text)[0]))


def one_thing(text: str) -> bool:
    """Whether "vergeet …" is about one thing that was told, not about the whole conversation."""
    plain = plainly(text)[0]
    return bool(ONE_THING.search(plain)) and not ALL.search(plain)
