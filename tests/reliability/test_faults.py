"""Faults inside the bot: an action that raises or hangs, no knowledge, a cut model, a clock set back."""

from __future__ import annotations

import asyncio
import contextlib
import io
import json
import logging
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot import serve, train
from bot.action_runner import FAULT, InProcessActions
from bot.limits import MAX_AT_ONCE
from bot.logs import SafeLines
from bot.staff.rehearsal import Rehearsal
from knowledge import store
from tests.reliability import faulty
from tests.tester import Conversation

BEGIN = "ik ben 34, werkloos en wil zorgkundige worden in Gent"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What staff would read in the log."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(SafeLines())
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)


@contextlib.contextmanager
def instead(bot, action, limit: float = 10.0) -> Iterator[None]:
    """A faulty action in the place of the real one."""
    runner = bot.agent.processor.action_endpoint
    kept, limit_before = dict(runner._executor.actions), runner._time_limit
    runner._executor.register_function("action_handover", action)
    runner._time_limit = limit
    try:
        yield
    finally:
        runner._executor.actions = kept
        runner._time_limit = limit_before


@pytest.mark.parametrize(("action", "cause"), [(faulty.raises, "KeyError"), (faulty.hangs, "longer than 1.0 seconds")])
def test_an_action_that_fails_undoes_the_turn(talk, bot, log, action, cause):
    talk.user(BEGIN).bot_asks("vdab_enrolled")
    with instead(bot, action, limit=1.0 if action is faulty.hangs else 10.0):
        talk.user("ik wil met een mens spreken over mijn hond Wodan")
    assert [item["text"] for item in talk.items] == [FAULT]
    assert talk.data["type"] == "error"
    assert cause in log.getvalue() and "action_handover" in log.getvalue()
    assert "Wodan" not in log.getvalue()
    talk.user("ja").bot_asks("paid_experience").slots(age=34)
    talk.user("ik wil met een mens spreken").kind("handover")


def test_hanging_actions_leave_room_for_others(talk, bot):
    with instead(bot, faulty.hangs, limit=0.05):
        for _ in range(12):
            talk.user("ik wil met een mens spreken").kind("error")
    talk.user("hoelang duurt zorgkundige in het cvo?").bot_says("1480")


SLOW = {"next_action": "slow", "tracker": {"sender_id": "iemand"}, "domain": {}}


@pytest.fixture
def slow() -> InProcessActions:
    runner = InProcessActions(limit=60.0)
    runner._executor.register_function("slow", faulty.slow)
    return runner


def test_many_slow_actions_at_once_are_no_hanging_ones(slow: InProcessActions):
    async def all_at_once() -> list[dict[str, Any]]:
        return await asyncio.gather(*(slow.request(json=SLOW) for _ in range(MAX_AT_ONCE)))

    assert [answer["responses"][0]["text"] for answer in asyncio.run(all_at_once())] == ["Klaar."] * MAX_AT_ONCE


def test_visitors_who_leave_just_as_their_action_ends_take_no_room_for_ever(slow: InProcessActions):
    async def many() -> dict[str, Any]:
        turns = [asyncio.create_task(slow.request(json=SLOW)) for _ in range(20)]
        await asyncio.sleep(0.1)
        time.sleep(2 * faulty.SLOW)  # the loop is busy, so that the ends and the leaving are seen together
        for turn in turns:
            turn.cancel()
        await asyncio.wait(turns)
        assert slow._hanging == set()
        return await slow.request(json=SLOW)

    assert asyncio.run(many())["responses"]


def test_a_second_bot_in_the_process_leaves_plans_where_they_belong(talk, bot, loop):
    """As the staff page has one beside that of the visitors, in memory."""
    second = Conversation(Rehearsal(bot).bot, loop)
    for one, other in ((second, talk), (talk, second)):
        one.user(BEGIN).user("maak mijn plan").kind("plan")
        code = re.search(r"/plan/([\w-]+)", one.text)[1]
        assert one.bot.plans.find(code) is not None and other.bot.plans.find(code) is None


def test_without_any_knowledge_base(talk, log, content, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("WEGWIJS_DATABASE_URL", f"sqlite:///{tmp_path}/knowledge.db")
    talk.user("hoelang duurt zorgkundige in het cvo?")
    assert [item["text"] for item in talk.items] == [FAULT]
    assert "wegwijs knowledge build" in log.getvalue()
    store.build(content)
    talk.user("hoelang duurt zorgkundige in het cvo?").bot_says("1480")


def test_a_clock_set_back_loses_nothing(talk, bot):
    talk.user(BEGIN).bot_asks("vdab_enrolled")
    events = sa.table("events", sa.column("sender_id"), sa.column("timestamp"))
    with bot.store.engine.begin() as connection:  # all that was said lies in the future now
        later = sa.update(events).where(events.c.sender_id == talk.sender).values(timestamp=events.c.timestamp + 7200)
        connection.execute(later)
    talk.user("ja").bot_asks("paid_experience")
    talk.user("nee").slots(age=34, vdab_enrolled=True, paid_experience="geen")


def test_a_model_cut_in_half_is_said_and_replaced(tmp_path: Path, capsys, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("WEGWIJS_TRACKER_URL", f"sqlite:///{tmp_path}/conversations.db")
    whole = train.ensure_model()
    cut = tmp_path / whole.name
    cut.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    assert serve.load(cut).agent.is_ready()
    assert "is beschadigd" in capsys.readouterr().out
    assert not cut.exists()


def test_conversations_that_cannot_be_opened_are_said_at_the_start(tmp_path: Path, capsys, monkeypatch):
    (tmp_path / "conversations.db").write_bytes(b"geen database " * 500)
    monkeypatch.setenv("WEGWIJS_TRACKER_URL", f"sqlite:///{tmp_path}/conversations.db")
    with pytest.raises(SystemExit):
        serve.load(train.ensure_model())
    assert "De gesprekken zijn niet te openen" in capsys.readouterr().err


def test_every_line_of_the_log_is_json(log):
    logging.getLogger("bot.x").error("one %s", "two")
    logging.getLogger("rasa.x").error("user said 'mijn naam is Jan'")
    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    assert [line["event"] for line in lines][0] == "one two"
    assert "Jan" not in log.getvalue()
