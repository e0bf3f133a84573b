"""What a plan is made of. Every sentence carries where it stands, or whom to ask when it stands nowhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from knowledge.schema import Organisation, Programme
from knowledge.verdicts import Verdict


@dataclass(frozen=True)
class Note:
    """A sentence, its sources ("000:682"), a label before it, and who knows more when the documents leave it open."""

    text: str
    sources: tuple[str, ...] = ()
    label: str = ""
    ask: str = ""


@dataclass(frozen=True)
class Link:
    """Where to look something up."""

    label: str
    href: str


@dataclass(frozen=True)
class Contact:
    """An organisation to call or write; the documents hold no telephone numbers."""

    name: str
    role: str
    website: str = ""
    email: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Step:
    """One thing to do: what, with whom, how long it takes and what to bring."""

    text: str
    contact: Contact | None = None
    lasts: str = ""
    bring: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Span:
    """A stretch of the example calendar, both days included; `begin` and `end` are the same for one day."""

    label: str
    begin: dt.date
    end: dt.date


@dataclass(frozen=True)
class Plan:
    """What one person does for one route: `call` comes first, `centre` answers the questions.

    `programme` is None when no route is left: then the steps say what to do instead.
    `months` is the shortest and longest duration as far as the documents say; `start` the person's own date.
    """

    title: str
    lead: str
    programme: Programme | None
    verdict: Verdict
    start: dt.date
    made_on: dt.date
    known: tuple[str, ...]
    why: tuple[Note, ...]
    about: str
    steps: tuple[Step, ...]
    call: Contact
    centre: Contact
    duration: tuple[Note, ...] = ()
    months: tuple[float, float] | None = None
    week: tuple[Note, ...] = ()
    timeline: tuple[Span, ...] = ()
    income: tuple[Note, ...] = ()
    shorter: tuple[Note, ...] = ()
    arrange: tuple[Note, ...] = ()
    maybe: tuple[Note, ...] = ()
    gain: tuple[Note, ...] = ()
    more: tuple[Note, ...] = ()
    questions: tuple[Note, ...] = ()
    links: tuple[Link, ...] = ()
    other: tuple[tuple[str, Verdict], ...] = field(default=())

    @property
    def sources(self) -> tuple[str, ...]:
        """Everywhere this plan stands, each place once."""
        notes = (self.why, self.duration, self.week, self.income, self.shorter, self.arrange, self.maybe, self.gain, self.more)
        found = [source for group in notes for note in group for source in note.sources]
        found += [source for step in self.steps for source in step.sources]
        return unique([*(self.programme.bronnen if self.programme else ()), *found, *self.call.sources])


def unique(items: Iterable[str]) -> tuple[str, ...]:
    """Each item once, in order, without empty ones."""
    return tuple(dict.fromkeys(item for item in items if item))


def contact_of(organisation: Organisation, website: str = "") -> Contact:
    """An organisation as a plan names it; `website` where a narrower address is known."""
    return Contact(
        organisation.naam,
        organisation.rol,
        website or organisation.website,
        organisation.email,
        tuple(organisation.bronnen),
    )
