"""Schema of the content files: what staff may write in knowledge/content and what it means.

Keys in the files are Dutch because staff who do not program edit them; `docs/kennis-bijhouden.md` explains each.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any, Literal

from pydantic import BaseModel, Extra, Field, validator

SOURCE_PATTERN = re.compile(r"^(00[0-4]):(\d+)(?:-(\d+))?$")
ID_PATTERN = re.compile(r"^[a-z0-9][a-z0-9_]*$")

Country = Literal["vlaanderen", "brussel", "nederland", "algemeen"]
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


def _check_source(value: str) -> str:
    Source.parse(value)
    return value


class Figure(Strict):
    """An amount, duration, number of hours, age or date: one value, or a range from `van` to `tot`."""

    waarde: Scalar | None = Field(None, title="de waarde")
    van: float | None = Field(None, title="ondergrens")
    tot: float | None = Field(None, title="bovengrens")
    eenheid: str = Field(..., title="euro, jaar, maanden, uur, lestijden, procent, datum, of leeg")
    bron: str = Field(..., title="document:regel")

    _bron = validator("bron", allow_reuse=True)(_check_source)

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
    schooljaar: str | None = Field(None, title="schooljaar waarvoor het gold", regex=r"^\d{4}-\d{4}$")
    valid_from: dt.date | None = Field(None, title="geldig vanaf")
    valid_to: dt.date | None = Field(None, title="geldig tot en met")
    last_checked: dt.date | None = Field(None, title="laatst nagekeken")

    @validator("id")
    def _id_form(cls, value: str) -> str:
        if not ID_PATTERN.match(value):
            raise ValueError("gebruik alleen kleine letters, cijfers en _")
        return value

    @validator("bronnen", each_item=True)
    def _sources_form(cls, value: str) -> str:
        return _check_source(value)

    @property
    def sources(self) -> list[Source]:
        return [Source.parse(text) for text in self.bronnen]


class Document(Record):
    """One of the seed documents, as visitors see it: title, publisher and date instead of line numbers."""

    titel: str
    uitgever: str
    datum: str = Field(..., title="datum of schooljaar, zoals een bezoeker het leest")
    land: Country


class Occupation(Record):
    """An occupation someone can work towards."""

    naam: str
    land: Country
    sector: Literal["zorg", "kinderopvang"]
    beschrijving: str


class Topic(Record):
    """A card: one short answer to a family of questions, worded with its figures."""

    familie: str = Field(..., regex=r"^vraag_[a-z_]+$", title="de groep van vragen (intent)")
    titel: str = Field(..., max_length=60)
    soort: Literal["antwoord", "plan", "onbekend"]
    land: Country
    beroepen: list[str] = Field(default_factory=list)
    routes: list[str] = Field(default_factory=list)
    doelgroepen: list[str] = Field(default_factory=list)
    cijfers: dict[str, Figure] = Field(default_factory=dict)
    antwoord: str
    conflict: str = ""
    vraag_het_aan: str = ""
    vervolg: list[str] = Field(default_factory=list)

    @validator("antwoord")
    def _not_empty(cls, value: str) -> str:
        if not value.strip():
            raise ValueError("het antwoord is leeg")
        return value.strip()


class Organisation(Record):
    """Whom to call or write: an organisation with its cited address."""

    naam: str
    rol: str
    website: str = ""
    email: str = ""
    eigen_bron: str = Field("", title="bron van een contact dat de redactie zelf toevoegt")


class Term(Record):
    """A difficult word and its meaning in plain Dutch."""

    woord: str
    uitleg: str


class Conflict(Record):
    """Where the documents disagree or leave it open, in one plain sentence."""

    zin: str


class FactValue(Strict):
    """One possible answer to the question about a fact."""

    value: str
    label: str
    zin: str = Field("", title="hoe deze waarde in de samenvatting staat; anders geldt ik_ben")
    ook: list[str] = Field(default_factory=list, title="andere woorden die dit betekenen")


class Leaf(Strict):
    """One condition on one fact; `reden` states the requirement as a sentence."""

    fact: str
    op: Literal["=", "!=", ">=", "<", "in", "not_in", "onbeschreven"]
    value: Any = None
    reden: str = Field("", title="de voorwaarde als zin; nodig bij een opleiding")
    tip: str = Field("", title="wat iemand kan doen om hieraan te voldoen")
    bron: str = Field("", title="document:regel; nodig bij een opleiding")
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    last_checked: dt.date | None = None

    @validator("bron")
    def _source_form(cls, value: str) -> str:
        return _check_source(value) if value else value


class Fact(Record):
    """A fact about the person: its type, how it is asked and why, and how it may change."""

    type: Literal["bool", "int", "enum"]
    values: list[FactValue] = Field(default_factory=list)
    min: int | None = None
    max: int | None = None
    unit: str = ""
    groep: Literal["doel", "situatie", "ervaring", "haalbaar", "diploma"]
    vraag: str
    waarom: str
    ik_ben: str = Field(..., title="hoe het in de samenvatting staat; {waarde} is het antwoord")
    nooit_vragen: bool = False
    vraag_als: Leaf | None = Field(None, title="voorwaarde om deze vraag te mogen stellen")
    verandert: Literal["vanzelf", "doenbaar", "nooit_aanraden", "vast"]


class Step(Strict):
    """One step of the plan of a route."""

    doe: str
    bij: str = Field("", title="id van een organisatie")
    duur: str = ""
    neem_mee: str = ""
    bron: str = ""


class Detail(Strict):
    """A cited sentence about a route, with its figures."""

    tekst: str
    bron: str
    cijfers: dict[str, Figure] = Field(default_factory=dict)

    _bron = validator("bron", allow_reuse=True)(_check_source)


class Places(Record):
    """The places of one region, lower case, to tell the regions apart."""

    regio: str
    plaatsen: list[str]


class Programme(Record):
    """A training route to an occupation: what it takes, what it gives, and who may follow it."""

    naam: str
    beroep: str
    route: str
    land: Country
    status: Literal["lopend", "proef", "gepland", "eindigend"] = "lopend"
    volledig: bool = Field(True, title="staan alle voorwaarden in de documenten?")
    voor_werkenden: bool = False
    samenvatting: str
    duur: Detail | None = None
    uren: Detail | None = None
    ritme: list[Detail] = Field(default_factory=list)
    getuigschrift: Detail | None = None
    stage: Detail | None = None
    vrijstelling: Detail | None = None
    inkomen: Detail | None = None
    maanden: tuple[float, float] | None = Field(None, title="kortste en langste duur in maanden, om te rangschikken")
    voorwaarden: dict[str, Any] = Field(default_factory=dict)
    niet_vermeld: list[str] = Field(default_factory=list)
    te_regelen: list[Detail] = Field(default_factory=list)
    stappen: list[Step] = Field(default_factory=list)
    vraag_het_aan: str
    zoek: str = Field("", title="webadres om een school of centrum te vinden")


# Folder or file below knowledge/content -> the model of what it holds.
KINDS: dict[str, type[Record]] = {
    "documenten": Document,
    "beroepen": Occupation,
    "onderwerpen": Topic,
    "opleidingen": Programme,
    "organisaties": Organisation,
    "begrippen": Term,
    "tegenstrijdigheden": Conflict,
    "feiten": Fact,
    "plaatsen": Places,
}
