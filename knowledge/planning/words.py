"""A plan as plain text and as data: the chat, the command line and the pages all say it from here."""

from __future__ import annotations

import datetime as dt
from typing import Any

from knowledge import answers, wording
from knowledge.planning import calendar
from knowledge.planning.model import Note, Plan, Span, Step
from knowledge.store import Knowledge
from knowledge.verdicts import VERDICT_LABELS

MONEY_IN_CHAT = 5
MAYBE = "Misschien voor jou"


def headline(plan: Plan) -> str:
    """ "Zorgkundige in het CVO: open"."""
    return f"{plan.title}: {VERDICT_LABELS[plan.verdict].lower()}" if plan.programme else plan.title


def step_texts(plan: Plan) -> list[str]:
    """Each step in one line; with whom only where that changes."""
    before = [None, *(step.contact for step in plan.steps)]
    return [_step_text(step, step.contact != known) for step, known in zip(plan.steps, before)]


def _step_text(step: Step, with_whom: bool) -> str:
    parts = [step.text]
    if with_whom and step.contact and step.contact.name.lower() not in step.text.lower():
        parts.append(f"Bij: {step.contact.name}.")
    if step.lasts:
        parts.append(f"Duur: {step.lasts}.")
    if step.bring:
        parts.append(f"Neem mee: {step.bring}.")
    return " ".join(parts)


def note_text(note: Note) -> str:
    """A note in one line: its label before it, and whom to ask after it."""
    text = f"{note.label}: {note.text}" if note.label else note.text
    return f"{text} {asking(note)}" if asking(note) else text


def asking(note: Note) -> str:
    """The sentence with whom to ask, unless the note says so itself."""
    return f"Vraag dit na bij {note.ask}." if note.ask and note.ask not in note.text else ""


def span_text(span: Span) -> str:
    """ "Opleiding: van 1 februari 2027 tot 30 april 2028"."""
    if span.begin == span.end:
        return f"{span.label}: {wording.date(span.begin)}"
    return f"{span.label}: van {wording.date(span.begin)} tot {wording.date(span.end)}"


def start_text(plan: Plan) -> str:
    """The start that the calendar hangs on, and that it is only an example."""
    name = calendar.name_of(plan.start)
    return f"Start: {wording.date(plan.start)}{f' ({name})' if name else ''}. {calendar.EXAMPLE}"


def as_text(knowledge: Knowledge, plan: Plan) -> str:
    """The plan for who reads only text: what to do, how long, when, money and whom to call."""
    closed = [f"- {note.text}" for note in plan.why] if plan.verdict == "niet" else []
    blocks = [
        "\n".join([f"Je plan. {headline(plan)}.", plan.lead, *([plan.about] if plan.about else []), *closed]),
        "\n".join(["Wat je doet", *(f"{number}. {text}" for number, text in enumerate(step_texts(plan), 1))]),
    ]
    if plan.duration:
        week = [f"- {note_text(note)}" for note in plan.week]
        blocks.append("\n".join(["Hoelang en hoeveel", *(f"- {note_text(note)}" for note in plan.duration), *week]))
    if plan.timeline:
        blocks.append(
            "\n".join(["Wanneer", f"- {start_text(plan)}", *(f"- {span_text(span)}" for span in plan.timeline)])
        )
    if plan.income:
        blocks.append("\n".join(["Geld", *(f"- {note_text(note)}" for note in plan.income[:MONEY_IN_CHAT])]))
    for title, notes in (("Korter", plan.shorter), ("Te regelen", plan.arrange), (MAYBE, plan.maybe)):
        if notes:
            blocks.append("\n".join([title, *(f"- {note_text(note)}" for note in notes)]))
    where = ", ".join(filter(None, (plan.call.website, plan.call.email)))
    blocks.append(f"Bel of schrijf eerst: {plan.call.name}{f' ({where})' if where else ''}.")
    return "\n\n".join(blocks)


def as_data(knowledge: Knowledge, plan: Plan) -> dict[str, Any]:
    """The fields of a plan for programs, as docs/ontwerp.md has them."""
    return {
        "route": plan.programme.id if plan.programme else "",
        "title": plan.title,
        "verdict": plan.verdict,
        "lead": plan.lead,
        "about": plan.about,
        "start": plan.start.isoformat(),
        "steps": [
            {
                "text": step.text,
                "who": step.contact.name if step.contact else "",
                "href": step.contact.website if step.contact else "",
                "lasts": step.lasts,
                "bring": step.bring,
            }
            for step in plan.steps
        ],
        "duration": [note_text(note) for note in plan.duration],
        "week": [note_text(note) for note in plan.week],
        "timeline": [{"label": span.label, "from": _iso(span.begin), "to": _iso(span.end)} for span in plan.timeline],
        "income": [
            {"label": note.label, "text": f"{note.text} {asking(note)}".strip(), "ask": note.ask} for note in plan.income
        ],
        "shorter": [note_text(note) for note in plan.shorter],
        "arrange": [note_text(note) for note in plan.arrange],
        "maybe": [note_text(note) for note in plan.maybe],
        "questions": [note_text(note) for note in plan.questions],
        "call": {"name": plan.call.name, "website": plan.call.website, "email": plan.call.email},
        "links": [{"label": link.label, "href": link.href} for link in plan.links],
        "records": [plan.programme.id] if plan.programme else [],
        "sources": answers.source_list(knowledge, plan.sources),
    }


def _iso(day: dt.date) -> str:
    return day.isoformat()
