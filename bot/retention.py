"""How long anything about a person is kept, and the one place where it is deleted: 7 days, or at once on "vergeet alles".

Every store of personal data joins: `bot.retention.add(KeptTable("plans", engine, table, table.c.sender, table.c.touched_at))`.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any, Protocol

import sqlalchemy as sa

from knowledge.privacy import KEPT_DAYS

logger = logging.getLogger(__name__)
KEPT_SECONDS = KEPT_DAYS * 24 * 3600


class Kept(Protocol):
    """A store that holds something about people."""

    name: str

    def forget(self, sender: str) -> int:
        """Delete all that belongs to one conversation; returns how many rows went."""
        ...

    def forget_before(self, moment: float) -> int:
        """Delete what was last touched before a moment (seconds since 1970); returns how many rows went."""
        ...


class ForgettingFailed(RuntimeError):
    """At least one store could not delete; the others did. Names the stores."""


class Retention:
    """The stores that hold something about people. A store that fails never keeps the others from deleting."""

    def __init__(self, *stores: Kept) -> None:
        self._stores: dict[str, Kept] = {store.name: store for store in stores}

    @property
    def names(self) -> tuple[str, ...]:
        """The stores that joined, in order."""
        return tuple(self._stores)

    def add(self, store: Kept) -> None:
        """Let a store join. Raises ValueError when its name is taken by another."""
        if self._stores.setdefault(store.name, store) is not store:
            raise ValueError(f"a store named {store.name!r} has joined already")

    def forget(self, sender: str) -> int:
        """ "Vergeet alles": delete everything of one conversation, everywhere. Raises ForgettingFailed."""
        return self._everywhere(lambda store: store.forget(sender))

    def forget_old(self, now: float | None = None) -> int:
        """Delete what nobody touched for KEPT_DAYS. Raises ForgettingFailed."""
        moment = (time.time() if now is None else now) - KEPT_SECONDS
        return self._everywhere(lambda store: store.forget_before(moment))

    def _everywhere(self, delete: Callable[[Kept], int]) -> int:
        gone, failed = 0, []
        for name, store in self._stores.items():
            try:
                gone += delete(store)
            except Exception:
                logger.exception("store %s could not delete", name)
                failed.append(name)
        if failed:
            raise ForgettingFailed(", ".join(failed))
        return gone


class KeptTable:
    """A table with a column for the conversation and one for when the row was last touched (seconds since 1970)."""

    def __init__(
        self, name: str, engine: sa.engine.Engine, table: sa.Table, sender: sa.Column[Any], touched_at: sa.Column[Any]
    ) -> None:
        self.name = name
        self._engine = engine
        self._table = table
        self._sender = sender
        self._touched_at = touched_at

    def forget(self, sender: str) -> int:
        return self._delete(self._sender == sender)

    def forget_before(self, moment: float) -> int:
        return self._delete(self._touched_at < moment)

    def _delete(self, which: Any) -> int:
        return delete_for_real(self._engine, self._table.delete().where(which))


def erase_for_real(engine: sa.engine.Engine) -> None:
    """Make SQLite overwrite what it deletes, wait at most 3 s for a lock, and let nobody wait for a reader or a reader wait.

    With its journal beside the file (WAL) 6 at once took at most 0.1 s to save a turn, without it up to 3 s (busy disk). What
    a machine without power loses are the last turns, never the file; a process that is killed loses nothing.
    Other databases are left as they are.
    """
    if engine.dialect.name != "sqlite":
        return

    @sa.event.listens_for(engine, "connect")
    def settings(connection: Any, record: Any) -> None:
        for pragma in ("busy_timeout = 3000", "journal_mode = WAL", "synchronous = NORMAL", "secure_delete = ON"):
            connection.execute(f"PRAGMA {pragma}").close()


def delete_for_real(engine: sa.engine.Engine, statement: Any) -> int:
    """Delete rows, also from SQLite's journal, which still holds what was written last; returns how many rows went."""
    with engine.begin() as connection:
        gone = int(connection.execute(statement).rowcount)
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:  # waits for readers; else the journal goes when the last of them leaves
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").close()
    return gone
