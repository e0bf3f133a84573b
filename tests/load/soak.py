"""Many people at once with random conversations: everyone gets their own answers, nothing fails, memory stays level."""

from __future__ import annotations

import random
import re
import time
from dataclasses import dataclass, field
from pathlib import Path

from bot.bench.load import crowd
from tests.conftest import Server
from tests.visitor import Visitor

QUESTIONS = (
    "hoelang duurt zorgkundige in het cvo?", "wat is evc?", "hoeveel stage is dat?", "wat is een leervergoeding bij ODOS?",
    "wat is het weer morgen?", "asdf qwer", "wie kan ik bellen?", "en in Nederland?", "krijgt mijn baas een premie?",
    "ik wil met een mens spreken", "wat kun je allemaal?", "hallo", "dank je", "/restart", "🤷", "hoe word ik kinderbegeleider?",
)  # fmt: skip
ANSWERS = ("ja", "nee", "weet ik niet", "waarom vraag je dat?", "vorige vraag")


@dataclass
class Outcome:
    """What happened: turns, faults, answers to the wrong person, and memory in kB after warming up and at the end."""

    turns: int = 0
    faults: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    memory: tuple[int, int] = (0, 0)

    @property
    def growth(self) -> float:
        return self.memory[1] / self.memory[0] - 1


def memory(server: Server) -> int:
    """Resident memory of the server, kB."""
    assert server.process is not None
    status = Path(f"/proc/{server.process.pid}/status").read_text()
    return int(re.findall(r"VmRSS:\s+(\d+)", status)[0])


def soak(server: Server, users: int, seconds: float, seed: int = 1) -> Outcome:
    """So many users for so long. Everyone has an age of their own; it is asked back at the end of each conversation."""
    outcome = Outcome()
    until = time.monotonic() + seconds
    warm = 0

    def meanwhile() -> None:
        nonlocal warm
        time.sleep(seconds / 4)
        warm = memory(server)

    crowd(
        users, lambda number: _person(server, 18 + number, random.Random(seed * 1000 + number), until, outcome), meanwhile
    )
    outcome.memory = (warm, memory(server))
    return outcome


def _person(server: Server, age: int, rng: random.Random, until: float, outcome: Outcome) -> None:
    while time.monotonic() < until:
        with Visitor(server.url) as visitor:
            try:
                _conversation(visitor, age, rng, outcome)
            except Exception as error:  # the thread must tell, not die
                outcome.faults.append(repr(error))


def _conversation(visitor: Visitor, age: int, rng: random.Random, outcome: Outcome) -> None:
    _say(visitor, f"ik ben {age} jaar en wil {rng.choice(('zorgkundige', 'kinderbegeleider'))} worden in Gent", outcome)
    turns = rng.randint(1, 8)
    for _ in range(turns):
        _say(visitor, rng.choice(ANSWERS if visitor.asked and rng.random() < 0.6 else QUESTIONS), outcome)
    _say(visitor, "wat weet je nu van mij?", outcome)
    if re.findall(r"(\d+) jaar", visitor.text)[:1] != [str(age)]:
        outcome.wrong.append(f"{age}: {visitor.text[:200]}")
    said = [item["text"] for item in visitor.history() if item["role"] == "user"]
    if not said[0].startswith(f"ik ben {age} jaar") or len(said) != turns + 2:
        outcome.wrong.append(f"{age}: said {turns + 2} messages, kept are {said}")
    if rng.random() < 0.3:
        visitor.http.post("/chat/erase")


def _say(visitor: Visitor, text: str, outcome: Outcome) -> None:
    visitor.post(text=text)
    outcome.turns += 1
    if visitor.reply is None or visitor.reply.status_code != 200:
        outcome.faults.append(f"{visitor.reply and visitor.reply.status_code}: {visitor.text}")
