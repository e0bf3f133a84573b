"""A new record: an empty form that the schema makes, checked with all others before it is written, in its file's own style."""

from __future__ import annotations

import asyncio
import dataclasses
import io
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import SingleQuotedScalarString
from sanic import Blueprint, Request
from sanic.response import HTTPResponse

from bot.data_check import MIN_EXAMPLES_OF_CARD
from bot.flows import examples
from bot.staff import forms, records
from bot.staff.forms import Field
from bot.staff.records import FOLDER, Draft, tried
from bot.staff.web import Staff, download, go, page
from bot.staff.working_copy import Change, one_line
from bot.staff.wrong import Wrong
from knowledge import answers, export, references, schema_parts, store
from knowledge.content import Content
from knowledge.content_checks import ROUTES
from knowledge.schema import Topic

# What staff may add and remove, with what it is called. A fact, an occupation or a document asks more than a record.
KINDS = {
    "onderwerpen": "kaart",
    "opleidingen": "route",
    "organisaties": "organisatie",
    "begrippen": "moeilijk woord",
    "tegenstrijdigheden": "tegenspraak",
}
QUESTIONS = "voorbeeldvragen"


def register(blueprint: Blueprint, staff: Staff) -> None:
    """The empty form of a kind, and what was filled in."""

    @blueprint.get("/staff/kennis/nieuw/<kind:str>", name="new_record")
    async def empty_form(request: Request, kind: str) -> HTTPResponse:
        _may_be_added(kind)
        return page(request, "new_record.html", **_form(staff, kind, {}, ""), draft=None, text="")

    @blueprint.post("/staff/kennis/nieuw/<kind:str>", name="new_record_post")
    async def filled_in(request: Request, kind: str) -> HTTPResponse:
        _may_be_added(kind)
        posted = {name: values[0] for name, values in (request.form or {}).items()}
        wanted = forms.read(forms.fields(kind, forms.as_many(kind, {}, posted)), posted)
        asked = posted.get(QUESTIONS, "")
        draft = await asyncio.to_thread(draft_of, staff, kind, wanted, asked)
        do = posted.get("doe", "kijk")
        if draft.content is None or do == "kijk":
            text = _says(draft.content, kind, str(wanted["id"])) if draft.content else ""
            return page(request, "new_record.html", **_form(staff, kind, wanted, asked), draft=draft, text=text)
        if do == "download":
            return download(draft.changes[0].after, draft.changes[0].path.name)
        name = staff.copy.write(*draft.changes)
        await asyncio.to_thread(store.build, draft.content)
        return go(f"/staff/verandering/{name}?terug=kennis/{kind}/{wanted['id']}")


def _may_be_added(kind: str) -> None:
    if kind not in KINDS:
        raise Wrong("Dit kun je hier niet toevoegen. Kies een kaart, een route, een organisatie of een moeilijk woord.", 404)


def _form(staff: Staff, kind: str, record: Mapping[str, Any], asked: str) -> dict[str, Any]:
    """The form with what a new record needs first, and the choices that the other records leave."""
    content = records.load(staff.root)
    choices = {
        "familie": _families(content),
        "beroep": tuple(content.occupations()),
        "route": tuple(ROUTES),
        "vraag_het_aan": tuple(content.organisations()) if kind == "opleidingen" else (),
    }
    form = [_chosen(part, choices.get(part.label, ())) for part in forms.fields(kind, record)]
    return {
        "kind": kind,
        "kind_name": KINDS[kind],
        "needed": [part for part in form if part.required or part.label in ("bronnen", "voorwaarden")],
        "more": [part for part in form if not (part.required or part.label in ("bronnen", "voorwaarden"))],
        "asked": asked,
        "questions": QUESTIONS if kind == "onderwerpen" else "",
        "least": MIN_EXAMPLES_OF_CARD,
    }


def _chosen(part: Field, options: tuple[str, ...]) -> Field:
    """The field as a choice of these; as it is when there are none."""
    return dataclasses.replace(part, kind="choice", options=options) if options else part


def _families(content: Content) -> tuple[str, ...]:
    return tuple(sorted({topic.familie for topic in content.topics().values()}))


def draft_of(staff: Staff, kind: str, wanted: Mapping[str, Any], asked: str) -> Draft:
    """What this new record would come to: its file, for a card its questions, and what is wrong with it in plain words."""
    name = str(wanted.get("id", ""))
    content = records.load(staff.root)
    wrong = []
    if not schema_parts.ID_PATTERN.match(name):
        wrong.append("id: geef een korte naam: kleine letters, cijfers en _, zonder spatie")
    elif f"{kind}/{name}" in content.files:
        wrong.append(f"id: er is al een {KINDS[kind]} met de naam {name}; kies een andere")
    if kind == "onderwerpen" and wanted.get("familie") not in _families(content):
        wrong.append("familie: kies een groep uit de lijst")
    wrong += [f"{part.label}: vul dit in" for part in forms.fields(kind, {}) if _is_missing(part, wanted)]
    if wrong:
        return Draft((), tuple(dict.fromkeys(wrong)))
    change = _file(staff.root, kind, wanted)
    draft = tried(staff.root, change)
    lines = [] if draft.content else [re.sub(rf"^{re.escape(str(change.path))}:\d+: ", "", line) for line in draft.problems]
    changes = [change]
    if kind == "onderwerpen":
        try:
            changes.append(_examples(staff, f"{wanted['familie']}/{name}", asked))
        except Wrong as error:
            lines.append(f"{QUESTIONS}: {error}")
    return Draft(tuple(changes), tuple(lines), draft.differences, None if lines else draft.content)


def _is_missing(part: Field, wanted: Mapping[str, Any]) -> bool:
    return part.required and part.label not in ("id", "familie") and not wanted.get(part.label)


def _file(root: Path, kind: str, wanted: Mapping[str, Any]) -> Change:
    """The file with the new record: one of its own, or the list of its kind with one more at the end."""
    text = _written(kind, wanted)
    if kind in ("onderwerpen", "opleidingen"):
        folder = FOLDER / kind / str(wanted["familie"]) if kind == "onderwerpen" else FOLDER / kind
        return Change(folder / f"{wanted['id']}.yml", "", text)
    path = FOLDER / f"{kind}.yml"
    before = (root / path).read_text(encoding="utf-8")
    item = "".join(f"  {line}" if line.strip() else line for line in text.splitlines(keepends=True))
    return Change(path, before, f"{before.rstrip()}\n- {item[2:]}")


def _examples(staff: Staff, label: str, asked: str) -> Change:
    """The questions by which people ask for a new card, at the end of the file of its family."""
    lines = list(dict.fromkeys(one_line(line) for line in asked.split("\n") if line.strip(" -•\t")))
    if len(lines) < MIN_EXAMPLES_OF_CARD:
        raise Wrong(f"schrijf er minstens {MIN_EXAMPLES_OF_CARD}, elk op een lijn en allemaal anders; dit zijn er {len(lines)}")
    path = examples.FOLDER / f"{label.split('/')[0]}.yml"
    before = staff.copy.read(path)
    known = set(before.lower().splitlines())
    twice = [line for line in lines if f"    - {line}".lower() in known]
    if twice:
        raise Wrong(f"“{twice[0]}” staat al bij een andere kaart van deze groep")
    block = "".join(f"    - {line}\n" for line in lines)
    return Change(path, before, f"{before.rstrip()}\n- intent: {label}\n  examples: |\n{block}")


def _says(content: Content, kind: str, name: str) -> str:
    """What a visitor reads of the new record."""
    knowledge, item = store.from_content(content), references.linked(content.records)[kind][name]
    return answers.answer_text(knowledge, item) if isinstance(item, Topic) else export.text_of(knowledge, item)


# ---- as text ------------------------------------------------------------------------------------------


def _written(kind: str, wanted: Mapping[str, Any]) -> str:
    """A record as the files write it: the keys in the order of the form, figures and lists on one line, text as a block."""
    yaml = YAML()
    yaml.width = 100_000
    out = io.StringIO()
    yaml.dump(_styled(wanted), out)
    return out.getvalue()


def _styled(value: Any, short: bool = False) -> Any:
    if isinstance(value, Mapping):
        made = CommentedMap((key, _styled(part, key == "cijfers")) for key, part in value.items())
        if short:
            for part in made.values():
                part.fa.set_flow_style()
        return made
    if isinstance(value, list):
        items = CommentedSeq(_styled(part) for part in value)
        if not any(isinstance(part, Mapping) for part in value):
            items.fa.set_flow_style()
        return items
    text = records.written(value)
    return SingleQuotedScalarString(text) if type(text) is str and re.match(r"\d+:\d", text) else text
