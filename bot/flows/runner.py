"""Plays conversations with the real model and the real actions, and says what came out otherwise than expected."""

from __future__ import annotations

import datetime as dt
import secrets
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rasa.shared.core.events import SlotSet

from bot.flows.conversation import Flow, Turn
from bot.flows.judging import Failure, Judge
from bot.flows.observation import Action, Observed, observations
from bot.turns import Bot
from knowledge import store
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

    def verdict(self) -> str:
        """The outcome in one sentence."""
        wrong = len(self.failed)
        goes = "loopt" if wrong == 1 else "lopen"
        return (
            f"{wrong} van de {len(self.results)} gesprekken {goes} anders dan verwacht."
            if wrong
            else "Alles is zoals verwacht."
        )


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
                loop = turns[-1].observed.left_in if turns else ""
                seen = await take(bot, sender, turn.said, turn.pressed, loop)
            except NoSuchButton as error:
                absent = Failure(flow.file, turn.line, number, turn.said, "knop", f"de knop “{turn.said}”", str(error))
                turns.append(TurnResult(turn, Observed(turn.said, True), (absent,)))
                break
            turns.append(TurnResult(turn, seen, tuple(judge.failures(flow, number, turn, seen))))
    finally:
        await bot.erase(sender)
    return FlowResult(flow, tuple(turns))


async def take(bot: Bot, sender: str, said: str, pressed: bool = False, loop: str = "") -> Observed:
    """One turn: type, or press the newest button with this title (or send this /command). Raises NoSuchButton.

    `loop` is the form that was active before, for the turn after which a conversation is forgotten.
    """
    payload, shown = await _button(bot, sender, said) if pressed else ("", "")
    reply = await bot.say(sender, payload or said, trusted=pressed, shown=shown)
    tracker = await bot.store.retrieve(sender)
    turns = observations(tracker, store.current().facts) if tracker else []
    if turns:
        return turns[-1]
    # Forgotten, at its own request: what was understood is asked again, the rest stands in the reply.
    parsed = await bot.agent.parse_message(payload or said)
    asked = any(data.get("forget") for item in reply.items if (data := item["data"]))
    actions = (Action("action_forget", "RulePolicy", 1.0),) if asked else ()
    intent = parsed["intent"]["name"] or ""
    return Observed(shown or said, pressed, payload, intent, loop=loop, actions=actions, items=tuple(reply.items))


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
