"""Fills the templates of a plan's pages, and writes its calendar file."""

from __future__ import annotations

import datetime as dt
import uuid
from pathlib import Path
from typing import Any

import icalendar
import jinja2

from bot.plan_store import KeptPlan
from knowledge import ranking, store, wording
from knowledge.planning import build, calendar, sheets, words
from knowledge.planning.model import Note, Plan
from knowledge.schema_parts import Source
from knowledge.verdicts import VERDICT_LABELS

TEMPLATES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent), autoescape=True, trim_blocks=True, lstrip_blocks=True
)
HOME = "/plan"  # where the pages are for visitors
PARTS = {
    "plan": "plan.html.j2",
    "belbriefje": "call.html.j2",
    "werkgever": "employer.html.j2",
    "samenvatting": "summary.html.j2",
}
LISTS = ("- ", "• ")
MARKS = {"yes": "ja", "no": "nee", "unknown": "nog niet zeker"}


def gone(home: str) -> bytes:
    """The page behind a link that is unknown or past its days: the same for both, so that codes can't be probed."""
    return TEMPLATES.get_template("gone.html.j2").render(home=home).encode()


class View:
    """A kept plan, as it is today, from the person's own start."""

    def __init__(
        self, kept: KeptPlan, code: str, start: dt.date | None, fault: str, today: dt.date, home: str = HOME
    ) -> None:
        self.knowledge = store.current()
        self.kept, self.code, self.own_start, self.fault, self.home = kept, code, start, fault, home
        programme = self.knowledge.programmes.get(kept.route)
        self.plan: Plan = build.plan(self.knowledge, programme, kept.profile, start, today)
        self.employer = sheets.employer_sheet(self.knowledge, programme, kept.profile, today) if programme else None

    def page(self, part: str) -> bytes | None:
        """One of the pages as HTML; None for an unknown part, and for the employer's sheet of who has no employer."""
        if part not in PARTS or (part == "werkgever" and self.employer is None):
            return None
        return TEMPLATES.get_template(PARTS[part]).render(self._values()).encode()

    def _values(self) -> dict[str, Any]:
        return {
            "plan": self.plan,
            "why": [note for note in self.plan.why if all(note.text not in step.text for step in self.plan.steps)],
            "reader": self._reader(),
            "code": self.code,
            "home": self.home,
            "query": f"?start={self.own_start}" if self.own_start else "",
            "fault": self.fault,
            "until": wording.date(dt.date.fromtimestamp(self.kept.until)),
            "label": VERDICT_LABELS[self.plan.verdict],
            "headline": words.headline(self.plan),
            "start_text": words.start_text(self.plan),
            "groups": self._groups(),
            "questions": self._questions(),
            "employer": self.employer,
            "summary": sheets.summary(self.knowledge, self.plan, self.kept.profile, VERDICT_LABELS),
            "labels": VERDICT_LABELS,
            "date": wording.date,
            "figure": wording.figure,
            "marks": MARKS,
            "bars": bars(self.plan),
            "blocks": blocks,
            "asking": words.asking,
            "sources": self._sources(self.plan.sources),
            "employer_sources": self._sources(self.employer.sources if self.employer else ()),
        }

    def _reader(self) -> str:
        """With whom this person takes the sheet to."""
        if self._is_dutch():
            return "je school of werkgever"
        return "je school" if ranking.is_young(self.kept.profile) else "VDAB of het CVO"

    def _is_dutch(self) -> bool:
        programme = self.plan.programme
        return self.kept.profile.get("region") == "nederland" or bool(programme and programme.land == "nederland")

    def _groups(self) -> list[tuple[str, tuple[Note, ...]]]:
        plan = self.plan
        named = [
            ("Te regelen", plan.arrange),
            ("Hoelang duurt het?", plan.duration),
            ("Hoe ziet een week eruit?", plan.week),
            ("Waarvan leef je ondertussen?", plan.income),
            ("Kan het korter?", plan.shorter),
            ("Wat haal je?", plan.gain),
            (words.MAYBE, plan.maybe),
        ]
        return [(title, notes) for title, notes in named if notes]

    def _questions(self) -> list[tuple[str, list[Note]]]:
        groups: dict[str, list[Note]] = {}
        for note in self.plan.questions:
            groups.setdefault(note.label or "Vraag dit", []).append(note)
        return list(groups.items())

    def _sources(self, sources: tuple[str, ...]) -> list[str]:
        """Titles and dates, each once; line numbers are for staff."""
        names = dict.fromkeys(Source.parse(text).document for text in sources)
        documents = [self.knowledge.documents[name] for name in names]
        return [f"{document.titel}, {document.uitgever}, {document.datum}" for document in documents]

    def calendar_file(self) -> bytes:
        """The plan as .ics: whole days only, the first call tomorrow, the training from the person's own start."""
        file = icalendar.Calendar()
        file.add("prodid", "-//Wegwijs//plan//NL")
        file.add("version", "2.0")
        file.add("x-wr-calname", self.plan.title)
        call = f"Bel of schrijf: {self.plan.call.name}"
        steps = "\n".join(f"{number}. {text}" for number, text in enumerate(words.step_texts(self.plan), 1))
        tomorrow = self.plan.made_on + dt.timedelta(days=1)
        self._event(file, call, tomorrow, tomorrow, steps)
        for span in self.plan.timeline:
            self._event(file, span.label, span.begin, span.end, f"{self.plan.title}. {calendar.EXAMPLE}")
        return file.to_ical()

    def _event(self, file: icalendar.Calendar, title: str, begin: dt.date, end: dt.date, text: str) -> None:
        event = icalendar.Event()
        event.add("uid", str(uuid.uuid5(uuid.NAMESPACE_URL, f"{self.code}/{title}")))
        event.add("dtstamp", dt.datetime.now(dt.timezone.utc))
        event.add("summary", title)
        event.add("description", text)
        event.add("dtstart", begin)
        event.add("dtend", end + dt.timedelta(days=1))  # a calendar's end is the day after
        event.add("transp", "TRANSPARENT")
        file.add_component(event)


def bars(plan: Plan) -> list[dict[str, Any]]:
    """The timeline picture: each span as a place and a width on a line of 100, in order."""
    if not plan.timeline:
        return []
    first = min(span.begin for span in plan.timeline)
    whole = max((max(span.end for span in plan.timeline) - first).days, 1)
    return [
        {
            "text": words.span_text(span),
            "at": min(round(100 * (span.begin - first).days / whole, 1), 98),
            "wide": max(round(100 * ((span.end - span.begin).days + 1) / whole, 1), 2),
        }
        for span in plan.timeline
    ]


def blocks(text: str) -> list[tuple[str, list[str]]]:
    """A card's text as paragraphs ("p") and lists ("ul")."""
    found: list[tuple[str, list[str]]] = []
    for part in text.split("\n\n"):
        for line in filter(None, (line.strip() for line in part.split("\n"))):
            kind = "ul" if line.startswith(LISTS) else "p"
            if kind == "ul" and found and found[-1][0] == "ul":
                found[-1][1].append(line[2:])
            else:
                found.append((kind, [line[2:] if kind == "ul" else line]))
    return found
