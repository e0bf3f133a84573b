"""Two routes side by side for this person."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.own_route import said_of_own_route
from actions.replies import (
    Domain,
    Events,
    button,
    entities_of,
    profile_of,
    say,
    say_data,
    say_topics,
    text_of,
)
from actions.routes import LABELS, UNSTATED, detail_or_empty
from knowledge import answers, facts, store, trajectory, wording
from knowledge.store import Knowledge
from knowledge.verdicts import Judgement

COMPARED = (
    ("Duur", "duur"),
    ("Uren", "uren"),
    ("Stage", "stage"),
    ("Bewijs", "getuigschrift"),
    ("Korter", "vrijstelling"),
    ("Inkomen", "inkomen"),
)
PLACES = tuple(
    re.compile(rf"\b(?:{names})\b")
    for names in ("eerste|1|1e|1ste", "tweede|2|2e|2de", "derde|3|3e|3de", "vierde|4|4e|4de")
)


class ActionCompare(Action):  # type: ignore[misc]
    """Two routes to one occupation side by side, with the verdict for this person; else asks which."""

    def name(self) -> str:
        return "action_compare"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        knowledge = store.current()
        if said_of_own_route(dispatcher, tracker, knowledge):
            return []
        wanted = answers.wanted_from(knowledge, entities_of(tracker))
        known = profile_of(tracker, knowledge)
        talked = (tracker.get_slot("last_labels") or {}).get("occupations") or []
        occupation = next(iter(wanted.occupations), None) or known.get("occupation")
        occupation = occupation or (talked[0] if len(talked) == 1 else None)
        judged = trajectory.advise(knowledge, {**known, "occupation": occupation}).judgements
        said = facts.plain(text_of(tracker))
        spelt = {item.programme.route for item in judged if _abbreviations(item) & set(said.split())}
        pair = _pair(judged, wanted.routes | spelt)
        if len(pair) < 2 and not wanted.routes and tracker.get_slot("advice_given"):
            pair = _numbered(judged, said) or list(judged[:2])
        if len(pair) == 2:
            _say_pair(dispatcher, knowledge, pair)
            return []
        choice = answers.choose(knowledge, tracker.latest_message.get("topics") or [], wanted)
        if choice.shown and not (occupation and wanted.routes):
            say_topics(dispatcher, knowledge, choice.shown, choice.others)
        elif pair:
            names = [item.programme.naam for item in pair]
            text = f"Voor dit beroep ken ik alleen: {wording.enumeration(names)}. De andere weg staat niet in onze documenten."
            say(dispatcher, text, "unknown", [button("Toon alle routes", "toon_alles")])
        else:
            text = "Welke twee routes wil je vergelijken? Zeg bijvoorbeeld: vergelijk CVO met opleidingscentrum voor zorgkundige."
            say(dispatcher, text, "clarify", [button("Toon alle routes", "toon_alles")])
        return []


def _say_pair(dispatcher: CollectingDispatcher, knowledge: Knowledge, pair: Sequence[Judgement]) -> None:
    rows = [
        {"label": "Voor jou", "cells": [LABELS[item.verdict] for item in pair]},
        {"label": "Waarom", "cells": [item.reasons[0].text for item in pair]},
    ]
    for label, name in COMPARED:
        cells = [detail_or_empty(getattr(item.programme, name)) or UNSTATED for item in pair]
        if set(cells) != {UNSTATED}:
            rows.append({"label": label, "cells": cells})
    rows.append({"label": "Vraag het aan", "cells": [item.ask.naam for item in pair]})
    sources = [source for item in pair for source in item.programme.bronnen]
    text = "\n\n".join(
        "\n".join([item.programme.naam] + [f"- {row['label']}: {row['cells'][number]}" for row in rows])
        for number, item in enumerate(pair)
    )
    data = {
        "type": "comparison",
        "columns": [item.programme.naam for item in pair],
        "rows": rows,
        "records": [item.programme.id for item in pair],
        "sources": answers.source_list(knowledge, sources),
    }
    say_data(dispatcher, f"{text}\n\n{answers.source_line(knowledge, sources)}", data)


def _abbreviations(item: Judgement) -> set[str]:
    """The letters that a route is known by: "ika", "cvo"."""
    return {letters.lower() for letters in re.findall(r"\b[A-Z]{3,}\b", item.programme.naam)}


def _numbered(judged: Sequence[Judgement], said: str) -> list[Judgement]:
    """The two routes named by their place ("de eerste met de derde"); empty when fewer are."""
    places = [place for place, names in enumerate(PLACES) if names.search(said) and place < len(judged)]
    return [judged[place] for place in places[:2]] if len(places) > 1 else []


def _pair(judged: Sequence[Judgement], routes: frozenset[str]) -> list[Judgement]:
    """The two routes that were named, of each kind the one that suits this person best."""
    chosen: dict[str, Judgement] = {}
    for item in judged:
        if item.programme.route in routes:
            chosen.setdefault(item.programme.route.split("_")[0], item)
    return list(chosen.values())[:2]
