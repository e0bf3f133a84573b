"""Routes as data and in words, for every reply that shows them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rasa_sdk.events import SlotSet

from actions.replies import Events
from knowledge import answers, verdicts, wording
from knowledge.export import detail_text
from knowledge.schema import Detail, Programme
from knowledge.store import Knowledge
from knowledge.verdicts import Judgement

LABELS = verdicts.VERDICT_LABELS
UNSTATED = "staat niet in onze documenten"


def detail_or_empty(detail: Detail | None) -> str:
    """A cited sentence with its figures filled in."""
    return detail_text(detail) if detail else ""


def talked_about(programme: Programme) -> Events:
    """What follows is about this route: "en hoelang duurt dat?"."""
    about = {"occupations": [programme.beroep], "routes": [programme.route], "countries": [programme.land]}
    return [SlotSet("last_labels", about), SlotSet("last_question", programme.naam)]


def route_data(knowledge: Knowledge, judgement: Judgement) -> dict[str, Any]:
    """One route of the trajectory as the contract has it."""
    programme = judgement.programme
    organisation = judgement.ask
    return {
        "id": programme.id,
        "name": programme.naam,
        "occupation": programme.beroep,
        "country": programme.land,
        "verdict": judgement.verdict,
        "summary": programme.samenvatting,
        "duration": " ".join(filter(None, (detail_or_empty(programme.duur), detail_or_empty(programme.uren)))),
        "reasons": [
            {
                "text": reason.text,
                "fact": reason.fact,
                "sources": answers.source_list(knowledge, [source for source in reason.sources if source]),
            }
            for reason in judgement.reasons
        ],
        "arrange": [detail_text(detail) for detail in programme.te_regelen],
        "unstated": list(programme.niet_vermeld),
        "ask": {
            "name": organisation.naam,
            "website": (programme.zoek if organisation.id == programme.vraag_het_aan else "") or organisation.website,
            "email": organisation.email,
        },
    }


def routes_text(knowledge: Knowledge, judgements: Sequence[Judgement]) -> str:
    """The same as the card says, for people who read only text."""
    blocks = []
    for number, judgement in enumerate(judgements, 1):
        programme = judgement.programme
        lines = [f"{number}. {programme.naam} — {LABELS[judgement.verdict]}"]
        lines += [f"- {reason.text}" for reason in judgement.reasons[:2]]
        duration = " ".join(filter(None, (detail_or_empty(programme.duur), detail_or_empty(programme.uren))))
        if duration and judgement.verdict != "niet":
            lines.append(f"- {duration}")
        if judgement.verdict == "open":
            lines += [f"- Te regelen: {detail_text(detail)}" for detail in programme.te_regelen]
            if programme.niet_vermeld:
                lines.append(f"- Staat niet in onze documenten: {wording.enumeration(programme.niet_vermeld)}.")
        if judgement.verdict != "niet":
            lines.append(f"- Vraag het aan {judgement.ask.naam}.")
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def programme_text(knowledge: Knowledge, programme: Programme) -> str:
    """A route told in short lines."""
    lines = [programme.naam, programme.samenvatting, ""]
    for label, detail in (
        ("Duur", programme.duur),
        ("Uren", programme.uren),
        *(("Ritme", part) for part in programme.ritme),
        ("Stage", programme.stage),
        ("Bewijs", programme.getuigschrift),
        ("Vrijstelling", programme.vrijstelling),
        ("Inkomen", programme.inkomen),
        *(("Te regelen", part) for part in programme.te_regelen),
    ):
        if detail:
            lines.append(f"- {label}: {detail_or_empty(detail)}")
    lines += ["", "Zo begin je eraan:"] + [f"- {step.doe}" for step in programme.stappen]
    if programme.niet_vermeld:
        lines += ["", f"Dit staat niet in onze documenten: {wording.enumeration(programme.niet_vermeld)}."]
    organisation = knowledge.organisations[programme.vraag_het_aan]
    where = programme.zoek or organisation.website
    lines.append(f"Vraag het aan {organisation.naam}{': ' + where if where else ''}.")
    return "\n".join(lines)
