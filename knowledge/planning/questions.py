"""The questions for the centre (the belbriefje): all that the documents leave open, or that is past its date."""

from __future__ import annotations

import datetime as dt
import re

from knowledge import answers, conditions
from knowledge.conditions import DONT_KNOW, Profile
from knowledge.planning import maybe
from knowledge.planning.model import Note
from knowledge.schema import Programme
from knowledge.store import Knowledge
from knowledge.verdicts import Judgement

# How what a route leaves unstated (`niet_vermeld`) is asked; anything else is asked in its own words.
ASKED = {
    "prijs": "Wat kost het? Komt er later nog iets bij?",
    "vrije plaatsen": "Is er nog plaats voor mij?",
    "startdatum": "Wanneer kan ik beginnen?",
    "taalniveau": "Hoe goed moet mijn Nederlands zijn?",
    "intakegesprek": "Is er eerst een gesprek of een test?",
    "inschrijving": "Hoe schrijf ik me in, en tot wanneer?",
    "leeftijdsgrens": "Is mijn leeftijd goed voor deze opleiding?",
    "toelatingsregels": "Aan welke regels moet ik voldoen?",
    "voorwaarden": "Aan welke voorwaarden moet ik voldoen?",
    "of de proef nog loopt": "Bestaat deze manier van leren nog?",
    "hoeveel ervaring nodig is": "Hoeveel ervaring heb ik nodig?",
    "voor welke functies": "Voor welke functies kan dit?",
    "duur": "Hoelang duurt het voor mij?",
    "duur van deeltraject 1": "Hoelang duurt het eerste deel (deeltraject 1)?",
    "of deze EVC bestaat": "Kan ik EVC doen voor dit beroep?",
    "welke diploma's toegang geven": "Geeft mijn diploma toegang tot dit beroep?",
}
EVENING = "Zijn er lessen 's avonds?"  # of Syntra the documents say so
# What this person told and should ask about: fact, value, question.
OWN = (
    ("day_part", "avond", EVENING),
    ("weekly_time", "deeltijds", "Kan ik deeltijds leren?"),
    ("weekly_time", "voltijds", "Kan ik voltijds leren?"),
    ("education", "buitenlands", "Telt mijn diploma uit een ander land mee?"),
    ("help_dutch", True, "Is er hulp met Nederlands?"),
    ("help_transport", True, "Is er hulp met vervoer?"),
    ("help_childcare", True, "Is er hulp met opvang voor mijn kinderen?"),
    ("own_daycare", True, "Wat heb ik nog nodig om een eigen opvang te starten?"),
)
OWN_WORKPLACE = "Kan ik stage doen op mijn eigen werk?"
UNSURE = "Dit weten wij niet"
TELL = "Dit kun je zelf al opzoeken"
OLD = "Dit is misschien veranderd"


def questions(knowledge: Knowledge, judgement: Judgement, profile: Profile, on: dt.date) -> tuple[Note, ...]:
    """Each question once; a label groups what isn't a plain question."""
    programme = judgement.programme
    found = [Note(text) for text in _unstated(programme)]
    own = [text for name, value, text in OWN if profile.get(name) == value]
    found += [Note(text) for text in own if text != EVENING or programme.route != "syntra"]
    if profile.get("situation") == "werknemer" and not _works_elsewhere(profile):
        found.append(Note(OWN_WORKPLACE))
    found += [Note(text) for text in maybe.questions(programme, profile)]
    if _has_experience(profile, programme):
        found.append(Note("Ik heb ervaring of een attest. Welke vrijstellingen krijg ik?"))
    found += [Note(_unasked(reason.text), reason.sources, UNSURE) for reason in judgement.reasons if _undescribed(reason.text)]
    for name in sorted(_not_told(knowledge, judgement, profile)):
        found.append(Note(knowledge.facts[name].vraag, label=TELL))
    found += _past(knowledge, programme, on)
    return tuple({note.text: note for note in found}.values())


def _works_elsewhere(profile: Profile) -> bool:
    """Whether someone works where no one learns to care: in a shop, a factory."""
    return profile.get("employer_kind") == "andere" and profile.get("employer_public") is not True


def _unstated(programme: Programme) -> list[str]:
    texts = [ASKED.get(item, f"Vraag ook naar: {item}.") for item in programme.niet_vermeld]
    if programme.duur is None and "duur" not in programme.niet_vermeld:
        texts.append(ASKED["duur"])
    if not programme.ritme:
        texts.append("Hoeveel uren en welke dagen per week is dat?")
    return texts


def _undescribed(text: str) -> bool:
    return "documenten" in text


def _unasked(text: str) -> str:
    """A reason without whom to ask: on the call note it is they who are called."""
    return re.sub(r"\s*\bVraag [^.]*\.", "", text).strip()


def _not_told(knowledge: Knowledge, judgement: Judgement, profile: Profile) -> set[str]:
    """Facts that this route looks at and that the person didn't tell or can't say."""
    looked_at = {leaf.fact for leaf in conditions.leaves(knowledge.conditions[judgement.programme.id])}
    unknown = {name for name in looked_at if profile.get(name) == DONT_KNOW}
    return {name for name in judgement.missing | unknown if not knowledge.facts[name].nooit_vragen}


def _has_experience(profile: Profile, programme: Programme) -> bool:
    told = (profile.get(name) for name in ("paid_experience", "informal_experience", "care_qualification"))
    return programme.vrijstelling is not None and any(value not in (None, "geen", "nvt", DONT_KNOW) for value in told)


def _past(knowledge: Knowledge, programme: Programme, on: dt.date) -> list[Note]:
    """What was of a school year that is over: durations, hours, amounts and the rules."""
    year = programme.schooljaar
    if not year or on <= answers.school_year_end(year):
        return []
    found = [Note(f"Onze gegevens zijn van schooljaar {year}. Klopt alles nog?", tuple(programme.bronnen), OLD)]
    if programme.route.startswith("duaal"):
        found.append(Note(f"Hoeveel is de leervergoeding nu? Wij kennen het bedrag van {year}.", ("000:811",), OLD))
    return found
