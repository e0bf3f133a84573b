"""The inbox: what was not understood, by meaning; one press makes an example, a test question or a missing fact of it."""

from __future__ import annotations

import asyncio
import datetime as dt
import re
import secrets
from collections.abc import Sequence

from sanic import Blueprint, Request
from sanic.response import HTTPResponse

from bot.inbox import KEPT_DAYS, Message
from bot.staff import records
from bot.staff.grouping import Meanings
from bot.staff.thoughts import title_of
from bot.staff.web import Staff, go, page, sent
from bot.staff.working_copy import Change
from bot.staff.wrong import Wrong
from knowledge import store

SHOWN = 500  # messages; the rest comes when these are dealt with
AT_ONCE = 40  # new messages whose meaning is looked up while the page waits; more of them are looked up beside it
OPEN = 3  # groups that are unfolded to begin with
FEW = 6  # messages of an unfolded group; the others are behind one more fold
JOB = "postvak"
CONTENT = ("knowledge", "content")
PUT_AWAY = "weggelegd"
CARD = re.compile(r"^vraag_\w+/(\w+)$")


def register(blueprint: Blueprint, staff: Staff) -> None:
    """The list, and a press that turns a message into something."""
    meanings = Meanings(staff.bot)
    put_away: dict[str, tuple[str, ...]] = {}  # a name -> the messages that one press put away

    @blueprint.get("/staff/postvak", name="inbox")
    async def inbox(request: Request) -> HTTPResponse:
        everything = await asyncio.to_thread(staff.inbox.open)
        shown = everything[:SHOWN]
        job = staff.jobs.get(JOB)
        if len(meanings.missing(shown)) > AT_ONCE and not (job and job.done and job.error):
            job = staff.jobs.start(JOB, lambda say: asyncio.to_thread(meanings.learn, shown, say))
        busy = job is not None and not job.done
        found = [] if busy else await asyncio.to_thread(meanings.groups, shown)
        knowledge = store.current()
        gone = request.args.get("weg", "")
        return page(
            request,
            "inbox.html",
            groups=found,
            job=job if busy else None,
            opened=OPEN,
            few=FEW,
            shown=len(shown),
            total=len(everything),
            gone=gone if gone in put_away else "",
            count_gone=len(put_away.get(gone, ())),
            kept_days=KEPT_DAYS,
            labels={label: title_of(knowledge, label.split("/")[-1]) for label in sorted(staff.copy.labels())},
            label_of=lambda name: f"{knowledge.topics[name].familie}/{name}" if name in knowledge.topics else "",
            title_of=lambda name: title_of(knowledge, name),
        )

    def away(ids: Sequence[str], then: str = "") -> HTTPResponse:
        """Put messages away, and go on at the message `then`, which stood beside them."""
        name = secrets.token_hex(8)
        put_away[name] = tuple(ids)
        for message_id in ids:
            staff.inbox.close(message_id, PUT_AWAY)
        return go(f"/staff/postvak?weg={name}" + (f"#b{then}" if re.fullmatch("[0-9a-f]{32}", then) else ""))

    @blueprint.post("/staff/postvak/groep", name="inbox_group")
    async def group_away(request: Request) -> HTTPResponse:
        ids = [str(name) for name in (request.form or {}).getlist("bericht", [])][:SHOWN]
        if not ids:
            raise Wrong("In deze groep ligt geen bericht meer.", 404)
        return away(ids, sent(request, "hierna"))

    @blueprint.post("/staff/postvak/terug/<name:str>", name="inbox_back")
    async def put_back(request: Request, name: str) -> HTTPResponse:
        if name not in put_away:
            raise Wrong("Deze berichten kan ik niet meer terugzetten.", 404)
        for message_id in put_away.pop(name):
            staff.inbox.close(message_id, "")
        return go("/staff/postvak")

    @blueprint.post("/staff/postvak/<message_id:str>", name="inbox_press")
    async def press(request: Request, message_id: str) -> HTTPResponse:
        message = staff.inbox.get(message_id)
        if message is None:
            raise Wrong("Dit bericht is er niet meer.", 404)
        what, text = sent(request, "wat"), sent(request, "tekst", message.text)
        if what == "weg":
            return away([message_id], sent(request, "hierna"))
        name = staff.copy.write(_change(staff, message, what, text, request))
        staff.inbox.close(message_id, what)
        return go(f"/staff/verandering/{name}?terug=postvak")

    @blueprint.get("/staff/verandering/<name:str>", name="change")
    async def change(request: Request, name: str) -> HTTPResponse:
        found = staff.copy.written(name)
        return page(request, "change.html", changes=found, name=name, back=_back(request), after=after(found))

    @blueprint.post("/staff/verandering/<name:str>/terug", name="take_back")
    async def take_back(request: Request, name: str) -> HTTPResponse:
        gone = staff.copy.take_back(name)
        if any(change.path.parts[:2] == CONTENT for change in gone):  # else the bot would go on with what was taken back
            await asyncio.to_thread(lambda: store.build(records.load(staff.root)))
        back = _back(request)
        record = back.removeprefix("/staff/kennis/")
        return go("/staff/kennis" if record.count("/") == 1 and record not in records.load(staff.root).files else back)


def _change(staff: Staff, message: Message, what: str, text: str, request: Request) -> Change:
    label = sent(request, "label")
    if what == "voorbeeld":
        return staff.copy.example(label, text)
    if what == "testvraag":
        found = CARD.match(label)
        topic = store.current().topics.get(found[1]) if found else None
        if topic is None:
            raise Wrong("Een testvraag hoort bij een kaart. Kies er een uit de lijst.")
        words = [word.strip() for word in sent(request, "woorden").split(",") if word.strip()]
        return staff.copy.question(topic, text, words)
    if what == "ontbreekt":
        return staff.copy.missing(text, message.topics[0] if message.topics else "", dt.date.today())
    raise Wrong("Kies wat er met dit bericht moet gebeuren.")


def _back(request: Request) -> str:
    """Where to go from here: a page of staff that the address names."""
    back = request.args.get("terug", "")
    return f"/staff/{back if re.fullmatch(r'[a-z]+(?:/[a-z]+/[a-z0-9_]+)?', back) else 'postvak'}"


def after(changes: Sequence[Change]) -> str:
    """What comes next, as a sentence."""
    first = changes[0].path.parts
    if first[:2] == CONTENT and len(changes[0].after) < len(changes[0].before) and len(changes) > 1:
        return "De bot toont dit niet meer. Start hem opnieuw met make run: dan leert hij ook de vragen af."
    if any(change.path.parts[:2] == ("data", "nlu") for change in changes):
        what = "dit voorbeeld" if first[0] == "data" else "deze vragen"
        return f"Wegwijs leert {what} als hij opnieuw start: stop hem en doe make run."
    if first[:2] == ("tests", "questions"):
        return "De vraag telt mee zodra je opnieuw meet, met make evaluate of op de pagina Meten."
    if first[0] == "tests" and not changes[0].after:
        return "De test loopt niet meer mee."
    if first[0] == "tests":
        return "De test loopt mee op de pagina Gesprekken en met make test."
    if first[:2] == CONTENT:
        return "De bot antwoordt er binnen enkele seconden mee."
    return "Wie de kennis bijhoudt, vindt dit in de lijst."
