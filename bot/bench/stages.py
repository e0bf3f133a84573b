"""Where the time of a turn goes: processor time per stage, for typed messages and for buttons."""

from __future__ import annotations

import functools
import inspect
import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor

from bot import turns
from bot.act_rules import ActRules
from bot.action_runner import InProcessActions
from bot.bench import load
from bot.entity_extractor import WordListExtractor
from bot.recent import RecentConversations
from bot.spacy_nl import DutchTokenizer
from bot.topic_classifier import TopicClassifier
from bot.turns import Bot, Collector

REST = "de rest van Rasa"
STAGES: tuple[tuple[str, Any, str], ...] = (
    ("zin omzetten", turns, "embed_beforehand"),
    ("kaart of bedoeling", TopicClassifier, "process"),
    ("woorden en lemma's", DutchTokenizer, "process"),
    ("entiteiten", WordListExtractor, "process"),
    ("vorm van het bericht", ActRules, "process"),
    ("gesprek lezen", RecentConversations, "retrieve"),
    ("gesprek bewaren", RecentConversations, "save"),
    ("volgende stap kiezen", MessageProcessor, "predict_next_with_tracker_if_should"),
    ("eigen actie", InProcessActions, "_in_thread"),
)
WARM_UP, CONVERSATIONS = 3, 12


class Clock:
    """Processor time per stage, each without the stages inside it. For one turn at a time."""

    def __init__(self) -> None:
        self.kind = ""  # of the message in hand
        self.milliseconds: dict[tuple[str, str], float] = defaultdict(float)
        self._open: list[str] = []
        self._since = time.process_time()

    def _count(self) -> None:
        now = time.process_time()
        if self._open:
            self.milliseconds[self.kind, self._open[-1]] += 1000 * (now - self._since)
        self._since = now

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """What is computed inside counts for this stage."""
        self._count()
        self._open.append(name)
        try:
            yield
        finally:
            self._count()
            self._open.pop()

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Time every stage meanwhile. Around the loading of the bot too: Rasa then takes hold of the components' methods."""
        kept = [(owner, name, getattr(owner, name)) for _, owner, name in STAGES]
        for (stage, owner, name), (_, _, function) in zip(STAGES, kept):
            setattr(owner, name, self._timed(stage, function))
        try:
            yield
        finally:
            for owner, name, function in kept:
                setattr(owner, name, function)

    def _timed(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        if inspect.iscoroutinefunction(function):

            @functools.wraps(function)
            async def waiting(*args: Any, **kwargs: Any) -> Any:
                with self.stage(stage):
                    return await function(*args, **kwargs)

            return waiting

        @functools.wraps(function)
        def calling(*args: Any, **kwargs: Any) -> Any:
            with self.stage(stage):
                return function(*args, **kwargs)

        return calling


async def run(model: Path, folder: Path) -> dict[str, dict[str, float]]:
    """Milliseconds of processor time per message and stage, for "typed" and "button"."""
    folder.mkdir(parents=True, exist_ok=True)
    clock, counts, asked, rng = Clock(), Counter[str](), load.questions(), random.Random(11)
    with clock.watching():
        bot = Bot.load(model, f"sqlite:///{folder}/stages.db")
        for number in range(WARM_UP + CONVERSATIONS):
            for message in load.conversation(rng, asked):
                kind = "button" if message.startswith("/") else "typed"
                clock.kind = kind if number >= WARM_UP else "warm-up"
                counts[clock.kind] += 1
                output = Collector()
                with clock.stage(REST):
                    await bot.pass_on(UserMessage(message, output, f"stages-{number}"), output.said)
    names = (*(name for name, *_ in STAGES), REST)
    return {
        kind: {stage: clock.milliseconds.get((kind, stage), 0.0) / counts[kind] for stage in names}
        for kind in ("typed", "button")
    }
