"""The part of a conversation that a turn needs: its last turns, and of what lies before only what still holds.

Rasa reads, replays, copies and hands around the whole conversation at every step of every turn, so that a turn in a long
conversation takes ever longer. Its policies look back four turns, and to the start of a form that goes on.
"""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core import events as kinds
from rasa.shared.core.trackers import DialogueStateTracker

from bot.conversations import ConversationStore, first_read, mark

KEPT_TURNS = 6
LONGEST_FORM = 15  # turns; a form that started further back has had digressions, from which policies start anew
# What takes back something said earlier: then only the whole conversation will do.
TAKES_BACK = tuple(
    kind.type_name
    for kind in (kinds.UserUtteranceReverted, kinds.ActionReverted, kinds.AllSlotsReset, kinds.ConversationPaused)
)


class RecentConversations(TrackerStore):
    """What Rasa's processor reads from and writes to; the whole conversation stays in the store behind it."""

    def __init__(self, store: ConversationStore) -> None:
        super().__init__(store.domain)
        self._store = store
        self._event: Any = store.SQLEvent

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The last turns of a conversation, its slots as they are now. Raises SQLAlchemyError."""
        read = await self._store.mended_aside(lambda: self._read(sender_id))
        first_read(sender_id, read[-1][0] if read else 0)
        if not read:
            return None
        tracker = DialogueStateTracker.from_dict(sender_id, [json.loads(data) for _, data in read], self.domain.slots)
        mark(tracker, read[-1][0])
        return tracker

    async def retrieve_full_tracker(self, conversation_id: str) -> DialogueStateTracker | None:
        """Every event of all sessions."""
        return await self._store.retrieve_full_tracker(conversation_id)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Add the events that this tracker got since it was read. Raises SQLAlchemyError, and Overtaken."""
        await self._store.save(tracker)

    def _read(self, sender: str) -> list[tuple[int, str]]:
        """The events to replay, with their rows, as JSON, oldest first."""
        event = self._event
        with self._store.engine.connect() as connection:
            mine = sa.and_(event.sender_id == sender, event.id >= self._store.session_start(sender))
            first = self._first_turn(connection, mine)
            said = sa.select(event.id, event.data).where(mine, event.id >= (first or 0))
            rows = connection.execute(said.order_by(event.id)).all()
            if first is not None:
                before = sa.select(event.id, event.data).where(event.id.in_(self._still_hold(mine, first)))
                rows = [*connection.execute(before.order_by(event.id)).all(), *rows]
        return [(row.id, row.data) for row in rows]

    def _first_turn(self, connection: sa.engine.Connection, mine: Any) -> int | None:
        """The row of the first message that a turn needs; None when that is the start of the conversation."""
        event = self._event
        said = sa.select(event.id).where(mine, event.type_name == kinds.UserUttered.type_name).order_by(event.id.desc())
        turns = connection.execute(said.limit(LONGEST_FORM + 1)).scalars().all()
        if len(turns) <= KEPT_TURNS:
            return None
        if connection.execute(sa.select(event.id).where(mine, event.type_name.in_(TAKES_BACK)).limit(1)).first():
            return None
        loops = sa.select(event.id, event.action_name).where(mine, event.type_name == kinds.ActiveLoop.type_name)
        loop = connection.execute(loops.order_by(event.id.desc()).limit(1)).first()
        if loop is None or loop.action_name is None:
            return int(turns[KEPT_TURNS])
        before = [turn for turn in turns[KEPT_TURNS:] if turn < loop.id]
        return int(before[0] if before else turns[-1]) if len(before) or len(turns) > LONGEST_FORM else None

    def _still_hold(self, mine: Any, first: int) -> Any:
        """SQL for the rows before the first turn that still hold: the newest of every slot, of the loop, the last action."""
        event = self._event
        earlier = sa.and_(mine, event.id < first)
        slots = sa.select(sa.func.max(event.id)).where(earlier, event.type_name == kinds.SlotSet.type_name)
        newest = [
            sa.select(sa.func.max(event.id)).where(earlier, event.type_name == kind.type_name)
            for kind in (kinds.ActiveLoop, kinds.ActionExecuted)
        ]
        # Of a slot, action_name is the slot's. These rows are all looked at, in the index alone: 2 µs each.
        return sa.union_all(slots.group_by(event.action_name), *newest)
