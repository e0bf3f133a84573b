"""What someone asks of their own route, without naming it: answered from their plan ("hoeveel geld krijg ik dan?")."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.replies import button, entities_of, profile_of, say, say_topics, text_of
from knowledge import answers, ranking, trajectory, whatif
from knowledge.planning import asked, build, route_notes, sheets, words
from knowledge.planning.model import Note, Plan, unique
from knowledge.schema import Programme
from knowledge.store import Knowledge
from knowledge.trajectory import Advice
from knowledge.verdicts import VERDICT_LABELS

NAMES_ANOTHER = frozenset({"route", "occupation", "diploma", "place", "region"})  # a question about that: for the cards
OTHERS = 2  # routes offered beside the own one
RANKED, BEST = ("kortst", "beste"), 3
CLOSED = 3  # routes of which is told why they aren't open
TOO_OLD = "onbekend_max_leeftijd"


def said_of_own_route(dispatcher: CollectingDispatcher, tracker: Tracker, knowledge: Knowledge) -> bool:
    """Answers a question about the route of this person; whether it was one. Without a goal there is no own route."""
    text, profile = text_of(tracker), profile_of(tracker, knowledge)
    if tracker.get_slot("about"):
        text = asked.as_own(text)
    part = asked.part_asked(text)
    if part is None or any(item["entity"] in NAMES_ANOTHER for item in entities_of(tracker)):
        return False
    if _after_a_card(tracker, knowledge) and not asked.is_about_oneself(text):
        return False  # "en hoelang duurt dat?" after a card is about that card
    advice = trajectory.advise(knowledge, profile)
    if "occupation" not in advice.profile or not advice.judgements:
        return False
    if part == "leeftijd" and advice.profile.get("region") != "nederland" and TOO_OLD in knowledge.topics:
        say_topics(dispatcher, knowledge, [knowledge.topics[TOO_OLD]])
    elif part == "waarom_niet":
        _say_closed(dispatcher, knowledge, advice)
    elif part in RANKED:
        _say_best(dispatcher, knowledge, advice, part)
    else:
        _say_part(dispatcher, knowledge, advice, planned(knowledge, tracker, advice), part)
    for warning in whatif.warnings({}, {}, text):
        say(dispatcher, warning)
    return True


def planned(knowledge: Knowledge, tracker: Tracker, advice: Advice) -> Programme:
    """The route that was talked about last, such as that of the plan shown; else the best one."""
    last = tracker.get_slot("last_labels") or {}
    routes, occupations = last.get("routes") or [], last.get("occupations") or []
    for item in advice.judgements:
        if [item.programme.route] == routes and item.programme.beroep in occupations:
            return item.programme
    return advice.judgements[0].programme


def _after_a_card(tracker: Tracker, knowledge: Knowledge) -> bool:
    """Whether the last thing shown, apart from the questions of the intake, was a card."""
    for event in reversed(tracker.events):
        data = ((event.get("data") or {}).get("custom") or {}).get("data") or {}
        if event.get("event") == "bot" and data.get("type") not in (None, "question", "clarify"):
            return any(name in knowledge.topics for name in data.get("records") or [])
    return False


def _say_part(
    dispatcher: CollectingDispatcher, knowledge: Knowledge, advice: Advice, programme: Programme, part: asked.Part
) -> None:
    """One part of the plan of one route, with whom to ask and a button to the others."""
    made = build.plan(knowledge, programme, advice.profile)
    sheet = sheets.employer_sheet(knowledge, programme, advice.profile) if part == "werkgever" else None
    told = _for_employer(made, sheet) if sheet else asked.notes(made, part)
    where = ", ".join(filter(None, (made.call.website, made.call.email)))
    lines = [f"{words.headline(made)}.", *(f"- {words.note_text(note)}" for note in told)]
    lines.append(f"Bel of schrijf eerst: {made.call.name}{f' ({where})' if where else ''}.")
    sources = unique([*(source for note in told for source in note.sources), *programme.bronnen])
    others = [
        item.programme for item in advice.judgements if item.programme is not programme and item.verdict != "niet"
    ]
    say(
        dispatcher,
        "\n".join(lines) + f"\n\n{answers.source_line(knowledge, sources)}",
        buttons=[
            button("Mijn plan", "mijn_plan", {"programme": programme.id}),
            *(button(f"Plan voor: {other.naam}", "mijn_plan", {"programme": other.id}) for other in others[:OTHERS]),
        ],
        records=[programme.id],
        sources=answers.source_list(knowledge, sources),
    )


def _for_employer(made: Plan, sheet: sheets.EmployerSheet) -> tuple[Note, ...]:
    """What there is to arrange at work, and that the premiums stand on the sheet."""
    told = [Note("Misschien is er een premie. Wat wij weten, staat op het werkgeversblad.")] if sheet.premiums else []
    told += [Note(text) for text in sheet.notes if text == sheets.NOT_DUAL]
    asking = Note("Je werkgever vraagt de rest na.", ask=sheet.ask)
    return (*made.arrange, *told, asking, Note("Zeg 'werkgeversblad' voor een blad om af te geven."))


def _say_best(dispatcher: CollectingDispatcher, knowledge: Knowledge, advice: Advice, part: asked.Part) -> None:
    """The best routes with how long they take; which is chosen stays with the person."""
    profile = {**advice.profile, ranking.PRIORITY: "snel"} if part == "kortst" else advice.profile
    judged = trajectory.advise(knowledge, profile).judgements
    first = [item for item in judged if item.verdict != "niet"][:BEST] or list(judged[:1])
    names = trajectory.names(knowledge, [item.programme for item in first])
    lines = [
        f"- {names[item.programme.id]} ({VERDICT_LABELS[item.verdict].lower()}): "
        + " ".join(words.note_text(note) for note in route_notes.duration(item.programme))
        for item in first
    ]
    sources = unique(source for item in first for source in item.programme.bronnen)
    say(
        dispatcher,
        "Kiezen doe je zelf. Dit staat voor jou bovenaan:\n"
        + "\n".join(lines)
        + f"\n\n{ranking.explained(judged, profile)}\n\n{answers.source_line(knowledge, sources)}",
        buttons=[
            *(
                button(f"Plan voor: {item.programme.naam}", "mijn_plan", {"programme": item.programme.id})
                for item in first
            ),
            button("Wat telt voor jou?", "kies_volgorde"),
        ],
        records=[item.programme.id for item in first],
        sources=answers.source_list(knowledge, sources),
    )


def _say_closed(dispatcher: CollectingDispatcher, knowledge: Knowledge, advice: Advice) -> None:
    """Which routes aren't open and why; the closed ones first."""
    shut = [item for item in advice.judgements if item.verdict != "open"]
    shut.sort(key=lambda item: item.verdict != "niet")
    sources = unique(source for item in shut[:CLOSED] for source in item.programme.bronnen)
    if not shut:
        text = "Geen van deze routes is dicht voor je. Het centrum beslist."
    else:
        lines = [
            f"- {item.programme.naam} ({VERDICT_LABELS[item.verdict].lower()}): {item.reasons[0].text}"
            for item in shut[:CLOSED]
        ]
        text = "Dit is nu niet open, en daarom:\n" + "\n".join(lines) + f"\n\n{answers.source_line(knowledge, sources)}"
    say(
        dispatcher,
        text,
        buttons=[button("Toon alle routes", "toon_alles"), button("Met een mens praten", "mens_spreken")],
        records=[item.programme.id for item in shut[:CLOSED]],
        sources=answers.source_list(knowledge, sources),
    )
