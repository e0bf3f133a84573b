"""Everything the knowledge base holds, for people and programs outside."""

from __future__ import annotations

from typing import Any

from knowledge import answers, freshness, wording
from knowledge.evc_schema import EvcScan
from knowledge.schema import Detail, Programme, Topic
from knowledge.schema_parts import Record
from knowledge.store import Knowledge


def records(knowledge: Knowledge) -> list[dict[str, Any]]:
    """Every record as {"id", "kind", "title", "text", "sources": [{"document", "lines": [lo, hi]}], dates}."""
    kinds: dict[str, dict[str, Any]] = {
        "document": knowledge.documents,
        "beroep": knowledge.occupations,
        "onderwerp": knowledge.topics,
        "opleiding": knowledge.programmes,
        "organisatie": knowledge.organisations,
        "begrip": knowledge.terms,
        "tegenstrijdigheid": knowledge.conflicts,
        "feit": knowledge.facts,
        "evc_scan": knowledge.scans,
    }
    return [_record(knowledge, kind, item) for kind, items in kinds.items() for item in items.values()]


def _record(knowledge: Knowledge, kind: str, item: Record) -> dict[str, Any]:
    checked = freshness.checked_on(item, knowledge.documents)
    ended = freshness.valid_to(item, knowledge.documents)
    return {
        "id": item.id,
        "kind": kind,
        "title": next(
            (getattr(item, name) for name in ("titel", "naam", "woord", "vraag") if hasattr(item, name)), item.id
        ),
        "text": text_of(knowledge, item),
        "sources": [source.as_dict() for source in item.sources],
        "school_year": item.schooljaar or answers.school_year_of(knowledge, item) or None,
        "valid_from": item.valid_from.isoformat() if item.valid_from else None,
        "valid_to": ended.isoformat() if ended else None,
        "last_checked": checked.isoformat() if checked else None,
    }


def text_of(knowledge: Knowledge, item: Record) -> str:
    """What a visitor can read of a record."""
    if isinstance(item, Topic):
        return " ".join(filter(None, (knowledge.text_of(item), item.conflict)))
    if isinstance(item, Programme):
        details = [item.duur, item.uren, *item.ritme, item.stage, item.getuigschrift, item.vrijstelling, item.inkomen]
        return " ".join([item.samenvatting] + [detail_text(detail) for detail in details if detail])
    if isinstance(item, EvcScan):
        return item.text
    for name in ("beschrijving", "uitleg", "zin", "rol", "vraag", "uitgever"):
        if hasattr(item, name):
            return str(getattr(item, name))
    return item.id


def detail_text(detail: Detail) -> str:
    """A cited sentence with its figures filled in."""
    return wording.fill(detail.tekst, wording.own_figures(detail.cijfers))


def facts(knowledge: Knowledge) -> list[dict[str, Any]]:
    """The vocabulary of facts, as the contract for programs has it."""
    yes_no = [{"value": True, "label": "Ja"}, {"value": False, "label": "Nee"}]
    return [
        {
            "name": fact.id,
            "type": fact.type,
            "values": yes_no
            if fact.type == "bool"
            else [{"value": option.value, "label": option.label} for option in fact.values],
            "min": fact.min,
            "max": fact.max,
            "unit": fact.unit,
        }
        for fact in knowledge.facts.values()
    ]
