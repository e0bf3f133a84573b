"""From which site a request comes and what that site may, and the headers that keep other sites out."""

from __future__ import annotations

import os
import re

from sanic import Request, Sanic
from sanic.response import HTTPResponse

from bot.limits import Refused

HEADERS = {
    "Content-Security-Policy": "default-src 'self'; object-src 'none'; frame-ancestors 'self'; base-uri 'none'; "
    "form-action 'self'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


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
    """Security headers on every reply."""

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
