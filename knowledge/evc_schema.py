"""Schema of the EVC scan: what a person may tick per qualification, and what is said about it.

The documents only link the official lists of competences, so these sentences are ours; `officieel` points to the list.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, validator

from knowledge.schema import Detail
from knowledge.schema_parts import Country, Record, Strict, check_id

MAX_QUESTIONS = 8
PER_GROUP = 3  # tick, where, how often
SCAN = "scan_"  # how ids of scans begin, since occupations have the same names
FIRST = {"vlaanderen": 1, "nederland": 2}  # which occupation, and in the Netherlands which level


class Skill(Strict):
    """One thing that a person can do, in their own words."""

    id: str = Field(..., title="korte naam, kleine letters en _")
    zin: str = Field(..., title='de zin om aan te kruisen, zoals "Ik help iemand met wassen"')
    woorden: list[str] = Field(..., title="woorden waaraan Wegwijs deze zin herkent als iemand typt")

    _id_form = validator("id", allow_reuse=True)(check_id)


class SkillGroup(Strict):
    """Skills that are asked together."""

    titel: str = Field(..., title="waarover deze groep gaat")
    vaardigheden: list[Skill] = Field(..., title="de zinnen van deze groep, 4 tot 6")

    @validator("vaardigheden")
    def _few(cls, value: list[Skill]) -> list[Skill]:
        if not 4 <= len(value) <= 6:
            raise ValueError("zet 4 tot 6 zinnen in een groep")
        return value


class OfficialList(Strict):
    """Where the official text stands that our sentences stand in for."""

    label: str = Field(..., title="hoe de officiële tekst heet")
    adres: str = Field("", title="webadres; leeg als de documenten er geen geven")
    bron: str = Field(..., title="document:regel")


class Way(Strict):
    """What can be done with the experience."""

    soort: Literal["evc", "vrijstelling", "evk", "leereenheden"] = Field(..., title="wat je met je ervaring kunt doen")
    opleiding: str = Field(..., title="id van de route uit opleidingen")
    tekst: str = Field(..., title="wat de weg is, in één of twee zinnen")
    bron: str = Field(..., title="document:regel")


class EvcScan(Record):
    """The scan of one qualification."""

    naam: str = Field(..., title="hoe het beroep heet in een zin")
    land: Country = Field(..., title="waar de scan over gaat")
    beroep: str = Field(..., title="id van een beroep uit beroepen.yml")
    opleiding: str = Field(..., title="id van de route waarvan de scan de stappen toont")
    officieel: OfficialList = Field(..., title="waar de officiële lijst staat")
    groepen: list[SkillGroup] = Field(..., title="de groepen van zinnen")
    wegen: list[Way] = Field(..., title="wat je met je ervaring kunt doen")
    blijft: list[Detail] = Field(..., title="wat je altijd nog moet volgen, of dat dit niet bekend is")
    niveau: Detail | None = Field(None, title="het niveau (Nederland)")
    duur: Detail | None = Field(None, title="hoelang het kan duren (Nederland)")
    onbetaald: list[Detail] = Field(default_factory=list, title="wat geldt voor wie dit niet in een betaalde job deed")

    @validator("id")
    def _scan_id(cls, value: str) -> str:
        if not value.startswith(SCAN):
            raise ValueError(f'laat de id beginnen met "{SCAN}"')
        return value

    @validator("groepen")
    def _not_too_many(cls, value: list[SkillGroup], values: dict[str, Any]) -> list[SkillGroup]:
        first = FIRST.get(values.get("land", ""), 1)
        if first + PER_GROUP * len(value) > MAX_QUESTIONS:
            raise ValueError(f"zet hoogstens {(MAX_QUESTIONS - first) // PER_GROUP} groepen in een scan")
        ids = [skill.id for group in value for skill in group.vaardigheden]
        if len(ids) > len(set(ids)):
            raise ValueError("elke id van een zin mag maar één keer voorkomen")
        return value

    @validator("blijft", "wegen")
    def _not_empty(cls, value: list[Any]) -> list[Any]:
        if not value:
            raise ValueError("zet hier minstens één zin")
        return value

    @property
    def qualification(self) -> str:
        """The occupation, or in the Netherlands the level, in the words of feiten.yml."""
        return self.id.removeprefix(SCAN)

    @property
    def skills(self) -> list[Skill]:
        return [skill for group in self.groepen for skill in group.vaardigheden]

    @property
    def text(self) -> str:
        """What a visitor can read of it."""
        return " ".join([*(skill.zin for skill in self.skills), *(detail.tekst for detail in self.blijft)])


class EvcChoice(Record):
    """A place where, or how often, someone did something; with the proof that fits the place."""

    soort: Literal["waar", "hoe_vaak"] = Field(..., title="waar iemand het deed, of hoe vaak")
    label: str = Field(..., title="het antwoord als knop")
    zin: str = Field(..., title="hoe het in een zin staat")
    woorden: list[str] = Field(default_factory=list, title="andere woorden die dit betekenen")
    betaald: bool = Field(False, title="true als het betaald werk is")
    bewijzen: list[str] = Field(default_factory=list, title="welke bewijzen iemand hiervoor kan verzamelen (onze tips)")
