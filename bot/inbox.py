"""What the bot did not understand, kept for staff to learn from: without personal data and without its conversation.

A row holds the anonymous message, the day, why it is here and what the bot made of it: no time, no conversation, no order.
Kept 90 days: long enough to be looked at once a month, and to see whether the same question comes back.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import functools
import logging
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from bot import anonymous
from bot.flows import examples
from bot.items import Item
from bot.turns import CRISIS, Bot
from knowledge import store, telling

logger = logging.getLogger(__name__)
KEPT_DAYS = 90
MAX_ROWS = 5000  # a flood of nonsense may not fill the disk
SURE = 0.5  # confidence of the intent below which an answer counts as doubtful
CRISIS_CHANCE = 0.05  # what may be a cry for help is never kept
NOT_UNDERSTOOD, DOUBT, THUMBS_DOWN = "niet begrepen", "twijfel", "duim omlaag"
REASONS = (NOT_UNDERSTOOD, DOUBT, THUMBS_DOWN)
LOOKED_AT = frozenset({"clarify", "answer", "unknown", "out_of_scope", "handover"})

metadata = sa.MetaData()
table = sa.Table(
    "inbox",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),  # random: it may not tell what came after what
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("reason", sa.String(20), nullable=False),
    sa.Column("intent", sa.String(60), nullable=False),
    sa.Column("confidence", sa.Float, nullable=False),
    sa.Column("topics", sa.JSON, nullable=False),  # ids of the nearest cards, best first
    sa.Column("times", sa.Integer, nullable=False),  # how often the very same was said
    sa.Column("done", sa.String(40), nullable=False),  # what staff made of it; empty while open
)


@dataclass(frozen=True)
class Message:
    """An anonymous message in the inbox."""

    id: str
    day: dt.date
    text: str
    reason: str
    intent: str
    confidence: float
    topics: tuple[str, ...]
    times: int


class Inbox:
    """The table, in the database of the conversations."""

    def __init__(self, engine: sa.engine.Engine) -> None:
        self.engine = engine
        metadata.create_all(engine)

    def add(self, text: str, reason: str, heard: dict[str, Any], day: dt.date | None = None) -> None:
        """Keep an anonymous message; the same one again is counted. Nothing when the inbox is full."""
        with self.engine.begin() as connection:
            same = sa.and_(table.c.text == text, table.c.reason == reason)
            if connection.execute(table.update().where(same).values(times=table.c.times + 1)).rowcount:
                return
            if int(connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()) >= MAX_ROWS:
                return
            intent = heard.get("intent") or {}
            connection.execute(
                table.insert().values(
                    id=uuid.uuid4().hex,
                    day=day or dt.date.today(),
                    text=text,
                    reason=reason,
                    intent=intent.get("name") or "",
                    confidence=float(intent.get("confidence") or 0.0),
                    topics=[item["id"] for item in (heard.get("topics") or [])[:3]],
                    times=1,
                    done="",
                )
            )

    def open(self) -> list[Message]:
        """What nobody dealt with yet, the newest day first."""
        query = sa.select(table).where(table.c.done == "").order_by(table.c.day.desc(), table.c.text)
        with self.engine.connect() as connection:
            return [_message(row) for row in connection.execute(query)]

    def get(self, message_id: str) -> Message | None:
        """One message, dealt with or not."""
        with self.engine.connect() as connection:
            row = connection.execute(sa.select(table).where(table.c.id == message_id)).first()
        return _message(row) if row else None

    def close(self, message_id: str, how: str) -> None:
        """Note what was made of a message; nothing lays it open again."""
        with self.engine.begin() as connection:
            connection.execute(table.update().where(table.c.id == message_id).values(done=how))

    def forget_old(self, today: dt.date | None = None) -> int:
        """Delete what is older than KEPT_DAYS, the thumbs included; returns how many rows went."""
        limit = (today or dt.date.today()) - dt.timedelta(days=KEPT_DAYS)
        with self.engine.begin() as connection:
            old = [each.delete().where(each.c.day < limit) for each in metadata.sorted_tables]
            return sum(int(connection.execute(statement).rowcount) for statement in old)

    def watch(self, bot: Bot) -> None:
        """From now on keep what this bot doesn't understand, beside its turns: no reply waits for it."""
        tasks: set[asyncio.Task[None]] = set()

        def after_turn(sender: str, items: list[Item]) -> None:
            if kinds_of(items) & LOOKED_AT:
                task = asyncio.get_running_loop().create_task(self._consider(bot, sender, items))
                tasks.add(task)  # else the loop keeps only a weak hold of it
                task.add_done_callback(tasks.discard)

        bot.after_turn = after_turn

    async def _consider(self, bot: Bot, sender: str, items: list[Item]) -> None:
        try:
            tracker = await bot.store.retrieve(sender)
            message = tracker.latest_message if tracker else None
            if message is None or not message.text or message.text.startswith("/"):
                return  # a button says what is meant
            reason = why(message.parse_data, items)
            if reason:
                await asyncio.to_thread(self.consider, message.text, reason, message.parse_data)
        except Exception:
            logger.exception("a message could not be kept for the inbox")  # names no text: the error alone

    def consider(self, text: str, reason: str, heard: dict[str, Any]) -> None:
        """Keep a message as far as it can be made anonymous; never one that tells of health, origin and the like."""
        if telling.is_private(store.current(), text):
            return
        plain = anonymous.anonymous(text, subject(), frozenset(store.current().places))
        if plain:
            self.add(plain, reason, heard)


def _message(row: Any) -> Message:
    return Message(row.id, row.day, row.text, row.reason, row.intent, row.confidence, tuple(row.topics), row.times)


def kinds_of(items: Sequence[Item]) -> set[str]:
    """The types of reply in a turn."""
    return {str((item["data"] or {}).get("type")) for item in items if item["data"]}


def why(heard: dict[str, Any], items: Sequence[Item]) -> str:
    """Why staff should see this turn: one of REASONS; empty when all went well, or when it may be a cry for help."""
    intent = heard.get("intent") or {}
    name, confidence = str(intent.get("name") or ""), float(intent.get("confidence") or 0.0)
    if might_be_crisis(heard):
        return ""
    kinds = kinds_of(items)
    if kinds & {"clarify", "out_of_scope"} or (name == "nlu_fallback" and "question" not in kinds):
        return NOT_UNDERSTOOD
    several = any(len((item["data"] or {}).get("records") or []) > 1 for item in items if name.startswith("vraag_"))
    if kinds & {"answer", "unknown"} and (confidence < SURE or several):
        return DOUBT
    return ""


def might_be_crisis(heard: dict[str, Any]) -> bool:
    """Whether a message may be a cry for help, by what was made of it: such a message is never kept."""
    ranking = heard.get("intent_ranking") or []
    return any(item["name"] == CRISIS and item["confidence"] >= CRISIS_CHANCE for item in ranking)


@functools.lru_cache(maxsize=1)
def subject() -> frozenset[str]:
    """The words of our subject: of the training examples and of the cards."""
    lines = [topic.antwoord for topic in store.current().topics.values()]
    return anonymous.subject_words([*lines, *examples.every_line()])
