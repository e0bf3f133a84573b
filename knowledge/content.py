"""Reads the content files: YAML with line numbers, checked against the schema and against each other."""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from knowledge import complaints, conditions, wording
from knowledge.schema import (
    KINDS,
    Document,
    Fact,
    Figure,
    Occupation,
    Organisation,
    Programme,
    Record,
    Topic,
)

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C loader where PyYAML has it: several times faster
CONTENT_DIR = Path(__file__).parent / "content"
ROUTES = [
    "cvo",
    "opleidingscentrum",
    "syntra",
    "duaal_secundair",
    "duaal_volwassenen",
    "secundair",
    "zevende_jaar",
    "evc",
    "evk",
    "leereenheden",
    "project",
]


@dataclass(frozen=True)
class Problem:
    """What is wrong in a content file, for someone who does not program."""

    file: Path
    line: int
    where: str
    what: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}"
        return f"{place}: {self.where}: {self.what}" if self.where else f"{place}: {self.what}"


class ContentError(Exception):
    """The content is not fit for use; `problems` says what to mend."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


@dataclass
class Content:
    """All records of a content folder by kind and id."""

    records: dict[str, dict[str, Record]] = field(default_factory=lambda: {kind: {} for kind in KINDS})
    files: dict[str, Path] = field(default_factory=dict)
    fingerprint: str = ""

    def topics(self) -> dict[str, Topic]:
        return self.records["onderwerpen"]  # type: ignore[return-value]

    def programmes(self) -> dict[str, Programme]:
        return self.records["opleidingen"]  # type: ignore[return-value]

    def facts(self) -> dict[str, Fact]:
        return self.records["feiten"]  # type: ignore[return-value]

    def documents(self) -> dict[str, Document]:
        return self.records["documenten"]  # type: ignore[return-value]

    def occupations(self) -> dict[str, Occupation]:
        return self.records["beroepen"]  # type: ignore[return-value]

    def organisations(self) -> dict[str, Organisation]:
        return self.records["organisaties"]  # type: ignore[return-value]


def load(folder: Path = CONTENT_DIR) -> Content:
    """Read and check all content. Raises ContentError with every problem found.

    What records say of each other is looked at once every file can be read, so that one mistake gives one message.
    """
    content = Content()
    problems: list[Problem] = []
    digest = hashlib.sha256()
    for kind, path in _files(folder):
        text = path.read_text(encoding="utf-8")
        digest.update(f"{path.relative_to(folder)}\0{text}\0".encode())
        problems += _read_file(content, kind, path, text)
    if not problems:
        problems += _check_references(content)
    if not any(content.records.values()):
        problems.append(
            Problem(folder, 0, "", "hier staat geen enkel kennisbestand; staat de map op de juiste plaats?")
        )
    if problems:
        raise ContentError(problems)
    content.fingerprint = digest.hexdigest()
    return content


def fact_ids(folder: Path = CONTENT_DIR) -> list[str]:
    """The names of the facts, in order, without reading the rest."""
    return [item["id"] for item in yaml.safe_load((folder / "feiten.yml").read_text(encoding="utf-8"))]


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    for kind in KINDS:
        single = folder / f"{kind}.yml"
        if single.exists():
            yield kind, single
        for path in sorted((folder / kind).rglob("*.yml")):
            yield kind, path


def _read_file(content: Content, kind: str, path: Path, text: str) -> list[Problem]:
    try:
        data = yaml.load(text, Loader=LOADER)
        node = yaml.compose(text, Loader=LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        hint = getattr(error, "problem", None) or "onleesbare YAML"
        return [
            Problem(
                path,
                line,
                "",
                f"dit is geen geldige YAML ({hint}); kijk naar inspringen, dubbelepunt en aanhalingstekens",
            )
        ]
    items = data if isinstance(data, list) else [data]
    nodes = node.value if isinstance(data, list) and node is not None else [node]
    problems: list[Problem] = []
    for item, item_node in zip(items, nodes):
        if not isinstance(item, dict):
            problems.append(
                Problem(path, item_node.start_mark.line + 1, "", "verwacht een lijst van sleutels met waarden")
            )
            continue
        problems += _read_record(content, kind, path, item, item_node)
    return problems


def _read_record(content: Content, kind: str, path: Path, item: dict[str, Any], node: Any) -> list[Problem]:
    model = KINDS[kind]
    try:
        record = model(**item)
    except ValidationError as error:
        return [_from_pydantic(path, node, model, entry) for entry in error.errors()]
    known = content.records[kind]
    line = node.start_mark.line + 1
    if record.id in known:
        return [Problem(path, line, "id", f'"{record.id}" bestaat al in {content.files[f"{kind}/{record.id}"]}')]
    known[record.id] = record
    content.files[f"{kind}/{record.id}"] = path
    return [Problem(path, line_of(node, [where]), where, what) for where, what in _check_record(record)]


def _from_pydantic(path: Path, node: Any, model: type[Record], entry: Any) -> Problem:
    location = [part for part in entry["loc"] if part != "__root__"]
    what = complaints.in_dutch(entry, model)
    return Problem(path, line_of(node, location), ".".join(str(part) for part in location), what)


def line_of(node: Any, location: list[Any]) -> int:
    """The line of a place in composed YAML, given as keys and positions; of the nearest place that exists."""
    line = node.start_mark.line + 1
    for part in location:
        child: Any | None = None
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if key.value == str(part):
                    line, child = key.start_mark.line + 1, value
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            child = node.value[part]
            line = child.start_mark.line + 1
        if child is None:
            return int(line)
        node = child
    return int(line)


def _check_record(record: Record) -> Iterator[tuple[str, str]]:
    if isinstance(record, Topic):
        yield from _check_text(record.antwoord, record.cijfers, "antwoord")
        if record.soort != "onbekend" and not record.bronnen:
            yield "bronnen", "een antwoord heeft minstens één bron nodig"
    if isinstance(record, Programme):
        if record.route not in ROUTES:
            yield "route", f"kies {wording.enumeration(ROUTES, 'of')}"
        for name in ("duur", "uren", "getuigschrift", "stage", "vrijstelling", "inkomen"):
            detail = getattr(record, name)
            if detail:
                yield from _check_text(detail.tekst, detail.cijfers, name)
        for detail in record.ritme + record.te_regelen:
            yield from _check_text(detail.tekst, detail.cijfers, "ritme")
        try:
            conditions.parse(record.voorwaarden)
        except conditions.ConditionError as error:
            yield "voorwaarden", str(error).removeprefix("voorwaarden.")


def _check_text(text: str, figures: dict[str, Figure], where: str) -> Iterator[tuple[str, str]]:
    lookup = wording.own_figures(figures)
    for name in wording.PLACEHOLDER.findall(text):
        if "." not in name and lookup(name) is None:
            yield where, f"{{{name}}} staat in de tekst maar niet bij cijfers"


def _check_references(content: Content) -> Iterator[Problem]:
    facts = content.facts()
    for topic in content.topics().values():
        path = content.files[f"onderwerpen/{topic.id}"]
        for other in topic.vervolg:
            if other not in content.topics():
                yield _at(path, "vervolg", f'kaart "{other}" bestaat niet{suggestion(other, content.topics())}')
        for occupation in topic.beroepen:
            if occupation not in content.occupations():
                yield _at(path, "beroepen", f'beroep "{occupation}" bestaat niet')
        for route in topic.routes:
            if route not in ROUTES:
                yield _at(path, "routes", f'route "{route}" bestaat niet; kies {wording.enumeration(ROUTES, "of")}')
    for programme in content.programmes().values():
        path = content.files[f"opleidingen/{programme.id}"]
        if programme.beroep not in content.occupations():
            yield _at(path, "beroep", f'beroep "{programme.beroep}" bestaat niet')
        if programme.vraag_het_aan not in content.organisations():
            yield _at(path, "vraag_het_aan", f'organisatie "{programme.vraag_het_aan}" bestaat niet')
        for leaf in conditions.leaves(conditions.parse(programme.voorwaarden)):
            if not leaf.reden or not leaf.bron:
                yield _at(path, "voorwaarden", f"bij {leaf.fact} ontbreekt reden of bron", leaf.fact)
            if leaf.fact not in facts:
                yield _at(
                    path, "voorwaarden", f'feit "{leaf.fact}" bestaat niet{suggestion(leaf.fact, facts)}', leaf.fact
                )
            elif leaf.op != "onbeschreven":
                yield from _check_leaf_value(path, facts[leaf.fact], leaf.value)
    for kind, records in content.records.items():
        for record in records.values():
            for source in record.sources:
                if source.document not in content.documents():
                    path = content.files[f"{kind}/{record.id}"]
                    yield _at(path, "bronnen", f"document {source.document} bestaat niet")


def _at(path: Path, key: str, what: str, fact: str = "") -> Problem:
    """A problem with a key, on its line in a file of one record, or on that of its condition on `fact`; else on line 1."""
    lines = path.read_text(encoding="utf-8").splitlines()
    fits = [n for n, line in enumerate(lines, 1) if line.startswith(f"{key}:")]
    exact = [
        n for n, line in enumerate(lines, 1) if fact and line.split("#")[0].strip(" -").startswith(f"fact: {fact}")
    ]
    return Problem(path, next(iter([*exact, *fits]), 1), key, what)


def _check_leaf_value(path: Path, fact: Fact, value: Any) -> Iterator[Problem]:
    if fact.type == "bool" and not isinstance(value, bool):
        yield _at(path, "voorwaarden", f"{fact.id}: gebruik true of false", fact.id)
    if fact.type == "int" and not isinstance(value, int):
        yield _at(path, "voorwaarden", f"{fact.id}: gebruik een getal", fact.id)
    if fact.type == "enum":
        allowed = [option.value for option in fact.values]
        for part in value if isinstance(value, list) else [value]:
            if part not in allowed:
                yield _at(
                    path,
                    "voorwaarden",
                    f'{fact.id}: "{part}" bestaat niet; kies {wording.enumeration(allowed, "of")}',
                    fact.id,
                )


def suggestion(name: str, known: Any) -> str:
    """ "; bedoel je …?" when a known name is close to this one."""
    close = difflib.get_close_matches(name, list(known), n=1)
    return f'; bedoel je "{close[0]}"?' if close else ""
