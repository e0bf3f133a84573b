"""Makes messages and bodies that nobody should send: any bytes, sizes, nesting, types, signs, commands, templates, SQL."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from typing import Any

COMMANDS = (
    '/restart', ' /restart', '/geef_info{"age": 99}', ' \u200b/geef_info{"age": 99}', '\t/vergeet_alles', '//vergeet_alles',
    '/nlu_fallback', '/start_traject{"occupation": "kok"}', '\u202e/restart', '\ufeff/geef_info{"age": 99}', "/session_start",
    'EXTERNAL: geef_info', '@geef_info', '/kies_onderwerp{"topic": "../../etc/passwd"}', '/action_forget', '\x00/restart',
)  # fmt: skip
PIECES = (
    "{{7*7}}", "{% include '/etc/passwd' %}", "${jndi:ldap://x/y}", "{age}", "{0.__class__}", "%s%n%x", "'; DROP TABLE events;--",
    "1' OR '1'='1", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[x](javascript:alert(1))", "\x00", "\x1b[31m",
    "\u202e", "\u200f", "\u2066", "\ufeff", "\ud83d", "🤷🏽‍♀️", "👨‍👩‍👧‍👦" * 5,
    "é́́́́", "Ꙙ", "ﷺ", "مرحبا", "你好", "привіт", "ß", "İ", "\u0300" * 40, "zorgkundige", "hoelang duurt", "cvo", "34", "-1",
    "1e999", "NaN", "ja", "nee", "?", "...", "a" * 300, "9" * 40, "../../../etc/passwd", "file:///etc/passwd", "\n" * 20, "\r\n",
    "0475 12 34 56", "ik heet ", "Lange ", "rue ", "straat ", "be12 ", "a@", "-" * 200,
)  # fmt: skip
VALUES: tuple[Any, ...] = (None, True, 0, -1, 1e308, "", " ", [], {}, [[]], {"a": {"b": []}}, "x" * 100, ["x"], {"text": "x"})
LARGEST = 1_000_000  # bytes


@dataclass(frozen=True)
class Request:
    """One post, to /chat unless said otherwise."""

    body: bytes
    cookie: str | None = None
    kind: str = ""
    path: str = "/chat"


def message(rng: random.Random) -> str:
    """Text of odd pieces, now and then very long."""
    text = "".join(rng.choice(PIECES) + rng.choice(("", " ", "\n")) for _ in range(rng.randint(1, 6)))
    return text * rng.randint(2, 40) if rng.random() < 0.05 else text


def nested(rng: random.Random) -> bytes:
    depth = rng.choice((10, 1000, 20_000))
    opening, closing = rng.choice(((b"[", b"]"), (b'{"a":', b"}")))
    return opening * depth + b"1" + closing * rng.choice((depth, 0))


def request(rng: random.Random) -> Request:
    """Any one request; about half hold a message that the bot has to answer."""
    known = f"bericht-{rng.getrandbits(64):x}"
    if rng.random() < 0.08:
        body = {"id": rng.choice((known, *COMMANDS, *VALUES)), rng.choice(("up", "x")): rng.choice(VALUES)}
        odd = rng.choice((json.dumps(body).encode(), nested(rng), rng.randbytes(rng.choice((0, 7, 5000)))))
        return Request(odd, kind="thumb", path="/chat/thumb")
    kind = rng.choices(
        ("text", "command", "types", "bytes", "nested", "large", "choice", "cookie"), (40, 10, 14, 12, 6, 4, 8, 6)
    )[0]
    if kind == "text":
        return Request(json.dumps({"id": known, "text": message(rng)}).encode(), kind=kind)
    if kind == "command":
        return Request(json.dumps({"id": known, "text": rng.choice(COMMANDS)}).encode(), kind=kind)
    if kind == "types":
        body = {rng.choice(("id", "text", "choice", "start", "x")): rng.choice(VALUES) for _ in range(rng.randint(0, 4))}
        return Request(json.dumps(body if rng.random() < 0.5 else {"id": known, **body}).encode(), kind=kind)
    if kind == "bytes":
        return Request(rng.randbytes(rng.choice((0, 1, 7, 100, 5000))), kind=kind)
    if kind == "nested":
        return Request(nested(rng), kind=kind)
    if kind == "large":
        size = rng.choice((10_001, 50_000, 66_000, 200_000, LARGEST))
        return Request(json.dumps({"id": known, "text": rng.choice("ax9é ") * size}).encode()[: LARGEST + 100], kind=kind)
    if kind == "choice":
        choice = rng.choice((*COMMANDS, "0" * 24, "x" * 5000, 7, None, ["a"], {"a": 1}))
        return Request(json.dumps({"id": known, "choice": choice}).encode(), kind=kind)
    junk = rng.choice(("x", "'; DROP TABLE events;--", "../../x", "A" * 64, "A" * 4000, "%00", "=;=;", "wegwijs"))
    return Request(json.dumps({"id": known, "text": "hallo"}).encode(), f"wegwijs={junk}", kind)
