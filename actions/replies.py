"""The shape of every reply: a text, its buttons, and the data beside it (see the contract in docs/ontwerp.md)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from knowledge import answers, conditions, glossary
from knowledge.schema import Fact, Programme, Topic
from knowledge.store import Knowledge

Events = list[dict[str, Any]]
Domain = dict[str, Any]
Button = dict[str, str]
MAX_TITLE = 60
PLAYED_BACK, WRONG = "Ik onthoud: ", "Klopt iets niet? Zeg het gewoon."
ASK_WHICH = "vraag"  # starts the EVC scan with the question of which occupation


def say(
    dispatcher: CollectingDispatcher,
    text: str,
    kind: str = "answer",
    buttons: Sequence[Button] = (),
    records: Iterable[str] = (),
    sources: Sequence[dict[str, Any]] = (),
    words: Sequence[dict[str, str]] = (),
) -> None:
    """One reply of a kind other than question or trajectory; `words` are its difficult words with their meaning."""
    data: dict[str, Any] = {"type": kind, "records": list(records), "sources": list(sources)}
    if words:
        data["words"] = list(words)
    say_data(dispatcher, text, data, buttons)


def say_data(dispatcher: CollectingDispatcher, text: str, data: dict[str, Any], buttons: Sequence[Button] = ()) -> None:
    """A reply with data of its own shape."""
    dispatcher.utter_message(text=text, buttons=list(buttons), json_message={"data": data})


def button(title: str, intent: str, entities: Mapping[str, Any] | None = None) -> Button:
    """A quick reply that Rasa understands without embedding: its payload names intent and entities."""
    values = json.dumps(dict(entities), ensure_ascii=False) if entities else ""
    return {"title": title[:MAX_TITLE], "payload": f"/{intent}{values}"}


def topic_button(topic: Topic) -> Button:
    return button(topic.titel, "kies_onderwerp", {"topic": topic.id})


def fact_buttons(fact: Fact, only: Sequence[str] | None = None) -> list[Button]:
    """The answers to a question as buttons, with "weet ik niet" last; none but that for a number; `only` some of them."""
    options = (
        [("Ja", "ja"), ("Nee", "nee")]
        if fact.type == "bool"
        else [(option.label, option.value) for option in fact.values if only is None or option.value in only]
    )
    options.append(("Weet ik niet", conditions.DONT_KNOW))
    return [button(label, "geef_info", {fact.id: value}) for label, value in options]


def scan_buttons(shown: Iterable[Topic | Programme]) -> list[Button]:
    """A button to the EVC scan under cards and routes about EVC; of their occupation at once when that is a single one."""
    found = False
    names: set[str] = set()
    for item in shown:
        if isinstance(item, Programme) and item.route in ("evc", "leereenheden"):
            found = True
            names.add(item.id.removeprefix("nl_") if item.land == "nederland" else item.beroep)
        elif isinstance(item, Topic) and item.familie == "vraag_evc":
            found = True
            names.update(item.beroepen)
    if not found:
        return []
    named = {"evc_qualification": names.pop() if len(names) == 1 else ASK_WHICH} if names else None
    return [button("Doe de EVC-scan", "start_evc_scan", named)]


def profile_of(tracker: Tracker, knowledge: Knowledge) -> dict[str, Any]:
    """What is known of this person: the slots that are facts."""
    return {name: tracker.get_slot(name) for name in knowledge.facts if tracker.get_slot(name) is not None}


def intent_of(tracker: Tracker) -> str:
    return str((tracker.latest_message.get("intent") or {}).get("name") or "")


def entities_of(tracker: Tracker) -> list[dict[str, Any]]:
    return list(tracker.latest_message.get("entities") or [])


def text_of(tracker: Tracker) -> str:
    return str(tracker.latest_message.get("text") or "")


def set_now(tracker: Tracker) -> dict[str, Any]:
    """The slots that this message set, with their value; None where it took one away."""
    found: dict[str, Any] = {}
    for event in reversed(tracker.events):
        if event.get("event") == "user":
            break
        if event.get("event") == "slot":
            found.setdefault(str(event.get("name")), event.get("value"))
    return dict(reversed(found.items()))


def say_language(dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
    """To someone who wrote in another language: one line in it, saying that the answer is in simple Dutch."""
    language = tracker.latest_message.get("language") or "nl"
    if language != "nl":
        dispatcher.utter_message(response=f"utter_taal_{language}")


def say_topics(
    dispatcher: CollectingDispatcher,
    knowledge: Knowledge,
    shown: Sequence[Topic],
    others: Sequence[Topic] = (),
    extra: Sequence[Button] = (),
) -> None:
    """Answer with one card, or with more under their titles when either may be meant; in short what we don't know beside it."""
    texts = [answers.answer_text(knowledge, shown[0])]
    for topic in shown[1:]:
        unknown = topic.soort == "onbekend"
        texts.append(answers.in_short(knowledge, topic) if unknown else answers.answer_text(knowledge, topic))
    if len(shown) > 1:
        texts = [f"{topic.titel}\n{text}" for topic, text in zip(shown, texts)]
    text = "\n\n".join(texts)
    sources = list(dict.fromkeys(source for topic in shown for source in topic.bronnen))
    next_buttons = [topic_button(topic) for topic in answers.follow_ups(knowledge, shown, others)]
    line = answers.source_line(knowledge, sources)
    kind = "unknown" if shown[0].soort == "onbekend" else "answer"
    say(
        dispatcher,
        f"{text}\n\n{line}".strip(),
        kind,
        [*extra, *scan_buttons(shown), *next_buttons],
        [topic.id for topic in shown],
        answers.source_list(knowledge, sources),
        glossary.difficult_words(knowledge, text),
    )
