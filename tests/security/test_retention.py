"""What is kept goes after 7 days, and at once when asked, from every store and from the file itself."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.retention import KEPT_SECONDS, ForgettingFailed, KeptTable, Retention, erase_for_real


@pytest.fixture
def notes(tmp_path):
    """A table as another part of the bot would have it."""
    engine = sa.create_engine(f"sqlite:///{tmp_path}/notes.db")
    erase_for_real(engine)
    table = sa.Table(
        "notes", sa.MetaData(), sa.Column("sender", sa.String), sa.Column("touched_at", sa.Float), sa.Column("said", sa.String)
    )  # fmt: skip
    table.create(engine)
    with engine.begin() as connection:
        rows = [("an", time.time(), "appelsien"), ("bo", time.time() - KEPT_SECONDS - 60, "banaan")]
        connection.execute(table.insert(), [dict(zip(table.c.keys(), row)) for row in rows])
    return KeptTable("notes", engine, table, table.c.sender, table.c.touched_at)


class Broken:
    name = "broken"

    def forget(self, sender: str) -> int:
        raise OSError("disk")

    def forget_before(self, moment: float) -> int:
        raise OSError("disk")


def test_old_rows_go_and_leave_no_trace_in_the_file(notes, tmp_path):
    assert Retention(notes).forget_old() == 1
    content = (tmp_path / "notes.db").read_bytes()
    assert b"banaan" not in content and b"appelsien" in content


def test_forgetting_one_person_leaves_the_others(notes, tmp_path):
    assert Retention(notes).forget("an") == 1
    content = (tmp_path / "notes.db").read_bytes()
    assert b"appelsien" not in content and b"banaan" in content


def test_a_store_that_fails_does_not_keep_the_others_from_forgetting(notes):
    kept = Retention(Broken(), notes)
    with pytest.raises(ForgettingFailed, match="broken"):
        kept.forget("an")
    assert notes.forget("an") == 0


def test_forgetting_that_failed_half_way_is_done_when_the_message_comes_again(talk, bot, loop, monkeypatch):
    talk.user("ik ben 34 en werkloos")
    forget = {"text": "/vergeet_alles", "message_id": "vergeet-1", "trusted": True}
    with monkeypatch.context() as patched, pytest.raises(ForgettingFailed):
        patched.setattr(bot.store, "forget", Broken().forget)
        loop.run_until_complete(bot.say(talk.sender, **forget))
    assert loop.run_until_complete(bot.history(talk.sender)) != []
    assert loop.run_until_complete(bot.say(talk.sender, **forget)).repeated
    assert loop.run_until_complete(bot.history(talk.sender)) == []


def test_forget_everything_empties_every_table_of_this_person(talk, bot):
    talk.user("ik ben 34, werkloos en wil zorgkundige worden in Gent").user("maak mijn plan").user(
        "ik wil later verder"
    )
    tables = rows_of(bot, talk.sender)
    assert {name for name, count in tables.items() if count} == {"events", "kept_plans", "later_codes"}
    talk.user("vergeet alles")
    assert set(rows_of(bot, talk.sender).values()) == {0}


def rows_of(bot, sender: str) -> dict[str, int]:
    """Table → number of rows in which this conversation's id stands, whatever the column."""
    with bot.store.engine.connect() as connection:
        tables = {
            name: connection.exec_driver_sql(f"SELECT * FROM {name}").all()
            for name in sa.inspect(connection).get_table_names()
        }
    return {name: sum(sender in str(tuple(row)) for row in rows) for name, rows in tables.items()}


def test_a_code_that_could_not_be_kept_is_kept_when_the_message_comes_again(talk, bot, loop, monkeypatch):
    talk.user("ik ben 34 en werkloos")
    ask = {"text": "/later_verder", "message_id": "later-1", "trusted": True}
    with monkeypatch.context() as patched, pytest.raises(OSError, match="disk"):
        patched.setattr(bot.later, "heed", lambda data, sender: Broken().forget(sender))
        loop.run_until_complete(bot.say(talk.sender, **ask))
    again = loop.run_until_complete(bot.say(talk.sender, **ask))
    code = next(item["data"]["later"] for item in again.items if item["data"])
    assert loop.run_until_complete(bot.later.find(code, talk.sender))["status"] == "found"


@pytest.fixture
def looked_at(bot, monkeypatch):
    """The replies that whoever looks on gets to see."""
    seen = []
    monkeypatch.setattr(bot, "after_turn", lambda sender, items: seen.append(items[0]["text"]))
    return seen


def test_nobody_looks_at_forgetting(talk, looked_at):
    talk.user("asdf qwer zxcv")
    assert len(looked_at) == 1
    talk.user("vergeet alles")
    assert len(looked_at) == 1


def test_nobody_looks_at_what_follows_a_cry_for_help(talk, bot, loop, looked_at):
    for number, said in enumerate(("hallo", "ik wil niet meer leven", "asdf qwer zxcv")):
        loop.run_until_complete(bot.say(talk.sender, said, f"bericht-{number}"))
    assert len(looked_at) == 2  # the greeting, and the help that was offered: of a crisis nothing is kept


def test_a_fault_in_looking_on_does_not_touch_the_turn(talk, bot, monkeypatch):
    monkeypatch.setattr(bot, "after_turn", lambda sender, items: Broken().forget(sender))
    talk.user("hoelang duurt zorgkundige in het cvo?").bot_says("1480")


def test_two_stores_cannot_share_a_name(notes):
    kept = Retention(notes)
    kept.add(notes)
    other = Broken()
    other.name = "notes"
    with pytest.raises(ValueError, match="notes"):
        kept.add(other)


def test_a_conversation_goes_after_seven_days_and_not_before(talk, bot, loop):
    talk.user("ik ben 34, werkloos en wil zorgkundige worden in Gent")
    assert loop.run_until_complete(bot.forget_old(time.time() + KEPT_SECONDS - 60)) >= 0
    talk.slots(age=34)
    assert loop.run_until_complete(bot.forget_old(time.time() + KEPT_SECONDS + 60)) > 0
    assert loop.run_until_complete(bot.history(talk.sender)) == []


def test_forget_everything_leaves_nothing_in_the_file(talk, bot):
    file = Path(bot.store.engine.url.database)
    talk.user("ik ben 34 en mijn lievelingsdier is een axolotl")
    assert b"axolotl" in file.read_bytes()
    talk.user("vergeet alles wat ik zei")
    if not talk.data.get("forget"):
        talk.press("Ja")
    assert b"axolotl" not in file.read_bytes()
    assert [path.name for path in file.parent.iterdir()] == [file.name]
