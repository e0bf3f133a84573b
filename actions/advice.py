"""The advice at the end of the intake, and what people ask about it: all routes, one route, two compared, what if."""

from __future__ import annotations

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.own_route import said_of_own_route
from actions.replies import (
    Domain,
    Events,
    button,
    entities_of,
    intent_of,
    profile_of,
    say,
    say_data,
    scan_buttons,
    set_now,
    text_of,
    topic_button,
)
from actions.routes import programme_text, route_data, routes_text, talked_about
from knowledge import answers, facts, ranking, store, trajectory, wording
from knowledge.planning import build, maybe, words
from knowledge.schema import Programme
from knowledge.store import Knowledge
from knowledge.trajectory import Advice

SHOWN = 3
OPEN_NOTE = "Open betekent: geen voorwaarde die wij kennen houdt je tegen. Het centrum beslist."


class ActionAdvise(Action):  # type: ignore[misc]
    """Every route judged: the best three in words, all of them in the card."""

    def name(self) -> str:
        return "action_advise"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        knowledge = store.current()
        if _changes_nothing(tracker, knowledge):
            if not said_of_own_route(dispatcher, tracker, knowledge):
                text = "Goed om te weten. Dat verandert niets aan je routes."
                say(dispatcher, text, buttons=[button("Mijn plan", "mijn_plan"), button("Toon alle routes", "toon_alles")])
            return []
        advice = trajectory.advise(knowledge, profile_of(tracker, knowledge))
        say_advice(dispatcher, knowledge, advice)
        asked = tracker.get_slot("asked_facts") or tracker.get_slot("asked_before")
        done = {"asked_facts": None, "asked_before": asked, "advice_given": True, "supposed": None}
        return [SlotSet(name, value) for name, value in done.items()]


def _changes_nothing(tracker: Tracker, knowledge: Knowledge) -> bool:
    """Whether something was told after the advice that is no new fact: then the advice isn't said again."""
    typed = intent_of(tracker) in ("geef_info", "corrigeer") and not text_of(tracker).startswith("/")
    return typed and bool(tracker.get_slot("advice_given")) and not set(knowledge.facts) & set(set_now(tracker))


def say_advice(dispatcher: CollectingDispatcher, knowledge: Knowledge, advice: Advice, opening: str = "") -> None:
    """The card with its text; where there is no route at all, what to do instead."""
    if not advice.judgements:
        _say_no_route(dispatcher, knowledge, advice)
        return
    counted = sum(judgement.verdict == "open" for judgement in advice.judgements)
    clauses = facts.summary(knowledge, advice.profile)
    lead = opening or (f"Dit weet ik: {wording.enumeration(clauses)}.\n\n" if clauses else "")
    found = {0: "Geen route staat nu zeker open.", 1: "Eén route staat voor je open."}.get(
        counted, f"{counted} routes staan voor je open."
    )
    school = build.school_first(advice.profile) if any(map(ranking.is_of_school, advice.judgements)) else ""
    text = f"{lead}{f'{found} {school}'.strip()}\n\n{routes_text(knowledge, advice.judgements[:SHOWN])}"
    closing = [OPEN_NOTE] if counted else []
    closing += [ranking.explained(advice.judgements, advice.profile)] if len(advice.judgements) > 1 else []
    text += f"\n\n{' '.join(closing)}" if closing else ""
    some = maybe.for_some(None, advice.profile)
    text += "\n\n" + "\n".join([f"{words.MAYBE}:", *(f"- {words.note_text(note)}" for note in some)]) if some else ""
    used = [source for item in advice.judgements[:SHOWN] for source in item.programme.bronnen]
    used += [source for note in some for source in note.sources]
    text += f"\n\n{answers.source_line(knowledge, used)}"
    buttons = [button("Mijn plan", "mijn_plan")]
    buttons += [button("Toon alle routes", "toon_alles")] if len(advice.judgements) > SHOWN else []
    buttons += scan_buttons([item.programme for item in advice.judgements if item.verdict != "niet"])
    buttons += [topic_button(knowledge.topics[name]) for name in maybe.cards(knowledge, advice.profile)]
    best = advice.judgements[0].programme
    buttons += [
        button(f"Meer over: {best.naam}", "leg_route_uit", {"programme": best.id}),
        button("Wat telt voor jou?", "kies_volgorde"),
        button("Opnieuw beginnen", "opnieuw"),
    ]
    data = {"type": "trajectory", "routes": [route_data(knowledge, item) for item in advice.judgements]}
    data["maybe"] = [words.note_text(note) for note in some]
    say_data(dispatcher, text, data, buttons)


def _say_no_route(dispatcher: CollectingDispatcher, knowledge: Knowledge, advice: Advice) -> None:
    """What the plan says in that case: what to do instead, and with whom."""
    made = build.plan(knowledge, None, advice.profile)
    lines = [f"- {text}" for text in words.step_texts(made)]
    say(
        dispatcher,
        "\n".join([made.lead, *lines]) + f"\n\n{answers.source_line(knowledge, made.sources)}",
        "unknown",
        [
            button("Mijn plan", "mijn_plan"),
            *(
                [button("Een zorgberoep in Nederland", "geef_info", {"occupation": "zorg_nederland"})]
                if abroad(advice)
                else []
            ),
            button("Opnieuw beginnen", "opnieuw"),
            button("Met een mens praten", "mens_spreken"),
        ],
        sources=answers.source_list(knowledge, made.sources),
    )


def abroad(advice: Advice) -> bool:
    """Whether someone wants in the Netherlands what our documents only know in Flanders."""
    return advice.profile.get("region") == "nederland"


class ActionShowAll(Action):  # type: ignore[misc]
    """Every route in words."""

    def name(self) -> str:
        return "action_show_all"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        knowledge = store.current()
        advice = trajectory.advise(knowledge, profile_of(tracker, knowledge))
        data = {"type": "trajectory", "routes": [route_data(knowledge, item) for item in advice.judgements]}
        buttons = [
            button(item.programme.naam, "leg_route_uit", {"programme": item.programme.id})
            for item in advice.judgements[:SHOWN]
        ]
        say_data(dispatcher, routes_text(knowledge, advice.judgements), data, buttons)
        return []


class ActionExplainRoute(Action):  # type: ignore[misc]
    """One route in full: what it takes, what it gives, the steps, and what our documents don't say."""

    def name(self) -> str:
        return "action_explain_route"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        knowledge = store.current()
        programme = named_route(knowledge, tracker)
        if programme is None:
            say(dispatcher, "Over welke route wil je meer weten?", "clarify",
                [button("Toon alle routes", "toon_alles")])  # fmt: skip
            return []
        say(
            dispatcher,
            f"{programme_text(knowledge, programme)}\n\n{answers.source_line(knowledge, programme.bronnen)}",
            records=[programme.id],
            sources=answers.source_list(knowledge, programme.bronnen),
            buttons=[
                button(f"Plan voor: {programme.naam}", "mijn_plan", {"programme": programme.id}),
                *scan_buttons([programme]),
                button("Toon alle routes", "toon_alles"),
            ],
        )
        return talked_about(programme)


def named_route(knowledge: Knowledge, tracker: Tracker) -> Programme | None:
    """The route of a button, of a number in the plan ("de tweede"), or of a route word."""
    profile = profile_of(tracker, knowledge)
    judgements = trajectory.advise(knowledge, profile).judgements
    for entity in entities_of(tracker):
        if entity["entity"] == "programme" and entity["value"] in knowledge.programmes:
            return knowledge.programmes[str(entity["value"])]
    wanted = answers.wanted_from(knowledge, entities_of(tracker))
    for judgement in judgements:
        if judgement.programme.route in wanted.routes:
            return judgement.programme
    said = facts.plain(text_of(tracker))
    for number, names in enumerate((("1", "eerste", "een"), ("2", "tweede", "twee"), ("3", "derde", "drie"))):
        if any(name in said.split() for name in names) and number < len(judgements):
            return judgements[number].programme
    return judgements[0].programme if tracker.get_slot("advice_given") and judgements else None
