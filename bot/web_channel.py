"""The page's own channel: serves the page, takes messages by HTTP post, keeps the conversation id in a cookie."""

from __future__ import annotations

import asyncio
import json
import logging
import math
import re
import secrets
import time
from collections.abc import Awaitable, Callable
from typing import Any

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sanic import Blueprint, Request, Sanic
from sanic.exceptions import SanicException
from sanic.response import HTTPResponse, empty, raw
from sanic.response import json as json_response

from bot import thumbs
from bot.items import Item
from bot.limits import Limits, Refused
from bot.logs import new_turn
from bot.metrics import Metrics
from bot.origin import behind_tls, embedded_in, from_here_or_embedded
from bot.page_files import page_file
from bot.turns import Bot, Turn

logger = logging.getLogger(__name__)
COOKIE = "wegwijs"
MAX_BODY = 64 * 1024  # bytes
MAX_TEXT = 10_000  # characters; what is said beyond 1,200 is cut by bot.text.clean
COOKIE_SECONDS = 7 * 24 * 3600  # as long as a conversation is kept after its last message
FAILED = "Sorry, er gaat bij mij iets mis. Je bericht is niet verloren. Probeer het zo nog eens."
UNSEEN = " "  # what the first contact "said": nothing that anyone should see


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


def excuse(app: Sanic) -> None:
    """Plain sentences for what goes wrong outside the turns."""

    @app.exception(SanicException)
    async def refused(request: Request, error: SanicException) -> HTTPResponse:
        status = getattr(error, "status_code", 500)
        sentence = {404: "Deze pagina bestaat niet.", 413: "Je bericht is te lang.", 405: "Dit kan hier niet."}
        return json_response({"error": sentence.get(status, "Dit bericht kan ik niet lezen.")}, status)

    @app.exception(Exception)
    async def failed(request: Request, error: Exception) -> HTTPResponse:
        logger.error("a request failed", exc_info=error)
        return json_response({"error": FAILED}, 503)
