"""After conversations full of personal data none of it is in the database file, the log, the metrics or a reply."""

from __future__ import annotations

import json

import pytest

from tests.conftest import Server
from tests.security.test_personal import PERSONAL
from tests.visitor import Visitor

# short rows of digits occur in ids and times by chance
PARTS = sorted(
    {
        part
        for case in PERSONAL
        for part in case["hidden"]
        if len(part) >= (9 if part.isdigit() else 5) and part != "voorbeeld"
    }
)


@pytest.fixture(scope="module")
def told(deployed: Server) -> tuple[Server, str]:
    """Everything in the personal set, said to the bot in the middle of an intake, a few per message; and what came back."""
    replies = []
    with Visitor(deployed.url) as visitor:
        visitor.user("ik ben 34 en wil zorgkundige worden in Gent")
        for start in range(0, len(PERSONAL), 6):
            visitor.user("\n".join(case["message"] for case in PERSONAL[start : start + 6]))
            replies.append(visitor.reply.text)
        visitor.post(text='/geef_info{"age": "BE68 5390 0754 7034"}')
        visitor.post(text="x" * 60_000 + " 0475 12 34 56")
        replies.append(json.dumps(visitor.history(), ensure_ascii=False))
        replies.append(visitor.http.get("/metrics").text)
    return deployed, "\n".join(replies)


def left(text: str) -> list[str]:
    return [part for part in PARTS if part.lower() in text.lower()]


def test_nothing_personal_in_the_database_files(told):
    server, _ = told
    content = b"".join(path.read_bytes() for path in server.folder.glob("conversations.db*")).decode("utf-8", "replace")
    content = content.encode().decode("unicode_escape", "replace") + content  # events are JSON with escapes
    assert "zorgkundige" in content
    assert left(content) == []


def test_nothing_personal_in_the_log(told):
    server, _ = told
    assert '"event": "turn"' in server.log
    assert left(server.log) == []
    assert "zorgkundige" not in server.log, "the log holds what people say"


def test_nothing_personal_in_replies_or_metrics(told):
    assert left(told[1]) == []


def test_every_line_of_the_log_is_json_or_a_sentence_of_ours(told):
    lines = [line for line in told[0].log.splitlines() if line.strip()]
    ours = [line for line in lines if line.startswith("{") or line.startswith("[")]
    assert ours == lines
    assert all({"time", "level", "event"} <= set(json.loads(line)) for line in ours if line.startswith("{"))


def test_forget_everything_over_http_leaves_nothing_in_the_file(deployed: Server):
    with Visitor(deployed.url) as visitor:
        visitor.user("mijn lievelingsdier is een axolotl en ik wil zorgkundige worden in Gent")
        assert b"axolotl" in (deployed.folder / "conversations.db").read_bytes()
        assert visitor.http.post("/chat/erase").status_code == 200
        assert visitor.history() == []
    for path in deployed.folder.glob("conversations.db*"):
        assert b"axolotl" not in path.read_bytes()
