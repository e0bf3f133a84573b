"""What a turn costs as work grows: later in a conversation, with more records, with more conversations kept."""

from __future__ import annotations

import asyncio
import random
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from rasa.core.channels.channel import UserMessage

from bot.bench import load
from bot.turns import Bot, Collector
from knowledge import store
from knowledge.content import Content

TURNS = (5, 50, 500)
RECORDS = (300, 3_000, 30_000)
CONVERSATIONS = (10, 10_000)
REPEATS = 5
SEED = 3
CYCLE = 8  # messages of a conversation of `load`
Clock = dict[str, list[float]]


def run(
    model: Path, content: Content, folder: Path, progress: Callable[[str], None], scale: float = 1.0
) -> dict[str, Any]:
    """Every curve. `scale` below 1 shrinks what is grown to; the smallest size stays."""
    folder.mkdir(parents=True, exist_ok=True)

    def sizes(wanted: Sequence[int]) -> list[int]:
        return [wanted[0], *(max(wanted[0] + 1, int(size * scale)) for size in wanted[1:])]

    return asyncio.run(_curves(model, content, folder, progress, sizes(TURNS), sizes(RECORDS), sizes(CONVERSATIONS)))


async def _curves(
    model: Path, content: Content, folder: Path, progress: Callable[[str], None],
    turns: Sequence[int], records: Sequence[int], conversations: Sequence[int],
) -> dict[str, Any]:  # fmt: skip
    bot = Bot.load(model, f"sqlite:///{folder}/turns.db")
    for _ in range(2):
        await cycle(bot, "warm")
    progress("beurten in een gesprek …")
    for size in turns:
        while await _said(bot, f"long-{size}") < size - CYCLE:
            await cycle(bot, f"long-{size}")
    found = {"turns": await in_turn({size: _at(bot, f"long-{size}", size == turns[0]) for size in turns})}
    progress("records in de kennisbank …")
    bases = {size: bigger(content, size, folder) for size in records}
    found["records"] = await in_turn({size: _with(bot, base, f"records-{size}") for size, base in bases.items()})
    progress("bewaarde gesprekken …")
    found["conversations"] = {}
    for size in conversations:
        other = Bot.load(model, f"sqlite:///{folder}/kept-{size}.db")
        await cycle(other, "pattern")
        copies(other, "pattern", size)
        await cycle(other, "warm")
        found["conversations"] |= await in_turn({size: _at(other, f"new-{size}", True)})
    return found


async def in_turn(works: dict[int, Callable[[int], Any]]) -> dict[str, Any]:
    """Do each work a few times, in turn; median and p95 in milliseconds of a message, and its computing."""
    clocks: dict[int, Clock] = {size: {"wall": [], "computing": []} for size in works}
    for number in range(REPEATS):
        for size, work in works.items():
            for wall, computing in await work(number):
                clocks[size]["wall"].append(wall)
                clocks[size]["computing"].append(computing)
    return {
        str(size): {
            "median_ms": statistics.median(clock["wall"]),
            "mean_computing_ms": statistics.mean(clock["computing"]),
            "messages": len(clock["wall"]),
        }
        for size, clock in clocks.items()
    }


async def cycle(bot: Bot, sender: str) -> list[tuple[float, float]]:
    """The same eight messages; milliseconds on the clock and of computing for each. Their embeddings are known after once."""
    times = []
    for message in load.conversation(random.Random(SEED), load.questions()):
        output = Collector()
        started, computed = time.perf_counter(), time.process_time()
        await bot.pass_on(UserMessage(message, output, sender), output.said)
        times.append((1000 * (time.perf_counter() - started), 1000 * (time.process_time() - computed)))
    return times


def _at(bot: Bot, sender: str, anew: bool) -> Callable[[int], Any]:
    return lambda number: cycle(bot, f"{sender}-{number}" if anew else sender)


def _with(bot: Bot, base: store.Knowledge, sender: str) -> Callable[[int], Any]:
    async def work(number: int) -> list[tuple[float, float]]:
        with store.using(base):
            return await cycle(bot, f"{sender}-{number}")

    return work


async def _said(bot: Bot, sender: str) -> int:
    event: Any = bot.store.SQLEvent
    with bot.store.engine.connect() as connection:
        mine = sa.and_(event.sender_id == sender, event.type_name == "user")
        return int(connection.execute(sa.select(sa.func.count()).where(mine)).scalar_one())


def bigger(content: Content, size: int, folder: Path) -> store.Knowledge:
    """A knowledge base with that many cards: ours, and copies of them under other names; built and read back."""
    cards = list(content.records["onderwerpen"].values())
    grown = {card.id: card for card in cards[:size]}
    for number in range(size - len(grown)):
        card = cards[number % len(cards)]
        name = f"{card.id}_kopie_{number}"
        grown[name] = card.copy(update={"id": name})
    records = {**content.records, "onderwerpen": {**{card.id: card for card in cards}, **grown}}
    url = f"sqlite:///{folder}/knowledge-{size}.db"
    store.build(Content(**{**vars(content), "records": records}), url)
    return store.read(url)


def copies(bot: Bot, sender: str, count: int) -> None:
    """Keep a conversation many times over, each under a name of its own."""
    event: Any = bot.store.SQLEvent
    table = event.__table__
    with bot.store.engine.begin() as connection:
        rows = (
            connection.execute(sa.select(table).where(table.c.sender_id == sender).order_by(table.c.id))
            .mappings()
            .all()
        )
        plain = [{key: value for key, value in row.items() if key != "id"} for row in rows]
        for first in range(0, count, 500):
            part = [
                {**row, "sender_id": f"kept-{number}"}
                for number in range(first, min(count, first + 500))
                for row in plain
            ]
            connection.execute(table.insert(), part)


def summary(found: dict[str, Any]) -> str:
    """The curves as lines."""
    return "\n".join(
        f"{what} {size}: mediaan {part['median_ms']:.0f} ms, rekentijd {part['mean_computing_ms']:.0f} ms"
        for what, curve in found.items()
        for size, part in curve.items()
    )
