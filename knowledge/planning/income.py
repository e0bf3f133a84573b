"""What a person lives on meanwhile: only what the documents say, and whom to ask for the rest. Nothing is promised."""

from __future__ import annotations

import datetime as dt

from knowledge import wording
from knowledge.calculators import income as calculator
from knowledge.calculators.base import Line
from knowledge.calculators.income import Contract
from knowledge.conditions import DONT_KNOW, Profile
from knowledge.export import detail_text
from knowledge.planning import maybe
from knowledge.planning.model import Note, unique
from knowledge.schema import Programme
from knowledge.store import Knowledge

CONTRACTS: dict[str, tuple[Contract, ...]] = {
    "duaal_secundair": ("OAO",),
    "duaal_volwassenen": ("ODOS", "ODO", "ODO(W)"),
}
LABELS: dict[Contract, str] = {
    "OAO": "Contract voor leerlingen (OAO)",
    "ODOS": "Contract ODOS",
    "ODO": "Contract ODO",
    "ODO(W)": "Contract bij je eigen werkgever (ODO(W))",
}
WAGE = "Je loon"
BENEFIT = ("werkzoekend", "niet_actief")
BENEFIT_SOURCES = ("000:877-878",)


def income(knowledge: Knowledge, programme: Programme, profile: Profile, on: dt.date) -> tuple[Note, ...]:
    """Per month where the documents give an amount; else whom to ask. Which contract you get is never said."""
    notes = [*_own(programme, profile), *_allowance(knowledge, programme, on)]
    if not notes:
        notes = [Note("Onze documenten zeggen niets over geld bij deze route.", ask=_asked(knowledge, programme))]
    return tuple(notes)


def _allowance(knowledge: Knowledge, programme: Programme, on: dt.date) -> list[Note]:
    contracts = CONTRACTS.get(programme.route, ())
    notes = [_line(calculator.income(knowledge, contract, on=on), contract, programme) for contract in contracts]
    if programme.inkomen and (
        not contracts or programme.route == "duaal_secundair" and "loon" in programme.inkomen.tekst
    ):
        notes.insert(0, Note(detail_text(programme.inkomen), (programme.inkomen.bron,)))
    if len(contracts) > 1:
        text = "Welk contract je krijgt, hangt af van je traject en je werkplek."
        notes.insert(0, Note(text, ("000:802-878",), ask="het CVO"))
    return notes


def _line(line: Line, contract: Contract, programme: Programme) -> Note:
    """A contract's allowance in sentences; waiving it is told apart, where someone has a benefit."""
    told = [reason.text for reason in line.reasons if reason.text != calculator.WAIVING]
    if contract == "ODOS" and programme.maanden:
        told.append(f"Dat is elke maand, van maand 1 tot en met {wording.number(programme.maanden[1])}.")
    sources = unique(source for reason in line.reasons for source in reason.sources)
    notes = [note for note in line.notes if not note.startswith("Geef je gewerkte uren")]
    return Note(" ".join(told + notes), sources, label=LABELS[contract], ask=line.ask or "je werkgever")


def _own(programme: Programme, profile: Profile) -> list[Note]:
    """The wage or benefit that this person has now."""
    situation = profile.get("situation")
    dutch = programme.land == "nederland"
    if situation == "werknemer":
        text = "Onze documenten zeggen niet of je loon krijgt tijdens de les."
        if not dutch and profile.get("employer_public") is True:
            return [Note(text, ("000:692",), WAGE, "je werkgever, en bij Diverscity voor een IKA-traject")]
        if not dutch and profile.get("employer_kind") not in (None, DONT_KNOW, "andere"):
            text += " VIVO heeft wel een pagina over loon behouden en toch studeren."
            return [Note(text, ("000:694-695", "000:704"), WAGE, "je werkgever en bij VIVO")]
        return [Note(text, label=WAGE, ask="je werkgever")]
    if situation in BENEFIT or profile.get("benefit") not in maybe.UNTOLD:
        who = "wie je uitkering betaalt, voor je start" if dutch else maybe.benefit_asked(profile)
        text = "Heb je een uitkering? Of die doorloopt, staat niet in onze documenten."
        said = programme.inkomen is not None and "of je uitkering doorloopt" in programme.inkomen.tekst
        notes = [] if said else [Note(text, label="Je uitkering", ask=who)]
        if programme.route == "duaal_volwassenen":
            waived = (
                "Je kunt afstand doen van de leervergoeding, voor een uitkering of loon. "
                "Dat zegt niet dat je uitkering doorloopt."
            )
            notes.append(Note(waived, BENEFIT_SOURCES, "Leervergoeding afstaan", who))
        return notes
    if situation == "zelfstandig":
        text = "Wat dit doet met je inkomen als zelfstandige, staat niet in onze documenten."
        return [Note(text, label="Je zaak", ask="wie je boekhouding doet")]
    return []


def _asked(knowledge: Knowledge, programme: Programme) -> str:
    return knowledge.organisations[programme.vraag_het_aan].naam
