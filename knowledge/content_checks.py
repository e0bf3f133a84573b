"""What must hold within a record, and between records, beyond the schema."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from knowledge import conditions, references, wording
from knowledge.evc_schema import EvcScan
from knowledge.problems import Problem, line_of, suggestion
from knowledge.schema import Fact, Programme, Topic
from knowledge.schema_parts import Figure, Record, Source
from knowledge.yaml_text import LOADER

if TYPE_CHECKING:
    from knowledge.content import Content

USUAL = 3  # figures with the same unit, from which on it is no slip
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


def check_record(record: Record) -> Iterator[tuple[str, str]]:
    """What is wrong within one record: where, as keys and positions with points between them, and what to do."""
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
            yield error.place, error.what


def _check_text(text: str, figures: Mapping[str, Figure], where: str) -> Iterator[tuple[str, str]]:
    lookup = wording.own_figures(figures)
    if re.search(r"[{}]", wording.PLACEHOLDER.sub("", text)):
        yield where, "een accolade is niet gesloten, of de naam erin heeft een hoofdletter of spatie; schrijf {naam}"
    for name in wording.PLACEHOLDER.findall(text):
        if ("." not in name or name.partition(".")[0] in figures) and lookup(name) is None:
            yield where, f"{{{name}}} staat in de tekst maar niet bij cijfers{suggestion(name, figures)}"


def check_references(content: Content) -> Iterator[Problem]:
    """What is wrong between records: names that nothing has, conditions, figures of other cards, lines of documents."""
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
                for what in _no_such_lines(content, source):
                    yield _at(content, record, "bronnen", what)
    yield from _check_figures(content)


def _no_such_lines(content: Content, source: Source) -> Iterator[str]:
    """That a document doesn't exist, or hasn't so many lines."""
    document = content.documents().get(source.document)
    if document is None:
        yield f"document {source.document} bestaat niet"
    elif document.regels and source.lines[1] > document.regels:
        yield f"regel {source.lines[1]} bestaat niet: document {document.id} telt {document.regels} regels"


def _check_figures(content: Content) -> Iterator[Problem]:
    """The source and the unit of each figure of a card: a unit that only one has, and that is nearly that of many, is a slip."""
    figures = [(card, name, figure) for card in content.topics().values() for name, figure in card.cijfers.items()]
    units = Counter(figure.eenheid for _, _, figure in figures)
    usual = [unit for unit, times in units.items() if times >= USUAL]
    for card, name, figure in figures:
        for what in _no_such_lines(content, Source.parse(figure.bron)):
            yield _at(content, card, name, what)
        near = difflib.get_close_matches(figure.eenheid, usual, n=1, cutoff=0.85) if units[figure.eenheid] == 1 else []
        if near:
            yield _at(content, card, name, f'eenheid "{figure.eenheid}" komt nergens anders voor; bedoel je "{near[0]}"?')


def _missing(
    content: Content, record: Record, key: str, names: Iterable[str], known: Iterable[str], what: str
) -> Iterator[Problem]:
    """A problem for each name that nothing has, with the nearest that exists."""
    for name in names:
        if name not in known:
            yield _at(content, record, key, f'{what} "{name}" bestaat niet{suggestion(name, known)}')


def _check_conditions(content: Content, programme: Programme) -> Iterator[Problem]:
    facts = content.facts()
    for number, leaf in enumerate(conditions.leaves(conditions.parse(programme.voorwaarden))):

        def wrong(key: str, what: str, number: int = number) -> Problem:
            return _at(content, programme, "voorwaarden", what, (number, key))

        if not leaf.reden or not leaf.bron:
            yield wrong("fact", f"bij {leaf.fact} ontbreekt reden of bron")
        for what in _no_such_lines(content, Source.parse(leaf.bron)) if leaf.bron else ():
            yield wrong("bron", what)
        if leaf.fact not in facts:
            yield wrong("fact", f'feit "{leaf.fact}" bestaat niet{suggestion(leaf.fact, facts)}')
        elif leaf.op != "onbeschreven":
            for what in _wrong_value(facts[leaf.fact], leaf.value):
                yield wrong("value", what)


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


def _at(content: Content, record: Record, key: str, what: str, leaf: tuple[int, str] | None = None) -> Problem:
    """A problem with a record, on the line of a key of its nth condition (`leaf`), else of the key, else where it begins."""
    kind = next(kind for kind, records in content.records.items() if records.get(record.id) is record)
    path = content.files[f"{kind}/{record.id}"]
    lines = path.read_text(encoding="utf-8").splitlines()
    own = re.compile(rf"(?:- )?id: *[\"']?{re.escape(record.id)}[\"']? *$")
    start = next((number for number, line in enumerate(lines, 1) if own.match(line)), 1)
    if leaf is not None:
        return Problem(path, _line_of_leaf(path, *leaf) or start, key, what)
    found = start
    for number, line in enumerate(lines[start:], start + 1):
        if line.startswith("- id:"):
            break
        if found == start and re.match(rf" *{key}:", line):
            found = number
    return Problem(path, found, key, what)


def _line_of_leaf(path: Path, number: int, key: str) -> int:
    """The line of a key of the nth condition of a route, or of its first key; 0 when there is no such condition."""
    whole: Any = yaml.compose(path.read_text(encoding="utf-8"), LOADER)
    found = list(_leaf_nodes(next((value for name, value in whole.value if name.value == "voorwaarden"), None)))
    return line_of(found[number], [key]) if number < len(found) else 0


def _leaf_nodes(node: Any) -> Iterator[Any]:
    """Every condition on a fact in composed YAML, in the order of `conditions.leaves`."""
    if isinstance(node, yaml.SequenceNode):
        for part in node.value:
            yield from _leaf_nodes(part)
    elif isinstance(node, yaml.MappingNode):
        if any(key.value == "fact" for key, _ in node.value):
            yield node
        else:
            for _, value in node.value:
                yield from _leaf_nodes(value)
