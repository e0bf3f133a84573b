"""Thumbs: whether an answer helped. Counted by card and day; a thumb down brings the question, made anonymous, to the inbox.

No conversation, no time and no order is kept, and all of it goes after the inbox's days (`bot.inbox.KEPT_DAYS`).
"""

from __future__ import annotations

import asyncio
import datetime as dt
import hashlib
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.inbox import THUMBS_DOWN, Inbox, metadata, might_be_crisis
from bot.items import Item, replies_to
from bot.limits import Refused
from bot.turns import CRISIS, Bot

RATED = frozenset({"answer", "unknown", "clarify"})  # types of reply that show the thumbs
KEPT_KEYS = 20_000  # thumbs remembered, so that pressing twice counts once

table = sa.Table(
    "thumbs",
    metadata,
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("kind", sa.String(20), primary_key=True),  # one of RATED
    sa.Column("record", sa.String(120), primary_key=True),  # the card shown; empty when none was
    sa.Column("up", sa.Boolean, primary_key=True),
    sa.Column("times", sa.Integer, nullable=False),
)


@dataclass(frozen=True)
class Judged:
    """How often an answer helped and how often not; `record` is empty for replies without a card."""

    record: str
    up: int
    down: int


class Thumbs:
    """The counts, beside the inbox in the database of the conversations."""

    def __init__(self, inbox: Inbox) -> None:
        self._inbox = inbox
        self._given: OrderedDict[bytes, None] = OrderedDict()

    def watch(self, bot: Bot) -> None:
        """From now on take the thumbs that visitors of this bot give."""

        async def on_thumb(sender: str, turn: str, up: bool) -> bool:
            tracker = await bot.store.retrieve(sender)
            unhappy = await bot.store.holds_intent(sender, CRISIS)
            return await asyncio.to_thread(self.take, tracker, sender, turn, up, unhappy)

        bot.on_thumb = on_thumb

    def take(self, tracker: DialogueStateTracker | None, sender: str, turn: str, up: bool, unhappy: bool = False) -> bool:
        """A thumb for the reply to the message `turn`; False when this conversation has no such reply to judge.

        What is said after a cry for help (`unhappy`) is for nobody's eyes.
        """
        rated = [item for item in replies_to(tracker, turn, sender) if may_be_rated(item)]
        if not rated or tracker is None:
            return False
        if not self._first(sender, turn):
            return True
        kind, records = rated[0]["data"]["type"], list(rated[0]["data"].get("records") or [])
        self.count(kind, records, up)
        if not up and not unhappy:
            said = next(
                event for event in tracker.events if isinstance(event, UserUttered) and event.message_id == turn
            )
            heard = dict(said.parse_data or {})
            if not might_be_crisis(heard):
                text = (said.metadata or {}).get("shown") or said.text or ""
                nearest = [{"id": name} for name in records] + list(heard.get("topics") or [])
                self._inbox.consider(text, THUMBS_DOWN, {**heard, "topics": nearest})
        return True

    def _first(self, sender: str, turn: str) -> bool:
        """Whether this reply wasn't judged yet, as far as this process remembers."""
        key = hashlib.sha256(f"{sender} {turn}".encode()).digest()
        if key in self._given:
            return False
        self._given[key] = None
        if len(self._given) > KEPT_KEYS:
            self._given.popitem(last=False)
        return True

    def count(self, kind: str, records: Sequence[str], up: bool, day: dt.date | None = None) -> None:
        """Count a thumb at each card that the reply showed."""
        for record in records or [""]:
            row = {"day": day or dt.date.today(), "kind": kind, "record": record, "up": up}
            try:
                self._count(row)
            except sa.exc.IntegrityError:  # somebody else put the row there just now
                self._count(row)

    def _count(self, row: dict[str, Any]) -> None:
        same = sa.and_(*(table.c[name] == value for name, value in row.items()))
        with self._inbox.engine.begin() as connection:
            if not connection.execute(table.update().where(same).values(times=table.c.times + 1)).rowcount:
                connection.execute(table.insert().values(**row, times=1))

    def judged(self) -> list[Judged]:
        """What is kept, summed by card: what helped least first."""
        found: dict[str, list[int]] = {}
        with self._inbox.engine.connect() as connection:
            for row in connection.execute(sa.select(table)):
                found.setdefault(row.record, [0, 0])[0 if row.up else 1] += row.times
        return sorted((Judged(name, up, down) for name, (up, down) in found.items()), key=lambda one: (-one.down, one.up))


def may_be_rated(item: Item) -> bool:
    """Whether a reply shows the thumbs: what answers a question, not an act of conversation."""
    data = item["data"] or {}
    return data.get("type") in RATED and (data["type"] != "answer" or bool(data.get("records")))


async def give(bot: Bot, sender: str, body: dict[str, Any]) -> None:
    """What the page posts: {"id": the message that was answered, "up": whether it helped}. Raises Refused."""
    up = body.get("up")
    if not isinstance(up, bool):
        raise Refused(400, "Dit bericht kan ik niet lezen. Laad de pagina opnieuw.")
    if bot.on_thumb is None or not await bot.on_thumb(sender, body["id"], up):
        raise Refused(409, "Dit antwoord vind ik niet meer terug.")
