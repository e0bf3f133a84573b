"""What keeps several processes apart in one conversation: only one turn at a time is saved, and wrong settings are told."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from rasa.core.lock_store import InMemoryLockStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot import serve
from bot.conversations import ConversationStore, Overtaken, turn_reads
from bot.locks import SharedLocks, lock_store

Opened = Callable[[], ConversationStore]


@pytest.fixture
def opened(tmp_path: Path) -> Opened:
    """A store as each process opens it, all on one database."""
    return lambda: ConversationStore.at(f"sqlite:///{tmp_path}/conversations.db", Domain.empty())


def begun(store: ConversationStore) -> DialogueStateTracker:
    tracker = asyncio.run(store.get_or_create_tracker("iemand", append_action_listen=False))
    tracker.update(ActionExecuted("action_listen"))
    tracker.update(UserUttered("hallo"))
    asyncio.run(store.save(tracker))
    return tracker


def said(store: ConversationStore) -> list[str]:
    tracker = asyncio.run(store.retrieve("iemand"))
    return [event.text for event in tracker.events if isinstance(event, UserUttered)] if tracker else []


def test_of_two_turns_at_once_one_is_saved_whole_and_the_other_not_at_all(opened: Opened):
    one, two = opened(), opened()
    begun(one)
    first, second = asyncio.run(one.retrieve("iemand")), asyncio.run(two.retrieve("iemand"))
    for tracker, text in ((first, "ja"), (second, "nee")):
        tracker.update(UserUttered(text))
        tracker.update(ActionExecuted("action_listen"))
    asyncio.run(one.save(first))
    with pytest.raises(Overtaken):
        asyncio.run(two.save(second))
    assert said(two) == ["hallo", "ja"]


def test_a_turn_that_found_its_message_unknown_does_not_go_on_when_it_was_handled_meanwhile(opened: Opened):
    one, two = opened(), opened()
    begun(one)

    async def turn() -> None:
        turn_reads.set({})
        await one.retrieve("iemand")  # "not handled yet"
        await asyncio.create_task(turn_of_another())
        with pytest.raises(Overtaken):
            await one.retrieve("iemand")

    async def turn_of_another() -> None:
        turn_reads.set({})
        tracker = await two.retrieve("iemand")
        tracker.update(UserUttered("ja"))
        await two.save(tracker)

    asyncio.run(turn())
    assert said(two) == ["hallo", "ja"]


def test_a_conversation_forgotten_at_another_bot_does_not_come_back_with_the_turn_in_hand(opened: Opened):
    one, two = opened(), opened()
    begun(one)
    tracker = asyncio.run(one.retrieve("iemand"))
    tracker.update(UserUttered("nog iets"))
    assert two.forget("iemand") > 0
    with pytest.raises(Overtaken):
        asyncio.run(one.save(tracker))
    assert said(two) == []


def test_a_tracker_may_be_saved_again_and_again(opened: Opened):
    store = opened()
    tracker = begun(store)
    for number in range(3):
        tracker.update(UserUttered(f"bericht {number}"))
        asyncio.run(store.save(tracker))
    assert said(store) == ["hallo", "bericht 0", "bericht 1", "bericht 2"]


def test_without_a_setting_the_locks_stay_in_the_process(monkeypatch):
    monkeypatch.delenv("WEGWIJS_LOCK_URL", raising=False)
    assert isinstance(lock_store(), InMemoryLockStore)


@pytest.mark.parametrize("address", ["redis://:a%2Fb@machine:6380/2", "rediss://user:a%2Fb@machine:6380/2"])
def test_an_address_of_redis_is_read_whole(address: str, monkeypatch):
    monkeypatch.setenv("WEGWIJS_LOCK_URL", address)
    locks = lock_store()
    assert isinstance(locks, SharedLocks)
    settings = locks.red.connection_pool.connection_kwargs
    assert (settings["host"], settings["port"], settings["db"], settings["password"]) == ("machine", 6380, 2, "a/b")


@pytest.mark.parametrize(
    ("name", "value"),
    [("WEGWIJS_LOCK_URL", "http://machine"), ("WEGWIJS_LOCK_URL", "redis://machine:zes"), ("WEGWIJS_LOCK_URL", "redis://"),
     ("WEGWIJS_DRAIN_SECONDS", "lang"), ("WEGWIJS_DRAIN_SECONDS", "-1"), ("WEGWIJS_DRAIN_SECONDS", "9999")],
)  # fmt: skip
def test_a_wrong_setting_is_told_in_a_sentence(name: str, value: str, monkeypatch):
    monkeypatch.setenv(name, value)
    with pytest.raises(ValueError, match=name):
        serve.check_settings()
