"""Builds the knowledge base from the content and reads it back; a running bot sees a new build by itself."""

from __future__ import annotations

import datetime as dt
import functools
import json
import logging
import math
import os
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from knowledge import content as content_module
from knowledge import references, tables, wording
from knowledge.conditions import Condition, parse
from knowledge.content import Content
from knowledge.evc_schema import EvcChoice, EvcScan
from knowledge.kinds import KINDS
from knowledge.schema import Conflict, Document, Fact, Occupation, Organisation, Programme, Term, Topic
from knowledge.schema_parts import Record

logger = logging.getLogger(__name__)
DEFAULT_URL = "sqlite:///var/knowledge.db"
CHECK_SECONDS = 3.0


class KnowledgeMissing(RuntimeError):
    """There is no (readable) knowledge base; the text says how to make one."""


def database_url() -> str:
    """WEGWIJS_DATABASE_URL, or SQLite in var/ of the working folder."""
    return os.environ.get("WEGWIJS_DATABASE_URL", DEFAULT_URL)


@functools.lru_cache(maxsize=8)
def engine(url: str) -> sa.engine.Engine:
    """One engine per URL and process; makes the folder of an SQLite file."""
    parsed = sa.engine.make_url(url)
    if parsed.drivername.startswith("sqlite") and parsed.database:
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    return sa.create_engine(url, pool_pre_ping=True)


def build(content: Content, url: str | None = None) -> None:
    """Replace the knowledge base by this content, in one transaction: readers see the old base or the new one.

    Who built it answers from it at once; other processes within CHECK_SECONDS.
    """
    eng = engine(url or database_url())
    rows = _rows(content)
    with eng.begin() as connection:
        tables.metadata.create_all(connection)
        for table in reversed(tables.metadata.sorted_tables):
            connection.execute(table.delete())
        for table, values in rows.items():
            if values:
                connection.execute(tables.metadata.tables[table].insert(), values)
        connection.execute(
            tables.build.insert().values(
                id=1, fingerprint=content.fingerprint, built_at=dt.datetime.now(dt.timezone.utc).isoformat()
            )
        )
    _current_for(url or database_url()).look_again()


def _rows(content: Content) -> dict[str, list[dict[str, Any]]]:
    rows: dict[str, list[dict[str, Any]]] = {"record": [], "source": [], "label": [], "figure": []}
    for kind, records in content.records.items():
        for position, item in enumerate(records.values()):
            key = {"kind": kind, "record_id": item.id}
            rows["record"].append(_record_row(kind, position, item))
            for number, source in enumerate(item.sources):
                first, last = source.lines
                rows["source"].append(
                    {**key, "number": number, "document": source.document, "first_line": first, "last_line": last}
                )
            for number, (sort, value) in enumerate(_labels(item)):
                rows["label"].append({**key, "number": number, "sort": sort, "value": value})
            for number, (name, figure) in enumerate(getattr(item, "cijfers", {}).items()):
                single = None if figure.waarde is None else str(figure.waarde)
                rows["figure"].append(
                    {
                        **key,
                        "number": number,
                        "name": name,
                        "value": single,
                        "low": figure.van,
                        "high": figure.tot,
                        "unit": figure.eenheid,
                        "source": figure.bron,
                    }
                )
    return rows


def _record_row(kind: str, position: int, item: Record) -> dict[str, Any]:
    return {
        "kind": kind,
        "id": item.id,
        "position": position,
        "title": next(
            (getattr(item, name) for name in ("titel", "naam", "woord", "vraag") if hasattr(item, name)), item.id
        ),
        "text": _plain_text(item),
        "country": getattr(item, "land", "algemeen"),
        "valid_from": item.valid_from,
        "valid_to": item.valid_to,
        "last_checked": item.last_checked,
        "school_year": item.schooljaar,
        "payload": json.loads(item.json()),
    }


def _labels(item: Record) -> Iterable[tuple[str, str]]:
    names = {"beroepen": "occupation", "routes": "route", "doelgroepen": "audience"}
    for name, sort in names.items():
        for value in getattr(item, name, []):
            yield sort, value
    for name, sort in {"familie": "family", "beroep": "occupation", "route": "route"}.items():
        if isinstance(getattr(item, name, None), str):
            yield sort, getattr(item, name)


def _plain_text(item: Record) -> str:
    if isinstance(item, Topic):
        return item.antwoord
    if isinstance(item, EvcScan):
        return item.text
    for name in ("samenvatting", "beschrijving", "uitleg", "zin", "rol", "vraag", "uitgever"):
        if hasattr(item, name):
            return str(getattr(item, name))
    return item.id


@dataclass(frozen=True)
class Knowledge:
    """One build of the knowledge base, read whole; never changes once read."""

    fingerprint: str
    topics: dict[str, Topic]
    programmes: dict[str, Programme]
    facts: dict[str, Fact]
    documents: dict[str, Document]
    occupations: dict[str, Occupation]
    organisations: dict[str, Organisation]
    terms: dict[str, Term]
    conflicts: dict[str, Conflict]
    conditions: dict[str, Condition]
    places: dict[str, str]
    scans: dict[str, EvcScan]
    scan_choices: dict[str, EvcChoice]

    def text_of(self, topic: Topic) -> str:
        """The worded answer of a card, its figures filled in."""
        return wording.fill(topic.antwoord, wording.own_figures(topic.cijfers))


def read(url: str | None = None) -> Knowledge:
    """Read the whole base. Raises KnowledgeMissing when there is none or it can't be read."""
    eng = engine(url or database_url())
    try:
        with eng.connect() as connection, connection.begin():
            # One statement, so that a build meanwhile can't give the fingerprint of one base and the rows of another.
            rows = connection.execute(
                sa.select(tables.build.c.fingerprint, tables.record.c.kind, tables.record.c.payload)
                .join(tables.record, sa.true())
                .order_by(tables.record.c.kind, tables.record.c.position)
            ).all()
    except sa.exc.SQLAlchemyError as error:
        raise KnowledgeMissing(
            f"De kennisbank is niet te lezen ({type(error).__name__}). Maak ze met: wegwijs knowledge build"
        ) from error
    if not rows:
        raise KnowledgeMissing("De kennisbank is leeg. Maak ze met: wegwijs knowledge build")
    by_kind: dict[str, dict[str, Any]] = {kind: {} for kind in KINDS}
    for _, kind, payload in rows:
        record = KINDS[kind](**payload)
        by_kind[kind][record.id] = record
    return _assemble(rows[0].fingerprint, by_kind)


def from_content(content: Content) -> Knowledge:
    """The knowledge as it would be after a build, without a database."""
    return _assemble(content.fingerprint, content.records)


def _assemble(fingerprint: str, records: dict[str, dict[str, Any]]) -> Knowledge:
    by_kind = references.linked(records)
    return Knowledge(
        fingerprint=fingerprint,
        topics=by_kind["onderwerpen"],
        programmes=by_kind["opleidingen"],
        facts=by_kind["feiten"],
        documents=by_kind["documenten"],
        occupations=by_kind["beroepen"],
        organisations=by_kind["organisaties"],
        terms=by_kind["begrippen"],
        conflicts=by_kind["tegenstrijdigheden"],
        places={place: item.regio for item in by_kind["plaatsen"].values() for place in item.plaatsen},
        scans=by_kind["evc_scan"],
        scan_choices=by_kind["evc_keuzes"],
        conditions={item.id: parse(item.voorwaarden) for item in by_kind["opleidingen"].values()},
    )


class Current:
    """The newest build, re-read when it changed; an unreadable base leaves the one at hand in use."""

    def __init__(self, url: str | None = None, check_seconds: float = CHECK_SECONDS) -> None:
        self._url = url
        self._check_seconds = check_seconds
        self._lock = threading.Lock()
        self._knowledge: Knowledge | None = None
        self._checked = 0.0

    def look_again(self) -> None:
        """At the next `get`, whenever the last look was."""
        with self._lock:
            self._checked = -math.inf

    def get(self) -> Knowledge:
        """The knowledge to answer from. Raises KnowledgeMissing only when none was ever read."""
        with self._lock:
            now = time.monotonic()
            if self._knowledge is not None and now - self._checked < self._check_seconds:
                return self._knowledge
            try:
                if self._knowledge is None or self._newest() != self._knowledge.fingerprint:
                    self._knowledge = read(self._url)
            except (KnowledgeMissing, sa.exc.SQLAlchemyError, ValueError, KeyError) as error:
                if self._knowledge is None:
                    raise
                logger.error("the knowledge base can't be read, the one at hand stays in use: %s", type(error).__name__)
            self._checked = now
            return self._knowledge

    def _newest(self) -> str | None:
        with engine(self._url or database_url()).connect() as connection:
            value: str | None = connection.execute(sa.select(tables.build.c.fingerprint)).scalar()
            return value


@functools.lru_cache(maxsize=4)
def _current_for(url: str) -> Current:
    return Current(url)


_instead: ContextVar[Knowledge | None] = ContextVar("knowledge", default=None)


def current() -> Knowledge:
    """The newest build of the configured database, or what `using` put in its place."""
    return _instead.get() or _current_for(database_url()).get()


@contextmanager
def using(knowledge: Knowledge | None) -> Iterator[None]:
    """Answer from this knowledge, in this task and what it starts; None changes nothing. Other visitors notice nothing."""
    token = _instead.set(knowledge or _instead.get())
    try:
        yield
    finally:
        _instead.reset(token)


def build_from_files(folder: Path = content_module.CONTENT_DIR, url: str | None = None) -> Content:
    """Check the files and build; raises ContentError and leaves the base untouched when a file is wrong."""
    content = content_module.load(folder)
    build(content, url)
    return content
