"""Knowledge: browse, change a record in a form, see what it would come to, save or download it; freshness and conflicts."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Mapping
from typing import Any

from sanic import Blueprint, Request
from sanic.response import HTTPResponse

from bot.staff import forms, new_record, profiles, records
from bot.staff.records import Draft
from bot.staff.web import Staff, download, go, page
from bot.staff.wrong import Wrong
from knowledge import answers, book, freshness, references, store, trajectory
from knowledge import export as export_module
from knowledge.content import Content
from knowledge.schema import Topic
from knowledge.schema_parts import Record
from knowledge.store import Knowledge

KIND_NAMES = {
    "onderwerpen": "kaart",
    "opleidingen": "route",
    "feiten": "feit",
    "beroepen": "beroep",
    "organisaties": "organisatie",
    "begrippen": "moeilijk woord",
    "tegenstrijdigheden": "tegenspraak",
    "documenten": "document",
}
SHOWN = 100  # records in a list; a search narrows it
MAX_CHANGED = 20  # answers and verdicts shown of a change


def register(blueprint: Blueprint, staff: Staff) -> None:
    """The list, the lists of what needs a look, and a page for each record."""

    @blueprint.get("/staff/kennis", name="knowledge")
    async def browse(request: Request) -> HTTPResponse:
        content = records.load(staff.root)
        wanted = {name: request.args.get(name, "") for name in ("zoek", "beroep", "route", "document", "soort")}
        found = _matching(content, wanted)
        return page(request, "knowledge.html", found=found[:SHOWN], total=len(found), wanted=wanted, shown=SHOWN,
                    kinds=KIND_NAMES, addable=new_record.KINDS, **_choices(content))  # fmt: skip

    @blueprint.get("/staff/kennis/versheid", name="freshness")
    async def fresh(request: Request) -> HTTPResponse:
        try:
            day = dt.date.fromisoformat(request.args.get("dag", "")) if request.args.get("dag") else dt.date.today()
        except ValueError as error:
            raise Wrong("Schrijf de dag als 2027-01-31.") from error
        content = records.load(staff.root)
        stale = freshness.stale(store.from_content(content), day)
        kinds = {name.split("/")[1]: name.split("/")[0] for name in content.files}
        titles = {name: records.title(item) for kind in content.records.values() for name, item in kind.items()}
        groups = {reason: [item for item in stale if item.reason == reason] for reason in freshness.REASONS}
        return page(request, "freshness.html", groups=groups, day=day, kinds=kinds, titles=titles)

    @blueprint.get("/staff/kennis/tegenspraak", name="conflicts")
    async def conflicts(request: Request) -> HTTPResponse:
        knowledge = store.from_content(records.load(staff.root))
        cards = [topic for topic in knowledge.topics.values() if topic.conflict]
        return page(request, "conflicts.html", conflicts=knowledge.conflicts.values(), cards=cards,
                    passages=lambda sources: book.passages(knowledge, sources))  # fmt: skip

    @blueprint.get("/staff/kennis/<kind:str>/<record_id:str>", name="record")
    async def record(request: Request, kind: str, record_id: str) -> HTTPResponse:
        _known(kind)
        return _record_page(request, kind, record_id, forms.fields(kind, records.raw(staff.root, kind, record_id)))

    @blueprint.post("/staff/kennis/<kind:str>/<record_id:str>", name="record_post")
    async def change(request: Request, kind: str, record_id: str) -> HTTPResponse:
        _known(kind)
        posted = {name: values[0] for name, values in (request.form or {}).items()}
        wanted = forms.read(forms.fields(kind, forms.as_many(kind, records.raw(staff.root, kind, record_id), posted)), posted)
        draft = await asyncio.to_thread(records.draft, staff.root, kind, record_id, wanted)
        do = posted.get("doe", "kijk")
        if draft.problems or do == "kijk":
            preview = await asyncio.to_thread(_preview, staff, draft)
            return _record_page(request, kind, record_id, forms.fields(kind, wanted), draft, preview)
        if do == "download":
            return download(draft.changes[0].after, draft.changes[0].path.name)
        name = staff.copy.write(*draft.changes)
        assert draft.content is not None
        await asyncio.to_thread(store.build, draft.content)
        return go(f"/staff/verandering/{name}?terug=kennis/{kind}/{record_id}")

    def _record_page(
        request: Request,
        kind: str,
        record_id: str,
        form: list[forms.Field],
        draft: Draft | None = None,
        preview: Any = None,
    ) -> HTTPResponse:
        content = records.load(staff.root)
        knowledge = store.from_content(content)
        item = content.records[kind].get(record_id)
        if item is None:
            raise Wrong(f"In de kennis staat bij {kind} niets met de naam “{record_id}”. Zoek op de pagina Kennis.", 404)
        stale = [found for found in freshness.stale(knowledge, dt.date.today()) if found.record_id == record_id]
        return page(
            request,
            "record.html",
            kind=kind,
            kind_name=KIND_NAMES[kind],
            title=records.title(item),
            record_id=record_id,
            path=content.files[f"{kind}/{record_id}"].relative_to(staff.root),
            text=_says(knowledge, references.linked(content.records)[kind][record_id]),
            passages=book.passages(knowledge, item.bronnen),
            stale=stale,
            form=form,
            draft=draft,
            preview=preview,
            removable=kind in new_record.KINDS,
        )


def _known(kind: str) -> None:
    if kind not in KIND_NAMES:
        raise Wrong("Deze pagina bestaat niet.", 404)


def _says(knowledge: Knowledge, item: Record) -> str:
    """What a visitor reads of a record."""
    if isinstance(item, Topic):
        return answers.answer_text(knowledge, item)
    return export_module.text_of(knowledge, item)


def _choices(content: Content) -> dict[str, Any]:
    routes = {name for topic in content.topics().values() for name in topic.routes}
    return {
        "occupations": {item.id: item.naam for item in content.occupations().values()},
        "routes": sorted(routes),
        "documents": {item.id: item.titel for item in content.documents().values()},
    }


def _matching(content: Content, wanted: Mapping[str, str]) -> list[dict[str, str]]:
    """The records that fit every filter that is set: {"kind", "id", "title"}."""
    words = wanted["zoek"].lower().split()
    found = []
    for kind in KIND_NAMES:
        if wanted["soort"] and kind != wanted["soort"]:
            continue
        for item in content.records[kind].values():
            text = f"{item.id} {item.json(ensure_ascii=False)}".lower() if words else ""
            if (
                all(word in text for word in words)
                and _about(item, "beroepen", "beroep", wanted["beroep"])
                and _about(item, "routes", "route", wanted["route"])
                and (not wanted["document"] or any(source.document == wanted["document"] for source in item.sources))
            ):
                found.append({"kind": kind, "id": item.id, "title": records.title(item)})
    return found


def _about(item: Record, many: str, one: str, value: str) -> bool:
    return not value or value in getattr(item, many, []) or value == getattr(item, one, None)


def _preview(staff: Staff, draft: Draft) -> dict[str, Any]:
    """What the bot would say before and after, of every answer and every verdict that changes."""
    if draft.content is None:
        return {}
    old, new = store.from_content(records.load(staff.root)), store.from_content(draft.content)
    pairs = [
        {"title": topic.titel, "before": _says(old, topic), "after": _says(new, new.topics[name])}
        for name, topic in old.topics.items()
        if name in new.topics and _says(old, topic) != _says(new, new.topics[name])
    ]
    pairs += [
        {"title": item.naam, "before": _says(old, item), "after": _says(new, new.programmes[name])}
        for name, item in old.programmes.items()
        if name in new.programmes and _says(old, item) != _says(new, new.programmes[name])
    ]
    policy = draft.changes[0].path.parts[2] in ("opleidingen", "feiten.yml")
    verdicts = _verdicts(staff, old, new) if policy else []
    return {
        "answers": pairs[:MAX_CHANGED],
        "more": max(0, len(pairs) - MAX_CHANGED),
        "verdicts": verdicts[:MAX_CHANGED],
    }


def _verdicts(staff: Staff, old: Knowledge, new: Knowledge) -> list[dict[str, str]]:
    """The verdicts that change for the persons of the tests."""
    found = []
    for person in profiles.persons(staff.root, old.facts):
        before, after = _judged(old, person.facts), _judged(new, person.facts)
        found += [
            {"who": person.name, "route": old.programmes[name].naam, "before": before[name], "after": after[name]}
            for name in before
            if name in after and before[name] != after[name]
        ]
    return found


def _judged(knowledge: Knowledge, profile: Mapping[str, Any]) -> dict[str, str]:
    return {item.programme.id: item.verdict for item in trajectory.advise(knowledge, dict(profile)).judgements}
