"""Where conversations are kept: Rasa's SQL tracker store, with deletion at once and after the promised days."""

from __future__ import annotations

import os
import time
from typing import Any

import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain

DEFAULT_URL = "sqlite:///var/conversations.db"
KEPT_SECONDS = 7 * 24 * 3600


def tracker_url() -> str:
    """WEGWIJS_TRACKER_URL, or SQLite in var/ of the working folder."""
    return os.environ.get("WEGWIJS_TRACKER_URL", DEFAULT_URL)


class ConversationStore(SQLTrackerStore):
    """Conversations by sender id; a failed read or write raises instead of being hidden."""

    @classmethod
    def at(cls, url: str, domain: Domain | None = None) -> ConversationStore:
        """Open the store at a SQLAlchemy URL; makes the folder of an SQLite file."""
        parts = sa.engine.make_url(url)
        if parsed_is_file(parts):
            from pathlib import Path  # noqa: PLC0415

            Path(parts.database).parent.mkdir(parents=True, exist_ok=True)
        return cls(
            domain=domain,
            dialect=parts.drivername,
            host=parts.host,
            port=parts.port,
            db=parts.database or "rasa.db",
            username=parts.username,
            password=parts.password,
        )

    def delete(self, sender_id: str) -> None:
        """Delete one conversation; call under its lock, after the turn has been saved."""
        with self.session_scope() as session:
            session.query(self.SQLEvent).filter(self.SQLEvent.sender_id == sender_id).delete()
            session.commit()

    def delete_old(self, now: float | None = None) -> int:
        """Delete conversations whose last event is older than the promised days; returns how many events went."""
        limit = (now or time.time()) - KEPT_SECONDS
        with self.session_scope() as session:
            event: Any = self.SQLEvent
            old = session.query(event.sender_id).group_by(event.sender_id).having(sa.func.max(event.timestamp) < limit)
            gone = session.query(event).filter(event.sender_id.in_(old.subquery())).delete(synchronize_session=False)
            session.commit()
            return int(gone)


def parsed_is_file(url: sa.engine.URL) -> bool:
    """Whether a URL is an SQLite file."""
    return url.drivername.startswith("sqlite") and bool(url.database) and url.database != ":memory:"
