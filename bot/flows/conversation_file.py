"""The readable form of a conversation: a YAML file that staff write or that the recorder writes for them.

Keys are Dutch because staff edit the files; docs/handleiding.md explains each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from pydantic import Field, ValidationError

from knowledge import complaints
from knowledge.content import ContentError, Problem, line_of, suggestion
from knowledge.facts import read_value
from knowledge.json_schema import DIALECT
from knowledge.schema import Strict
from knowledge.store import Knowledge
from knowledge.trajectory import Verdict
from knowledge.yaml_text import LOADER

FOLDER = Path("tests/flows")
NOTHING = "niets"  # in `vraagt`: no question of the intake is open
HEADER = "# yaml-language-server: $schema=../../docs/schema/gesprekken.json\n"


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


def files(folder: Path = FOLDER) -> list[Path]:
    """Every conversation of a folder."""
    return sorted(folder.rglob("*.yml"))


def load(paths: Iterable[Path], knowledge: Knowledge | None = None) -> list[Flow]:
    """Read conversations; with `knowledge`, also check that the facts, cards and routes they name exist.

    Raises ContentError with every problem in every file.
    """
    flows: list[Flow] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            flow = parse(path.read_text(encoding="utf-8"), path)
        except ContentError as error:
            problems += error.problems
        except OSError:
            problems.append(Problem(path, 0, "", "dit bestand is er niet of is niet te lezen; kijk de naam na"))
        else:
            flows.append(flow)
            problems += unknown_names(flow, knowledge) if knowledge else []
    if problems:
        raise ContentError(problems)
    return flows


def parse(text: str, path: Path) -> Flow:
    """Read one conversation. Raises ContentError with file, line and what to do."""
    try:
        data = yaml.load(text, LOADER)
        node = yaml.compose(text, LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = "dit is geen geldige YAML; kijk naar inspringen, dubbelepunt en aanhalingstekens"
        raise ContentError([Problem(path, mark.line + 1 if mark else 1, "", what)]) from error
    if not isinstance(data, dict) or node is None:
        raise ContentError([Problem(path, 1, "", "begin met titel, onderwerp en gesprek, elk op een eigen lijn")])
    try:
        model = Conversation(**data)
    except ValidationError as error:
        raise ContentError([_in_dutch(path, node, entry) for entry in error.errors()]) from error
    problems = list(_order_problems(path, node, model))
    if problems:
        raise ContentError(problems)
    return Flow(path, model.titel, tuple(model.onderwerp), tuple(_turns(model, node)), model.weet_al)


def _in_dutch(path: Path, node: Any, entry: Any) -> Problem:
    location = list(entry["loc"])
    model = next(
        (kind for name, kind in (("bot", Expectation), ("gesprek", Step)) if name in location[:-1]), Conversation
    )
    said = {"value_error.list.min_items": "dit is leeg", "value_error.any_str.min_length": "dit is leeg"}
    what = said.get(entry["type"]) or complaints.in_dutch(entry, model)
    return Problem(path, line_of(node, location), ".".join(str(part) for part in location), what)


def _order_problems(path: Path, node: Any, model: Conversation) -> Iterator[Problem]:
    for number, step in enumerate(model.gesprek):
        line = line_of(node, ["gesprek", number])
        if sum(part is not None for part in (step.jij, step.knop, step.bot)) != 1:
            yield Problem(path, line, f"gesprek.{number}", "schrijf hier één van jij, knop of bot")
    if model.gesprek[0].bot is not None:
        yield Problem(
            path, line_of(node, ["gesprek", 0]), "gesprek.0", "begin met jij of knop: de bot antwoordt daarop"
        )


def _turns(model: Conversation, node: Any) -> Iterator[Turn]:
    turn: Turn | None = None
    for number, step in enumerate(model.gesprek):
        place: list[Any] = ["gesprek", number]
        if step.bot is None:
            if turn:
                yield turn
            said = step.jij if step.jij is not None else step.knop or ""
            turn = Turn(said, step.jij is None, line_of(node, place), Expectation())
        elif turn:
            turn = Turn(turn.said, turn.pressed, turn.line, *_merged(turn, step.bot, node, [*place, "bot"]))
    if turn:
        yield turn


def _merged(
    turn: Turn, more: Expectation, node: Any, place: list[Any]
) -> tuple[Expectation, dict[tuple[str, ...], int]]:
    """The expectation with another block added to it, and the line of each thing in that block."""
    values, lines = turn.expected.dict(exclude_unset=True), dict(turn.lines)
    for name, value in more.dict(exclude_unset=True).items():
        lines[(name,)] = line_of(node, [*place, name])
        for at, key in enumerate(value if isinstance(value, (list, dict)) else []):
            lines[(name, str(key))] = line_of(node, [*place, name, at if isinstance(value, list) else key])
        earlier = values.get(name)
        values[name] = (
            [*earlier, *value]
            if isinstance(earlier, list)
            else {**earlier, **value}
            if earlier and isinstance(value, dict)
            else value
        )
    return Expectation(**values), lines


def unknown_names(flow: Flow, knowledge: Knowledge) -> Iterator[Problem]:
    """The facts, cards and routes that a conversation names and that are not in the knowledge base."""
    records = {**knowledge.topics, **knowledge.programmes, **knowledge.organisations, **knowledge.scans}
    for name, value in flow.known.items():
        yield from _fact_problems(flow, knowledge, 1, "weet_al", name, value)
    for turn in flow.turns:
        expected = turn.expected
        for name in expected.kaarten:
            if name not in records:
                yield _unknown(
                    flow, turn.line_of("kaarten", name), "kaarten", f"kaart {name}", suggestion(name, records)
                )
        for name in expected.oordelen:
            if name not in knowledge.programmes:
                hint = suggestion(name, knowledge.programmes)
                yield _unknown(flow, turn.line_of("oordelen", name), "oordelen", f"route {name}", hint)
        for name, value in expected.weet.items():
            yield from _fact_problems(flow, knowledge, turn.line_of("weet", name), "weet", name, value)
        if expected.vraagt not in (None, NOTHING) and expected.vraagt not in knowledge.facts:
            hint = suggestion(expected.vraagt or "", knowledge.facts)
            yield _unknown(flow, turn.line_of("vraagt"), "vraagt", f"feit {expected.vraagt}", hint)


def _unknown(flow: Flow, line: int, where: str, what: str, hint: str) -> Problem:
    return Problem(flow.file, line, where, f"{what} bestaat niet{hint}")


def _fact_problems(flow: Flow, knowledge: Knowledge, line: int, where: str, name: str, value: Any) -> Iterator[Problem]:
    fact = knowledge.facts.get(name)
    if fact is None:
        yield _unknown(flow, line, where, f"feit {name}", suggestion(name, knowledge.facts))
    elif value is not None and read_value(fact, value) is None:
        allowed = ", ".join(option.value for option in fact.values) or (
            "ja of nee" if fact.type == "bool" else "een getal"
        )
        yield Problem(flow.file, line, where, f"{name} kan niet {value} zijn; kies uit: {allowed}")


def dump(
    title: str, topics: Iterable[str], steps: Iterable[dict[str, Any]], known: dict[str, Any] | None = None
) -> str:
    """The text of a conversation file; `steps` as they stand under `gesprek`, plain data."""
    data = {"titel": title, "onderwerp": list(topics), **({"weet_al": known} if known else {}), "gesprek": list(steps)}
    return HEADER + yaml.dump(
        _short(data), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110, default_flow_style=None
    )


class _OneALine(dict[str, Any]):
    """A mapping that is written one entry a line."""


class _Dumper(yaml.SafeDumper):
    """Writes lists of words and facts on one line, as a person would."""


_Dumper.add_representer(
    _OneALine, lambda dumper, value: dumper.represent_mapping("tag:yaml.org,2002:map", value, False)
)


def _short(value: Any, name: str = "") -> Any:
    """The same with a list of one text written as that text, and all mappings but facts one entry a line."""
    if isinstance(value, dict):
        parts = {key: _short(part, key) for key, part in value.items()}
        return parts if name in ("weet", "weet_al") else _OneALine(parts)
    if isinstance(value, list):
        return value[0] if len(value) == 1 and isinstance(value[0], str) else [_short(part) for part in value]
    return value


def schema() -> dict[str, Any]:
    """The JSON schema with which an editor completes and checks a conversation."""
    return {"$schema": DIALECT, **Conversation.schema(ref_template="#/definitions/{model}"), "title": "gesprekken"}
