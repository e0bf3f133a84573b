"""A against B: two models or two knowledge bases on the same conversations and questions, and what changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from bot import evaluate
from bot.flows.ahead import differences
from bot.flows.conversation import Flow
from bot.flows.html_report import page, table
from bot.flows.judging import Judge
from bot.flows.observation import Observed
from bot.flows.runner import run_flows, take
from bot.turns import Bot
from knowledge import store
from knowledge.store import Knowledge

BETTER, WORSE, OTHER = "beter", "slechter", "anders"
ORDER = (WORSE, BETTER, OTHER)


@dataclass(frozen=True)
class Side:
    """One of the two: its name, how to load its model, and its knowledge."""

    name: str
    load: Callable[[], Bot]
    knowledge: Knowledge


@dataclass(frozen=True)
class Difference:
    """One turn or question that came out otherwise: which, beter/slechter/anders, what, and both."""

    name: str
    effect: str
    what: str
    a: str
    b: str


@dataclass(frozen=True)
class Seen:
    """What one side made of a turn or question; `right` is None where nothing says what is right."""

    name: str
    observed: Observed
    right: bool | None


@dataclass(frozen=True)
class Comparison:
    """Both names, how many turns and questions were put, and what differed: what became worse first."""

    a: str
    b: str
    count: int
    differences: tuple[Difference, ...]

    def counts(self) -> dict[str, int]:
        """How many turns and questions came out better, worse or otherwise."""
        names = {effect: {item.name for item in self.differences if item.effect == effect} for effect in ORDER}
        return {effect: len(found) for effect, found in names.items()}


def question_sets(names: Sequence[str] = evaluate.SAID_SETS) -> list[dict[str, Any]]:
    """The questions of tests/questions, each with what a right answer holds."""
    return [item for name in names for item in evaluate.read_set(name)]


async def compare(
    a: Side,
    b: Side,
    flows: Sequence[Flow],
    questions: Sequence[dict[str, Any]] = (),
    progress: Callable[[str], None] = lambda _: None,
) -> Comparison:
    """Play everything on A, then on B. A model that both sides share is loaded once."""
    bot = a.load()
    before = await _side(a, bot, flows, questions, progress)
    if b.load is not a.load:
        bot = b.load()
    after = await _side(b, bot, flows, questions, progress)
    found = [item for first, second in zip(before, after) for item in _differences(first, second)]
    found.sort(key=lambda item: ORDER.index(item.effect))
    return Comparison(a.name, b.name, len(before), tuple(found))


async def _side(
    side: Side, bot: Bot, flows: Sequence[Flow], questions: Sequence[dict[str, Any]], progress: Callable[[str], None]
) -> list[Seen]:
    progress(f"{side.name}: {len(flows)} gesprekken en {len(questions)} vragen …")
    with store.using(side.knowledge):
        run = await run_flows(bot, flows, Judge(knowledge=side.knowledge))
        seen = []
        for result in run.results:
            played = {number: turn for number, turn in enumerate(result.turns)}
            for number, turn in enumerate(result.flow.turns):  # those after a button that is gone were not played
                name = f"{result.flow.title}, beurt {number + 1}: {turn.said}"
                done = played.get(number)
                seen.append(Seen(name, done.observed if done else Observed(), bool(done and not done.failures)))
        for item in questions:
            observed = await _ask(bot, item["message"])
            right = evaluate.holds(item, observed.text) if "must" in item else None
            seen.append(Seen(f"Vraag ({item['set']}): {item['message']}", observed, right))
    return seen


async def _ask(bot: Bot, message: str) -> Observed:
    sender = "vergelijken"
    try:
        return await take(bot, sender, message)
    finally:
        await bot.erase(sender)


def _differences(first: Seen, second: Seen) -> list[Difference]:
    effect = OTHER
    if first.right is not None and first.right != second.right:
        effect = BETTER if second.right else WORSE
    found = [
        Difference(first.name, effect, what, was, becomes)
        for what, was, becomes in differences(first.observed, second.observed)
    ]
    if not found and effect != OTHER:
        found = [Difference(first.name, effect, "juist", _right(first), _right(second))]
    return found


def _right(seen: Seen) -> str:
    return "zoals verwacht" if seen.right else "anders dan verwacht"


def table_text(comparison: Comparison) -> str:
    """The comparison for a terminal."""
    lines = []
    for item in comparison.differences:
        lines += [
            f"{item.effect}: {item.name}",
            f"  {item.what}",
            f"    {comparison.a}: {item.a}",
            f"    {comparison.b}: {item.b}",
        ]
    return "\n".join([*lines, summary(comparison)])


def summary(comparison: Comparison) -> str:
    """The outcome in one sentence."""
    counts = comparison.counts()
    told = ", ".join(f"{counts[effect]} {effect}" for effect in (BETTER, WORSE, OTHER))
    return f"{comparison.b} tegenover {comparison.a}, op {comparison.count} beurten en vragen: {told}."


def html(comparison: Comparison) -> str:
    """The comparison as one page."""
    head = ("effect", "waar", "wat", comparison.a, comparison.b)
    rows = [(item.effect, item.name, item.what, item.a, item.b) for item in comparison.differences]
    body = table("Wat anders is", head, rows) if rows else "<p>Er is geen verschil.</p>"
    return page("A tegenover B", f"<p>{summary(comparison)}</p>{body}")
