"""What every record of the content files is made of: sources, figures, and the keys that all records have."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any, Literal

from pydantic import BaseModel, Extra, Field, validator

SOURCE_PATTERN = re.compile(r"^(00[0-4]):(\d+)(?:-(\d+))?$")
ID_PATTERN = re.compile(r"^[a-z0-9][a-z0-9_]*$")
Country = Literal["vlaanderen", "brussel", "nederland", "algemeen"]
ABROAD = "nederland"
Scalar = bool | int | float | dt.date | str


class Source(BaseModel):
    """A passage of one of the seed documents, in its own line numbers (both ends included)."""

    document: str
    lines: tuple[int, int]

    @classmethod
    def parse(cls, text: str) -> Source:
        """Read "000:733-748" or "000:734"; raises ValueError with a hint when it is neither."""
        match = SOURCE_PATTERN.match(str(text))
        if not match:
            raise ValueError(f'schrijf de bron als "000:733-748" (document:regels), niet als "{text}"')
        first = int(match[2])
        last = int(match[3] or first)
        if last < first:
            raise ValueError(f'de regels in "{text}" staan achterstevoren')
        return cls(document=match[1], lines=(first, last))

    def as_dict(self) -> dict[str, Any]:
        return {"document": self.document, "lines": list(self.lines)}


class Strict(BaseModel):
    """Base of all content: an unknown key is an error, so that a typing mistake is never silently ignored."""

    class Config:
        extra = Extra.forbid
        smart_union = True  # else 1 reads as True and 2.5 as 2
        allow_population_by_field_name = True


def check_id(value: str) -> str:
    """The id itself. Raises ValueError with a hint when it holds anything but small letters, digits and _."""
    if not ID_PATTERN.match(value):
        raise ValueError("gebruik alleen kleine letters, cijfers en _")
    return value


def check_source(value: str) -> str:
    Source.parse(value)
    return value


class Figure(Strict):
    """An amount, duration, number of hours, age or date: one value, or a range from `van` to `tot`."""

    waarde: Scalar | None = Field(None, title="de waarde")
    van: float | None = Field(None, title="ondergrens")
    tot: float | None = Field(None, title="bovengrens")
    eenheid: str = Field(..., title="euro, jaar, maanden, uur, lestijden, procent, datum, of leeg")
    bron: str = Field(..., title="document:regel")

    _bron = validator("bron", allow_reuse=True)(check_source)

    @validator("eenheid")
    def _only_a_number(cls, unit: str, values: dict[str, Any]) -> str:
        if unit not in ("", "datum") and isinstance(values.get("waarde"), str):
            raise ValueError(f'schrijf bij waarde alleen het getal: 1480 of 2.5, niet "{values["waarde"]}"')
        for value in (values.get("waarde"), values.get("van"), values.get("tot")):
            if isinstance(value, (int, float)) and value < 0:
                raise ValueError(f"een cijfer is nooit kleiner dan 0; schrijf het zonder minteken, niet {value}")
        return unit

    @validator("tot", always=True)
    def _value_or_range(cls, tot: float | None, values: dict[str, Any]) -> float | None:
        is_range = values.get("van") is not None and tot is not None
        if (values.get("waarde") is None) == (not is_range):
            raise ValueError("geef ofwel waarde, ofwel van én tot")
        return tot


class Record(Strict):
    """What every record has: an id, its sources and its dates."""

    id: str = Field(..., title="korte naam, kleine letters en _")
    bronnen: list[str] = Field(default_factory=list, title='bronnen als "000:733-748"')
    schooljaar: str | None = Field(None, title="schooljaar waarvoor het gold, zoals 2025-2026", regex=r"^\d{4}-\d{4}$")
    valid_from: dt.date | None = Field(None, title="geldig vanaf")
    valid_to: dt.date | None = Field(None, title="geldig tot en met")
    last_checked: dt.date | None = Field(None, title="laatst nagekeken")

    _id_form = validator("id", allow_reuse=True)(check_id)

    @validator("bronnen", each_item=True)
    def _sources_form(cls, value: str) -> str:
        return check_source(value)

    @validator("valid_to")
    def _not_over_before_it_starts(cls, value: dt.date | None, values: dict[str, Any]) -> dt.date | None:
        start = values.get("valid_from")
        if value and start and value < start:
            raise ValueError("deze dag ligt voor valid_from; wissel ze om of verbeter er een")
        return value

    @property
    def sources(self) -> list[Source]:
        return [Source.parse(text) for text in self.bronnen]
