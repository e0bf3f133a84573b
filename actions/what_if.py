""" "En als ik …?": what another answer would change; suppositions may add up, and are never kept as facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.advice import say_advice
from actions.replies import (
    Button,
    Domain,
    Events,
    button,
    entities_of,
    profile_of,
    say,
    say_data,
    text_of,
)
from actions.routes import LABELS, UNSTATED, detail_or_empty
from knowledge import answers, facts, store, trajectory, whatif, wording
from knowledge.store import Knowledge

SHOWN = 4
NOT_YOURS = "niet bij je doel"
SAME_PACE = 3  # routes of which the hours are told when only the pace or the time of day changes
SUPPOSE, NOTHING, ALSO = "suppose", "niets", "ook"  # entity of a button, and what it says
SUPPOSED_ONE = "Dat is maar verondersteld. Zeg 'en als ik ook …' om er iets bij te nemen."
SUPPOSED_ALL = "Dat is allemaal maar verondersteld. De rest is zoals je het vertelde."


class ActionWhatIf(Action):  # type: ignore[misc]
    """ "En als ik …?": what another answer would change, without keeping it as a fact; "ook" comes on top of the last one."""

    def name(self) -> str:
        return "action_what_if"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        knowledge, text = store.current(), text_of(tracker)
        profile = profile_of(tracker, knowledge)
        pressed = {str(item["entity"]): item["value"] for item in entities_of(tracker)} if text.startswith("/") else {}
        if pressed.get(SUPPOSE) == NOTHING:
            return back_to_real(dispatcher, knowledge, tracker, profile)
        on_top = pressed.get(SUPPOSE) == ALSO or (not pressed and whatif.adds(text))
        before = dict(tracker.get_slot("supposed") or {}) if on_top else {}
        if pressed:
            read = {
                name: facts.read_value(knowledge.facts[name], value)
                for name, value in pressed.items()
                if name in knowledge.facts
            }
            changed = {name: value for name, value in read.items() if value is not None}
        elif whatif.is_fewer_hours(text):
            _ask_hours(dispatcher, on_top)
            return []
        else:
            changed = whatif.supposed(knowledge, text, entities_of(tracker))
        changed = {name: value for name, value in changed.items() if value != profile.get(name)} or changed
        if not changed:
            _ask_what(dispatcher, knowledge, profile, text)
            return []
        supposed = {**before, **changed}
        if not {"occupation", "region"} & {*profile, *supposed}:
            text = "Dan moet ik eerst weten wat je wilt worden. Zal ik je een paar vragen stellen?"
            warned = " ".join(whatif.warnings(profile, supposed, text_of(tracker)))
            say(dispatcher, f"{warned} {text}".strip(), "clarify", [button("Stel mij de vragen", "start_traject")])
            return []
        _say_changes(dispatcher, knowledge, profile, supposed, text)
        return [SlotSet("supposed", supposed)]


def _say_changes(
    dispatcher: CollectingDispatcher,
    knowledge: Knowledge,
    profile: dict[str, Any],
    supposed: dict[str, Any],
    text: str,
) -> None:
    """What would be another verdict, read first; then the caution, and that none of it is kept."""
    found, same = whatif.changes(knowledge, profile, supposed)
    names = trajectory.names(knowledge, [change.programme for change in found])
    clauses = facts.summary(knowledge, supposed)
    blocks = [f"Stel: {wording.enumeration(clauses)}. {_in_words(found, same, names)}"]
    if not found:
        blocks.append(_pace(knowledge, profile, supposed))
    blocks.append("\n\n".join(whatif.warnings(profile, supposed, text)))
    blocks.append(SUPPOSED_ALL if len(clauses) > 1 else SUPPOSED_ONE)
    data: dict[str, Any] = {"type": "answer", "records": [], "sources": []}
    if found:
        sources = [source for change in found[:SHOWN] for source in change.programme.bronnen]
        blocks.append(answers.source_line(knowledge, sources))
        data = {
            "type": "comparison",
            "columns": ["Nu", "Dan"],
            "rows": [
                {"label": names[change.programme.id], "cells": [_label(change.before), _label(change.after)]}
                for change in found
            ],
            "records": [change.programme.id for change in found],
            "sources": answers.source_list(knowledge, sources),
        }
    back = [button("Terug naar hoe het echt is", "wat_als", {SUPPOSE: NOTHING})] if profile else []
    say_data(dispatcher, "\n\n".join(block for block in blocks if block), data, [*back, *_keep(profile, supposed)])


def back_to_real(
    dispatcher: CollectingDispatcher, knowledge: Knowledge, tracker: Tracker, profile: dict[str, Any]
) -> Events:
    """Nothing is supposed any more; the routes as they are, unless a question is open."""
    lead = "Goed. Ik reken weer met wat je echt vertelde."
    if (tracker.active_loop or {}).get("name") or not {"occupation", "region"} & set(profile):
        say(dispatcher, lead)
    else:
        say_advice(dispatcher, knowledge, trajectory.advise(knowledge, profile), f"{lead}\n\n")
    return [SlotSet("supposed", None)]


def _ask_hours(dispatcher: CollectingDispatcher, on_top: bool) -> None:
    """Fewer hours of what: of lessons, or of the job beside them."""
    more = {SUPPOSE: ALSO} if on_top else {}
    say(
        dispatcher,
        "Minder uren waarvan? Kies wat je bedoelt.",
        "clarify",
        [
            button("Deeltijds leren", "wat_als", {"weekly_time": "deeltijds", **more}),
            button("Minder werken en leren", "wat_als", {"weekly_time": "deeltijds", "situation": "werknemer", **more}),
        ],
    )


def _keep(profile: dict[str, Any], changed: dict[str, Any]) -> list[Button]:
    """For who isn't in the intake yet: a way into it."""
    return [] if profile else [button("Welke routes zijn er voor mij?", "start_traject", changed)]


def _label(verdict: str | None) -> str:
    return LABELS[verdict] if verdict else NOT_YOURS  # type: ignore[index]


def _in_words(found: Sequence[whatif.Change], same: int, names: Mapping[str, str]) -> str:
    if not found:
        return "Met wat ik nu van je weet, verandert er dan niets aan je routes."
    lines = [
        f"- {names[change.programme.id]}: van '{_label(change.before)}' naar '{_label(change.after)}'. {change.reason}".strip()
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
