"""Where conversations are kept: Rasa's SQL tracker store, off the event loop, with deletion and without its hidden faults."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import re
from collections.abc import Callable, Coroutine, Sequence
from contextvars import ContextVar
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore, create_engine_kwargs
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, SessionStarted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.logs import Told
from bot.retention import delete_for_real, erase_for_real

logger = logging.getLogger(__name__)
DEFAULT_URL = "sqlite:///var/conversations.db"
Result = TypeVar("Result")


def tracker_url() -> str:
    """WEGWIJS_TRACKER_URL, or SQLite in var/ of the working folder."""
    return os.environ.get("WEGWIJS_TRACKER_URL", DEFAULT_URL)


READ = "read_so_far"  # on a tracker: how many of its events are stored, and the newest row of its conversation
# Finds the newest of a kind and a message by its id without reading the conversation.
BY_KIND = sa.Index(
    "events_by_kind",
    SQLTrackerStore.SQLEvent.sender_id,
    SQLTrackerStore.SQLEvent.type_name,
    SQLTrackerStore.SQLEvent.id,
    SQLTrackerStore.SQLEvent.action_name,
)
# The newest row of each conversation when this turn first read it: a turn reads more than once, and decides by the first.
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
            db=parts.database or ":memory:",
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
        with contextlib.suppress(sa.exc.OperationalError, sa.exc.ProgrammingError):  # another process made it just now
            BY_KIND.create(store.engine, checkfirst=True)
        return store

    def make_again(self, *tables: sa.MetaData) -> None:
        """Tables of others in this database, to be made again with ours when it was taken away."""
        self._others += tables

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The latest session of a conversation. Raises SQLAlchemyError."""
        newest = await self.mended_aside(lambda: self._newest(sender_id))  # first: what comes after it is somebody else's
        first_read(sender_id, newest)
        tracker = await self.mended_aside(lambda: at_once(SQLTrackerStore.retrieve(self, sender_id)))
        if tracker:
            mark(tracker, newest)
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Add the new events of a conversation. Raises SQLAlchemyError, and Overtaken when it isn't as it was read."""
        kept, newest = getattr(tracker, READ, (0, 0))
        events = list(tracker.events)[kept:]
        mark(tracker, await self.mended_aside(lambda: self.add(tracker.sender_id, events, newest)))
        (turn_reads.get() or {}).pop(tracker.sender_id, None)

    def _newest(self, sender_id: str) -> int:
        with self.engine.connect() as connection:
            return self._newest_row(connection, sender_id)

    def _newest_row(self, connection: sa.engine.Connection, sender_id: str) -> int:
        event: Any = self.SQLEvent
        return connection.execute(sa.select(sa.func.max(event.id)).where(event.sender_id == sender_id)).scalar() or 0

    def add(self, sender_id: str, events: Sequence[Event], newest: int = 0) -> int:
        """Write events, and nothing of what is there already; columns as Rasa fills them. Gives the newest row.

        `newest` is the newest row when the conversation was read. Raises Overtaken when there is another by now: locks expire,
        and Redis may lose them. Raises SQLAlchemyError.
        """
        rows = []
        for event in events:
            data = event.as_dict()
            rows.append(
                {
                    "sender_id": sender_id,
                    "type_name": event.type_name,
                    "timestamp": data.get("timestamp"),
                    "intent_name": (data.get("parse_data") or {}).get("intent", {}).get("name"),
                    # Rasa leaves this empty for a message: here it holds the id, to find a repeated message by
                    "action_name": data.get("message_id") if isinstance(event, UserUttered) else data.get("name"),
                    "data": json.dumps(data),
                }
            )
        with self.engine.begin() as connection:
            if self.engine.dialect.name == "postgresql":  # one save of a conversation at a time, until the commit
                one = sa.func.pg_advisory_xact_lock(sa.func.hashtextextended(sender_id, 0))
                connection.execute(sa.select(one))
            if self._newest_row(connection, sender_id) != newest:
                raise Overtaken("another process wrote to this conversation meanwhile")
            if rows:
                connection.execute(sa.insert(self.SQLEvent.__table__), rows)
            return self._newest_row(connection, sender_id)

    async def holds(self, sender_id: str, message_id: str) -> bool:
        """Whether this session holds a message with this id already; what is written after this is another's."""
        first_read(sender_id, await self.mended_aside(lambda: self._newest(sender_id)))
        event: Any = self.SQLEvent
        return await self._any_message(
            sender_id, event.action_name == message_id, event.id >= self.session_start(sender_id)
        )

    async def holds_intent(self, sender_id: str, intent: str) -> bool:
        """Whether any message of a conversation was understood as this intent."""
        return await self._any_message(sender_id, self.SQLEvent.intent_name == intent)

    async def _any_message(self, sender_id: str, *conditions: Any) -> bool:
        event: Any = self.SQLEvent
        query = sa.select(event.id).where(
            event.sender_id == sender_id, event.type_name == UserUttered.type_name, *conditions
        )

        def look() -> bool:
            with self.engine.connect() as connection:
                return connection.execute(query.limit(1)).first() is not None

        return await self.mended_aside(look)

    def forget(self, sender: str) -> int:
        """Delete one conversation; call under its lock, after the turn has been saved."""
        return self._delete(self.SQLEvent.sender_id == sender)

    def forget_before(self, moment: float) -> int:
        """Delete conversations whose last event is older than a moment (seconds since 1970)."""
        event: Any = self.SQLEvent
        old = sa.select(event.sender_id).group_by(event.sender_id).having(sa.func.max(event.timestamp) < moment)
        return self._delete(event.sender_id.in_(old))

    def _delete(self, which: Any) -> int:
        return self._mended(lambda: delete_for_real(self.engine, sa.delete(self.SQLEvent).where(which)))

    async def aside(self, work: Callable[[], Result]) -> Result:
        """A locked database may stop this conversation, not everyone's; one in memory belongs to its thread."""
        if self.engine.dialect.name == "sqlite" and not is_file(self.engine.url):
            return work()
        return await asyncio.to_thread(work)

    async def mended_aside(self, work: Callable[[], Result]) -> Result:
        """Work on the database off the event loop, once more with new tables when it was taken away."""
        return await self.aside(lambda: self._mended(work))

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
            events = events.filter(event.id >= self.session_start(sender_id))
        return events.order_by(event.id)

    def session_start(self, sender_id: str) -> Any:
        """SQL for the id of the row at which the latest session of a conversation starts."""
        event: Any = self.SQLEvent
        start = sa.select(sa.func.max(event.id)).where(
            event.sender_id == sender_id, event.type_name == SessionStarted.type_name
        )
        return sa.func.coalesce(start.scalar_subquery(), 0)


def first_read(sender: str, newest: int) -> None:
    """Hold a turn to what it read first. Raises Overtaken when another wrote since."""
    reads = turn_reads.get()
    if reads is not None and reads.setdefault(sender, newest) != newest:
        raise Overtaken("another process wrote to this conversation since it was first read")


def mark(tracker: DialogueStateTracker, newest: int) -> None:
    """Note on a tracker that all its events are stored, and which row is the newest."""
    setattr(tracker, READ, (len(tracker.events), newest))


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
