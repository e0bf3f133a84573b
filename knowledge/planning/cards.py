"""Cards of the knowledge base that this person should know of beside the plan."""

from __future__ import annotations

from collections.abc import Callable

from knowledge import answers
from knowledge.conditions import Profile
from knowledge.planning.model import Note
from knowledge.schema import Programme
from knowledge.store import Knowledge

MOST = 3
CARE = ("zorg", "beide")
# For whom, and which card; the first that fit are shown.
CARDS: tuple[tuple[Callable[[Profile], bool], str], ...] = (
    (lambda known: known.get("own_daycare") is True, "onbekend_eigen_opvang"),
    (lambda known: known.get("education") == "buitenlands", "evc_buitenlands_diploma"),
    (
        lambda known: known.get("informal_experience") in CARE and known.get("paid_experience") not in CARE,
        "evc_mantelzorg",
    ),
    (lambda known: known.get("help_dutch") is True, "hulp_bij_nederlands"),
    (lambda known: known.get("help_childcare") is True, "gezin_studie_combineren"),
    (lambda known: known.get("employer_public") is True, "project_werknemer_openbaar"),
    (
        lambda known: (
            known.get("situation") == "werknemer"
            and known.get("employer_public") is False
            and known.get("employer_kind") not in (None, "weet_niet", "andere")
        ),
        "project_werknemer_privaat",
    ),
    (lambda known: known.get("situation") == "werkzoekend", "vdab_traject"),
)


def cards_for(knowledge: Knowledge, programme: Programme | None, profile: Profile) -> tuple[Note, ...]:
    """At most three cards, as a titled text with its sources; the Netherlands has none of these."""
    dutch = profile.get("region") == "nederland" or (programme is not None and programme.land == "nederland")
    if dutch:
        return ()
    chosen = [knowledge.topics[name] for fits, name in CARDS if fits(profile) and name in knowledge.topics][:MOST]
    return tuple(Note(answers.answer_text(knowledge, topic), tuple(topic.bronnen), topic.titel) for topic in chosen)
