"""Where to mend what a conversation shows to be wrong: the file and the line of a card, a figure, a condition, a rule …"""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml

from bot.flows import examples
from bot.flows.observation import Observed
from bot.flows.paths import Place, Trail, read, rule_of
from knowledge.yaml_text import LOADER

CONTENT = Path("knowledge/content")
FIGURE = re.compile(r"\b(?:waarde|van|tot): *['\"]?[\d.]")
BORROWED = re.compile(r"\{(\w+)\.(\w+)\}")
UNIT = re.compile(r"\d (\w+)$")  # "5 jaar": the unit of what should be said
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


class Places:
    """Looks lines up in the files of the project at `root`, with the content in `folder`; each file is read once.

    Of the files in `without`, which can't be read, only the first line is known.
    """

    def __init__(self, root: Path = Path(), folder: Path | None = None, without: Collection[Path] = ()) -> None:
        self.root = root
        self.without = without
        self.folder = folder or root / CONTENT
        self._lines = functools.lru_cache(maxsize=None)(_lines_of)
        self._examples: dict[str, Place] | None = None
        self._cards: dict[str, Path] | None = None
        self._paths: list[Trail] | None = None

    @property
    def paths(self) -> list[Trail]:
        """The rules and stories."""
        if self._paths is None:
            self._paths = read(self.root, self.without)
        return self._paths

    def card(self, name: str) -> Path | None:
        """The file of a card."""
        if self._cards is None:
            self._cards = {path.stem: path for path in (self.folder / "onderwerpen").rglob("*.yml")}
        return self._cards.get(name)

    def route(self, name: str) -> Path | None:
        """The file of a route."""
        path = self.folder / "opleidingen" / f"{name}.yml"
        return path if path.exists() else None

    def examples(self, name: str) -> Place | None:
        """Where the examples of an intent or a card begin."""
        everything = self.all_examples()
        return everything.get(name) or next(
            (everything[full] for full in everything if full.endswith(f"/{name}")), None
        )

    def all_examples(self) -> dict[str, Place]:
        """Where the examples of each intent and card (`family/card`) begin: the most of them, in the highest folder."""
        if self._examples is None:
            found: dict[str, tuple[int, int, Place]] = {}
            for path in examples.files(self.root):
                for group in examples.groups(self._lines(path)):
                    place = Place(path, group.first, f"voorbeelden van {group.name}")
                    entry = (len(path.parts), group.first - group.last, place)
                    if group.kind == "intent" and (group.name not in found or entry[:2] < found[group.name][:2]):
                        found[group.name] = entry
            self._examples = {name: place for name, (_, _, place) in found.items()}
        return self._examples

    def fact(self, name: str) -> Place | None:
        """Where a fact is described."""
        return self._match(self.folder / "feiten.yml", rf"- id: {re.escape(name)}\s*$", f"het feit {name}")

    def response(self, name: str) -> Place | None:
        """Where a fixed sentence stands."""
        return self._match(self.root / "domain.yml", rf"\s+{re.escape(name)}:\s*$", f"de tekst van {name}")

    def rule(self, observed: Observed) -> Place | None:
        """The line of the action in the rule that answered this message."""
        path = rule_of(self.paths, observed.intent, observed.loop)
        if path is None:
            return None
        move = next((move for move in path.moves if move.action), None)
        return Place(path.file, move.line if move else path.line, path.place.why)

    def conditions(self, route: str, facts: Iterable[str]) -> list[Place]:
        """The lines of the conditions of a route, those on these facts first; its first line when it has none."""
        path = self.route(route)
        if path is None:
            return []
        if path in self.without:
            return [Place(path, 1)]
        wanted = list(facts)
        found = [(fact, Place(path, line, f"voorwaarde over {fact}")) for fact, line in _leaf_lines(path)]
        chosen = [place for fact, place in found if fact in wanted] or [place for _, place in found]
        return chosen or [Place(path, 1, "deze route heeft geen voorwaarden")]

    def figures(self, name: str, wanted: str) -> Iterator[Place]:
        """The figures of a card or route that words such as "1480 lestijden" may come from, else its text."""
        path = self.card(name) or self.route(name)
        if path is None:
            return
        lines, text = self._lines(path), self.text_line(path)
        if not NUMBER.search(wanted):
            yield Place(path, text, "de tekst")
            return
        found = [Place(path, n, "een cijfer") for n, line in enumerate(lines, 1) if FIGURE.search(line)]
        found += self._borrowed(lines)
        unit = UNIT.search(wanted)
        same = [place for place in found if unit and f"eenheid: {unit[1]}" in self._lines(place.file)[place.line - 1]]
        yield from (same or found)[:6]
        if not found:
            yield Place(path, text, "de tekst")

    def _borrowed(self, lines: Iterable[str]) -> Iterator[Place]:
        """The figures of other cards that a text names as {card.figure}."""
        for name, figure in dict.fromkeys(BORROWED.findall("\n".join(lines))):
            other = self.card(name)
            place = self._match(other, rf"\s+{figure}:", f"een cijfer van de kaart {name}") if other else None
            if place:
                yield place

    def text_line(self, path: Path) -> int:
        """The line where the text of a card or route begins."""
        lines = self._lines(path)
        return next((n for n, line in enumerate(lines, 1) if line.startswith(("antwoord:", "samenvatting:"))), 1)

    def _match(self, path: Path, pattern: str, why: str) -> Place | None:
        lines = self._lines(path) if path.exists() else []
        return next((Place(path, n, why) for n, line in enumerate(lines, 1) if re.match(pattern, line)), None)


def _lines_of(path: Path) -> list[str]:
    """The lines of a file; letters that aren't UTF-8 are no reason to show none of it."""
    return path.read_text(encoding="utf-8", errors="replace").splitlines()


def _leaf_lines(path: Path) -> list[tuple[str, int]]:
    """Every fact in the conditions of a route with the line of what it is compared with."""
    root = yaml.compose(path.read_text(encoding="utf-8"), LOADER)
    tree = next((value for key, value in root.value if key.value == "voorwaarden"), None)
    return list(_leaves(tree))


def _leaves(node: Any) -> Iterator[tuple[str, int]]:
    if isinstance(node, yaml.SequenceNode):
        for part in node.value:
            yield from _leaves(part)
    elif isinstance(node, yaml.MappingNode):
        parts = {key.value: (key, value) for key, value in node.value}
        if "fact" in parts:
            key = parts.get("value", parts["fact"])[0]
            yield parts["fact"][1].value, key.start_mark.line + 1
        else:
            for _, value in node.value:
                yield from _leaves(value)
