"""Puts the question sets of tests/questions to the real bot and keeps what it understood and said.

A question is right when one reply holds every decisive fact (`must`) and nothing that it may not (`must_not`).
Every set has two halves: the development half (0), from which thresholds were set, and the held-out half (1).
A message that is also an example of the training data is left out: only unseen ones count.
What is computed from this: bot/measures.py. How it is shown: bot/report.py, report_text.py, report_page.py.
"""

from __future__ import annotations

import gc
import hashlib
import json
import re
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from bot import embedding
from bot.flows import examples
from bot.text import normalise
from bot.topic_classifier import TopicClassifier
from bot.topic_model import OUT_OF_SCOPE
from bot.turns import Bot

QUESTIONS = Path("tests/questions")
SAMPLE = Path("../shared/questions-sample.jsonl")  # read when it is there
ANSWER_SETS = ("flanders_care", "flanders_childcare", "vlor", "via6", "netherlands")
SAID_SETS = (*ANSWER_SETS, "unknown", "out_of_scope", "languages")  # what is put to the whole bot
HEARD_SETS = ("acts", "entities")  # what is only understood
QUESTION_FAMILY = "vraag_"
DEVELOPMENT, HELD_OUT = 0, 1
WARM_UP = ("hallo", "hoelang duurt de opleiding zorgkundige?")  # the first messages also read the model from disk
Item = dict[str, Any]


@dataclass
class Outcome:
    """What the bot made of every item, by set; each item has `half`, `heard` and, when it was answered, `reply`."""

    sets: dict[str, list[Item]] = field(default_factory=dict)
    sample: list[Item] = field(default_factory=list)
    left_out: dict[str, int] = field(default_factory=dict)  # by set, how many messages were examples too

    def items(self, names: Iterable[str], half: int | None = None) -> list[Item]:
        """The items of some sets, of one half or of both."""
        return [item for name in names for item in self.sets[name] if half in (None, item["half"])]


def half_of(message: str) -> int:
    """0 for the development half, 1 for the held-out half; fixed by the message itself."""
    return int(hashlib.md5(message.encode()).hexdigest(), 16) % 2


def read_file(path: Path) -> list[Item]:
    """The items of a JSON-lines file, each with the set it is from and its half."""
    items = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [{**item, "set": path.stem, "half": half_of(item["message"])} for item in items]


def read_set(name: str, folder: Path = QUESTIONS) -> list[Item]:
    """The items of one question set."""
    return read_file(folder / f"{name}.jsonl")


def plain(text: str) -> str:
    """A message without what makes no difference to a reader: case, punctuation, spoken forms."""
    return " ".join(re.findall(r"\w+", normalise(text))) or text.strip()


def training_texts() -> frozenset[str]:
    """Every example of the training data, plain."""
    return frozenset(plain(line.removeprefix("-")) for line in examples.every_line())


def holds(item: Mapping[str, Any], reply: str) -> bool:
    """Whether a reply holds every decisive fact and nothing that it may not."""
    flags = re.IGNORECASE | re.DOTALL
    return all(re.search(pattern, reply, flags) for pattern in item["must"]) and not any(
        re.search(pattern, reply, flags) for pattern in item.get("must_not", [])
    )


async def hear(bot: Bot, message: str) -> Item:
    """What is understood of one message: intent, entities, the margin over "out of scope" and the seconds it took."""
    embedding._one.cache_clear()
    started, computed = time.perf_counter(), time.process_time()
    parsed = await bot.agent.parse_message(message)
    seconds, computing = time.perf_counter() - started, time.process_time() - computed
    return {
        "intent": parsed["intent"]["name"] or "",
        "confidence": float(parsed["intent"].get("confidence") or 0.0),
        "entities": parsed.get("entities", []),
        "margin": scope_margin(bot, message),
        "seconds": seconds,
        "computing": computing,  # what it takes when nothing else runs on the machine
    }


async def ask(bot: Bot, message: str, sender: str = "evaluate") -> Item:
    """One message in a conversation of its own: reply text, its type of data and the seconds it took."""
    embedding._one.cache_clear()
    started = time.perf_counter()
    turn = await bot.say(sender, message)
    seconds = time.perf_counter() - started
    await bot.erase(sender)
    data: Item = next((item["data"] for item in reversed(turn.items) if item["data"]), {})
    return {
        "text": "\n".join(item["text"] for item in turn.items),
        "type": data.get("type", ""),
        "records": data.get("records", []),
        "seconds": seconds,
    }


async def answer(bot: Bot, item: Item) -> Item:
    """The item with the reply to it and, when it says what must be in it, whether that is right."""
    reply = await ask(bot, item["message"])
    return {**item, "reply": reply, **({"right": holds(item, reply["text"])} if "must" in item else {})}


async def run(
    bot: Bot,
    half: int | None = None,
    folder: Path = QUESTIONS,
    sample: Path = SAMPLE,
    progress: Callable[[str], None] = lambda _: None,
) -> Outcome:
    """Put every set to the bot, one half or both. Some 100 ms per message; a message is never embedded beforehand."""
    outcome = Outcome()
    for message in WARM_UP:
        await ask(bot, message)
    gc.collect()
    seen = training_texts()
    for name in (*SAID_SETS, *HEARD_SETS):
        everything = [item for item in read_set(name, folder) if half in (None, item["half"])]
        items = [item for item in everything if plain(item["message"]) not in seen]
        outcome.left_out[name] = len(everything) - len(items)
        progress(f"{name}: {len(items)} berichten …")
        heard = [{**item, "heard": await hear(bot, item["message"])} for item in items]
        outcome.sets[name] = [await answer(bot, item) for item in heard] if name in SAID_SETS else heard
    if sample.exists():
        outcome.sample = [await answer(bot, item) for item in read_file(sample)]
    return outcome


def topic_classifier(bot: Bot) -> TopicClassifier:
    """The classifier inside the loaded model. Raises LookupError when the pipeline has none."""
    for node in bot.agent.processor.graph_runner._instantiated_nodes.values():  # type: ignore[union-attr]
        if isinstance(node._component, TopicClassifier):
            return node._component
    raise LookupError("the model has no TopicClassifier")


def scope_margin(bot: Bot, message: str) -> float:
    """How far the best meaning inside the field leads "out of scope"; negative when that leads."""
    model = topic_classifier(bot)._model
    scores = model.scores(message)  # type: ignore[union-attr]
    outside = model.labels.index(OUT_OF_SCOPE)  # type: ignore[union-attr]
    return float(np.delete(scores, outside).max() - scores[outside])
