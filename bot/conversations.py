"""Where conversations are kept: Rasa's SQL tracker store, off the event loop, with deletion and without its hidden faults."""

from __future__ import annotations

import asyncio
import itertools
import logging
import os
import re
from collections.abc import Callable, Coroutine
from contextvars import ContextVar
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore, create_engine_kwargs
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SessionStarted
from rasa.shared.core.trackers import DialogueStateTracker

from bot.logs import Told
from bot.retention import erase_for_real

logger = logging.getLogger(__name__)
DEFAULT_URL = "sqlite:///var/conversations.db"
Result = TypeVar("Result")


def tracker_url() -> str:
    """WEGWIJS_TRACKER_URL, or SQLite in var/ of the working folder."""
    return os.environ.get("WEGWIJS_TRACKER_URL", DEFAULT_URL)


# How many events each conversation had when this turn first read it: a turn reads more than once, and decides by the first.
turn_reads: ContextVar[dict[str, int] | None] = ContextVar("turn_reads", default=None)


class Overtaken(Told):
    """Another process saved a turn of this conversation, or forgot it, while this one was in hand: this one is undone."""


class ConversationStore(SQLTrackerStore):
    """Conversations by sender id; a failed read or write raises instead of being hidden. Joins `Retention`."""

    name = "conversations"
    _others: tuple[sa.MetaData, ...] = ()

    @classmethod
    def at(cls, url: str, domain: Domain | None = None) -> ConversationStore:
        """Open the store at a SQLAlchemy URL; makes the folder of an SQLite file."""
        parts = sa.engine.make_url(url)
        if is_file(parts):
            Path(parts.database).parent.mkdir(parents=True, exist_ok=True)
        store = cls(
            domain=domain,
            dialect=parts.drivername,
            host=parts.host,
            port=parts.port,
            db=parts.database or "rasa.db",
            username=parts.username,
            password=parts.password,
            query=dict(parts.query),
        )
        if parts.get_backend_name() == "postgresql":  # Rasa's own engine can't be told to look for connections that died
            store.engine.dispose()
            store.engine = sa.create_engine(parts, pool_pre_ping=True, **create_engine_kwargs(parts))
            store.sessionmaker.configure(bind=store.engine)
        store.engine.hide_parameters = True  # else a failed statement would put what was said into the log
        erase_for_real(store.engine)
        return store

    def make_again(self, *tables: sa.MetaData) -> None:
        """Tables of others in this database, to be made again with ours when it was taken away."""
        self._others += tables

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The latest session of a conversation. Raises SQLAlchemyError."""
        tracker = await self.aside(lambda: self._mended(lambda: at_once(SQLTrackerStore.retrieve(self, sender_id))))
        kept, reads = len(tracker.events) if tracker else 0, turn_reads.get()
        if reads is not None and reads.setdefault(sender_id, kept) != kept:
            raise Overtaken("another process wrote to this conversation since it was first read")
        if tracker:
            tracker.kept = kept  # type: ignore[attr-defined]
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Add the new events of a conversation. Raises SQLAlchemyError, and Overtaken when it isn't as it was read."""
        await self.aside(lambda: self._mended(lambda: at_once(SQLTrackerStore.save(self, tracker))))
        tracker.kept = len(tracker.events)  # type: ignore[attr-defined]
        (turn_reads.get() or {}).pop(tracker.sender_id, None)

    def _additional_events(self, session: Any, tracker: DialogueStateTracker) -> Any:
        """As Rasa's, after making sure that nobody else wrote meanwhile: locks expire, and Redis may lose them."""
        if self.engine.dialect.name == "postgresql":  # one save of a conversation at a time, until the commit
            session.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtextextended(tracker.sender_id, 0))))
        kept = getattr(tracker, "kept", 0)
        if self._event_query(session, tracker.sender_id, False).count() != kept:
            raise Overtaken("another process wrote to this conversation meanwhile")
        return itertools.islice(tracker.events, kept, None)

    def forget(self, sender: str) -> int:
        """Delete one conversation; call under its lock, after the turn has been saved."""
        return self._delete(self.SQLEvent.sender_id == sender)

    def forget_before(self, moment: float) -> int:
        """Delete conversations whose last event is older than a moment (seconds since 1970)."""
        event: Any = self.SQLEvent
        old = sa.select(event.sender_id).group_by(event.sender_id).having(sa.func.max(event.timestamp) < moment)
        return self._delete(event.sender_id.in_(old))

    def _delete(self, which: Any) -> int:
        def work() -> int:
            with self.engine.begin() as connection:
                return int(connection.execute(sa.delete(self.SQLEvent).where(which)).rowcount)

        return self._mended(work)

    async def aside(self, work: Callable[[], Result]) -> Result:
        """A locked database may stop this conversation, not everyone's; one in memory belongs to its thread."""
        if self.engine.dialect.name == "sqlite" and not is_file(self.engine.url):
            return work()
        return await asyncio.to_thread(work)

    def _mended(self, work: Callable[[], Result]) -> Result:
        """Once more with new tables when the database was taken away while we ran."""
        try:
            return work()
        except (sa.exc.OperationalError, sa.exc.ProgrammingError) as error:
            if not re.search(r"no such table|does not exist", str(error.orig)):
                raise
            logger.error("the conversations are gone; a new table is made")
            for tables in (self.Base.metadata, *self._others):
                tables.create_all(self.engine)
            return work()

    def _event_query(self, session: Any, sender_id: str, fetch_events_from_all_sessions: bool) -> Any:
        """As Rasa's, but a session starts at a row, not at a time: a clock set back would hide all that follows."""
        event: Any = self.SQLEvent
        events = session.query(event).filter(event.sender_id == sender_id)
        if not fetch_events_from_all_sessions:
            start = sa.select(sa.func.max(event.id)).where(
                event.sender_id == sender_id, event.type_name == SessionStarted.type_name
            )
            events = events.filter(event.id >= sa.func.coalesce(start.scalar_subquery(), 0))
        return events.order_by(event.id)


def at_once(work: Coroutine[Any, Any, Result]) -> Result:
    """The result of a coroutine that never waits. Raises RuntimeError when it does."""
    try:
        work.send(None)
    except StopIteration as done:
        return done.value  # type: ignore[no-any-return]
    work.close()
    raise RuntimeError("the store waited")


def is_file(url: sa.engine.URL) -> bool:
    """Whether a URL is an SQLite file."""
    return url.drivername.startswith("sqlite") and bool(url.database) and url.database != ":memory:"
