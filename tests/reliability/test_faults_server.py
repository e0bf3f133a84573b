"""Faults around a real process: the person reads one plain sentence, staff the cause, nothing breaks, and it mends itself."""

from __future__ import annotations

import contextlib
import json
import os
import resource
import signal
import sqlite3
import threading
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Server
from tests.visitor import Visitor

BEGIN = "ik ben 34, werkloos en wil zorgkundige worden in Gent"
FAILED = "Sorry, er gaat bij mij iets mis. Je bericht is niet verloren. Probeer het zo nog eens."


@pytest.fixture
def visitor(deployed: Server) -> Iterator[Visitor]:
    with Visitor(deployed.url) as someone:
        yield someone


@contextlib.contextmanager
def locked(file: Path) -> Iterator[None]:
    """Another process holds the whole database."""
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")
        connection.close()


@contextlib.contextmanager
def full_disk(server: Server, file: Path) -> Iterator[None]:
    """No file of the server may grow beyond the present size of this one."""
    assert server.process is not None
    _, hard = resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (file.stat().st_size, hard))
    try:
        yield
    finally:
        resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (hard, hard))


def conversations(server: Server) -> Path:
    return server.folder / "conversations.db"


def causes(server: Server, since: int) -> str:
    """The causes in the log lines after a place in it; every line is JSON or one of our own sentences."""
    lines = [json.loads(line) for line in server.log[since:].splitlines() if line.startswith("{")]
    return " ".join(" ".join([line["event"], *line.get("cause", [])]) for line in lines if line["level"] == "error")


def sound(file: Path) -> bool:
    with sqlite3.connect(file) as connection:
        return connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Server]:
    """A server with an empty store: in one where much was erased there is room for long."""
    running = Server(tmp_path, WEGWIJS_REST="0", WEGWIJS_PROXIES="1")
    running.start()
    yield running
    running.stop()


def test_a_full_disk(small: Server):
    visitor = Visitor(small.url).user(BEGIN)
    assert visitor.asked == "vdab_enrolled"
    since, before, retry = len(small.log), visitor.history(), uuid.uuid4().hex
    with full_disk(small, conversations(small)):
        replies = []
        while len(replies) < 30 and (not replies or replies[-1].status_code == 200):
            replies.append(visitor.post(text="wat kun je allemaal? " * 100, id=retry + str(len(replies))).reply)
        failed = [number for number, reply in enumerate(replies) if reply.status_code == 503]
        assert failed, "the disk was not full"
        assert visitor.text == FAILED
        assert visitor.http.get("/health").status_code == 200
        during = visitor.history()
    assert "OperationalError" in causes(small, since)
    assert during[: len(before)] == before and sound(conversations(small))
    visitor.post(text="wat kun je allemaal?", id=retry + str(failed[0]))
    assert visitor.reply.status_code == 200
    said = [item["role"] for item in visitor.history()]
    assert said.count("user") == 1 + len(replies) - len(failed) + 1


def test_a_locked_database(visitor: Visitor, deployed: Server):
    visitor.user(BEGIN)
    since, again = len(deployed.log), uuid.uuid4().hex
    with locked(conversations(deployed)):
        assert visitor.post(text="ja", id=again).reply.status_code == 503
        assert visitor.text == FAILED
    assert "database is locked" in causes(deployed, since)
    visitor.post(text="ja", id=again)
    assert visitor.asked == "paid_experience"


def test_a_locked_database_does_not_stop_the_page(visitor: Visitor, deployed: Server):
    visitor.user(BEGIN)
    with locked(conversations(deployed)):
        waiting = threading.Thread(target=visitor.post, kwargs={"text": "ja"})
        waiting.start()
        with Visitor(deployed.url) as other:
            assert other.http.get("/health").status_code == 200
            assert other.http.get("/").status_code == 200
        assert waiting.is_alive(), "the turn did not wait for the database"
        waiting.join()


def test_a_database_taken_away_and_put_back(visitor: Visitor, deployed: Server, tmp_path: Path):
    visitor.user(BEGIN)
    since = len(deployed.log)
    conversations(deployed).rename(tmp_path / "aside.db")
    visitor.user("hoelang duurt zorgkundige in het cvo?")
    assert "1480" in visitor.text
    assert "the conversations are gone" in causes(deployed, since)
    with Visitor(deployed.url) as other:  # every table is there again: for plans, for codes and for forgetting
        other.user(BEGIN).user("maak mijn plan").user("ik wil later verder")
        assert other.http.post("/chat/erase").status_code == 200
    (tmp_path / "aside.db").replace(conversations(deployed))
    visitor.user("ja")
    assert visitor.asked == "paid_experience"


def test_a_database_that_is_no_database(visitor: Visitor, deployed: Server, tmp_path: Path):
    visitor.user(BEGIN)
    content, since = conversations(deployed).read_bytes(), len(deployed.log)
    conversations(deployed).write_bytes(b"\0" * 100 + os.urandom(5000))
    assert visitor.post(text="ja").reply.status_code == 503
    assert visitor.text == FAILED
    assert "file is not a database" in causes(deployed, since)
    conversations(deployed).write_bytes(content)
    assert visitor.user("ja").asked == "paid_experience"


@pytest.mark.parametrize("left", [0.0, 0.5])
def test_a_knowledge_base_missing_or_half_written(visitor: Visitor, deployed: Server, left: float):
    file = deployed.folder / "knowledge.db"
    content = file.read_bytes()
    visitor.user("hoelang duurt zorgkundige in het cvo?")
    file.write_bytes(content[: int(len(content) * left)])
    try:
        time.sleep(3.2)  # a running bot looks at most every 3 seconds
        visitor.user("hoelang duurt zorgkundige in het cvo?")
        assert "1480" in visitor.text
    finally:
        file.write_bytes(content)
    if left == 0.0:
        assert "knowledge base can't be read" in deployed.log
    visitor.user("hoelang duurt zorgkundige in het cvo?")
    assert "1480" in visitor.text


def test_killed_in_the_middle_of_the_intake_the_person_goes_on(visitor: Visitor, deployed: Server):
    visitor.user(BEGIN)
    deployed.stop(signal.SIGKILL)
    deployed.start()
    assert visitor.user("ja").asked == "paid_experience"
    assert sound(conversations(deployed))


def test_asked_to_stop_it_finishes_the_turn_in_hand(visitor: Visitor, deployed: Server):
    visitor.user(BEGIN)
    with locked(conversations(deployed)):
        turn = threading.Thread(target=visitor.post, kwargs={"text": "ja"})
        turn.start()
        while "wegwijs_turns_in_hand 1.0" not in visitor_metrics(deployed):
            time.sleep(0.02)
        deployed.process.send_signal(signal.SIGTERM)
    turn.join()
    assert visitor.reply.status_code == 200 and visitor.asked == "paid_experience"
    assert deployed.process.wait(30) == 0
    deployed.start()
    assert visitor.user("nee").asked not in (None, "paid_experience")


def visitor_metrics(server: Server) -> str:
    with Visitor(server.url) as staff:
        return staff.http.get("/metrics").text
