"""Opens the staff page: a second listener of the bot's process, on loopback, at its own port, when there is a password."""

from __future__ import annotations

import asyncio
import logging
import os

from sanic import Blueprint, Request, Sanic
from sanic.exceptions import SanicException
from sanic.response import HTTPResponse, empty
from sanic.response import json as json_response

from bot import progress
from bot.inbox import Inbox
from bot.origin import HEADERS
from bot.page_files import PAGE, file_of
from bot.plan_pages import plan_blueprint
from bot.staff import (
    auth,
    broken,
    figures,
    flow_map,
    knowledge,
    learning,
    measure,
    new_record,
    recordings,
    removal,
    sources,
    try_out,
)
from bot.staff.rehearsal import PLANS, Rehearsal
from bot.staff.web import HERE, Staff, go, page, sent
from bot.staff.working_copy import WorkingCopy
from bot.staff.wrong import Wrong
from bot.train import ROOT
from bot.turns import Bot

logger = logging.getLogger(__name__)
HOST = "127.0.0.1"
DEFAULT_PORT = 5006
MAX_BODY = 512 * 1024  # bytes; the longest record in its form is some 20 kB
# With the visitors' "no-referrer" a browser would send no origin with a form, and the origin is what we check.
OWN_HEADERS = {**HEADERS, "Referrer-Policy": "same-origin", "X-Frame-Options": "DENY", "Cache-Control": "no-store"}
OPEN_TO_ALL = ("/staff/binnen", "/staff/page/", "/page/")


def port() -> int:
    """WEGWIJS_STAFF_PORT or 5006. Raises ValueError with a sentence when it isn't a port number."""
    value = os.environ.get("WEGWIJS_STAFF_PORT", str(DEFAULT_PORT))
    if not value.isdigit() or not 0 < int(value) < 65536:
        raise ValueError(f"WEGWIJS_STAFF_PORT is '{value}', maar moet een getal tussen 1 en 65535 zijn.")
    return int(value)


def open_beside(app: Sanic, bot: Bot, inbox: Inbox) -> None:
    """Have the served app open the staff page as well when a password is set."""
    try:
        password, number = auth.password(), port()
    except ValueError as error:
        progress.fail(str(error))
    if not password:
        return
    staff = make_app(bot, inbox, password)

    @app.after_server_start
    async def open_it(app: Sanic, loop: object) -> None:
        try:
            app.ctx.staff = await staff.create_server(
                host=HOST, port=number, return_asyncio_server=True, access_log=False
            )
        except OSError:
            progress.say(
                f"De pagina voor medewerkers is niet open: poort {number} is al in gebruik. Kies WEGWIJS_STAFF_PORT."
            )
            return
        staff.signalize()
        staff.finalize()  # what Sanic's own start-up does as well; that one can't run twice in a process
        progress.say(f"Voor medewerkers: http://{HOST}:{number}/staff")

    @app.before_server_stop
    async def close_it(app: Sanic, loop: object) -> None:
        if hasattr(app.ctx, "staff"):
            app.ctx.staff.close()
            await app.ctx.staff.wait_closed()


def make_app(bot: Bot, inbox: Inbox, password: str) -> Sanic:
    """The staff application: every page behind the password, every post from our own page."""
    app = Sanic(f"wegwijs_staff_{os.getpid()}_{id(bot)}", configure_logging=False)
    app.config.REQUEST_MAX_SIZE = MAX_BODY
    app.config.FALLBACK_ERROR_FORMAT = "json"
    sessions = auth.Sessions(password)
    staff = Staff(bot, ROOT, Rehearsal(bot), inbox, WorkingCopy(ROOT))
    _guard(app, sessions)
    blueprint = Blueprint("staff")
    _entrance(blueprint, sessions, staff)
    for part in (try_out, recordings, sources, flow_map, learning, knowledge, new_record, removal, measure, figures):
        part.register(blueprint, staff)
    app.blueprint(blueprint)
    app.blueprint(plan_blueprint(lambda: staff.rehearsal.bot, PLANS))
    return app


def _guard(app: Sanic, sessions: auth.Sessions) -> None:
    @app.on_request
    async def check(request: Request) -> HTTPResponse | None:
        if not auth.from_this_machine(request):
            return empty(404)
        if request.method not in ("GET", "HEAD") and not auth.from_own_page(request):
            return page(
                request, "fault.html", 403, text="Dit verzoek kwam niet van deze pagina. Laad de pagina opnieuw."
            )
        if request.path.startswith(OPEN_TO_ALL):
            return None
        if not sessions.holds(request.cookies.get(auth.COOKIE)):
            return go("/staff/binnen")
        request.ctx.broken = await asyncio.to_thread(broken.look, ROOT)
        return None

    @app.on_response
    async def keep_private(request: Request, reply: HTTPResponse) -> None:
        for name, value in OWN_HEADERS.items():
            reply.headers.setdefault(name, value)

    @app.exception(Wrong)
    async def wrong(request: Request, error: Wrong) -> HTTPResponse:
        return page(request, "fault.html", error.status, text=str(error))

    @app.exception(Exception)
    async def fault(request: Request, error: Exception) -> HTTPResponse:
        status = getattr(error, "status_code", 500) if isinstance(error, SanicException) else 500
        if status == 500:
            logger.exception("a staff page failed", exc_info=error)
        text = {404: "Deze pagina bestaat niet.", 413: "Dit is te groot."}.get(status, "Hier ging iets mis.")
        return page(request, "fault.html", status, text=text)


def _entrance(blueprint: Blueprint, sessions: auth.Sessions, staff: Staff) -> None:
    @blueprint.get("/")
    async def home(request: Request) -> HTTPResponse:
        return go("/staff")

    @blueprint.get("/staff/binnen", name="entrance")
    async def entrance(request: Request) -> HTTPResponse:
        return page(request, "entrance.html", problem="")

    @blueprint.post("/staff/binnen", name="log_in")
    async def log_in(request: Request) -> HTTPResponse:
        if not sessions.may_try():
            return page(
                request, "entrance.html", 429, problem="Te veel pogingen. Wacht vijf minuten en probeer opnieuw."
            )
        token = sessions.log_in(sent(request, "wachtwoord"))
        if token is None:
            return page(request, "entrance.html", 403, problem="Dit wachtwoord klopt niet.")
        reply = go("/staff")
        reply.headers["Set-Cookie"] = auth.cookie(token)
        return reply

    @blueprint.post("/staff/buiten", name="log_out")
    async def log_out(request: Request) -> HTTPResponse:
        sessions.log_out(request.cookies.get(auth.COOKIE, ""))
        reply = go("/staff/binnen")
        reply.headers["Set-Cookie"] = auth.cookie("", 0)
        return reply

    @blueprint.get("/staff/werk/<name:str>", name="job")
    async def job(request: Request, name: str) -> HTTPResponse:
        found = staff.jobs.get(name)
        line = found.lines[-1] if found and found.lines else "Nog even."
        return json_response({"done": found is None or found.done, "line": line})

    @blueprint.get("/staff/page/<name:str>", name="own_file")
    async def own_file(request: Request, name: str) -> HTTPResponse:
        return file_of(request, HERE / "page", name)

    @blueprint.get("/page/<name:str>", name="file")
    async def public_file(request: Request, name: str) -> HTTPResponse:
        return file_of(request, PAGE, name)
