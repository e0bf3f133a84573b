"""Conversations of staff with the real bot, kept apart from those of visitors and gone when the process stops."""

from __future__ import annotations

import copy
import re
import secrets
import time
from collections.abc import Mapping
from typing import Any

from rasa.shared.core.trackers import DialogueStateTracker

from bot.conversations import ConversationStore
from bot.flows.observation import Observed, observations
from bot.flows.runner import know
from bot.items import Item
from bot.plan_pages.views import HOME
from bot.staff import thoughts
from bot.turns import Bot
from knowledge import facts, store

PLANS = "/staff/plan"  # where the plans of these conversations are shown
UNSEEN = " "  # what a press on "go on" says: nothing that need be shown


class Rehearsal:
    """The loaded model with a tracker store of its own, so that trying leaves no trace in the figures."""

    def __init__(self, bot: Bot) -> None:
        agent = copy.copy(bot.agent)
        agent.processor = copy.copy(bot.agent.processor)  # the same graph in memory, another store
        own = ConversationStore.at("sqlite:///:memory:", agent.domain)
        self.bot = Bot(agent, own)

    async def begin(self, profile: Mapping[str, Any]) -> dict[str, Any]:
        """A new conversation in which these facts are known: its id and first turn. Unreadable facts are left out."""
        sender = f"staff-{secrets.token_urlsafe(24)}"
        turn = await self._turn(sender, "/groet", trusted=True, shown=UNSEEN)
        if profile:
            await self._set(sender, profile)
        return {"sender": sender, **turn, "facts": await self.facts(sender)}

    async def say(self, sender: str, text: str) -> dict[str, Any]:
        """A typed message: the replies, what the bot thought, and what it knows now."""
        turn = await self._turn(sender, text)
        return {**turn, "facts": await self.facts(sender)}

    async def press(self, sender: str, choice: str) -> dict[str, Any] | None:
        """A pressed button, by its id; None when this conversation was never given it."""
        found = await self.bot.payload_of(sender, choice)
        if found is None:
            return None
        turn = await self._turn(sender, found[0], trusted=True, shown=found[1])
        return {**turn, "facts": await self.facts(sender)}

    async def go_on(self, sender: str) -> dict[str, Any]:
        """The next question of the intake, or the advice, from what is known now."""
        turn = await self._turn(sender, "/start_traject", trusted=True, shown=UNSEEN)
        return {**turn, "facts": await self.facts(sender)}

    async def set_fact(self, sender: str, name: str, value: str) -> list[dict[str, Any]]:
        """Change one fact by hand (empty: unknown again); gives all facts. Raises ValueError when it can't be read."""
        await self._set(sender, {name: value or None})
        return await self.facts(sender)

    async def _set(self, sender: str, told: Mapping[str, Any]) -> None:
        known = store.current().facts
        values: dict[str, Any] = {}
        for name, value in told.items():
            read = None
            if value is not None:
                readable = name in known and facts.plain(value)
                read = facts.read_value(known[name], value) if readable else None
                if read is None:
                    raise ValueError(f"'{value}' past niet bij het feit '{name}'.")
            values[name] = read
        await know(self.bot, sender, values)

    async def _turn(self, sender: str, text: str, trusted: bool = False, shown: str = "") -> dict[str, Any]:
        started, moment = time.perf_counter(), time.time()
        turn = await self.bot.say(sender, text, trusted=trusted, shown=shown)
        milliseconds = 1000 * (time.perf_counter() - started)
        said = for_staff(shown or text, turn.items)
        thought = thoughts.of_last_turn(await self.turns(sender), store.current(), moment, milliseconds)
        return {"messages": said, "thought": thought}

    async def tracker(self, sender: str) -> DialogueStateTracker | None:
        """The whole conversation; None when there is none of this id."""
        return await self.bot.store.retrieve(sender)

    async def turns(self, sender: str) -> list[Observed]:
        """Every turn of a conversation; none when there is none of this id."""
        tracker = await self.tracker(sender)
        return observations(tracker, store.current().facts) if tracker else []

    async def facts(self, sender: str) -> list[dict[str, Any]]:
        """Every fact about a person, with what is known of it in this conversation."""
        tracker = await self.tracker(sender)
        knowledge = store.current()
        return [
            {
                "name": fact.id,
                "question": fact.vraag,
                "values": thoughts.choices(fact),
                "value": thoughts.worded_value(tracker.get_slot(fact.id) if tracker else None),
            }
            for fact in knowledge.facts.values()
        ]


def for_staff(said: str, items: list[Item]) -> list[Item]:
    """What was said in one turn, by both sides."""
    own: list[Item] = [{"role": "user", "text": said, "buttons": [], "data": None}] if said.strip() else []
    return own + [_linked(item) for item in items]


def _linked(item: Item) -> Item:
    """With the addresses of plans as staff may open them: theirs are kept apart from those of visitors."""
    data = item["data"] or {}
    links = [{**link, "href": _here(link["href"])} for link in data.get("links") or []]
    return {**item, "text": _here(item["text"]), "data": {**data, "links": links} if links else item["data"]}


def _here(text: str) -> str:
    return re.sub(rf"(?<![\w/]){HOME}/(?=[\w-])", f"{PLANS}/", text)
