"""Turns a conversation that took place into one that can be played again: what matters of it, not every word."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import yaml

from bot.flows.conversation import NOTHING, Flow
from bot.flows.conversation_text import dump
from bot.flows.observation import Observed, observations
from bot.flows.runner import know, take
from bot.turns import Bot
from knowledge import content
from knowledge.yaml_text import LOADER

SPEAKERS = {"jij": False, "ik": False, "bezoeker": False, "user": False, "knop": True}  # who says it → pressed
SPOKEN = re.compile(r"^\s*(?P<who>\w+)\s*:\s*(?P<text>.*)$")
BY_HAND = ("zegt", "zegt_niet", "knoppen")  # what a recording never writes
RECORDED_BY_DATA = frozenset(
    {"intake_form", "action_answer", "action_answer_topic", "action_advise", "action_deactivate_loop"}
)


class NothingToRecord(LookupError):
    """There is no such conversation, or nobody says anything in it; the text says what to do."""


def record(observed: Sequence[Observed], title: str, topics: Iterable[str] = ("opgenomen",)) -> str:
    """The text of a conversation file for what was observed. Raises NothingToRecord when nobody says anything."""
    said = [turn for turn in observed if turn.said]
    if not said:
        raise NothingToRecord("In dit gesprek zegt niemand iets. Kies een ander gesprek.")
    return dump(title, topics, steps_of(said))


def steps_of(observed: Sequence[Observed]) -> list[dict[str, Any]]:
    """The lines under `gesprek`: records, questions, facts and verdicts, which stay right when a sentence is reworded."""
    steps: list[dict[str, Any]] = []
    known: dict[str, Any] = {}
    for turn in observed:
        said = turn.said if not turn.pressed or turn.said != turn.payload else turn.payload
        steps.append({"knop" if turn.pressed else "jij": said})
        steps.append({"bot": _expectation(turn, known)})
        known = turn.known
    return steps


def _expectation(turn: Observed, before: dict[str, Any]) -> dict[str, Any]:
    changed = {name: value for name, value in turn.known.items() if value != before.get(name)}
    # What a form asks or a card shows says enough; an act of conversation is known by its action.
    act = [name for name in turn.done if name not in RECORDED_BY_DATA]
    shown = {"question": turn.asked, "trajectory": turn.verdicts}  # kinds that another key says already
    found: dict[str, Any] = {
        "soort": [kind for kind in dict.fromkeys(turn.kinds) if not shown.get(kind)],
        "doet": turn.done if act else [],
        "kaarten": list(dict.fromkeys(turn.records)),
        "oordelen": turn.verdicts,
        "vraagt": turn.asked or (NOTHING if "intake_form" in turn.done and not turn.verdicts else None),
        "weet": changed,
    }
    return {name: value for name, value in found.items() if value}


def expecting(text: str, words: Sequence[str]) -> str:
    """The text of a conversation file whose last reply must also hold these words. Raises NothingToRecord without a reply."""
    data = yaml.load(text, LOADER)
    replies = [step["bot"] for step in data["gesprek"] if "bot" in step]
    if not replies:
        raise NothingToRecord("In dit gesprek zegt de bot niets. Kies een ander gesprek.")
    before = replies[-1].get("zegt", [])
    replies[-1]["zegt"] = [*_as_list(before), *words]
    return dump(data["titel"], _as_list(data["onderwerp"]), data["gesprek"], data.get("weet_al"))


def _as_list(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


async def again(bot: Bot, flow: Flow) -> str:
    """Play a conversation file and write it anew as it goes now; what was written by hand of the wording stays."""
    seen = await record_said(bot, [(turn.said, turn.pressed) for turn in flow.turns], flow.known)
    steps = steps_of(seen)
    for turn, step in zip(flow.turns, steps[1::2]):
        expected = turn.expected.dict(exclude_unset=True)
        step["bot"] |= {name: list(expected[name]) for name in BY_HAND if name in expected}
    return dump(flow.title, flow.topics, steps, flow.known)


async def of_conversation(bot: Bot, sender: str) -> list[Observed]:
    """A conversation as it is kept. Raises NothingToRecord when there is none under this id."""
    tracker = await bot.store.retrieve(sender)
    if tracker is None:
        raise NothingToRecord(
            f"Er is geen gesprek met de naam '{sender}'. Gesprekken worden na 7 dagen gewist. Kijk de naam na."
        )
    return observations(tracker, content.fact_ids())


async def record_said(
    bot: Bot, said: Iterable[tuple[str, bool]], known: dict[str, Any] | None = None
) -> list[Observed]:
    """Say these things to the bot as it is now ((text, pressed) each) and observe what happens."""
    sender = f"opname-{secrets.token_hex(8)}"
    try:
        if known:
            await know(bot, sender, known)
        seen: list[Observed] = []
        for text, pressed in said:
            seen.append(await take(bot, sender, text, pressed, seen[-1].left_in if seen else ""))
        return seen
    finally:
        await bot.erase(sender)


def said_in(path: Path) -> list[tuple[str, bool]]:
    """What the person says in a transcript: a JSON list of items as the page has them, or lines such as "Jij: …".

    Raises NothingToRecord when it is neither.
    """
    text = path.read_text(encoding="utf-8")
    try:
        items = json.loads(text)
    except ValueError:
        said = _from_lines(text)
    else:
        said = [(str(item["text"]), False) for item in items if isinstance(item, dict) and item.get("role") == "user"]
    if not said:
        raise NothingToRecord(f"In {path} staat geen zin van een bezoeker. Schrijf elke zin na “Jij:” of “Knop:”.")
    return said


def _from_lines(text: str) -> list[tuple[str, bool]]:
    """ "Jij: hallo", or "Jij:" with the words on the lines below it, as the page saves a conversation."""
    said: list[tuple[str, bool]] = []
    waiting: bool | None = None
    for line in text.splitlines():
        match = SPOKEN.match(line)
        who = match["who"].lower() if match else ""
        if match and who in SPEAKERS and match["text"].strip():
            said.append((match["text"].strip(), SPEAKERS[who]))
            waiting = None
        elif match and not match["text"].strip():
            waiting = SPEAKERS.get(who)
        elif waiting is not None and line.strip():
            said.append((line.strip(), waiting))
            waiting = None
    return said
