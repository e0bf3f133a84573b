"""What pydantic finds wrong in a content file, in words that someone who does not program can act on."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from knowledge import wording

# The start of pydantic's error type -> what to do. The first that fits counts.
ADVICE = {
    "value_error.missing": "deze sleutel ontbreekt",
    "type_error.none.not_allowed": "deze sleutel is leeg; vul ze in of haal ze weg",
    "value_error.date": "schrijf een datum als 2026-09-01",
    "type_error.date": "schrijf een datum als 2026-09-01",
    "type_error.integer": "schrijf een getal",
    "type_error.float": "schrijf een getal, met een punt in plaats van een komma: 2.5",
    "type_error.bool": "schrijf true of false",
    "type_error.list": "schrijf een lijst: elk deel op een eigen lijn na een streepje, of tussen [ en ]",
    "type_error.tuple": "schrijf twee getallen tussen [ en ]",
    "value_error.tuple": "schrijf twee getallen tussen [ en ]",
    "type_error.dict": "schrijf sleutels met een waarde: elk op een eigen lijn, verder naar rechts",
    "type_error.str": "schrijf gewone tekst",
}


def in_dutch(entry: Mapping[str, Any], model: type[BaseModel]) -> str:
    """One error of pydantic on a model, as a sentence of advice."""
    kind, name = entry["type"], str(entry["loc"][-1])
    if kind == "value_error.extra":
        close = difflib.get_close_matches(name, model.__fields__, n=1)
        return "deze sleutel bestaat niet" + (f'; bedoel je "{close[0]}"?' if close else "")
    if kind == "value_error.const":
        return f"kies {wording.enumeration(entry['ctx']['permitted'], 'of')}"
    if kind == "value_error.any_str.max_length":
        return f"dit is te lang: hoogstens {entry['ctx']['limit_value']} tekens"
    if kind == "value_error.str.regex":
        field = model.__fields__.get(name)
        return f"dit heeft niet de juiste vorm: {field.field_info.title if field else entry['ctx']['pattern']}"
    return next((advice for start, advice in ADVICE.items() if kind.startswith(start)), str(entry["msg"]))


def telling(entries: Sequence[Mapping[str, Any]], model: type[BaseModel]) -> Iterator[Mapping[str, Any]]:
    """The errors worth telling: "titel" isn't called missing where "titul" is called a mistake for it."""
    unknown = [str(entry["loc"][-1]) for entry in entries if entry["type"] == "value_error.extra"]
    meant = {close for name in unknown for close in difflib.get_close_matches(name, model.__fields__, n=1)}
    for entry in entries:
        if entry["type"] != "value_error.missing" or entry["loc"][-1] not in meant:
            yield entry
