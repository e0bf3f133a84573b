"""Many people in conversation at once through nginx, who send again what got no answer, as the page does."""

from __future__ import annotations

import itertools
import random
import threading
import time
import uuid
from dataclasses import dataclass, field
from typing import Any

import httpx

REGIONS = {"Gent": "Vlaanderen", "Utrecht": "Nederland"}
JOBS = {"zorgkundige": "je wilt zorgkundige worden", "kinderbegeleider": "je werkt het liefst met kinderen"}  # as it is told back
# Everyone is someone else: 50 ages, two regions, two jobs.
EVERYONE = list(itertools.product(range(18, 68), REGIONS, JOBS))
BETWEEN = ("wat is evc?", "ja", "weet ik niet", "hoelang duurt zorgkundige in het cvo?", "nee", "wat kun je allemaal?", "dank je")
RECALL = "wat weet je nu van mij?"
ATTEMPT = 20.0  # seconds, as the page's
PAUSE = 1.0
PATIENCE = 240.0  # seconds for one message, however often it is sent


@dataclass
class Said:
    """One message and what came back: the texts of the bot, and after how many attempts."""

    text: str
    replies: list[str]
    attempts: int
    seconds: float


@dataclass
class Person:
    """Someone with an age, a place and a wish that nobody else has."""

    age: int
    place: str
    job: str
    url: str
    said: list[Said] = field(default_factory=list)
    trouble: list[str] = field(default_factory=list)  # what each failed attempt met

    def __post_init__(self) -> None:
        self.http = httpx.Client(base_url=self.url, timeout=ATTEMPT)

    def say(self, text: str) -> Said:
        """Send a message until there is an answer. Raises AssertionError for a refusal and when it takes too long."""
        began = time.monotonic()
        body = {"id": uuid.uuid4().hex, "text": text}
        for attempt in itertools.count(1):
            wait = PAUSE
            try:
                reply = self.http.post("/chat", json=body)
            except httpx.HTTPError as error:
                self.trouble.append(type(error).__name__)
            else:
                if reply.status_code == 200:
                    found = texts(reply.json()["messages"])
                    self.said.append(Said(text, found, attempt, time.monotonic() - began))
                    return self.said[-1]
                self.trouble.append(f"{reply.status_code} {reply.text[:120]}")
                assert reply.status_code in (429, 502, 503), reply.text
                wait = float(reply.headers.get("Retry-After", PAUSE))
            assert time.monotonic() - began < PATIENCE, f"no answer to {text!r}: {self.trouble[-5:]}"
            time.sleep(wait)
        raise AssertionError

    def talk(self, turns: int, rng: random.Random) -> None:
        """Introduce oneself, say so many things, and ask what the bot knows."""
        self.say(f"ik ben {self.age} jaar en wil {self.job} worden in {self.place}")
        for _ in range(turns):
            self.say(rng.choice(BETWEEN))
        self.say(RECALL)

    def history(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.http.get("/chat/history").json()["messages"]
        return found

    def faults(self) -> list[str]:
        """What was lost, doubled, or said to somebody else; empty when all is well."""
        kept: list[tuple[str, list[str]]] = []
        for item in self.history():
            if item["role"] == "user":
                kept.append((item["text"], []))
            elif kept:
                kept[-1][1].append(item["text"])
        found = []
        if [text for text, _ in kept] != [said.text for said in self.said]:
            found.append(f"said {[said.text for said in self.said]}, kept {[text for text, _ in kept]}")
        for said, (_, replies) in zip(self.said, kept):
            if said.replies != replies or not replies:
                found.append(f"to {said.text!r} came {said.replies}, kept is {replies}")
        told = "\n".join(self.said[-1].replies)
        if not all(word in told for word in (f"{self.age} jaar", REGIONS[self.place], JOBS[self.job])):
            found.append(f"{self.age}, {self.place}, {self.job} was told: {told}")
        return found


def texts(items: list[dict[str, Any]]) -> list[str]:
    return [item["text"] for item in items if item["role"] == "bot"]


class Crowd:
    """All of them at once, each in a thread; `done` counts the turns."""

    def __init__(self, url: str, turns: int, seed: int = 1, people: int = len(EVERYONE)) -> None:
        self.people = [Person(*who, url) for who in EVERYONE[:people]]
        self.turns = turns + 2
        self.broken: list[str] = []
        self._seed = seed
        self._threads = [
            threading.Thread(target=self._one, args=(number, person, turns)) for number, person in enumerate(self.people)
        ]

    def _one(self, number: int, person: Person, turns: int) -> None:
        try:
            person.talk(turns, random.Random(self._seed * 1000 + number))
        except Exception as error:  # the thread must tell, not die
            self.broken.append(f"{person.age}, {person.place}, {person.job}: {error!r}")

    @property
    def done(self) -> int:
        return sum(len(person.said) for person in self.people)

    @property
    def all(self) -> int:
        return len(self.people) * self.turns

    @property
    def again(self) -> int:
        """How many attempts had no answer."""
        return sum(len(person.trouble) for person in self.people)

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def wait_for(self, share: float) -> None:
        """Until so much of all turns is done (0 to 1). Raises AssertionError when the crowd stands still."""
        last, since = self.done, time.monotonic()
        while self.done < share * self.all and any(thread.is_alive() for thread in self._threads):
            if self.done != last:
                last, since = self.done, time.monotonic()
            assert time.monotonic() - since < PATIENCE, f"nothing moves after {last} turns: {self.broken[:3]}"
            time.sleep(0.1)

    def end(self) -> None:
        """Wait for everyone, and close their connections afterwards with `close`."""
        for thread in self._threads:
            thread.join()

    def faults(self) -> list[str]:
        found = list(self.broken)
        for person in self.people:
            wrong = person.faults() if person.said else []
            found += [f"{fault}; before: {person.trouble}" for fault in wrong]
        return found

    def close(self) -> None:
        for person in self.people:
            person.http.close()
