"""A turn does no work twice, and no more of it in a long conversation than in a short one; what is said stays the same."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa
from rasa.core.channels.channel import UserMessage
from rasa.core.policies.rule_policy import RulePolicy

from bot import embedding, less_work
from bot.bench.load import conversation
from bot.turns import Bot, Collector
from knowledge import telling

EARLY, LONG = 10, 80  # turns; many times what a turn reads back
SAID = (
    "/start_traject", "ja", "nee", "weet ik niet", "zorgkundige", "34", "ik ben 40 jaar en werkloos", "waarom vraag je dat?",
    "vorige vraag", "hoelang duurt zorgkundige in het cvo?", "/wat_weet_je", "/stop", "/start_evc_scan", "en als ik 20 was?",
    "/toon_alles", "asdf qwer", "/opnieuw", "halftijds", "ik woon in Brussel", "/bevestig",
    '/geef_info{"situation": "werkzoekend"}', '/kies_onderwerp{"topic": "cvo_zorgkundige_duur"}',
)  # fmt: skip


@contextmanager
def statements(engine: sa.engine.Engine) -> Iterator[list[int]]:
    """What is sent to the database meanwhile: for every statement how many rows it writes (0 for one that reads)."""
    seen: list[int] = []

    def note(connection, cursor, statement, parameters, context, many):  # type: ignore[no-untyped-def]
        writes = statement.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE"))
        seen.append((len(parameters) if many else 1) if writes else 0)

    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)


def rows_of(talk) -> int:  # type: ignore[no-untyped-def]
    tracker = talk.loop.run_until_complete(talk.bot.agent.tracker_store.retrieve(talk.sender))
    return len(tracker.events)


def test_a_late_turn_asks_no_more_of_the_database_than_an_early_one(talk):
    seen = {}
    for turn in range(1, LONG + 1):
        with statements(talk.bot.store.engine) as sent:
            talk.loop.run_until_complete(talk.bot.say(talk.sender, "/groet", f"id-{turn}", trusted=True))
        seen[turn] = sent
        if turn == EARLY:
            read_early = rows_of(talk)
    assert seen[LONG] == seen[EARLY]
    assert sum(seen[LONG]) == sum(seen[5]) > 0
    assert rows_of(talk) == read_early


def test_what_was_told_at_the_start_is_still_known_at_the_end(talk):
    talk.user("ik ben 47 jaar en woon in Gent")
    for _ in range(20):
        talk.user("/groet")
    talk.user("wat weet je nu van mij?").bot_says("47 jaar")


def test_a_message_sent_again_late_is_not_handled_again(talk):
    first = talk.loop.run_until_complete(talk.bot.say(talk.sender, "/groet", "id-first", trusted=True))
    for turn in range(20):
        talk.loop.run_until_complete(talk.bot.say(talk.sender, "/wat_kan_je", f"id-{turn}", trusted=True))
    before = len(talk.loop.run_until_complete(talk.bot.history(talk.sender)))
    again = talk.loop.run_until_complete(talk.bot.say(talk.sender, "/groet", "id-first", trusted=True))
    assert again.repeated and again.items == first.items
    assert len(talk.loop.run_until_complete(talk.bot.history(talk.sender))) == before


def test_an_old_button_still_works(talk):
    talk.loop.run_until_complete(talk.bot.say(talk.sender, "/groet", trusted=True))
    button = talk.loop.run_until_complete(talk.bot.history(talk.sender))[-1]["buttons"][0]
    for _ in range(20):
        talk.user("asdf")
    found = talk.loop.run_until_complete(talk.bot.payload_of(talk.sender, button["id"]))
    assert found == ("/start_traject", button["title"])


@pytest.mark.parametrize("seed", [1])
def test_reading_the_last_turns_gives_the_answers_that_reading_all_gives(bot, loop, seed):
    rng = random.Random(seed)
    said = [rng.choice(SAID) for _ in range(40)]
    recent_store = bot.agent.processor.tracker_store
    replies = {}
    for name, store in (("recent", recent_store), ("whole", bot.store)):
        bot.agent.processor.tracker_store = store
        try:
            replies[name] = [loop.run_until_complete(spoken(bot, f"{name}-{seed}", text)) for text in said]
        finally:
            bot.agent.processor.tracker_store = recent_store
    assert replies["recent"] == replies["whole"]


async def spoken(bot: Bot, sender: str, text: str) -> list[str]:
    output = Collector()
    await bot.pass_on(UserMessage(text, output, sender), output.said)
    return [reply.get("text") or "" for reply in output.said]


def test_the_quicker_search_finds_the_rules_that_rasa_finds(bot, loop, monkeypatch):
    quick, compared = RulePolicy._get_possible_keys, []

    def both(self, lookup, states):  # type: ignore[no-untyped-def]
        found = quick(self, lookup, states)
        possible = set(lookup)
        for turn, state in enumerate(reversed(states)):  # as Rasa does it
            possible = {key for key in possible if self._is_rule_applicable(key, turn, state)}
        compared.append(found == possible)
        return found

    monkeypatch.setattr(RulePolicy, "_get_possible_keys", both)
    rng = random.Random(5)
    for text in [rng.choice(SAID) for _ in range(25)]:
        loop.run_until_complete(spoken(bot, "rules", text))
    assert len(compared) > 25 and all(compared)


@pytest.mark.parametrize(
    "payload", ["/groet", '/geef_info{"age": 34}', " /start_traject", '/kies_onderwerp{"topic": "x"}']
)
def test_a_command_is_read_as_the_pipeline_reads_it(bot, loop, payload):
    parsed = loop.run_until_complete(bot.agent.parse_message(payload))
    read = less_work.command_data(payload, bot.agent.domain)
    assert read is not None
    assert {key: read[key] for key in ("text", "intent", "entities")} == {
        key: parsed[key] for key in ("text", "intent", "entities")
    }


@pytest.mark.parametrize("text", ["hallo", "/ik_besta_niet", "/", ""])
def test_what_is_no_command_goes_to_the_pipeline(bot, text):
    assert less_work.command_data(text, bot.agent.domain) is None


def test_a_message_is_embedded_once_and_a_button_never(talk, monkeypatch):
    embedded = []
    model = embedding._model()
    query = model.query
    monkeypatch.setattr(model, "query", lambda text: (embedded.append(text), query(text))[1])
    text = "klopt het dat je met je ervaring in de keuken sneller klaar bent?"
    talk.user(text)
    assert len(embedded) == 1
    talk.loop.run_until_complete(talk.bot.say(talk.sender, '/geef_info{"age": 52}', trusted=True))
    assert len(embedded) == 1


def test_what_someone_tells_is_read_once(talk, monkeypatch):
    read = []
    work = telling._read
    monkeypatch.setattr(telling, "_read", lambda *given: (read.append(given[1]), work(*given))[1])
    talk.user("ik ben 53 jaar en woon in Aalst").slots(age=53)
    assert len(read) == 1


def test_both_halves_of_a_measured_conversation_are_typed_and_buttons():
    said = conversation(random.Random(1), ["wat is evc?"])
    assert len([text for text in said if text.startswith("/")]) == len(said) / 2
