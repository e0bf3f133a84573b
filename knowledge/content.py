"""Reads the content files: YAML with line numbers, checked against the schema and against each other."""

from __future__ import annotations

import difflib
import functools
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from knowledge import complaints, conditions, references, wording, yaml_text
from knowledge.evc_schema import EvcScan
from knowledge.kinds import KINDS
from knowledge.schema import Document, Fact, Occupation, Organisation, Programme, Topic
from knowledge.schema_parts import Figure, Record

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
    path = folder / "feiten.yml"
    return list(_ids_in(path, path.stat().st_mtime_ns))


@functools.lru_cache(maxsize=4)
def _ids_in(path: Path, _changed: int) -> tuple[str, ...]:
    """The ids of a list of records; read again once the file has changed."""
    return tuple(item["id"] for item in yaml.load(path.read_text(encoding="utf-8"), yaml_text.LOADER))


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    for kind in KINDS:
        single = folder / f"{kind}.yml"
        if single.exists():
            yield kind, single
        for path in sorted((folder / kind).rglob("*.yml")):
            yield kind, path


def _read_file(content: Content, kind: str, path: Path, text: str) -> list[Problem]:
    try:
        data, node = yaml_text.read(text)
    except yaml_text.NotYaml as error:
        return [Problem(path, *error.fault)]
    problems = [Problem(path, *fault) for fault in yaml_text.faults(text, node)]
    if problems:
        return problems
    items = data if isinstance(data, list) else [data]
    nodes = node.value if isinstance(data, list) else [node]
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
        return [_from_pydantic(path, node, model, entry) for entry in complaints.telling(error.errors(), model)]
    known = content.records[kind]
    line = node.start_mark.line + 1
    if record.id in known:
        return [Problem(path, line, "id", f'"{record.id}" bestaat al in {content.files[f"{kind}/{record.id}"]}')]
    if path.stem != kind and record.id != path.stem:
        return [Problem(path, line, "id", f'het bestand heet "{path.name}"; zet hier id: {path.stem}')]
    if isinstance(record, Topic) and record.familie != path.parent.name:
        return [
            Problem(path, line_of(node, ["familie"]), "familie", f"zet hier de naam van de map: {path.parent.name}")
        ]
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
    for key, text, figures in references.texts_of(record):
        yield from _check_text(text, figures, key)
    if isinstance(record, Topic) and record.soort != "onbekend" and not record.bronnen:
        yield "bronnen", "een antwoord heeft minstens één bron nodig"
    if isinstance(record, EvcScan):
        for detail in filter(None, (*record.blijft, *record.onbetaald, record.niveau, record.duur)):
            yield from _check_text(detail.tekst, detail.cijfers, "duur")
    if isinstance(record, Programme):
        if record.route not in ROUTES:
            yield "route", f"kies {wording.enumeration(ROUTES, 'of')}"
        try:
            conditions.parse(record.voorwaarden)
        except conditions.ConditionError as error:
            yield "voorwaarden", str(error).removeprefix("voorwaarden.")


def _check_text(text: str, figures: Mapping[str, Figure], where: str) -> Iterator[tuple[str, str]]:
    lookup = wording.own_figures(figures)
    if re.search(r"[{}]", wording.PLACEHOLDER.sub("", text)):
        yield where, "een accolade is niet gesloten, of de naam erin heeft een hoofdletter of spatie; schrijf {naam}"
    for name in wording.PLACEHOLDER.findall(text):
        if ("." not in name or name.partition(".")[0] in figures) and lookup(name) is None:
            yield where, f"{{{name}}} staat in de tekst maar niet bij cijfers{suggestion(name, figures)}"


def _check_references(content: Content) -> Iterator[Problem]:
    for topic in content.topics().values():
        for key, names, known, what in (
            ("vervolg", topic.vervolg, content.topics(), "kaart"),
            ("beroepen", topic.beroepen, content.occupations(), "beroep"),
            ("routes", topic.routes, ROUTES, "route"),
        ):
            yield from _missing(content, topic, key, names, known, what)
    for programme in content.programmes().values():
        yield from _missing(content, programme, "beroep", [programme.beroep], content.occupations(), "beroep")
        asked = [programme.vraag_het_aan]
        yield from _missing(content, programme, "vraag_het_aan", asked, content.organisations(), "organisatie")
        steps = [step.bij for step in programme.stappen if step.bij]
        yield from _missing(content, programme, "stappen", steps, content.organisations(), "organisatie")
        yield from _check_conditions(content, programme)
    for scan in content.records["evc_scan"].values():
        assert isinstance(scan, EvcScan)
        yield from _missing(content, scan, "beroep", [scan.beroep], content.occupations(), "beroep")
        yield from _missing(content, scan, "opleiding", [scan.opleiding], content.programmes(), "route")
        yield from _missing(content, scan, "wegen", [way.opleiding for way in scan.wegen], content.programmes(), "route")
    for records in content.records.values():
        for record in records.values():
            for key, what in _check_figure_names(content, record):
                yield _at(content, record, key, what)
            for source in record.sources:
                document = content.documents().get(source.document)
                if document is None:
                    yield _at(content, record, "bronnen", f"document {source.document} bestaat niet")
                elif document.regels and source.lines[1] > document.regels:
                    what = f"regel {source.lines[1]} bestaat niet: document {document.id} telt {document.regels} regels"
                    yield _at(content, record, "bronnen", what)


def _missing(
    content: Content, record: Record, key: str, names: Iterable[str], known: Iterable[str], what: str
) -> Iterator[Problem]:
    """A problem for each name that nothing has, with the nearest that exists."""
    for name in names:
        if name not in known:
            yield _at(content, record, key, f'{what} "{name}" bestaat niet{suggestion(name, known)}')


def _check_conditions(content: Content, programme: Programme) -> Iterator[Problem]:
    facts = content.facts()
    for leaf in conditions.leaves(conditions.parse(programme.voorwaarden)):
        if not leaf.reden or not leaf.bron:
            yield _at(content, programme, "voorwaarden", f"bij {leaf.fact} ontbreekt reden of bron", leaf.fact)
        if leaf.fact not in facts:
            what = f'feit "{leaf.fact}" bestaat niet{suggestion(leaf.fact, facts)}'
            yield _at(content, programme, "voorwaarden", what, leaf.fact)
        elif leaf.op != "onbeschreven":
            for what in _wrong_value(facts[leaf.fact], leaf.value):
                yield _at(content, programme, "voorwaarden", what, leaf.fact)


def _wrong_value(fact: Fact, value: Any) -> Iterator[str]:
    if fact.type == "bool" and not isinstance(value, bool):
        yield f"{fact.id}: gebruik true of false"
    if fact.type == "int" and not isinstance(value, int):
        yield f"{fact.id}: gebruik een getal"
    if fact.type == "enum":
        allowed = [option.value for option in fact.values]
        for part in value if isinstance(value, list) else [value]:
            if part not in allowed:
                yield f'{fact.id}: "{part}" bestaat niet; kies {wording.enumeration(allowed, "of")}'


def _check_figure_names(content: Content, record: Record) -> Iterator[tuple[str, str]]:
    """Every {card.figure} must name a card and one of its own figures."""
    cards = content.topics()
    for key, text, own in references.texts_of(record):
        for card, name in references.named(text, own):
            if card not in cards:
                yield key, f'{{{card}.{name}}}: kaart "{card}" bestaat niet{suggestion(card, cards)}'
            elif name not in cards[card].cijfers:
                hint = suggestion(name, cards[card].cijfers)
                yield key, f'{{{card}.{name}}}: kaart "{card}" heeft geen cijfer "{name}"{hint}'


def _at(content: Content, record: Record, key: str, what: str, fact: str = "") -> Problem:
    """A problem with a record, on the line of its condition on `fact`, else of the key, else where the record begins."""
    kind = next(kind for kind, records in content.records.items() if records.get(record.id) is record)
    path = content.files[f"{kind}/{record.id}"]
    lines = path.read_text(encoding="utf-8").splitlines()
    own = re.compile(rf"(?:- )?id: *[\"']?{re.escape(record.id)}[\"']? *$")
    start = next((number for number, line in enumerate(lines, 1) if own.match(line)), 1)
    found = start
    for number, line in enumerate(lines[start:], start + 1):
        if line.startswith("- id:"):
            break
        if fact and re.match(rf"[ -]*fact: {fact}\b", line):
            return Problem(path, number, key, what)
        if found == start and re.match(rf" *{key}:", line):
            found = number
    return Problem(path, found, key, what)


def suggestion(name: str, known: Iterable[str]) -> str:
    """ "; bedoel je …?" when a known name is close to this one."""
    close = difflib.get_close_matches(name, list(known), n=1)
    return f'; bedoel je "{close[0]}"?' if close else ""
