"""Everything the bot knows as one printable HTML page, with the source of each answer. No file from outside is needed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import jinja2
from markupsafe import Markup

from knowledge import answers, conditions, export
from knowledge.schema import Leaf, Programme, Topic
from knowledge.schema_parts import Source
from knowledge.store import Knowledge

TEMPLATE = "book.html.j2"
LIST_ITEM = re.compile(r"^\s*(?:[-•]|\d+\.)\s+(.*)$")
FAMILIES = {
    "vraag_beroep": "Beroepen en bewijzen",
    "vraag_secundair": "Secundair onderwijs",
    "vraag_stage": "Stage",
    "vraag_duaal": "Duaal leren",
    "vraag_overeenkomst": "Contracten en vergoeding",
    "vraag_werkplek": "Werkplek en mentor",
    "vraag_premie": "Premies en subsidies",
    "vraag_cvo": "Centrum voor volwassenenonderwijs (CVO)",
    "vraag_syntra": "Syntra",
    "vraag_opleidingscentrum": "Opleidingscentrum gezinszorg",
    "vraag_evc": "EVC en EVK",
    "vraag_begeleiding": "Begeleiding en hulp",
    "vraag_project": "Projecten voor zij-instromers",
    "vraag_contact": "Contact en adressen",
    "vraag_beleid": "Het actieplan zij-instroom (plannen)",
    "vraag_vlor": "Het advies van de Vlor (vragen)",
    "vraag_nederland": "Nederland",
    "vraag_onbekend": "Wat niet in de documenten staat",
}
DETAILS = {
    "duur": "Duur",
    "uren": "Uren",
    "ritme": "Ritme",
    "getuigschrift": "Wat je haalt",
    "stage": "Stage",
    "vrijstelling": "Korter kan",
    "inkomen": "Inkomen",
    "te_regelen": "Vooraf te regelen",
}


@dataclass(frozen=True)
class Chapter:
    """A family of questions with its cards."""

    id: str
    title: str
    topics: tuple[Topic, ...]


def render(knowledge: Knowledge, on: dt.date) -> str:
    """The whole book as HTML, as of a date (so that a past amount says which school year it is of)."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["blocks"] = blocks
    return environment.get_template(TEMPLATE).render(
        knowledge=knowledge,
        on=on,
        chapters=_chapters(knowledge),
        answer=lambda topic: answers.answer_text(knowledge, topic, on),
        sources=lambda texts: passages(knowledge, texts),
        details=_details,
        leaves=lambda programme: _told(knowledge, programme),
    )


def blocks(text: str) -> Markup:
    """Plain text as paragraphs and lists; addresses become links."""
    parts: list[str] = []
    items: list[str] = []
    for line in [*text.split("\n"), ""]:
        found = LIST_ITEM.match(line)
        if found:
            items.append(f"<li>{_linked(found[1])}</li>")
            continue
        if items:
            parts.append(f"<ul>{''.join(items)}</ul>")
            items = []
        if line.strip():
            parts.append(f"<p>{_linked(line)}</p>")
    return Markup("\n".join(parts))


def _linked(text: str) -> str:
    return jinja2.utils.urlize(text)  # escapes the text as well


def passages(knowledge: Knowledge, sources: Sequence[str]) -> str:
    """Sources as a reader finds them: "Titel van het document, regels 733-748 en 740; …"."""
    lines: dict[str, list[str]] = {}
    for text in sources:
        source = Source.parse(text)
        first, last = source.lines
        lines.setdefault(source.document, []).append(str(first) if first == last else f"{first}-{last}")
    return "; ".join(
        f"{knowledge.documents[name].titel} ({name}), regel {', '.join(numbers)}" for name, numbers in lines.items()
    )


def _chapters(knowledge: Knowledge) -> list[Chapter]:
    """The families in the order of FAMILIES; one that is not in it comes last under its own name."""
    by_family: dict[str, list[Topic]] = {}
    for topic in knowledge.topics.values():
        by_family.setdefault(topic.familie, []).append(topic)
    names = [*FAMILIES, *(name for name in by_family if name not in FAMILIES)]
    return [
        Chapter(name, FAMILIES.get(name, name), tuple(sorted(by_family[name], key=lambda topic: topic.titel)))
        for name in names
        if name in by_family
    ]


def _details(programme: Programme) -> list[tuple[str, str, str]]:
    """(label, sentence, source) of every cited sentence of a route."""
    rows = []
    for name, label in DETAILS.items():
        value = getattr(programme, name)
        found = value if isinstance(value, list) else [value] if value else []
        rows += [(label, export.detail_text(detail), detail.bron) for detail in found]
    return rows


def _told(knowledge: Knowledge, programme: Programme) -> list[Leaf]:
    """The conditions of a route, each sentence once."""
    leaves = {leaf.reden: leaf for leaf in conditions.leaves(knowledge.conditions[programme.id])}
    return list(leaves.values())
