"""Answers to questions, and what is said when a message isn't understood or lies outside the field."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.own_route import said_of_own_route
from actions.replies import (
    PLAYED_BACK,
    Button,
    Domain,
    Events,
    button,
    entities_of,
    intent_of,
    profile_of,
    say,
    say_language,
    say_topics,
    text_of,
    topic_button,
)
from knowledge import answers, facts, interests, store, telling, whatif
from knowledge.answers import Wanted
from knowledge.schema import Topic
from knowledge.store import Knowledge
from knowledge.wording import enumeration

MAX_MISUNDERSTANDINGS = 2
OFFERED = 3  # questions
LOOSE_WORDS = 5  # "en hoe is dat in Nederland?"; with nothing before it that can't be answered
ELSEWHERE = 0.3  # score; a card about another country that is this much further is about something else
ABOUT_ONESELF = ("age", "situation", "education", "vdab_enrolled", "own_daycare", "informal_experience")
LEAVING_UNKNOWN = "Wat ontslag met je inkomen of je uitkering doet, staat niet in onze documenten."
HUMAN = button("Ik wil met een mens praten", "mens_spreken")


class ActionAnswer(Action):  # type: ignore[misc]
    """Answers a question from the cards; carries over what was talked about before."""

    def name(self) -> str:
        return "action_answer"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        knowledge = store.current()
        if said_of_own_route(dispatcher, tracker, knowledge):
            return [SlotSet("misunderstandings", 0)]
        asked, entities = _asked(tracker)
        in_full = asked != text_of(tracker)
        wanted = answers.wanted_from(knowledge, entities, by_sector=in_full)
        context = _context(tracker)
        candidates = tracker.latest_message.get("topics") or []
        if in_full:
            near = answers.about(knowledge, candidates, wanted)
            if wanted.countries and not (near and candidates[0]["score"] - near[0]["score"] < ELSEWHERE):
                return _nothing_abroad(dispatcher, knowledge, near)
            candidates = near or candidates
        choice = answers.choose(knowledge, candidates, wanted, context, asked)
        short = len(asked.split()) <= LOOSE_WORDS
        loose = _leans(tracker) and not tracker.get_slot("last_question") and (short or not wanted)
        if loose or not choice.shown:  # "en dat?" asks on, but nothing was talked about yet
            return _ask_again(dispatcher, tracker)
        say_language(dispatcher, tracker)
        say_topics(dispatcher, knowledge, choice.shown, choice.others, _own_routes(knowledge, tracker))
        for warning in whatif.warnings({}, {}, text_of(tracker)):
            say(dispatcher, warning)
        passing = _facts_in_passing(knowledge, tracker)
        if passing and not (tracker.active_loop or {}).get("name"):  # in the intake the next question plays it back
            clauses = facts.summary(knowledge, {str(event["name"]): event["value"] for event in passing})
            say(dispatcher, f"{PLAYED_BACK}{enumeration(clauses)}.")
        first = choice.shown[0]
        question = first.titel if _leans(tracker) and not in_full else asked
        return _remember(knowledge, first, question, wanted, context) + passing


class ActionAnswerTopic(Action):  # type: ignore[misc]
    """Shows the card of a button."""

    def name(self) -> str:
        return "action_answer_topic"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        knowledge = store.current()
        ids = [entity["value"] for entity in entities_of(tracker) if entity["entity"] == "topic"]
        topics = [knowledge.topics[name] for name in ids if name in knowledge.topics]
        if not topics:
            return _ask_again(dispatcher, tracker)
        say_topics(dispatcher, knowledge, topics[:1])
        return _remember(knowledge, topics[0], topics[0].titel)


class ActionOfferTopics(Action):  # type: ignore[misc]
    """Not understood: offers the nearest topics first, a person after that."""

    def name(self) -> str:
        return "action_offer_topics"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        return _ask_again(dispatcher, tracker)


class ActionOutOfScope(Action):  # type: ignore[misc]
    """Says what the bot is for."""

    def name(self) -> str:
        return "action_out_of_scope"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Domain) -> Events:
        if said_of_own_route(dispatcher, tracker, store.current()) or said_caution(dispatcher, tracker):
            return []
        say_language(dispatcher, tracker)
        say(
            dispatcher,
            "Daar kan ik je niet bij helpen. Ik weet alleen iets over leren en werken in de zorg en de kinderopvang. "
            "Je kunt mij vragen welke opleiding bij je past.",
            "out_of_scope",
            [button("Welke opleiding past bij mij?", "start_traject"), HUMAN],
        )
        return []


def said_caution(dispatcher: CollectingDispatcher, tracker: Tracker) -> bool:
    """Who asks about leaving a job, and isn't answered otherwise, is told with whom to talk first; whether that was said."""
    text = text_of(tracker)
    warned = whatif.warnings({}, {}, text)
    if not warned or telling.is_telling(text):
        return False
    say(dispatcher, f"{warned[0]} {LEAVING_UNKNOWN}", "unknown", [HUMAN])
    return True


def _leans(tracker: Tracker) -> bool:
    return intent_of(tracker) == "en_vervolg"


def _asked(tracker: Tracker) -> tuple[str, list[dict[str, Any]]]:
    """The question with its entities; of "en in het CVO?" the question that it stands for."""
    full = tracker.latest_message.get("in_full")
    return (full["text"], full["entities"]) if full and _leans(tracker) else (text_of(tracker), entities_of(tracker))


def _nothing_abroad(
    dispatcher: CollectingDispatcher, knowledge: Knowledge, candidates: Sequence[Mapping[str, Any]]
) -> Events:
    """ "En in Nederland?" after what only Flanders knows."""
    topics = [knowledge.topics[str(item["id"])] for item in candidates[:OFFERED]]
    text = "Daarover staat niets over Nederland in onze documenten."
    text += " Bedoel je een van deze vragen?" if topics else " Een mens kan het voor je uitzoeken."
    say(dispatcher, text, "clarify" if topics else "unknown", [*map(topic_button, topics), HUMAN])
    return [SlotSet("misunderstandings", 0)]


def _own_routes(knowledge: Knowledge, tracker: Tracker) -> list[Button]:
    """For who told about themselves beside the question: a button to their own routes."""
    told = _told(knowledge, tracker)
    personal = [name for name in told if name in ABOUT_ONESELF]
    active = (tracker.active_loop or {}).get("name")
    return [button("Welke routes zijn er voor mij?", "start_traject", told)] if personal and not active else []


def _ask_again(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    knowledge = store.current()
    if said_of_own_route(dispatcher, tracker, knowledge) or said_caution(dispatcher, tracker):
        return [SlotSet("misunderstandings", 0)]
    say_language(dispatcher, tracker)
    times = int(tracker.get_slot("misunderstandings") or 0) + 1
    if times > MAX_MISUNDERSTANDINGS:
        say(
            dispatcher,
            "Sorry, ik begrijp je nog altijd niet. Een mens kan je beter helpen.",
            "handover",
            [HUMAN, button("Welke opleiding past bij mij?", "start_traject")],
        )
        return [SlotSet("misunderstandings", 0)]
    found = tracker.latest_message.get("topics") or []
    topics = [knowledge.topics[item["id"]] for item in found if item["id"] in knowledge.topics][:OFFERED]
    if topics:
        say(dispatcher, "Dat begrijp ik niet helemaal. Bedoel je een van deze vragen?", "clarify",
            [topic_button(topic) for topic in topics] + [HUMAN])  # fmt: skip
    else:
        say(dispatcher, "Dat begrijp ik niet. Kun je het met andere woorden vragen?", "clarify", [HUMAN])
    return [SlotSet("misunderstandings", times)]


def _context(tracker: Tracker) -> Wanted:
    """What was talked about: kept for follow-up questions, which are short or lean on the one before; else the own goal."""
    is_follow_up = _leans(tracker) or len(str(tracker.latest_message.get("text") or "")) < 45
    last: dict[str, Any] = (tracker.get_slot("last_labels") or {}) if is_follow_up else {}
    knowledge = store.current()
    known = profile_of(tracker, knowledge)
    goals = [known["occupation"]] if known.get("occupation") in knowledge.occupations else []
    if not goals and interests.narrowed(knowledge, known):
        goals = [item.id for item in interests.fitting(knowledge, known)]
    occupations, routes, countries = (last.get(name, []) for name in ("occupations", "routes", "countries"))
    return Wanted(frozenset(occupations or goals), frozenset(routes), frozenset(countries))


def _remember(
    knowledge: Knowledge, topic: Topic, question: str, wanted: Wanted = Wanted(), context: Wanted = Wanted()  # noqa: B008
) -> Events:
    """What was asked, and about what: named now, else what the card is about, else what was named before."""
    labels = answers.search_labels(knowledge, topic)
    merged = {
        "occupations": sorted(wanted.occupations or labels.occupations or context.occupations),
        "routes": sorted(wanted.routes or labels.routes or context.routes),
        "countries": sorted(wanted.countries or labels.countries),
    }
    return [SlotSet("last_labels", merged), SlotSet("last_question", question), SlotSet("misunderstandings", 0)]


def _facts_in_passing(knowledge: Knowledge, tracker: Tracker) -> Events:
    """Facts about oneself told with a question ("ik ben 34 en werkloos, …").

    Never the occupation that was asked about, nor what is sensitive: that is only kept where the person is told so.
    """
    told = _told(knowledge, tracker)
    left_out = {"occupation", "qualification_nl"} | {fact.id for fact in knowledge.facts.values() if fact.gevoelig}
    return [SlotSet(name, told[name]) for name in told if name not in left_out and tracker.get_slot(name) is None]


def _told(knowledge: Knowledge, tracker: Tracker) -> dict[str, Any]:
    """What a question tells of the one who asks: only with "ik" in it, since most questions are about nobody."""
    text = text_of(tracker)
    if not re.search(r"\b(?:ik|k\w*|'k)\b", text, re.IGNORECASE):
        return {}
    return telling.read(knowledge, text, entities_of(tracker), about=tracker.get_slot("about") or "").facts
