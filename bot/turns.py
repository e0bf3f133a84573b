"""One turn of a conversation, whoever brings it: web page, REST channel, terminal or test."""

from __future__ import annotations

import asyncio
import hmac
import logging
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.shared.core.events import BotUttered

from actions.plan import Keeper
from bot import later, less_work, plan_store
from bot.action_runner import InProcessActions, TurnFailed, fault_reply
from bot.conversations import ConversationStore, tracker_url, turn_reads
from bot.embedding import embed
from bot.items import BUTTON_ID_LENGTH, Item, button_id, history_of, item_of, replies_to
from bot.later import LaterStore
from bot.locks import lock_store
from bot.plan_store import PlanStore
from bot.recent import RecentConversations
from bot.retention import Retention
from bot.text import clean
from bot.topic_model import views_of

logger = logging.getLogger(__name__)
NOT_UNDERSTOOD = "/nlu_fallback"
CRISIS = "crisis"  # the intent
LOCK_POLL = 0.05  # seconds between two looks at a lock that another turn holds
RESUME = "/hervat"  # a typed code: what it finds goes along as metadata
# Apart from the pool that reads and writes conversations: those may not wait for this.
EMBEDDING = ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="embedding")
_in_hand: ContextVar[tuple[Bot, asyncio.AbstractEventLoop]] = ContextVar("_in_hand")  # whose turn this is


class Collector(OutputChannel):
    """Gathers what the bot says, each utterance whole."""

    def __init__(self) -> None:
        self.said: list[dict[str, Any]] = []

    @classmethod
    def name(cls) -> str:
        return "collector"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        self.said.append(message)


@dataclass(frozen=True)
class Turn:
    """What was said back in one turn: the items as the page shows them."""

    items: list[Item]
    repeated: bool = False


class Bot:
    """The loaded model with its stores; `say` takes a turn."""

    def __init__(self, agent: Agent, store: ConversationStore) -> None:
        self.agent = agent
        self.store = store
        # Rasa wraps its store in one that hides failures; ours are shown.
        agent.tracker_store = agent.processor.tracker_store = RecentConversations(store)  # type: ignore[union-attr]
        self.later = LaterStore(store)
        self.plans = PlanStore(store.engine)
        self.retention = Retention(store, self.plans, self.later)  # every other store of personal data joins here
        store.make_again(plan_store.metadata, later.metadata)
        self.after_turn: Callable[[str, list[Item]], None] = lambda sender, items: None
        self.on_thumb: Callable[[str, str, bool], Awaitable[bool]] | None = None  # see bot.thumbs
        Keeper.keep = keep_plan

    @classmethod
    def load(cls, model: Path, url: str | None = None) -> Bot:
        """Load a trained model. Raises what Rasa raises on a broken file."""
        less_work.use()
        agent = Agent.load(str(model), action_endpoint=InProcessActions(), lock_store=lock_store())
        store = ConversationStore.at(url or tracker_url(), agent.domain)
        return cls(agent, store)

    @asynccontextmanager
    async def _turn_of(self, sender: str) -> AsyncIterator[None]:
        """The lock of a conversation, for a turn that is held to what it reads first.

        Whose next message waits for the turn in hand, waits no whole second, as in Rasa.
        """
        async with self.agent.lock_store.lock(sender, wait_time_in_seconds=LOCK_POLL):
            reads = turn_reads.set({})
            try:
                yield
            finally:
                turn_reads.reset(reads)  # the next request on this connection shares its context

    async def say(
        self, sender: str, text: str, message_id: str | None = None, trusted: bool = False, shown: str = ""
    ) -> Turn:
        """One message in, the replies out. Only a `trusted` text (a button) may be a command.

        A message id that this conversation holds already is not handled again: its replies come back.
        """
        said = clean(text)
        shown = shown or said
        if not trusted and said.startswith("/"):
            said = NOT_UNDERSTOOD  # typed text is never a command
        collector = Collector()
        async with self._turn_of(sender):
            if message_id and await self.store.holds(sender, message_id):  # saved, but then a store could have failed
                earlier = replies_to(await self.store.retrieve(sender), message_id, sender)
                await self._heed([item["data"] or {} for item in earlier], sender)
                return Turn(earlier, repeated=True)
            unhappy = await self.store.holds_intent(sender, CRISIS)
            metadata: dict[str, Any] = {"shown": shown}
            found = None if trusted else await self.later.typed(text, sender)
            if found:
                said, metadata["later"] = RESUME, found
            message = UserMessage(
                said, collector, sender, input_channel="web", message_id=message_id, metadata=metadata
            )
            await self._handle(message, collector.said)
        items = [item_of(reply, sender, message_id or "") for reply in collector.said]
        if not unhappy:  # what is said after a cry for help is for nobody's eyes
            self._look_at(sender, items)
        return Turn(items)

    def _look_at(self, sender: str, items: list[Item]) -> None:
        """Show a turn that went well to whoever looks on. Nothing of a turn that forgot or failed; a fault there stays there."""
        if any((item["data"] or {}).get("forget") or (item["data"] or {}).get("type") == "error" for item in items):
            return
        try:
            self.after_turn(sender, items)
        except Exception:
            logger.exception("looking at a turn failed")

    async def pass_on(self, message: UserMessage, said: list[dict[str, Any]]) -> None:
        """A message of Rasa's own channels, commands included; `said` is the list in which its channel collects."""
        async with self._turn_of(message.sender_id):
            await self._handle(message, said)

    async def _handle(self, message: UserMessage, said: list[dict[str, Any]]) -> None:
        """One turn, under the lock. One that fails is undone: nothing of it is saved, and one sentence is said."""
        _in_hand.set((self, asyncio.get_running_loop()))
        message.parse_data = less_work.command_data(message.text, self.agent.domain)
        if message.parse_data is None:
            await asyncio.get_running_loop().run_in_executor(EMBEDDING, embed_beforehand, message.text)
        try:
            await self.agent.processor.handle_message(message)
        except TurnFailed:
            said.clear()
            await message.output_channel.send_response(message.sender_id, fault_reply())
        await self._heed([(reply.get("custom") or {}).get("data") or {} for reply in said], message.sender_id)

    async def _heed(self, data: list[dict[str, Any]], sender: str) -> None:
        """Do what the replies of a turn promise; after the turn, for Rasa saves the tracker at its end."""
        if any(item.get("later") for item in data):
            await self.store.aside(lambda: self.later.heed(data, sender))
        if any(item.get("forget") for item in data):
            await self._forget(sender)

    async def history(self, sender: str) -> list[Item]:
        """The whole conversation so far, as items."""
        return history_of(await self.store.retrieve(sender), sender)

    async def payload_of(self, sender: str, choice: str) -> tuple[str, str] | None:
        """Payload and title of a button that this conversation was given, by its id; None for any other id."""
        if not (choice.isascii() and len(choice) == BUTTON_ID_LENGTH):
            return None
        for read in (self.agent.tracker_store.retrieve, self.store.retrieve):  # the last turns, then all
            tracker = await read(sender)
            for event in reversed(tracker.events if tracker else []):
                if isinstance(event, BotUttered):
                    for button in event.data.get("buttons") or []:
                        if hmac.compare_digest(button_id(sender, button["payload"]), choice):
                            return button["payload"], button["title"]
        return None

    async def erase(self, sender: str) -> None:
        """Forget a conversation at once."""
        async with self._turn_of(sender):
            await self._forget(sender)

    async def forget_old(self, now: float | None = None) -> int:
        """Delete what is older than promised, from every store. Raises ForgettingFailed."""
        return await self.store.aside(lambda: self.retention.forget_old(now))

    async def _forget(self, sender: str) -> None:
        await self.store.aside(lambda: self.retention.forget(sender))


def embed_beforehand(text: str) -> None:
    """Embed what the topic model will ask for, in another thread: half of a turn's work, and none of it holds up Python.

    Embeddings are kept, so it is done once.
    """
    for view in views_of(text):
        embed(view)


def keep_plan(sender: str, route: str, profile: dict[str, Any]) -> str:
    """Keep a plan at the bot whose turn it is; gives its address. For actions: they run in a thread, with the turn's context."""
    bot, loop = _in_hand.get()

    async def keep() -> str:
        return await bot.store.aside(lambda: bot.plans.keep(sender, route, profile))

    return f"/plan/{asyncio.run_coroutine_threadsafe(keep(), loop).result()}"
