"""Schema of the content files: what staff may write in knowledge/content and what it means.

Keys in the files are Dutch because staff who do not program edit them; `docs/kennis-bijhouden.md` explains each.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from pydantic import Field, validator

from knowledge.schema_parts import Country, Figure, Record, Strict, check_source


class Document(Record):
    """One of the seed documents, as visitors see it: title, publisher and date instead of line numbers."""

    titel: str = Field(..., title="hoe het document heet voor een bezoeker")
    uitgever: str = Field(..., title="wie het maakte")
    datum: str = Field(..., title="datum of schooljaar, zoals een bezoeker het leest")
    land: Country = Field(..., title="waarover het gaat")
    voorbij: str = Field("", title="wat Wegwijs zegt bij een plan uit dit document, als zijn tijd voorbij is")
    regels: int = Field(0, title="hoeveel regels het document telt, om bronnen na te kijken")


class Occupation(Record):
    """An occupation someone can work towards."""

    naam: str = Field(..., title="hoe het beroep heet voor een bezoeker")
    land: Country = Field(..., title="waar het beroep bestaat")
    sector: Literal["zorg", "kinderopvang"] = Field(..., title="zorg of kinderopvang")
    beschrijving: str = Field(..., title="het beroep in één zin")
    past_bij: dict[str, list[str]] = Field(
        default_factory=dict, title="bij welke antwoorden over wat iemand graag doet dit beroep past"
    )


class Topic(Record):
    """A card: one short answer to a family of questions, worded with its figures."""

    familie: str = Field(..., regex=r"^vraag_[a-z_]+$", title="de groep van vragen (intent)")
    titel: str = Field(..., max_length=60, title="de vraag als knop, hoogstens 60 tekens")
    soort: Literal["antwoord", "plan", "onbekend"] = Field(
        ..., title="antwoord, plan (geen recht) of onbekend (staat niet in de documenten)"
    )
    land: Country = Field(..., title="waar dit geldt")
    beroepen: list[str] = Field(default_factory=list, title="beroepen waarover het gaat; leeg is alle")
    routes: list[str] = Field(default_factory=list, title="routes waarover het gaat; leeg is alle")
    doelgroepen: list[str] = Field(default_factory=list, title="voor wie dit is")
    trefwoorden: list[str] = Field(
        default_factory=list, title="bij onbekend: begin van woorden waarmee mensen hiernaar vragen"
    )
    cijfers: dict[str, Figure] = Field(default_factory=dict, title="elk bedrag, elke duur of leeftijd, met een naam")
    antwoord: str = Field(
        ..., title="de tekst; {naam} toont een cijfer van deze kaart, {kaart.naam} een van een andere"
    )
    conflict: str = Field("", title="één zin als de documenten elkaar tegenspreken; met cijfers zoals in antwoord")
    vraag_het_aan: str = Field("", title="wie het wel weet")
    vervolg: list[str] = Field(default_factory=list, title="id's van kaarten die mensen hierna vragen")

    @validator("antwoord")
    def _not_empty(cls, value: str) -> str:
        if not value.strip():
            raise ValueError("het antwoord is leeg")
        return value.strip()


class Organisation(Record):
    """Whom to call or write: an organisation with its cited address."""

    naam: str = Field(..., title="hoe de organisatie heet in een zin")
    rol: str = Field(..., title="wat ze doet, in één zin")
    website: str = Field("", title="webadres")
    email: str = Field("", title="e-mailadres")
    eigen_bron: str = Field("", title="bron van een contact dat de redactie zelf toevoegt")


class Term(Record):
    """A difficult word and its meaning in plain Dutch."""

    woord: str = Field(..., title="het woord zoals het in een antwoord staat")
    uitleg: str = Field(..., title="wat het betekent, in gewone taal")


class Conflict(Record):
    """Where the documents disagree or leave it open, in one plain sentence."""

    zin: str = Field(..., title="de tegenspraak in één zin; {kaart.cijfer} toont een cijfer")


class FactValue(Strict):
    """One possible answer to the question about a fact."""

    value: str = Field(..., title="korte naam van het antwoord, voor de voorwaarden")
    label: str = Field(..., title="het antwoord als knop")
    zin: str = Field("", title="hoe deze waarde in de samenvatting staat; anders geldt ik_ben")
    ook: list[str] = Field(default_factory=list, title="andere woorden die dit betekenen")


class Leaf(Strict):
    """One condition on one fact; `reden` states the requirement as a sentence."""

    fact: str = Field(..., title="id van een feit uit feiten.yml")
    op: Literal["=", "!=", ">=", "<", "in", "not_in", "onbeschreven"] = Field(..., title="hoe het wordt vergeleken")
    value: Any = Field(default=None, title="waarmee het wordt vergeleken; bij in en not_in een lijst")
    reden: str = Field(default="", title="de voorwaarde als zin; {value} toont de waarde; nodig bij een opleiding")
    tip: str = Field(default="", title="wat iemand kan doen om hieraan te voldoen")
    bron: str = Field(default="", title="document:regel; nodig bij een opleiding")
    valid_from: dt.date | None = Field(default=None, title="geldig vanaf")
    valid_to: dt.date | None = Field(default=None, title="geldig tot en met")
    last_checked: dt.date | None = Field(default=None, title="laatst nagekeken")

    @validator("bron")
    def _source_form(cls, value: str) -> str:
        return check_source(value) if value else value

    @validator("reden", "tip")
    def _name_the_value(cls, text: str, values: dict[str, Any]) -> str:
        return text.replace("{value}", str(values.get("value")))


class OtherQuestion(Strict):
    """How a fact is asked of who told something that narrows its answers."""

    als: Leaf = Field(..., title="wanneer het zo gevraagd wordt")
    vraag: str = Field(..., title="hoe Wegwijs het dan vraagt")
    zonder: list[str] = Field(default_factory=list, title="antwoorden die dan wegvallen")


class Fact(Record):
    """A fact about the person: its type, how it is asked and why, and how it may change."""

    type: Literal["bool", "int", "enum"] = Field(..., title="ja of nee (bool), een getal (int) of een keuze (enum)")
    values: list[FactValue] = Field(default_factory=list, title="de mogelijke antwoorden bij een keuze")
    min: int | None = Field(None, title="kleinste getal")
    max: int | None = Field(None, title="grootste getal")
    unit: str = Field("", title="eenheid van een getal")
    groep: Literal["doel", "interesse", "situatie", "ervaring", "haalbaar", "diploma"] = Field(
        ..., title="in welk deel van het gesprek de vraag komt"
    )
    vraag: str = Field(..., title="hoe Wegwijs het vraagt")
    waarom: str = Field(..., title="waarom Wegwijs het vraagt")
    ik_ben: str = Field(..., title="hoe het in de samenvatting staat; {waarde} is het antwoord")
    nooit_vragen: bool = Field(False, title="true: Wegwijs vraagt dit niet, maar onthoudt het wel")
    gevoelig: bool = Field(
        False, title="true: nooit gevraagd, telt pas als iemand het zelf vertelt, en staat op geen blad voor anderen"
    )
    vraag_als: Leaf | None = Field(None, title="voorwaarde om deze vraag te mogen stellen")
    vraag_anders: OtherQuestion | None = Field(None, title="hoe het gevraagd wordt aan wie al een deel vertelde")

    @validator("gevoelig")
    def _sensitive_is_never_asked(cls, sensitive: bool, values: dict[str, Any]) -> bool:
        if sensitive and not values.get("nooit_vragen"):
            raise ValueError("wat gevoelig is, mag Wegwijs nooit vragen; zet er nooit_vragen: true bij")
        return sensitive
    verandert: Literal["vanzelf", "doenbaar", "nooit_aanraden", "vast"] = Field(
        ..., title="of dit vanzelf verandert, door iets te doen, nooit aangeraden wordt, of vast is"
    )


class Step(Strict):
    """One step of the plan of a route."""

    doe: str = Field(..., title="wat iemand doet")
    bij: str = Field("", title="id van een organisatie")
    duur: str = Field("", title="hoelang het duurt")
    neem_mee: str = Field("", title="wat iemand meebrengt")
    bron: str = Field("", title="document:regel")


class Detail(Strict):
    """A cited sentence about a route, with its figures."""

    tekst: str = Field(..., title="een zin; {naam} toont een cijfer, {kaart.naam} een van een kaart")
    bron: str = Field(..., title="document:regel")
    cijfers: dict[str, Figure] = Field(default_factory=dict, title="de cijfers van deze zin")

    _bron = validator("bron", allow_reuse=True)(check_source)


class Places(Record):
    """The places of one region, lower case, to tell the regions apart."""

    regio: str = Field(..., title="de regio")
    plaatsen: list[str] = Field(..., title="plaatsen in die regio, met kleine letters")


class Programme(Record):
    """A training route to an occupation: what it takes, what it gives, and who may follow it."""

    naam: str = Field(..., title="hoe de route heet voor een bezoeker")
    beroep: str = Field(..., title="id van een beroep uit beroepen.yml")
    route: str = Field(..., title="soort route: cvo, syntra, evc …")
    land: Country = Field(..., title="waar de route bestaat")
    status: Literal["lopend", "proef", "gepland", "eindigend"] = Field("lopend", title="loopt ze al, nog of pas later?")
    volledig: bool = Field(True, title="staan alle voorwaarden in de documenten?")
    voor_werkenden: bool = Field(False, title="past ze naast een job?")
    samenvatting: str = Field(..., title="de route in één of twee zinnen; {kaart.cijfer} toont een cijfer")
    duur: Detail | None = Field(None, title="hoelang ze duurt")
    uren: Detail | None = Field(None, title="hoeveel uren of lestijden")
    ritme: list[Detail] = Field(default_factory=list, title="hoe een week eruitziet")
    getuigschrift: Detail | None = Field(None, title="wat je ermee haalt")
    stage: Detail | None = Field(None, title="de stage")
    vrijstelling: Detail | None = Field(None, title="hoe het korter kan")
    inkomen: Detail | None = Field(None, title="wat je ondertussen krijgt")
    maanden: tuple[float, float] | None = Field(None, title="kortste en langste duur in maanden, om te rangschikken")
    voorwaarden: dict[str, Any] = Field(default_factory=dict, title="wie de route mag volgen: all, any, not en feiten")
    niet_vermeld: list[str] = Field(default_factory=list, title="wat de documenten niet zeggen")
    te_regelen: list[Detail] = Field(default_factory=list, title="wat iemand vooraf in orde brengt")
    stappen: list[Step] = Field(default_factory=list, title="het plan, stap voor stap")
    vraag_het_aan: str = Field(..., title="id van de organisatie die meer weet")
    zoek: str = Field("", title="webadres om een school of centrum te vinden")
