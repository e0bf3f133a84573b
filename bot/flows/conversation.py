"""A conversation as a test: the keys that staff write in a file, and the turns to be played.

Keys are Dutch because staff edit the files; docs/handleiding.md explains each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import Field

from knowledge.json_schema import DIALECT
from knowledge.schema_parts import Strict
from knowledge.verdicts import Verdict

NOTHING = "niets"  # in `vraagt`: no question of the intake is open


class Words(list[str]):
    """One text or a list of texts."""

    @classmethod
    def __get_validators__(cls) -> Iterator[Callable[[Any], Words]]:
        yield cls._read

    @classmethod
    def _read(cls, value: Any) -> Words:
        values = value if isinstance(value, list) else [value]
        if not all(isinstance(item, (str, int, float)) and str(item).strip() for item in values):
            raise ValueError("schrijf een tekst, of een lijst van teksten")
        return cls(str(item) for item in values)

    @classmethod
    def __modify_schema__(cls, schema: dict[str, Any]) -> None:
        one = {"type": ["string", "number"]}
        schema.pop("type", None)
        schema.pop("items", None)
        schema.update({"anyOf": [one, {"type": "array", "items": one}]})


class Expectation(Strict):
    """What must hold of the bot's reply. What is not named is not looked at."""

    zegt: Words = Field(default_factory=Words, title="woorden die in het antwoord staan")
    zegt_niet: Words = Field(default_factory=Words, title="woorden die er niet in staan")
    soort: Words = Field(
        default_factory=Words, title="soort antwoord: answer, question, trajectory, unknown, handover …"
    )
    vraagt: str | None = Field(None, title='het feit dat nu gevraagd wordt, of "niets"')
    kaarten: Words = Field(default_factory=Words, title="kaarten of routes die getoond worden")
    oordelen: dict[str, Verdict] = Field(
        default_factory=dict, title="per route: open, bijna, nog_te_weten, onbekend of niet"
    )
    weet: dict[str, Any] = Field(default_factory=dict, title="wat de bot nu weet; een leeg feit is niet geweten")
    knoppen: Words = Field(default_factory=Words, title="knoppen die er staan")
    begrijpt: str | None = Field(None, title="de bedoeling (intent) die herkend wordt")
    doet: Words = Field(default_factory=Words, title="acties die de regels kiezen, in volgorde")


class Step(Strict):
    """One line of the conversation: the person types, the person presses a button, or the bot replies."""

    jij: str | None = Field(None, title="wat iemand typt")
    knop: str | None = Field(None, title="de knop die iemand kiest")
    bot: Expectation | None = Field(None, title="wat de bot dan moet zeggen")


class Conversation(Strict):
    """A whole conversation with what is expected of it."""

    titel: str = Field(..., min_length=1, title="waarover dit gesprek gaat, in één zin")
    onderwerp: Words = Field(..., title="onderwerpen, om er enkele te kiezen bij het testen")
    uitleg: str = Field("", title="waarom dit zo moet zijn")
    weet_al: dict[str, Any] = Field(default_factory=dict, title="wat de bot bij het begin al weet")
    gesprek: list[Step] = Field(..., min_items=1, title="om de beurt: jij of knop, en bot")


@dataclass(frozen=True)
class Turn:
    """What the person does, and what is expected then; `lines` gives the line of each expected thing in the file."""

    said: str
    pressed: bool
    line: int
    expected: Expectation
    lines: dict[tuple[str, ...], int] = field(default_factory=dict)

    def line_of(self, *place: str) -> int:
        """The line of an expectation, such as ("oordelen", "zorgkundige_cvo"); of the person's line when it has none."""
        return self.lines.get(place, self.line)


@dataclass(frozen=True)
class Flow:
    """A conversation to be played."""

    file: Path
    title: str
    topics: tuple[str, ...]
    turns: tuple[Turn, ...]
    known: dict[str, Any]

    def names(self) -> set[str]:
        """Everything this conversation touches by name: topics, cards, routes, facts, intents and actions."""
        found = {*self.topics, self.file.stem}
        for turn in self.turns:
            expected = turn.expected
            found |= {*expected.kaarten, *expected.oordelen, *expected.weet, *expected.doet}
            found |= {name for name in (expected.vraagt, expected.begrijpt) if name}
        return found


def schema() -> dict[str, Any]:
    """The JSON schema with which an editor completes and checks a conversation."""
    return {"$schema": DIALECT, **Conversation.schema(ref_template="#/definitions/{model}"), "title": "gesprekken"}
