"""Which records are past their date, or have not been checked for a year. Pure functions over the knowledge."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge import answers, conditions
from knowledge.schema import Document, Programme, Topic
from knowledge.schema_parts import Record
from knowledge.store import Knowledge

CHECK_DAYS = 365  # a record that nobody looked at for longer is listed
PAST = "voorbij de einddatum"
SCHOOL_YEAR_OVER = "schooljaar voorbij"
OLD_AMOUNT = "bedrag uit een voorbij schooljaar"
UNCHECKED = "langer dan 12 maanden niet nagekeken"
NEVER_CHECKED = "nooit nagekeken"
REASONS = (PAST, SCHOOL_YEAR_OVER, OLD_AMOUNT, UNCHECKED, NEVER_CHECKED)


@dataclass(frozen=True)
class Stale:
    """A record that needs a look: why (one of REASONS), and the date or school year that tells."""

    record_id: str
    reason: str
    since: str


def checked_on(record: Record, documents: dict[str, Document]) -> dt.date | None:
    """When the record was last checked: its own date, else the oldest date of the documents that it cites.

    So one line in documenten.yml dates all records of a document. A record that cites none (it says that something stands
    nowhere) is as old as the oldest of all documents. None when nobody checked.
    """
    if record.last_checked:
        return record.last_checked
    cited = {source.document for source in record.sources} or set(documents)
    dates = [documents[name].last_checked for name in cited]
    known = [date for date in dates if date]
    return min(known) if known and len(known) == len(dates) else None


def valid_to(record: Record, documents: dict[str, Document]) -> dt.date | None:
    """The last day for which the record holds: its own, else the last of its documents when all of these have ended."""
    if record.valid_to or isinstance(record, Document):
        return record.valid_to
    dates = [documents[source.document].valid_to for source in record.sources]
    known = [date for date in dates if date]
    return max(known) if known and len(known) == len(dates) else None


def stale(knowledge: Knowledge, on: dt.date) -> list[Stale]:
    """Every record that states something and is past its date or unchecked on this date, by reason."""
    found = [item for record in _stating(knowledge) for item in _of_record(knowledge, record, on)]
    return sorted(found, key=lambda item: REASONS.index(item.reason))


def _stating(knowledge: Knowledge) -> Iterator[Record]:
    """What visitors read as true; the questions of the intake and the lists of places don't go out of date."""
    yield from knowledge.topics.values()
    yield from knowledge.programmes.values()
    yield from knowledge.organisations.values()
    yield from knowledge.occupations.values()
    yield from knowledge.terms.values()
    yield from knowledge.conflicts.values()
    yield from knowledge.scans.values()


def _of_record(knowledge: Knowledge, record: Record, on: dt.date) -> Iterator[Stale]:
    ended = valid_to(record, knowledge.documents)
    if ended and ended < on:
        yield Stale(record.id, PAST, ended.isoformat())
    if isinstance(record, Programme):
        for leaf in conditions.leaves(knowledge.conditions[record.id]):
            if leaf.valid_to and leaf.valid_to < on:
                yield Stale(record.id, PAST, f"voorwaarde {leaf.fact}: {leaf.valid_to.isoformat()}")
    if record.schooljaar and on > answers.school_year_end(record.schooljaar):
        yield Stale(record.id, SCHOOL_YEAR_OVER, record.schooljaar)
    elif isinstance(record, Topic) and answers.past_note(knowledge, record, on):
        yield Stale(record.id, OLD_AMOUNT, answers.school_year_of(knowledge, record))
    checked = checked_on(record, knowledge.documents)
    if checked is None:
        yield Stale(record.id, NEVER_CHECKED, "")
    elif (on - checked).days > CHECK_DAYS:
        yield Stale(record.id, UNCHECKED, checked.isoformat())
