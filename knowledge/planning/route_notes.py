"""What the documents say of a route, as notes: how long, how a week looks, what it gives."""

from __future__ import annotations

from knowledge.conditions import Profile
from knowledge.export import detail_text
from knowledge.planning.model import Note
from knowledge.schema import Detail, Programme


def notes_of(*details: Detail | None, label: str = "") -> tuple[Note, ...]:
    """Each cited sentence of a route with its figures."""
    return tuple(Note(detail_text(detail), (detail.bron,), label) for detail in details if detail)


def duration(programme: Programme) -> tuple[Note, ...]:
    """How long, or that it isn't said."""
    if programme.duur:
        return notes_of(programme.duur)
    return (Note("Hoelang deze route duurt, staat niet in onze documenten. Vraag het na."),)


def week(programme: Programme) -> tuple[Note, ...]:
    """Rhythm, hours and placement; that hours a week aren't said, where they aren't."""
    found = (*notes_of(*programme.ritme), *notes_of(programme.uren), *notes_of(programme.stage, label="Stage"))
    if programme.ritme:
        return found
    return (*found, Note("Hoeveel uur per week dat is, staat niet in onze documenten. Vraag het na."))


def months_of(programme: Programme, profile: Profile) -> tuple[float, float] | None:
    """Shortest and longest duration; one of both where it hangs on the part of the day that this person wants."""
    figures = {name.rpartition(".")[2] for name in programme.duur.cijfers} if programme.duur else set()
    name = {"overdag": "dag", "avond": "avond"}.get(str(profile.get("day_part")))
    if programme.maanden and programme.route == "syntra" and name in figures:
        return (programme.maanden[0],) * 2 if name == "dag" else (programme.maanden[1],) * 2
    return programme.maanden
