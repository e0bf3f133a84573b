"""Puts the question sets of tests/questions to the real bot and reports what was right.

A question is right when one reply holds every decisive fact (`must`) and nothing that it may not (`must_not`).
"""

from __future__ import annotations

import asyncio
import json
import re
import statistics
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from bot.turns import Bot

QUESTIONS = Path("tests/questions")
ANSWER_SETS = ("flanders_care", "flanders_childcare", "vlor", "via6", "netherlands")
WORD = re.compile(r"\w+")


def read_set(name: str, folder: Path = QUESTIONS) -> list[dict[str, Any]]:
    """The items of one question set."""
    return read_file(folder / f"{name}.jsonl")


def read_file(path: Path) -> list[dict[str, Any]]:
    """The items of a JSON-lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def holds(item: Mapping[str, Any], reply: str) -> bool:
    """Whether a reply holds every decisive fact and nothing that it may not."""
    flags = re.IGNORECASE | re.DOTALL
    return all(re.search(pattern, reply, flags) for pattern in item["must"]) and not any(
        re.search(pattern, reply, flags) for pattern in item.get("must_not", [])
    )


async def ask(bot: Bot, message: str, sender: str) -> dict[str, Any]:
    """One message in a conversation of its own: reply text, its data and the seconds it took."""
    started = time.perf_counter()
    turn = await bot.say(sender, message)
    seconds = time.perf_counter() - started
    await bot.erase(sender)
    data = next((item["data"] for item in turn.items if item["data"]), {})
    return {"text": "\n".join(item["text"] for item in turn.items), "data": data, "seconds": seconds}


async def answers(bot: Bot, items: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Each item with its reply and whether that is right."""
    results = []
    for number, item in enumerate(items):
        reply = await ask(bot, item["message"], f"evaluate-{number}")
        results.append({**item, "reply": reply, "right": holds(item, reply["text"])})
    return results


async def intents(bot: Bot, items: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Each item with the intent and entities that were understood."""
    results = []
    for item in items:
        parsed = await bot.agent.parse_message(item["message"])
        results.append({**item, "parsed": parsed})
    return results


def share(results: Iterable[Mapping[str, Any]], key: str = "") -> dict[str, tuple[float, int]]:
    """The share that is right, per value of a key."""
    groups: dict[str, list[bool]] = defaultdict(list)
    for result in results:
        groups[str(result.get(key, ""))].append(bool(result["right"]))
    return {name: (sum(rights) / len(rights), len(rights)) for name, rights in sorted(groups.items())}


def words(results: Iterable[Mapping[str, Any]]) -> float:
    """The median number of words of the replies."""
    return statistics.median(len(WORD.findall(result["reply"]["text"])) for result in results)


def run(bot: Bot, names: Iterable[str] = ANSWER_SETS) -> dict[str, list[dict[str, Any]]]:
    """The results of every answer set."""
    return {name: asyncio.run(answers(bot, read_set(name))) for name in names}
