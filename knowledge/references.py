"""A figure stands on one card; other texts name it as {card.figure}. Here those names are looked up and filled in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from knowledge import wording
from knowledge.schema import Conflict, Detail, Programme, Topic
from knowledge.schema_parts import Figure, Record

DETAILS = ("duur", "uren", "getuigschrift", "stage", "vrijstelling", "inkomen")
LISTS = ("ritme", "te_regelen")


def named(text: str, own: Mapping[str, Figure]) -> Iterator[tuple[str, str]]:
    """(card, figure) of every {card.figure} in a text that is not a figure of its own, like {duur.waarde}."""
    for name in wording.PLACEHOLDER.findall(text):
        card, _, rest = name.partition(".")
        if rest and card not in own:
            yield card, rest.removesuffix(".waarde")


def texts_of(record: Record) -> Iterator[tuple[str, str, Mapping[str, Figure]]]:
    """(key, text, own figures) of every text in which a figure may be named."""
    if isinstance(record, Topic):
        yield "antwoord", record.antwoord, record.cijfers
        yield "conflict", record.conflict, record.cijfers
    elif isinstance(record, Conflict):
        yield "zin", record.zin, {}
    elif isinstance(record, Programme):
        yield "samenvatting", record.samenvatting, {}
        for key, detail in details_of(record):
            yield key, detail.tekst, detail.cijfers


def details_of(programme: Programme) -> Iterator[tuple[str, Detail]]:
    """(key, sentence) of every cited sentence of a route."""
    for key in DETAILS:
        if getattr(programme, key):
            yield key, getattr(programme, key)
    for key in LISTS:
        yield from ((key, detail) for detail in getattr(programme, key))


def linked(records: Mapping[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The records with every {card.figure} looked up: each holds, under that name, the figure of the card it names.

    Summaries and sentences about a conflict are filled in at once. Raises KeyError for a name that `content.load` would refuse.
    """
    cards: dict[str, Topic] = records["onderwerpen"]
    found = dict(records)
    found["onderwerpen"] = {name: _linked_card(card, cards) for name, card in cards.items()}
    found["opleidingen"] = {name: _linked_route(item, cards) for name, item in records["opleidingen"].items()}
    found["tegenstrijdigheden"] = {
        name: item.copy(update={"zin": _filled(item.zin, {}, cards)})
        for name, item in records["tegenstrijdigheden"].items()
    }
    return found


def _filled(text: str, own: Mapping[str, Figure], cards: Mapping[str, Topic]) -> str:
    return wording.fill(text, wording.own_figures({**own, **_borrowed(text, own, cards)}))


def _linked_card(card: Topic, cards: Mapping[str, Topic]) -> Topic:
    figures = {**card.cijfers, **_borrowed(card.antwoord, card.cijfers, cards)}
    return card.copy(update={"cijfers": figures, "conflict": _filled(card.conflict, card.cijfers, cards)})


def _linked_route(item: Programme, cards: Mapping[str, Topic]) -> Programme:
    changed: dict[str, Any] = {key: _linked_detail(getattr(item, key), cards) for key in DETAILS if getattr(item, key)}
    changed["samenvatting"] = _filled(item.samenvatting, {}, cards)
    changed |= {key: [_linked_detail(detail, cards) for detail in getattr(item, key)] for key in LISTS}
    return item.copy(update=changed)


def _linked_detail(detail: Detail, cards: Mapping[str, Topic]) -> Detail:
    borrowed = _borrowed(detail.tekst, detail.cijfers, cards)
    return detail.copy(update={"cijfers": {**detail.cijfers, **borrowed}}) if borrowed else detail


def _borrowed(text: str, own: Mapping[str, Figure], cards: Mapping[str, Topic]) -> dict[str, Figure]:
    return {f"{card}.{name}": cards[card].cijfers[name] for card, name in named(text, own)}
