"""Holds a turn against what was expected of it; each difference says where to mend."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.flows.conversation import NOTHING, Flow, Turn
from bot.flows.observation import Observed
from bot.flows.paths import Place
from bot.flows.places import Places
from knowledge import store, trajectory, verdicts
from knowledge.facts import read_value
from knowledge.store import Knowledge

SHOWN_TEXT = 400  # characters of a reply in a message about it


@dataclass(frozen=True)
class Failure:
    """One expectation that wasn't met: where it stands, what was expected, what was so, and where to look."""

    file: Path
    line: int
    number: int  # of the turn, from 1
    said: str  # by the person
    what: str  # the key of the expectation
    expected: str
    got: str
    mend: tuple[Place, ...] = ()

    def sentence(self) -> str:
        """The whole in lines of text."""
        lines = [
            f"{self.file}:{self.line}: beurt {self.number}, na “{self.said}”",
            f"  {self.what}: verwacht {self.expected}",
            f"  {' ' * len(self.what)}  maar: {self.got}",
        ]
        return "\n".join(lines + [f"  kijk in {place}" for place in self.mend])


class Judge:
    """Compares turns with expectations, for one knowledge base and one set of files."""

    def __init__(self, places: Places | None = None, knowledge: Knowledge | None = None) -> None:
        self.places = places or Places()
        self.knowledge = knowledge or store.current()

    def failures(self, flow: Flow, number: int, turn: Turn, seen: Observed) -> list[Failure]:
        """Every expectation of a turn that isn't met."""
        return [
            Failure(flow.file, turn.line_of(*place), number, turn.said, place[0], expected, got, tuple(_once(mend)))
            for place, expected, got, mend in (
                *self._texts(turn, seen),
                *self._names(turn, seen),
                *self._facts(turn, seen),
            )
        ]

    def _texts(self, turn: Turn, seen: Observed) -> Iterator[Difference]:
        said = _plain(seen.text)
        for words in turn.expected.zegt:
            if _plain(words) not in said:
                yield ("zegt", words), f"“{words}”", f"“{_short(seen.text)}”", self._wording(seen, words)
        for words in turn.expected.zegt_niet:
            if _plain(words) in said:
                yield ("zegt_niet", words), f"niet “{words}”", f"“{_short(seen.text)}”", self._wording(seen, words)
        titles = "\n".join(map(_plain, seen.buttons))
        for title in turn.expected.knoppen:
            if _plain(title) not in titles:
                yield ("knoppen", title), f"de knop “{title}”", _listed(seen.buttons, "geen knoppen"), self._act(seen)

    def _names(self, turn: Turn, seen: Observed) -> Iterator[Difference]:
        expected = turn.expected
        for kind in expected.soort:
            if kind not in seen.kinds:
                yield ("soort", kind), kind, _listed(seen.kinds, "niets"), self._act(seen)
        for name in expected.kaarten:
            if name not in seen.records:
                yield ("kaarten", name), name, _listed(seen.records, "geen kaart"), self._card(name, seen)
        if expected.begrijpt and expected.begrijpt != seen.intent:
            got = f"{seen.intent} ({seen.confidence:.0%} zeker)"
            mend = [self.places.examples(expected.begrijpt), self.places.examples(seen.intent)]
            yield ("begrijpt",), expected.begrijpt, got, mend
        if expected.doet and list(expected.doet) != seen.done:
            yield ("doet",), _listed(expected.doet, ""), _listed(seen.done, "niets"), self._act(seen)
        if expected.vraagt and expected.vraagt != (seen.asked or NOTHING):
            facts = [self.places.fact(name) for name in (expected.vraagt, seen.asked or "") if name]
            yield (
                ("vraagt",),
                expected.vraagt,
                f"{seen.asked or NOTHING}: “{_short(seen.text)}”",
                [*facts, *self._act(seen)],
            )

    def _facts(self, turn: Turn, seen: Observed) -> Iterator[Difference]:
        for route, verdict in turn.expected.oordelen.items():
            got = seen.verdicts.get(route)
            if got != verdict:
                yield (
                    ("oordelen", route),
                    f"{route} is {verdict}",
                    got or "deze route wordt niet getoond",
                    self._route(route, seen),
                )
        for name, value in turn.expected.weet.items():
            fact = self.knowledge.facts.get(name)
            wanted = read_value(fact, value) if fact and value is not None else value
            known = seen.known.get(name)
            if wanted != known:
                mend = [self.places.fact(name), self.places.examples(seen.intent)]
                yield ("weet", name), f"{name} is {_value(wanted)}", _value(known), mend

    def _wording(self, seen: Observed, words: str) -> list[Place | None]:
        """Where the words of a reply come from: the cards shown, the routes of the advice, or a fixed sentence."""
        names = seen.records or list(seen.verdicts)[:3]
        found: list[Place | None] = [place for name in names for place in self.places.figures(name, words)]
        return found or [*(self.places.response(name) for name in seen.done), *self._act(seen)]

    def _card(self, name: str, seen: Observed) -> list[Place | None]:
        path = self.places.card(name) or self.places.route(name)
        shown = [self.places.examples(record) for record in seen.records[:1]]
        return [
            Place(path, 1, "deze kaart") if path else None,
            self.places.examples(name),
            *shown,
            *([] if shown else self._act(seen)),
        ]

    def _act(self, seen: Observed) -> list[Place | None]:
        return [self.places.rule(seen), self.places.examples(seen.intent)]

    def _route(self, route: str, seen: Observed) -> list[Place | None]:
        """The conditions that decided: those of the reasons given, else of what the route asks."""
        programme = self.knowledge.programmes.get(route)
        if programme is None:
            return []
        profile = trajectory.complete(self.knowledge, seen.known)
        reasons = verdicts.judge(self.knowledge, programme, profile).reasons
        return list(self.places.conditions(route, [reason.fact for reason in reasons]))


Difference = tuple[tuple[str, ...], str, str, Iterable[Place | None]]


def _once(places: Iterable[Place | None]) -> list[Place]:
    return list(dict.fromkeys(place for place in places if place))


def _plain(text: str) -> str:
    return " ".join(str(text).lower().split())


def _short(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= SHOWN_TEXT else f"{one_line[:SHOWN_TEXT]}…"


def _listed(names: Iterable[str], nothing: str) -> str:
    return ", ".join(dict.fromkeys(names)) or nothing


def _value(value: object) -> str:
    return "niet geweten" if value is None else ("ja" if value else "nee") if isinstance(value, bool) else str(value)
