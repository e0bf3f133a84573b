"""The page's own channel: serves the page, takes messages by HTTP post, keeps the conversation id in a cookie."""

from __future__ import annotations

import asyncio
import json
import logging
import secrets
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from sanic import Blueprint, Request, Sanic
from sanic.exceptions import SanicException
from sanic.response import HTTPResponse, raw, text
from sanic.response import json as json_response

from bot.turns import Bot, Turn

logger = logging.getLogger(__name__)
PAGE = Path(__file__).parent / "page"
COOKIE = "wegwijs"
MAX_BODY = 64 * 1024  # bytes
MAX_TEXT = 10_000  # characters; what is said beyond 1,200 is cut by bot.text.clean
MAX_AT_ONCE = 64  # turns waiting or in hand; more are asked to wait
COOKIE_DAYS = 7
HEADERS = {
    "Content-Security-Policy": "default-src 'self'; frame-ancestors 'self'; base-uri 'none'; form-action 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
}


class Refused(Exception):
    """A request that can't be taken; the sentence is for the visitor."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence


class Metrics:
    """Counts without personal data, for /metrics."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.turns = Counter("wegwijs_turns", "Messages handled", ["kind"], registry=self.registry)
        self.refused = Counter("wegwijs_refused", "Requests refused", ["status"], registry=self.registry)
        self.seconds = Histogram("wegwijs_turn_seconds", "Time a turn took", registry=self.registry)


def web_blueprint(get_bot: Callable[[], Bot | None]) -> Blueprint:
    """Page, chat, health and metrics."""
    blueprint = Blueprint("web")
    metrics = Metrics()
    waiting = {"turns": 0}

    def bot_or_refuse() -> Bot:
        bot = get_bot()
        if bot is None:
            raise Refused(503, "Ik ben aan het opstarten. Probeer het over een halve minuut nog eens.")
        return bot

    async def guarded(work: Callable[[], Awaitable[HTTPResponse]]) -> HTTPResponse:
        try:
            return await work()
        except Refused as error:
            metrics.refused.labels(str(error.status)).inc()
            headers = {"Retry-After": "2"} if error.status in (429, 503) else {}
            return json_response({"error": error.sentence}, error.status, headers)
        except asyncio.CancelledError:
            raise
        except Exception:
            logger.exception("a turn failed")
            metrics.refused.labels("503").inc()
            return json_response(
                {"error": "Sorry, er gaat bij mij iets mis. Je bericht is niet verloren. Probeer het zo nog eens."}, 503
            )

    @blueprint.get("/")
    async def index(request: Request) -> HTTPResponse:
        return page_file("index.html")

    @blueprint.get("/demo")
    async def demo(request: Request) -> HTTPResponse:
        return page_file("demo.html")

    @blueprint.get("/page/<name:str>")
    async def page(request: Request, name: str) -> HTTPResponse:
        return page_file(name)

    @blueprint.post("/chat")
    async def chat(request: Request) -> HTTPResponse:
        async def work() -> HTTPResponse:
            bot = bot_or_refuse()
            body = read_body(request)
            sender, fresh = conversation_of(request)
            if waiting["turns"] >= MAX_AT_ONCE:
                raise Refused(429, "Het is nu heel druk. Wacht even, ik probeer het zo opnieuw.")
            waiting["turns"] += 1
            started = time.perf_counter()
            try:
                turn = await take(bot, sender, body)
            finally:
                waiting["turns"] -= 1
            metrics.seconds.observe(time.perf_counter() - started)
            metrics.turns.labels("repeat" if turn.repeated else "choice" if "choice" in body else "text").inc()
            reply = json_response({"messages": turn.items})
            set_cookie(request, reply, sender, fresh)
            return reply

        return await guarded(work)

    @blueprint.get("/chat/history")
    async def history(request: Request) -> HTTPResponse:
        async def work() -> HTTPResponse:
            bot = bot_or_refuse()
            sender = request.cookies.get(COOKIE)
            return json_response({"messages": await bot.history(sender) if sender else []})

        return await guarded(work)

    @blueprint.post("/chat/erase")
    async def erase(request: Request) -> HTTPResponse:
        async def work() -> HTTPResponse:
            bot = bot_or_refuse()
            sender = request.cookies.get(COOKIE)
            if sender:
                await bot.erase(sender)
            reply = json_response({})
            if sender:
                del reply.cookies[COOKIE]
            return reply

        return await guarded(work)

    @blueprint.get("/health")
    async def health(request: Request) -> HTTPResponse:
        return json_response({"status": "ok"})

    @blueprint.get("/ready")
    async def ready(request: Request) -> HTTPResponse:
        bot = get_bot()
        return json_response({"ready": bot is not None}, 200 if bot else 503)

    @blueprint.get("/metrics")
    async def metrics_page(request: Request) -> HTTPResponse:
        return raw(generate_latest(metrics.registry), content_type=CONTENT_TYPE_LATEST)

    return blueprint


async def take(bot: Bot, sender: str, body: dict[str, Any]) -> Turn:
    """Typed text, a button or the first contact. Raises Refused for anything else."""
    message_id = body["id"]
    if body.get("start"):
        earlier = await bot.history(sender)
        return Turn(earlier, True) if earlier else await bot.say(sender, "/groet", message_id, trusted=True, shown="")
    if "choice" in body:
        found = await bot.payload_of(sender, str(body["choice"]))
        if found is None:
            raise Refused(409, "Deze knop werkt niet meer. Typ je antwoord, of begin opnieuw.")
        payload, title = found
        return await bot.say(sender, payload, message_id, trusted=True, shown=title)
    typed = body.get("text")
    if not isinstance(typed, str) or not typed.strip():
        raise Refused(400, "Je bericht is leeg. Typ een vraag of kies een knop.")
    if len(typed) > MAX_TEXT:
        raise Refused(413, "Je bericht is te lang. Maak het korter, dan lees ik het graag.")
    return await bot.say(sender, typed, message_id)


def read_body(request: Request) -> dict[str, Any]:
    """The JSON object of a post. Raises Refused when it isn't one."""
    if len(request.body or b"") > MAX_BODY:
        raise Refused(413, "Je bericht is te lang. Maak het korter, dan lees ik het graag.")
    try:
        body = json.loads(request.body)
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict) or not isinstance(body.get("id"), str) or not 8 <= len(body["id"]) <= 64:
        raise Refused(400, "Dit bericht kan ik niet lezen. Laad de pagina opnieuw.")
    return body


def conversation_of(request: Request) -> tuple[str, bool]:
    """The conversation id of the cookie, or a new unguessable one; and whether it is new."""
    known = request.cookies.get(COOKIE)
    if known and 40 <= len(known) <= 64 and known.replace("-", "").replace("_", "").isalnum():
        return known, False
    return secrets.token_urlsafe(32), True


def set_cookie(request: Request, reply: HTTPResponse, sender: str, fresh: bool) -> None:
    if not fresh:
        return
    reply.cookies[COOKIE] = sender
    cookie = reply.cookies[COOKIE]
    cookie["httponly"] = True
    cookie["samesite"] = "Strict"
    cookie["path"] = "/"
    cookie["max-age"] = COOKIE_DAYS * 24 * 3600
    if request.headers.get("x-forwarded-proto", request.scheme) == "https":
        cookie["secure"] = True


def page_file(name: str) -> HTTPResponse:
    """One file of the page; nothing outside its folder."""
    path = PAGE / name
    if path.parent != PAGE or not path.is_file() or path.suffix not in TYPES:
        return text("Deze pagina bestaat niet.", 404)
    return raw(path.read_bytes(), content_type=TYPES[path.suffix], headers={"Cache-Control": "no-cache"})


def secure(app: Sanic) -> None:
    """Security headers on every reply, and plain sentences for errors."""

    @app.on_response
    async def add_headers(request: Request, reply: HTTPResponse) -> None:
        for name, value in HEADERS.items():
            reply.headers.setdefault(name, value)

    @app.exception(SanicException)
    async def refused(request: Request, error: SanicException) -> HTTPResponse:
        status = getattr(error, "status_code", 500)
        sentence = {404: "Deze pagina bestaat niet.", 413: "Je bericht is te lang.", 405: "Dit kan hier niet."}
        return json_response({"error": sentence.get(status, "Dit bericht kan ik niet lezen.")}, status)
