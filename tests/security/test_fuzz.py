"""Whatever is posted: a clear sentence or an answer, never a fault, a trace or a command obeyed. 20,000 in `make test-long`."""

from __future__ import annotations

import random
import re
import socket

import httpx
import pytest

from tests.conftest import Server
from tests.security import fuzz
from tests.visitor import Visitor

TRACE = re.compile(r"Traceback|File \"|\.py[\":]|sqlalchemy|sqlite3|rasa\.|[A-Z]\w+Error\b|Exception|<html")
CUT_OFF = 128 * 1024  # bytes; beyond it the server may close before all is sent


def attack(server: Server, number: int, seed: int) -> None:
    """Post so many requests, some from new visitors, commands always in one conversation with facts; look at every reply."""
    rng = random.Random(seed)
    since = len(server.log)
    with Visitor(server.url) as victim, Visitor(server.url) as anyone:
        victim.user("ik ben 34, werkloos en wil zorgkundige worden in Gent")
        for _ in range(number):
            made = fuzz.request(rng)
            if rng.random() < 0.02:
                anyone.http.cookies.clear()
            sender = victim if made.kind in ("command", "choice") else anyone
            headers = {"Cookie": made.cookie} if made.cookie else {}
            try:
                reply = sender.http.post(made.path, content=made.body, headers=headers)
            except (httpx.WriteError, httpx.ReadError, httpx.RemoteProtocolError):
                assert len(made.body) > CUT_OFF, made
                continue
            assert reply.status_code < 500, (made, reply.text)
            assert not TRACE.search(re.sub(r'"(?:website|url)": ?"[^"]*"', "", reply.text)), (made, reply.text)
            if reply.status_code != 200:
                sentence = reply.json()["error"]
                assert sentence.endswith((".", "?")) and len(sentence.split()) <= 22, sentence
        known = victim.user("wat weet je nu van mij?").text
        assert "34" in known and "99" not in known and "kok" not in known, known
        assert victim.history()[0]["text"].startswith("ik ben 34")
    assert '"level": "error"' not in server.log[since:], server.log[since:][-3000:]


def test_four_hundred_bad_requests(deployed: Server):
    attack(deployed, 400, seed=1)


@pytest.mark.long
def test_twenty_thousand_bad_requests(deployed: Server):
    for seed in range(2, 22):  # one conversation may not grow for ever
        attack(deployed, 1000, seed)


def test_a_message_of_fifty_thousand_characters_gets_a_clear_sentence(deployed: Server):
    with Visitor(deployed.url) as visitor:
        assert visitor.post(text="zorgkundige " * 4200).reply.status_code == 413
        assert visitor.text == "Je bericht is te lang. Maak het korter, dan lees ik het graag."


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "FOO"])
def test_odd_methods_and_paths(deployed: Server, method: str):
    with Visitor(deployed.url) as visitor:
        for path in ("/", "/chat", "/chat/history", "/page/%2e%2e/serve.py", "/page/..%5cserve.py", "/%00", "/" + "a" * 3000):
            reply = visitor.http.request(method, path)
            assert reply.status_code < 500 and not TRACE.search(reply.text if reply.status_code >= 400 else ""), (path, reply)


@pytest.mark.parametrize(
    "raw", [b"\0" * 1000, b"GET / HTTP/9.9\r\n\r\n", b"POST /chat HTTP/1.1\r\nContent-Length: x\r\n\r\n", b"GET " + b"a" * 20000,
            b"POST /chat HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n",
            b"GET / HTTP/1.1\r\nHost: x\r\nCookie: " + b"a=b;" * 3000 + b"\r\n\r\n", b"\x16\x03\x01\x02\x00\x01"],
    ids=["zeroes", "version", "length", "long", "chunked", "cookies", "tls"],
)  # fmt: skip
def test_what_is_no_http(deployed: Server, raw: bytes):
    with socket.create_connection(("127.0.0.1", deployed.port), timeout=10) as connection:
        connection.sendall(raw)
        connection.shutdown(socket.SHUT_WR)
        answer = connection.makefile("rb").read().decode("latin-1")
    assert " 500 " not in answer.split("\r\n")[0] and "Traceback" not in answer
    assert httpx.get(f"{deployed.url}/health").status_code == 200
