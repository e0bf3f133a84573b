""" "Later verder": a code that finds a conversation back on another device, without an account, for 7 days.

The code is never stored, only its hash, in a table beside the conversations. What it finds are the facts of the conversation
itself: once that is forgotten or too old, the code finds nothing.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa

from actions.later import ALPHABET, GROUP_LENGTH, GROUPS, MAX_TRIES, TRIES, Found
from bot.conversations import ConversationStore
from bot.retention import KEPT_SECONDS, KeptTable

metadata = sa.MetaData()
CODES = sa.Table(
    "later_codes",
    metadata,
    sa.Column("code_hash", sa.String(64), primary_key=True),
    sa.Column("sender_id", sa.String(255), primary_key=True, index=True),  # who asked for it, and who used it
    sa.Column("first", sa.Boolean, nullable=False),  # true for the conversation that the code finds
    sa.Column("made_at", sa.Float, nullable=False, index=True),
)
_GROUP = r"[A-Za-z0-9]{3,5}"
_LOOKS_LIKE_CODE = re.compile(
    rf"(?<![\w-]){_GROUP}(?:[- ]{_GROUP}){{1,5}}(?![\w-])|(?<![\w-])[A-Za-z0-9]{{16}}(?![\w-])"
)
_MIXED = re.compile(r"(?=.*\d)(?=.*[A-Z])")


def code_in(text: str) -> str | None:
    """The code in a typed message, in capitals without signs; "" for something that only resembles one; None for neither.

    Every group of a real code has a letter and a digit, so that ordinary words are never taken for one.
    """
    for match in _LOOKS_LIKE_CODE.finditer(text):
        groups = re.split(r"[- ]", match[0].upper())
        if len(groups) == 1:
            groups = [match[0].upper()[at : at + GROUP_LENGTH] for at in range(0, len(match[0]), GROUP_LENGTH)]
        mixed = [group for group in groups if _MIXED.match(group)]
        if len(mixed) < 2:
            continue
        if len(mixed) == GROUPS and all(len(group) == GROUP_LENGTH for group in mixed):
            return "".join(mixed)
        return ""
    return None


def hash_of(code: str) -> str:
    """What is kept of a code; with more than 70 bits of chance in the code it can't be turned back."""
    return hashlib.sha256("".join(char for char in code.upper() if char in ALPHABET).encode()).hexdigest()


class LaterStore(KeptTable):
    """The codes handed out, in the database of the conversations. Joins `Retention`."""

    def __init__(self, conversations: ConversationStore) -> None:
        super().__init__("later", conversations.engine, CODES, CODES.c.sender_id, CODES.c.made_at)
        self._conversations = conversations
        metadata.create_all(self._engine)

    def keep(self, code: str, sender: str, now: float | None = None) -> None:
        """Remember that this code finds this conversation; one that is known already stays as it is."""
        row = {"code_hash": hash_of(code), "sender_id": sender, "first": True, "made_at": now or time.time()}
        with self._engine.begin() as connection:
            if connection.execute(sa.select(CODES).where(CODES.c.code_hash == row["code_hash"])).first() is None:
                connection.execute(CODES.insert().values(**row))

    async def typed(self, text: str, sender: str) -> Found | None:
        """What the code in a typed message finds; None when there is none in it."""
        code = code_in(text)
        return None if code is None else await self.find(code, sender)

    def heed(self, data: Iterable[Mapping[str, Any] | None], sender: str) -> None:
        """After a turn: keep the code that was handed out."""
        for item in data:
            if item and item.get("later"):
                self.keep(item["later"], sender)

    async def find(self, typed: str, sender: str, now: float | None = None) -> Found:
        """What a typed code finds, for the conversation in which it was typed; counts wrong ones."""
        here = await self._conversations.retrieve(sender)
        tries = int((here.get_slot(TRIES) if here else None) or 0)
        if tries >= MAX_TRIES:
            return {"status": "too_many", "slots": {}}
        whose = await self._conversations.aside(lambda: self._use(hash_of(typed), sender, now or time.time()))
        there = await self._conversations.retrieve(whose) if whose else None
        if there is None:
            return {"status": "wrong", "slots": {}}
        return {"status": "found", "slots": _kept_slots(there)}

    def _use(self, code_hash: str, sender: str, moment: float) -> str | None:
        """The conversation that a code finds, noting who used it; None for no code or one past its days."""
        with self._engine.begin() as connection:
            row = connection.execute(sa.select(CODES).where((CODES.c.code_hash == code_hash) & CODES.c.first)).first()
            if row is None or row.made_at + KEPT_SECONDS < moment:
                return None
            if row.sender_id != sender:
                used = (CODES.c.code_hash == code_hash) & (CODES.c.sender_id == sender)
                connection.execute(CODES.delete().where(used))
                connection.execute(
                    CODES.insert().values(code_hash=code_hash, sender_id=sender, first=False, made_at=row.made_at)
                )
            return str(row.sender_id)

    def forget(self, sender: str) -> int:
        """Delete every code that this conversation asked for or used."""
        mine = sa.select(CODES.c.code_hash).where(CODES.c.sender_id == sender)
        with self._engine.begin() as connection:
            hashes = [row.code_hash for row in connection.execute(mine)]
        return self._delete(CODES.c.code_hash.in_(hashes))


def _kept_slots(tracker: Any) -> dict[str, Any]:
    """What goes along to the other device: the slots that hold something, not the messages."""
    return {
        name: value
        for name, value in tracker.current_slot_values().items()
        if value is not None and name not in ("requested_slot", TRIES) and not name.startswith("session_")
    }
