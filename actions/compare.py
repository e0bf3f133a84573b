"""What differs: two routes side by side for this person, and "what if"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.advice import LABELS, UNSTATED, detail_or_empty
from actions.replies import (
    Button,
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
from knowledge import answers, facts, store, trajectory, whatif, wording
from knowledge.store import Knowledge
from knowledge.trajectory import Judgement

COMPARED = (
    ("Duur", "duur"),
    ("Uren", "uren"),
    ("Stage", "stage"),
    ("Bewijs", "getuigschrift"),
    ("Korter", "vrijstelling"),
    ("Inkomen", "inkomen"),
)
SHOWN = 4
NOT_YOURS = "niet bij je doel"
SAME_PACE = 3  # routes of which the hours are told when only the pace or the time of day changes


class ActionCompare(Action):  # type: ignore[misc]
    """Two routes to one occupation side by side, with the verdict for this person; else asks which."""

    def name(self) -> str:
        return "action_compare"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        knowledge = store.current()
        wanted = answers.wanted_from(knowledge, entities_of(tracker))
        known = profile_of(tracker, knowledge)
        occupation = next(iter(wanted.occupations), None) or known.get("occupation")
        judged = trajectory.advise(knowledge, {**known, "occupation": occupation}).judgements
        pair = _pair(judged, wanted.routes)
        if len(pair) < 2 and not wanted.routes and tracker.get_slot("advice_given"):
            pair = list(judged[:2])
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


def _pair(judged: Sequence[Judgement], routes: frozenset[str]) -> list[Judgement]:
    """The two routes that were named, of each kind the one that suits this person best."""
    chosen: dict[str, Judgement] = {}
    for item in judged:
        if item.programme.route in routes:
            chosen.setdefault(item.programme.route.split("_")[0], item)
    return list(chosen.values())[:2]


class ActionWhatIf(Action):  # type: ignore[misc]
    """ "En als ik …?": what another answer would change, without keeping it."""

    def name(self) -> str:
        return "action_what_if"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        knowledge = store.current()
        profile = profile_of(tracker, knowledge)
        text = text_of(tracker)
        if text.startswith("/"):
            pressed = {
                item["entity"]: item["value"] for item in entities_of(tracker) if item["entity"] in knowledge.facts
            }
            values = {name: facts.read_value(knowledge.facts[name], value) for name, value in pressed.items()}
            changed = {name: value for name, value in values.items() if value is not None}
        else:
            changed = whatif.supposed(knowledge, text, entities_of(tracker))
        changed = {name: value for name, value in changed.items() if value != profile.get(name)} or changed
        if not changed:
            _ask_what(dispatcher, knowledge, profile, text)
            return []
        if not {"occupation", "region"} & {*profile, *changed}:
            text = "Dan moet ik eerst weten wat je wilt worden. Zal ik je een paar vragen stellen?"
            warned = " ".join(whatif.warnings(profile, changed, text_of(tracker)))
            say(dispatcher, f"{warned} {text}".strip(), "clarify", [button("Stel mij de vragen", "start_traject")])
            return []
        found, same = whatif.changes(knowledge, profile, changed)
        clauses = wording.enumeration(facts.summary(knowledge, changed))
        warned = "\n\n".join(whatif.warnings(profile, changed, text))
        blocks = [
            f"Stel: {clauses}. {_in_words(found, same)}"
        ]  # the person reads first what would be, then the caution
        if not found:
            blocks.append(_pace(knowledge, profile, changed))
        blocks += [warned, "Ik onthoud dit niet: het was maar om te kijken."]
        data: dict[str, Any] = {"type": "answer", "records": [], "sources": []}
        if found:
            sources = [source for change in found[:SHOWN] for source in change.programme.bronnen]
            blocks.append(answers.source_line(knowledge, sources))
            data = {
                "type": "comparison",
                "columns": ["Nu", "Dan"],
                "rows": [
                    {"label": change.programme.naam, "cells": [_label(change.before), _label(change.after)]}
                    for change in found
                ],
                "records": [change.programme.id for change in found],
                "sources": answers.source_list(knowledge, sources),
            }
        say_data(dispatcher, "\n\n".join(block for block in blocks if block), data, _keep(profile, changed))
        return []


def _keep(profile: dict[str, Any], changed: dict[str, Any]) -> list[Button]:
    """For who isn't in the intake yet: a way into it."""
    return [] if profile else [button("Welke routes zijn er voor mij?", "start_traject", changed)]


def _label(verdict: str | None) -> str:
    return LABELS[verdict] if verdict else NOT_YOURS  # type: ignore[index]


def _in_words(found: Sequence[whatif.Change], same: int) -> str:
    if not found:
        return "Met wat ik nu van je weet, verandert er dan niets aan je routes."
    lines = [
        f"- {change.programme.naam}: van '{_label(change.before)}' naar '{_label(change.after)}'. {change.reason}".strip()
        for change in found[:SHOWN]
    ]
    text = "Dan verandert dit:\n" + "\n".join(lines)
    if len(found) > SHOWN:
        text += f"\n- En nog {len(found) - SHOWN} andere routes."
    rest = {0: "", 1: "\n\nEén andere route blijft zoals ze is."}.get(
        same, f"\n\nDe {same} andere routes blijven zoals ze zijn."
    )
    return text + rest


def _pace(knowledge: Knowledge, profile: dict[str, Any], changed: dict[str, Any]) -> str:
    """What the documents say of hours and rhythm, when only the pace or the time of day would be another."""
    if not {"weekly_time", "day_part"} & set(changed):
        return ""
    lines = []
    for item in trajectory.advise(knowledge, profile).judgements[:SAME_PACE]:
        programme = item.programme
        told = [detail_or_empty(part) for part in (*programme.ritme, programme.uren) if part]
        lines.append(f"- {programme.naam}: {' '.join(told) if told else 'het ritme ' + UNSTATED + '.'}")
    if not lines:
        return ""
    return "Dit staat er over uren en ritme:\n" + "\n".join(lines) + "\nVraag aan het centrum welk tempo er kan."


def _ask_what(dispatcher: CollectingDispatcher, knowledge: Knowledge, profile: dict[str, Any], text: str) -> None:
    """A supposition that nothing is known about: what can be supposed, with an example of this person's own."""
    lead = "Dat kan ik niet doorrekenen. " + " ".join(whatif.warnings(profile, {}, text))
    offers = [
        button("En als ik 18 ben?", "wat_als", {"age": 18}) if profile.get("age", 99) in range(12, 18) else None,
        button("En als ik ingeschreven ben bij VDAB?", "wat_als", {"vdab_enrolled": "ja"})
        if profile.get("vdab_enrolled") is not True and profile.get("situation") != "werknemer"
        else None,
        button("En met ervaring in de zorg?", "wat_als", {"paid_experience": "zorg"})
        if profile.get("paid_experience") not in ("zorg", "beide")
        else None,
    ]
    say(
        dispatcher,
        f"{lead.strip()} Ik kan kijken wat verandert met een andere leeftijd, een ander diploma, ander werk, "
        "meer ervaring of een ander beroep. Zeg bijvoorbeeld: en als ik bij een gemeente werk?",
        "clarify",
        [offer for offer in offers if offer],
    )
