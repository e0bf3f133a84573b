"""Plays conversations with the real model and the real actions, and says what came out otherwise than expected."""

from __future__ import annotations

import datetime as dt
import secrets
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rasa.shared.core.events import SlotSet

from bot.flows.conversation_file import Flow, Turn
from bot.flows.judging import Failure, Judge
from bot.flows.observation import Observed, observations
from bot.text import clean
from bot.turns import Bot
from bot.turns import Turn as Reply
from knowledge import content
from knowledge.today import today


class NoSuchButton(LookupError):
    """The person presses a button that the conversation doesn't have; the text names those it has."""


@dataclass(frozen=True)
class TurnResult:
    """What was expected, what happened, and the differences."""

    turn: Turn
    observed: Observed
    failures: tuple[Failure, ...] = ()


@dataclass(frozen=True)
class FlowResult:
    """One conversation played."""

    flow: Flow
    turns: tuple[TurnResult, ...]

    @property
    def failures(self) -> list[Failure]:
        return [failure for turn in self.turns for failure in turn.failures]

    @property
    def passed(self) -> bool:
        return not self.failures


@dataclass(frozen=True)
class Run:
    """All conversations played, as of a day; `seconds` is how long it took."""

    results: tuple[FlowResult, ...]
    day: dt.date
    seconds: float

    @property
    def failed(self) -> list[FlowResult]:
        return [result for result in self.results if not result.passed]

    @property
    def passed(self) -> bool:
        return not self.failed


def select(flows: Iterable[Flow], topic: str | None) -> list[Flow]:
    """The conversations that touch a topic, card, route, fact, intent or action; all of them without one."""
    return [flow for flow in flows if topic is None or topic in flow.names()]


async def run_flows(
    bot: Bot, flows: Sequence[Flow], judge: Judge | None = None, progress: Callable[[str], None] = lambda _: None
) -> Run:
    """Play every conversation, each apart."""
    started = time.perf_counter()
    judge = judge or Judge()
    results = []
    for flow in flows:
        result = await run_flow(bot, flow, judge)
        progress(f"{'✓' if result.passed else '✗'} {flow.title}")
        results.append(result)
    return Run(tuple(results), today(), time.perf_counter() - started)


async def run_flow(bot: Bot, flow: Flow, judge: Judge | None = None) -> FlowResult:
    """Play one conversation to its end, or to a button that isn't there; it is forgotten afterwards."""
    judge = judge or Judge()
    sender = f"gesprek-{secrets.token_hex(8)}"
    turns: list[TurnResult] = []
    try:
        if flow.known:
            await know(bot, sender, flow.known)
        for number, turn in enumerate(flow.turns, 1):
            try:
                seen = await take(bot, sender, turn.said, turn.pressed)
            except NoSuchButton as error:
                absent = Failure(flow.file, turn.line, number, turn.said, "knop", f"de knop “{turn.said}”", str(error))
                turns.append(TurnResult(turn, Observed(turn.said, True), (absent,)))
                break
            turns.append(TurnResult(turn, seen, tuple(judge.failures(flow, number, turn, seen))))
    finally:
        await bot.erase(sender)
    return FlowResult(flow, tuple(turns))


async def take(bot: Bot, sender: str, said: str, pressed: bool = False) -> Observed:
    """One turn: type, or press the newest button with this title (or send this /command). Raises NoSuchButton."""
    if pressed:
        payload, shown = await _button(bot, sender, said)
        reply = await bot.say(sender, payload, trusted=True, shown=shown)
    else:
        reply = await bot.say(sender, said)
    return await newest(bot, sender, said, reply)


async def newest(bot: Bot, sender: str, said: str, reply: Reply) -> Observed:
    """The turn that just ended. Of a conversation that asked to be forgotten only the reply remains."""
    tracker = await bot.store.retrieve(sender)
    turns = observations(tracker, content.fact_ids()) if tracker else []
    return turns[-1] if turns else Observed(said=clean(said), items=tuple(reply.items))


async def _button(bot: Bot, sender: str, title: str) -> tuple[str, str]:
    if title.startswith("/"):
        return title, title
    wanted = title.strip().lower()
    buttons = [button for item in reversed(await bot.history(sender)) for button in item["buttons"]]
    exact = [button for button in buttons if button["title"].lower() == wanted]
    partly = [button for button in buttons if wanted in button["title"].lower()]
    for button in (*exact, *partly):
        found = await bot.payload_of(sender, button["id"])
        if found:
            return found
    titles = ", ".join(dict.fromkeys(button["title"] for button in buttons))
    raise NoSuchButton(f"die knop is er niet; wel: {titles}" if titles else "er zijn geen knoppen in dit gesprek")


async def know(bot: Bot, sender: str, facts: Mapping[str, Any]) -> None:
    """Set facts by hand in a conversation, which begins with this when it is new; None forgets a fact."""
    processor = bot.agent.processor
    async with bot.agent.lock_store.lock(sender):
        tracker = await processor.fetch_tracker_and_update_session(sender)  # type: ignore[union-attr]
        tracker.update_with_events([SlotSet(name, value) for name, value in facts.items()], bot.agent.domain)
        await bot.store.save(tracker)
