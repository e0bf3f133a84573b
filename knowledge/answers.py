"""Chooses which card answers a question, and words it with its source. Pure functions over the knowledge."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from knowledge import key_words
from knowledge.schema import Topic
from knowledge.schema_parts import ABROAD, Record, Source
from knowledge.store import Knowledge
from knowledge.today import today

# score by which the best card must lead to be shown alone; from the development half of tests/questions
SURE_MARGIN = 0.05
OFFERED_MARGIN = 0.15  # a card this near is offered as a button
UNKNOWN_MARGIN = 0.15  # a card that says what we don't know stands with it when so near: better said once too often
LABEL_BONUS = 0.05  # for a card about just what was named
LABEL_MALUS = 0.08  # for a card about another occupation, route or country than was named
CONTEXT_SHARE = 0.6  # what was named before counts less than what is named now
MAX_FOLLOW_UPS = 3
FIRST_SENTENCE = re.compile(r".*?[.?!](?=\s|$)", re.DOTALL)
MONEY_UNITS = ("euro",)
BOTH_COUNTRIES = "algemeen"  # the country of a card that compares Flanders with the Netherlands
ROUTES_OF_WORD = {
    "duaal": ("duaal_secundair", "duaal_volwassenen"),
}


@dataclass(frozen=True)
class Wanted:
    """What a question narrows itself to: occupations, routes, countries."""

    occupations: frozenset[str] = frozenset()
    routes: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.occupations or self.routes or self.countries)


@dataclass(frozen=True)
class Choice:
    """The cards that answer, best first: one when sure, two when not, and what we don't know; the nearest others as buttons."""

    shown: tuple[Topic, ...]
    others: tuple[Topic, ...] = field(default=())


def wanted_from(knowledge: Knowledge, entities: Sequence[Mapping[str, Any]], by_sector: bool = False) -> Wanted:
    """What the entities of a message narrow it to; denied ones don't count.

    A sector ("kinderbegeleider" is in any kind of child care) narrows it only where `by_sector`: people name it in passing.
    """
    values: dict[str, set[str]] = {"occupation": set(), "route": set(), "country": set()}
    for entity in entities:
        if entity.get("role") == "niet":
            continue
        name, value = entity["entity"], str(entity["value"])
        if name == "place":
            region = knowledge.places.get(value.lower())
            if region == ABROAD:
                values["country"].add(ABROAD)
        elif name == "route":
            values["route"].update(ROUTES_OF_WORD.get(value, (value,)))
        elif name == "occupation":
            values["occupation"].add(value)
        elif name == "sector" and by_sector:
            values["occupation"].update(job.id for job in knowledge.occupations.values() if job.sector == value)
    return Wanted(frozenset(values["occupation"]), frozenset(values["route"]), frozenset(values["country"]))


def about(knowledge: Knowledge, candidates: Sequence[Mapping[str, Any]], wanted: Wanted) -> list[Mapping[str, Any]]:
    """Of ranked candidates those that aren't about another occupation or country than is wanted."""
    lands = {*wanted.countries, BOTH_COUNTRIES}
    found = []
    for item in candidates:
        topic = knowledge.topics.get(str(item["id"]))
        if topic is None or (wanted.countries and topic.land not in lands):
            continue
        if not wanted.occupations or not topic.beroepen or wanted.occupations & set(topic.beroepen):
            found.append(item)
    return found


def choose(
    knowledge: Knowledge,
    candidates: Sequence[Mapping[str, Any]],
    wanted: Wanted,
    context: Wanted = Wanted(),  # noqa: B008  (frozen)
    text: str = "",
) -> Choice:
    """The cards that answer, from ranked candidates ({"id", "score"}), weighed by what the question narrows itself to.

    With the text of the question also the card of what it asks by a word of its own and the others don't speak of.
    """
    scored = []
    for candidate in candidates:
        topic = knowledge.topics.get(str(candidate["id"]))
        if topic is None:
            continue
        score = float(candidate["score"]) + _label_score(topic, wanted)
        score += CONTEXT_SHARE * _label_score(topic, _only_new(context, wanted))
        scored.append((score, topic))
    if not scored:
        return Choice(())
    scored.sort(key=lambda pair: -pair[0])
    best = scored[0][0]
    shown = [topic for place, (score, topic) in enumerate(scored) if score > best - _margin(topic, place)]
    unknown = [topic for topic in shown if topic.soort == "onbekend"]
    shown = [topic for topic in shown if topic not in unknown[1:]]  # said once is enough
    named = key_words.unanswered(knowledge, text, shown)
    if named:
        shown = [topic for topic in shown if topic is shown[0] or topic.soort != "onbekend"] + [named]
    others = [
        topic for score, topic in scored[: len(shown) + 3] if topic not in shown and score > best - OFFERED_MARGIN
    ]
    return Choice(tuple(shown), tuple(others[:2]))


def _margin(topic: Topic, place: int) -> float:
    if topic.soort == "onbekend":
        return UNKNOWN_MARGIN
    return SURE_MARGIN if place <= 1 else 0.0


def _only_new(context: Wanted, wanted: Wanted) -> Wanted:
    return Wanted(
        frozenset() if wanted.occupations else context.occupations,
        frozenset() if wanted.routes else context.routes,
        frozenset() if wanted.countries else context.countries,
    )


def _label_score(topic: Topic, wanted: Wanted) -> float:
    score = 0.0
    for named, labels in ((wanted.occupations, topic.beroepen), (wanted.routes, topic.routes)):
        if not named or not labels:
            continue
        score += LABEL_BONUS if named & set(labels) else -LABEL_MALUS
    if wanted.countries:
        same = (topic.land == ABROAD) == (ABROAD in wanted.countries)
        score += 0.0 if topic.land == BOTH_COUNTRIES else LABEL_BONUS if same else -LABEL_MALUS
    return score


def source_list(knowledge: Knowledge, sources: Sequence[str]) -> list[dict[str, Any]]:
    """Sources ("000:733-748") as a page needs them: document, lines, title and date; one per document and passage."""
    seen: dict[tuple[str, tuple[int, int]], dict[str, Any]] = {}
    for text in sources:
        source = Source.parse(text)
        document = knowledge.documents[source.document]
        seen[(source.document, source.lines)] = {
            "document": source.document,
            "lines": list(source.lines),
            "title": document.titel,
            "date": document.datum,
        }
    return list(seen.values())


def source_line(knowledge: Knowledge, sources: Sequence[str]) -> str:
    """ "Bron: …" with the title and date of each document, for people who read only text."""
    names = dict.fromkeys(Source.parse(text).document for text in sources)
    dates = {name: knowledge.documents[name].datum.removeprefix("schooljaar ") for name in names}  # fewer words to read
    titles = [f"{knowledge.documents[name].titel}, {dates[name]}" for name in names]
    return f"Bron: {'; '.join(titles)}." if titles else ""


def answer_text(knowledge: Knowledge, topic: Topic, on: dt.date | None = None) -> str:
    """The worded answer with its conflict, its date and whom to ask."""
    parts = [knowledge.text_of(topic)]
    if topic.conflict:
        parts.append(topic.conflict)
    day = on or today()
    parts += filter(None, (past_note(knowledge, topic, day), plan_note(knowledge, topic, day)))
    if topic.soort == "onbekend" and topic.vraag_het_aan and "vraag" not in parts[0].lower():
        parts.append(f"Vraag het aan {topic.vraag_het_aan}.")
    return "\n\n".join(parts)


def in_short(knowledge: Knowledge, topic: Topic) -> str:
    """What a card that stands beside an answer says of what we don't know: its first sentence and whom to ask."""
    first = FIRST_SENTENCE.match(knowledge.text_of(topic))
    ask = f" Vraag het aan {topic.vraag_het_aan}." if topic.vraag_het_aan else ""
    return f"{first[0] if first else knowledge.text_of(topic)}{ask}"


def past_note(knowledge: Knowledge, topic: Topic, on: dt.date) -> str:
    """Says that an amount is of a past school year; empty when the card holds no amount or is still of its year."""
    amounts = [figure for figure in topic.cijfers.values() if figure.eenheid in MONEY_UNITS]
    year = topic.schooljaar or school_year_of(knowledge, topic)
    if not amounts or not year or on <= school_year_end(year):
        return ""
    ask = f" bij {topic.vraag_het_aan}" if topic.vraag_het_aan else ""
    if len(amounts) == 1:
        return f"Dit bedrag gold in {year}, vraag het huidige bedrag na{ask}."
    return f"Deze bedragen golden in {year}, vraag de huidige bedragen na{ask}."


def plan_note(knowledge: Knowledge, topic: Topic, on: dt.date) -> str:
    """Says that a plan is of a time that is over; empty for what is no plan, or not over yet."""
    cited = [knowledge.documents[source.document] for source in topic.sources]
    over = [item.voorbij for item in cited if item.voorbij and not (item.valid_to and on <= item.valid_to)]
    return over[0] if over and topic.soort == "plan" else ""


def school_year_end(year: str) -> dt.date:
    """The last day of a school year: "2025-2026" -> 31 August 2026."""
    return dt.date(int(year[5:]), 8, 31)


def school_year_of(knowledge: Knowledge, topic: Record) -> str:
    """The school year of the first document cited that is of one ("2025-2026"); empty when none is."""
    for source in topic.sources:
        words = knowledge.documents[source.document].datum.split()
        if words[0] == "schooljaar":
            return words[1]
    return ""


def search_labels(knowledge: Knowledge, topic: Topic) -> Wanted:
    """What a shown card was about, to carry over to the next question."""
    occupations = topic.beroepen if len(topic.beroepen) <= 2 else []
    countries = {topic.land} if topic.land != BOTH_COUNTRIES else set()
    return Wanted(
        frozenset(occupations), frozenset(topic.routes if len(topic.routes) <= 2 else []), frozenset(countries)
    )


def follow_ups(knowledge: Knowledge, shown: Sequence[Topic], others: Sequence[Topic] = ()) -> list[Topic]:
    """What people ask next after these cards, as buttons."""
    ids = [name for topic in shown for name in topic.vervolg if name in knowledge.topics]
    names = dict.fromkeys([topic.id for topic in others] + ids)
    for topic in shown:
        names.pop(topic.id, None)
    return [knowledge.topics[name] for name in list(names)[:MAX_FOLLOW_UPS]]
