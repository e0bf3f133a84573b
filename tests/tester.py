"""Drives the real bot in-process, in words that read like a conversation: user, press, bot_says, slots."""

from __future__ import annotations

import asyncio
import itertools
from typing import Any

from bot.turns import Bot

_numbers = itertools.count()


class Conversation:
    """One conversation with the real model and the real actions."""

    def __init__(self, bot: Bot, loop: asyncio.AbstractEventLoop) -> None:
        self.bot = bot
        self.loop = loop
        self.sender = f"tester-{next(_numbers)}-{id(self)}"
        self.items: list[dict[str, Any]] = []

    def user(self, text: str) -> Conversation:
        """The person types."""
        self.items = self.loop.run_until_complete(self.bot.say(self.sender, text)).items
        return self

    def press(self, title: str) -> Conversation:
        """The person presses the button with this title, wherever it stands in the conversation."""
        for item in reversed(self.loop.run_until_complete(self.bot.history(self.sender))):
            for button in item["buttons"]:
                if title.lower() in button["title"].lower():
                    found = self.loop.run_until_complete(self.bot.payload_of(self.sender, button["id"]))
                    assert found is not None
                    turn = self.bot.say(self.sender, found[0], trusted=True, shown=found[1])
                    self.items = self.loop.run_until_complete(turn).items
                    return self
        raise AssertionError(f"no button '{title}'")

    @property
    def text(self) -> str:
        return "\n".join(item["text"] for item in self.items)

    @property
    def data(self) -> dict[str, Any]:
        """The data of the last item that has any."""
        return next((item["data"] for item in reversed(self.items) if item["data"]), {})

    @property
    def asked(self) -> str | None:
        """The fact that is asked now."""
        return self.data.get("fact") if self.data.get("type") == "question" else None

    def bot_says(self, *parts: str) -> Conversation:
        for part in parts:
            assert part.lower() in self.text.lower(), f"'{part}' is not in: {self.text}"
        return self

    def bot_does_not_say(self, *parts: str) -> Conversation:
        for part in parts:
            assert part.lower() not in self.text.lower(), f"'{part}' is in: {self.text}"
        return self

    def bot_asks(self, fact: str) -> Conversation:
        assert self.asked == fact, f"asks {self.asked}, not {fact}: {self.text}"
        return self

    def kind(self, kind: str) -> Conversation:
        kinds = [item["data"]["type"] for item in self.items if item["data"]]
        assert kind in kinds, f"{kinds}: {self.text}"
        return self

    def slots(self, **wanted: Any) -> Conversation:
        tracker = self.loop.run_until_complete(self.bot.store.retrieve(self.sender))
        known = {name: tracker.get_slot(name) if tracker else None for name in wanted}
        assert known == wanted, {name: (known[name], value) for name, value in wanted.items() if known[name] != value}
        return self

    def answer_all(self, **answers: Any) -> Conversation:
        """Answer each question of the intake by its label or text; "weet ik niet" where none is given."""
        for _ in range(15):
            fact = self.asked
            if fact is None:
                return self
            self.user(str(answers.get(fact, "weet ik niet")))
        raise AssertionError("the intake does not end")

    def verdicts(self) -> dict[str, str]:
        """Route id → verdict of the advice."""
        routes = next(item["data"]["routes"] for item in self.items if (item["data"] or {}).get("type") == "trajectory")
        return {route["id"]: route["verdict"] for route in routes}
