"""Reads the conversations that staff write, or that the recorder writes for them: YAML files in tests/flows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from bot.flows.conversation import Conversation, Expectation, Flow, Step, Turn
from bot.flows.conversation_names import unknown_names
from knowledge import complaints
from knowledge.problems import ContentError, Problem, line_of
from knowledge.store import Knowledge
from knowledge.yaml_text import LOADER

FOLDER = Path("tests/flows")


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
