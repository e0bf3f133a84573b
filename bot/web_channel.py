"""The page's own channel: serves the page, takes messages by HTTP post, keeps the conversation id in a cookie."""

from __future__ import annotations

import asyncio
import json
import logging
import math
import os
import re
import secrets
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sanic import Blueprint, Request, Sanic
from sanic.exceptions import SanicException
from sanic.response import HTTPResponse, empty, raw, text
from sanic.response import json as json_response

from bot import thumbs
from bot.limits import Limits, Refused
from bot.logs import new_turn
from bot.metrics import Metrics
from bot.page_files import PAGE, sent
from bot.turns import Bot, Item, Turn

logger = logging.getLogger(__name__)
COOKIE = "wegwijs"
MAX_BODY = 64 * 1024  # bytes
MAX_TEXT = 10_000  # characters; what is said beyond 1,200 is cut by bot.text.clean
COOKIE_SECONDS = 7 * 24 * 3600  # as long as a conversation is kept after its last message
FAILED = "Sorry, er gaat bij mij iets mis. Je bericht is niet verloren. Probeer het zo nog eens."
UNSEEN = " "  # what the first contact "said": nothing that anyone should see
HEADERS = {
    "Content-Security-Policy": "default-src 'self'; object-src 'none'; frame-ancestors 'self'; base-uri 'none'; "
    "form-action 'self'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
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


def web_blueprint(get_bot: Callable[[], Bot | None]) -> Blueprint:
    """Page, chat, health and metrics."""
    blueprint = Blueprint("web")
    metrics = Metrics()
    limits = Limits()
    metrics.watch(limits)

    def bot_or_refuse() -> Bot:
        bot = get_bot()
        if bot is None:
            raise Refused(503, "Ik ben aan het opstarten. Probeer het over een halve minuut nog eens.")
        return bot

    async def guarded(work: Callable[[], Awaitable[HTTPResponse]]) -> HTTPResponse:
        new_turn()
        try:
            return await work()
        except Refused as error:
            metrics.refused.labels(str(error.status)).inc()
            headers = {"Retry-After": str(math.ceil(error.wait))} if error.status in (429, 503) else {}
            return json_response({"error": error.sentence}, error.status, headers)
        except asyncio.CancelledError:
            raise
        except Exception:
            logger.exception("a turn failed")
            metrics.refused.labels("503").inc()
            return json_response({"error": FAILED}, 503)

    @blueprint.get("/")
    async def index(request: Request) -> HTTPResponse:
        return page_file(request, "index.html")

    @blueprint.get("/demo")
    async def demo(request: Request) -> HTTPResponse:
        return page_file(request, "demo.html")

    @blueprint.get("/page/<name:str>")
    async def page(request: Request, name: str) -> HTTPResponse:
        return page_file(request, name)

    @blueprint.options("/chat", name="may_chat")
    @blueprint.options("/chat/erase", name="may_erase")
    @blueprint.options("/chat/thumb", name="may_thumb")
    async def may(request: Request) -> HTTPResponse:
        return empty()  # `secure` says whether the origin may

    @blueprint.post("/chat")
    async def chat(request: Request) -> HTTPResponse:
        async def work() -> HTTPResponse:
            bot = bot_or_refuse()
            from_here_or_embedded(request)
            body = read_body(request)
            sender = conversation_of(request)
            started = time.perf_counter()
            with limits.turn(sender, request.remote_addr):
                turn = await take(bot, sender, body)
            metrics.observe(turn, "choice" if "choice" in body else "text", time.perf_counter() - started)
            reply = json_response({"messages": for_page(turn.items)})
            set_cookie(request, reply, sender)
            return reply

        return await guarded(work)

    @blueprint.get("/chat/history")
    async def history(request: Request) -> HTTPResponse:
        async def work() -> HTTPResponse:
            bot = bot_or_refuse()
            sender = request.cookies.get(COOKIE)
            return json_response({"messages": for_page(await bot.history(sender)) if sender else []})

        return await guarded(work)

    @blueprint.post("/chat/erase")
    async def erase(request: Request) -> HTTPResponse:
        async def work() -> HTTPResponse:
            bot = bot_or_refuse()
            from_here_or_embedded(request)
            sender = request.cookies.get(COOKIE)
            reply = json_response({})
            if sender:
                await bot.erase(sender)
                set_cookie(request, reply, "", 0)
            return reply

        return await guarded(work)

    @blueprint.post("/chat/thumb")
    async def thumb(request: Request) -> HTTPResponse:
        async def work() -> HTTPResponse:
            bot = bot_or_refuse()
            from_here_or_embedded(request)
            body = read_body(request)
            sender = conversation_of(request)
            with limits.turn(sender, request.remote_addr):
                await thumbs.give(bot, sender, body)
            return json_response({})

        return await guarded(work)

    @blueprint.get("/health")
    async def health(request: Request) -> HTTPResponse:
        return json_response({"status": "ok"})

    @blueprint.get("/ready")
    async def ready(request: Request) -> HTTPResponse:
        may_come = get_bot() is not None and not request.app.ctx.draining
        return json_response({"ready": may_come}, 200 if may_come else 503)

    @blueprint.get("/metrics")
    async def metrics_page(request: Request) -> HTTPResponse:
        return raw(generate_latest(metrics.registry), content_type=CONTENT_TYPE_LATEST)

    return blueprint


async def take(bot: Bot, sender: str, body: dict[str, Any]) -> Turn:
    """Typed text, a button or the first contact. Raises Refused for anything else."""
    message_id = body["id"]
    if body.get("start"):
        earlier = await bot.history(sender)
        return (
            Turn(earlier, True) if earlier else await bot.say(sender, "/groet", message_id, trusted=True, shown=UNSEEN)
        )
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


def conversation_of(request: Request) -> str:
    """The conversation id of the cookie, or a new unguessable one."""
    known = request.cookies.get(COOKIE)
    if known and re.fullmatch(r"[\w-]{40,64}", known, re.ASCII):
        return str(known)
    return secrets.token_urlsafe(32)


def set_cookie(request: Request, reply: HTTPResponse, value: str, seconds: int = COOKIE_SECONDS) -> None:
    """Keep the conversation id in the browser; zero seconds takes it away. Written by hand: Sanic knows no `Partitioned`."""
    if embedded_in(request):
        rules = "Secure; SameSite=None; Partitioned"
    elif behind_tls(request):
        rules = "Secure; SameSite=Strict"
    else:
        rules = "SameSite=Strict"
    reply.headers.add("Set-Cookie", f"{COOKIE}={value}; Path=/; HttpOnly; Max-Age={seconds}; {rules}")


def behind_tls(request: Request) -> bool:
    """Whether the visitor came by https, to us or to the proxy before us."""
    return str(request.headers.get("x-forwarded-proto", request.scheme)) == "https"


def embed_origins() -> frozenset[str]:
    """The sites that may carry the chat: WEGWIJS_EMBED_ORIGINS, such as "https://zorghuis.example https://cvo.example"."""
    named = re.split(r"[\s,]+", os.environ.get("WEGWIJS_EMBED_ORIGINS", ""))
    return frozenset(name.rstrip("/").lower() for name in named if re.match(r"https?://[^*]+$", name))


def embedded_in(request: Request) -> str:
    """The listed origin whose page sent this request; empty for our own page and for any other."""
    origin = str(request.headers.get("origin", ""))
    return origin if origin in embed_origins() else ""


def from_here_or_embedded(request: Request) -> None:
    """Raises Refused for a post from somebody else's page that isn't listed."""
    if request.headers.get("sec-fetch-site") in ("cross-site", "same-site") and not embedded_in(request):
        raise Refused(403, "Deze website mag de chat niet gebruiken.")


def for_page(items: list[Item]) -> list[Item]:
    """What a visitor may see of a conversation: no first contact, and of the sources no line numbers."""
    return [
        {**item, "data": without_lines(item["data"])} for item in items if item["role"] == "bot" or item["text"].strip()
    ]


def without_lines(data: Any) -> Any:
    """The same data without the line numbers of its sources, which are for staff."""
    if isinstance(data, dict):
        return {name: without_lines(value) for name, value in data.items() if name != "lines"}
    return [without_lines(value) for value in data] if isinstance(data, list) else data


def page_file(request: Request, name: str) -> HTTPResponse:
    """One file of the page."""
    return file_of(request, PAGE, name)


def file_of(request: Request, folder: Path, name: str) -> HTTPResponse:
    """One file of a folder, packed; nothing outside it."""
    path = folder / name
    if path.parent != folder or not path.is_file() or path.suffix not in TYPES:
        return text("Deze pagina bestaat niet.", 404)
    file = sent(path)
    headers = {"Cache-Control": "no-cache", "ETag": file.tag, "Vary": "Accept-Encoding, Origin"}
    if file.tag == request.headers.get("if-none-match"):
        return empty(304, headers)
    packed = "gzip" in request.headers.get("accept-encoding", "")
    if packed:
        headers["Content-Encoding"] = "gzip"
    return raw(file.packed if packed else file.content, content_type=TYPES[path.suffix], headers=headers)


def cross_origin(origin: str) -> dict[str, str]:
    """The headers that let a listed origin carry the chat."""
    return {
        "Access-Control-Allow-Origin": origin,
        "Access-Control-Allow-Credentials": "true",
        "Access-Control-Allow-Headers": "content-type",
        "Access-Control-Expose-Headers": "retry-after",
        "Access-Control-Max-Age": "600",
        "Vary": "Accept-Encoding, Origin",
    }


def secure(app: Sanic) -> None:
    """Security headers on every reply, and plain sentences for errors."""

    @app.on_response
    async def add_headers(request: Request, reply: HTTPResponse) -> None:
        if request.method in ("GET", "HEAD"):  # what another site could load as a picture or script
            elsewhere = request.path.startswith("/page/") and embed_origins()
            reply.headers.setdefault("Cross-Origin-Resource-Policy", "cross-origin" if elsewhere else "same-origin")
        for name, value in HEADERS.items():
            reply.headers.setdefault(name, value)
        if not request.path.startswith("/page/"):
            reply.headers.setdefault("Cache-Control", "no-store")
        if behind_tls(request):
            reply.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        if request.path.startswith(("/chat", "/page/")) and embedded_in(request):
            reply.headers.update(cross_origin(embedded_in(request)))

    @app.exception(SanicException)
    async def refused(request: Request, error: SanicException) -> HTTPResponse:
        status = getattr(error, "status_code", 500)
        sentence = {404: "Deze pagina bestaat niet.", 413: "Je bericht is te lang.", 405: "Dit kan hier niet."}
        return json_response({"error": sentence.get(status, "Dit bericht kan ik niet lezen.")}, status)

    @app.exception(Exception)
    async def failed(request: Request, error: Exception) -> HTTPResponse:
        logger.error("a request failed", exc_info=error)
        return json_response({"error": FAILED}, 503)
