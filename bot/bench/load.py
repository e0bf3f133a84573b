"""Many people at once at a REST webhook: the same conversations for every system, bounded in number and time."""

from __future__ import annotations

import itertools
import json
import random
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from bot.train import ROOT

QUESTIONS = ROOT / "tests" / "questions"
QUESTION_SETS = ("flanders_care", "flanders_childcare", "netherlands")
TOPICS = ("cvo_zorgkundige_duur", "cvo_zorgkundige_inkorten", "zorgkundige_routes_vergelijken")
SECONDS = 120.0  # after which a round stops, whatever is left
_rounds = itertools.count(1)


@dataclass
class Round:
    """What a round measured: milliseconds of every message, seconds in all and of computing, and what went wrong."""

    milliseconds: list[float] = field(default_factory=list)
    seconds: float = 0.0
    computing: float = 0.0
    faults: list[str] = field(default_factory=list)


def crowd(people: int, person: Callable[[int], None], meanwhile: Callable[[], None] = lambda: None) -> None:
    """Run that many people (0, 1, …), each in a thread, and something beside them; returns when all are done."""
    threads = [threading.Thread(target=person, args=(number,)) for number in range(people)]
    for thread in threads:
        thread.start()
    meanwhile()
    for thread in threads:
        thread.join()


def questions(folder: Path = QUESTIONS) -> list[str]:
    """Unseen questions of the kind people type."""
    lines = [line for name in QUESTION_SETS for line in (folder / f"{name}.jsonl").read_text("utf-8").splitlines()]
    return [str(json.loads(line)["message"]) for line in lines]


def conversation(rng: random.Random, asked: Sequence[str]) -> list[str]:
    """Eight messages: half of them buttons, half typed; a question, a card, then the intake with a question in between."""
    return [
        "/groet",
        rng.choice(asked),
        f'/kies_onderwerp{{"topic": "{rng.choice(TOPICS)}"}}',
        rng.choice(asked),
        "/start_traject",
        f"ik ben {rng.randint(18, 60)} jaar en woon in {rng.choice(('Gent', 'Aalst', 'Brussel'))}",
        f'/geef_info{{"occupation": "{rng.choice(("zorgkundige", "verzorgende", "kinderbegeleider_baby"))}"}}',
        rng.choice(asked),
    ]


def messages_of(seed: int, person: int, asked: Sequence[str]) -> Iterator[tuple[int, str]]:
    """What one person says, conversation after conversation (number, message); the same for the same seed."""
    rng = random.Random(seed * 1000 + person)
    for number in itertools.count():
        for message in conversation(rng, asked):
            yield number, message


def play(urls: Sequence[str], people: int, messages: int, seed: int, seconds: float = SECONDS) -> Round:
    """So many people, each saying so many messages as fast as the answers come. A conversation stays with one address."""
    asked, outcome, until = questions(), Round(), time.monotonic() + seconds
    mark = next(_rounds)

    def person(number: int) -> None:
        url = urls[number % len(urls)]
        with httpx.Client(base_url=url, timeout=60) as client:
            said = itertools.islice(messages_of(seed, number, asked), messages)
            for talk, message in said:
                if time.monotonic() > until:
                    return
                started = time.perf_counter()
                fault = _say(client, f"bench-{mark}-{seed}-{number}-{talk}", message)
                outcome.milliseconds.append(1000 * (time.perf_counter() - started))
                if fault:
                    outcome.faults.append(fault)

    started = time.perf_counter()
    crowd(people, person)
    outcome.seconds = time.perf_counter() - started
    return outcome


def _say(client: httpx.Client, sender: str, message: str) -> str:
    """Put one message; what was wrong with the reply, or nothing."""
    try:
        reply = client.post("/webhooks/rest/webhook", json={"sender": sender, "message": message})
        if reply.status_code != 200 or not isinstance(reply.json(), list):
            return f"{reply.status_code} for {message[:40]}"
        return "" if reply.json() else f"no answer to {message[:40]}"
    except httpx.HTTPError as error:
        return repr(error)
