"""Inbox: what was not understood is kept without personal data, grouped by meaning, and made use of with one press."""

import datetime as dt
import json

import numpy as np
import pytest
import sqlalchemy as sa
from playwright.sync_api import expect

from bot.anonymous import anonymous, subject_words
from bot.inbox import DOUBT, KEPT_DAYS, NOT_UNDERSTOOD, REASONS, Inbox, Message, table, why
from bot.staff.grouping import groups, vectors
from knowledge import content as content_module
from tests.staff.desk import ask

WANTED = (
    "mag mijn hond mee naar de les",
    "waar kan ik mijn auto parkeren",
    "krijg ik een uniform of een schort",
    "is er een lift voor een rolstoel",
    "kan ik eten kopen tijdens de middag",
)
NONSENSE = "hoe kan Fatima Benali de blorpsnuf van haar fietszadel inkleuren op 12 maart in Sint-Niklaas"


@pytest.fixture(scope="module")
def words(content: content_module.Content) -> frozenset[str]:
    cards = [topic.antwoord for topic in content.topics().values()]
    return subject_words(
        [*cards, "ik wil mij inschrijven voor een opleiding tot zorgkundige, mag mijn dochter dat ook"]
    )


@pytest.mark.parametrize(
    ("said", "gone", "stays"),
    [
        ("Hallo, ik heet Fatima Benali en ben 47 jaar oud. Mag ik inschrijven?", ("Fatima", "Benali", "47"), "inschrijven"),
        ("kben els uit gent 34j, kan ik me inschrijven voor een opleiding", ("els", "gent", "34"), "inschrijven"),
        ("geboren op 12 maart 1979, krijg ik een premie van € 250?", ("12", "maart", "1979"), "€ 250"),
        ("mag mijn dochter Yasmina een opleiding beginnen bij juf Goedele", ("Yasmina", "Goedele"), "opleiding"),
        ("bel mij op 0475 12 34 56 of mail jan@voorbeeld.be over de opleiding", ("0475", "voorbeeld"), "opleiding"),
        ("ik ben vijftig, ben ik te oud voor de opleiding", ("vijftig",), "te oud"),
        ("zorgkundigeopleiding in het cvo, hoe lang is dat", (), "zorgkundigeopleiding"),
    ],
)  # fmt: skip
def test_what_tells_who_somebody_is_is_not_kept(words, content, said, gone, stays):
    places = {place for item in content.records["plaatsen"].values() for place in item.plaatsen}
    kept = anonymous(said, words, places)
    assert stays in kept
    assert [word for word in gone if word.lower() in kept.lower()] == []


def test_another_language_and_too_short_messages_are_not_kept(words):
    assert anonymous("How long does the course take, my name is Mary Jones?", words, frozenset()) == ""
    assert anonymous("Peter Janssens", words, frozenset()) == ""


def test_a_cry_for_help_is_never_kept():
    heard = {
        "intent": {"name": "nlu_fallback", "confidence": 0.4},
        "intent_ranking": [{"name": "crisis", "confidence": 0.2}],
    }
    assert why(heard, [{"data": {"type": "clarify"}}]) == ""
    assert why({**heard, "intent_ranking": []}, [{"data": {"type": "clarify"}}]) == NOT_UNDERSTOOD


def test_an_answer_that_was_a_guess_is_kept_as_doubt():
    heard = {"intent": {"name": "vraag_cvo", "confidence": 0.9}, "intent_ranking": []}
    sure, two = {"data": {"type": "answer", "records": ["a"]}}, {"data": {"type": "answer", "records": ["a", "b"]}}
    assert (why(heard, [sure]), why(heard, [two])) == ("", DOUBT)


def test_the_inbox_counts_what_comes_back_and_forgets_after_the_promised_days(tmp_path):
    inbox = Inbox(sa.create_engine(f"sqlite:///{tmp_path}/inbox.db"))
    today = dt.date(2026, 9, 1)
    for day in (today, today, today - dt.timedelta(days=KEPT_DAYS + 1)):
        inbox.add("mag mijn hond mee" if day == today else "oude vraag over stage", NOT_UNDERSTOOD, {"topics": []}, day)
    assert {message.text: message.times for message in inbox.open()} == {
        "mag mijn hond mee": 2,
        "oude vraag over stage": 1,
    }
    assert inbox.forget_old(today) == 1
    assert [message.text for message in inbox.open()] == ["mag mijn hond mee"]


def test_messages_of_one_meaning_come_together(bot, tmp_path):
    inbox = Inbox(sa.create_engine(f"sqlite:///{tmp_path}/inbox.db"))
    dogs = ["mag mijn hond mee naar de les", "mogen honden mee naar school", "kan ik mijn hond meebrengen in de klas"]
    cars = ["is er parking bij het centrum", "waar kan ik mijn auto parkeren bij de school"]
    for text in dogs + cars:
        inbox.add(text, NOT_UNDERSTOOD, {"topics": []})
    messages = inbox.open()
    found = [
        {message.text for message in group.messages}
        for group in groups(messages, vectors(bot, [m.text for m in messages]))
    ]
    assert sorted(found, key=len) == [set(cars), set(dogs)]


def test_the_newest_group_comes_first_and_in_it_the_newest_message():
    day = dt.date(2026, 9, 1)
    said = [("oud", 9, 9), ("oud maar pas nog gezegd", 1, 1), ("nieuw", 0, 1), ("nieuw en vaak", 0, 5)]
    messages = [
        Message(text, day - dt.timedelta(days=ago), text, NOT_UNDERSTOOD, "", 0.1, (), times) for text, ago, times in said
    ]
    old, new = [1.0, 0.0], [0.0, 1.0]
    found = groups(messages, np.array([old, old, new, new]))
    assert [[message.text for message in group.messages] for group in found] == [
        ["nieuw en vaak", "nieuw"],
        ["oud maar pas nog gezegd", "oud"],
    ]
    assert [(group.day, group.times) for group in found] == [(day, 6), (day - dt.timedelta(days=1), 10)]


@pytest.fixture
def full(desk_server):
    """Five hundred messages of a few meanings in the inbox; afterwards those that were there before."""
    inbox = Inbox(sa.create_engine(f"sqlite:///{desk_server.folder}/conversations.db"))
    for message in inbox.open():
        inbox.close(message.id, "voor later")
    today = dt.date.today()
    for number in range(500):
        text = f"{WANTED[number // 3 % len(WANTED)]} in zaal {number // 3}"
        inbox.add(text, REASONS[number % 3], {"topics": []}, today - dt.timedelta(days=number % 80))
    yield inbox
    with inbox.engine.begin() as connection:
        connection.execute(table.delete().where(table.c.text.like("%in zaal%")))
        connection.execute(table.update().where(table.c.done == "voor later").values(done=""))


@pytest.mark.browser
def test_five_hundred_messages_are_worked_through_group_by_group_with_the_keyboard(desk, full):
    desk.open("/staff/postvak")
    expect(desk.page.locator("[data-job]")).to_have_count(0, timeout=120_000)
    desk.reads("500 berichten in ", "de nieuwste eerst")
    groups = desk.page.locator("details.group")
    number = groups.count()
    assert 2 <= number <= 100 and desk.page.locator("details.group[open]").count() == min(3, number)
    counts = [int(text.split()[0]) for text in desk.page.locator("details.group .count").all_inner_texts()]
    assert sum(counts) == 500
    seen = first_group_shows(desk)
    assert seen < 10 < counts[0]
    desk.page.locator("details.more > summary").first.click()
    assert first_group_shows(desk) == counts[0]
    assert desk.axe() == []
    first = groups.first
    desk.page.locator("details.group > summary").first.focus()
    desk.page.keyboard.press("Enter")
    expect(first).not_to_have_attribute("open", "")
    desk.page.keyboard.press("Enter")
    message = first.locator("details.message").first
    message.locator("summary").focus()
    desk.page.keyboard.press("Enter")
    name = message.get_attribute("id")
    message.get_by_role("button", name="Leg weg").focus()
    desk.page.keyboard.press("Enter")
    desk.reads("Eén bericht weggelegd.", "499 berichten in ")
    expect(desk.page.locator(f"#{name}")).to_have_count(0)
    desk.press("Zet terug").reads("500 berichten in ")
    whole = [name for name in desk.page.get_by_role("button", name="Leg deze").all_inner_texts()][0]
    desk.press(whole).reads(whole.replace("Leg deze ", "").replace(" weg", " weggelegd."))
    desk.reads(f"{500 - int(whole.split()[2])} berichten in ").press("Zet terug").reads("500 berichten in ")


@pytest.mark.browser
def test_a_message_becomes_an_example_with_one_press_and_can_be_taken_back(desk, desk_server):
    ask(desk_server, NONSENSE)
    desk.open("/staff/postvak")
    for _ in range(20):  # the message is kept beside the turn, not before its reply
        if desk.page.get_by_text("fietszadel").count():
            break
        desk.page.wait_for_timeout(250)
        desk.page.reload()
    desk.reads("fietszadel", "[datum]", "[plaats]")
    for personal in ("Fatima", "Benali", "maart", "Niklaas"):
        expect(desk.page.locator("main")).not_to_contain_text(personal)
    desk.fill("De zin, zoals iemand hem typt", "mag ik mijn fietszadel inkleuren")
    desk.fill("Kaart of bedoeling", "buiten_domein")
    assert desk.axe() == []
    desk.press("Maak er een voorbeeld van")
    desk.reads("Bewaard in data/nlu/buiten_domein.yml", "+    - mag ik mijn fietszadel inkleuren", "make run")
    assert "    - mag ik mijn fietszadel inkleuren\n" in examples(desk_server)
    assert desk.axe() == []
    desk.press("Maak dit ongedaan")
    assert "fietszadel" not in examples(desk_server)
    desk.reads("Niets te doen")


@pytest.mark.browser
def test_a_message_becomes_a_test_question_or_a_missing_fact(desk, desk_server):
    ask(desk_server, "kwil weten of de frietkraam nekeer open is op woensdag of zaterdag bij de blorp")
    ask(desk_server, "geef mij nekeer het recept van een dikke taart met krieken en blorpkaas aub")
    for _ in range(20):
        desk.open("/staff/postvak")
        if desk.page.locator("main details").count() >= 2:
            break
        desk.page.wait_for_timeout(250)
    first = desk.page.locator("main form").first
    if not first.is_visible():
        desk.page.locator("details.message > summary").first.click()
    desk.fill("Kaart of bedoeling", "vraag_werkplek/werkplek_erkenning").fill(
        "De zin, zoals iemand hem typt", "hoe vaak vraag ik een erkenning aan"
    )
    desk.page.get_by_label("Wat in het antwoord moet staan").first.fill("5 jaar, hernieuwen")
    desk.press("Maak er een testvraag van").reads("tests/questions/flanders_care.jsonl")
    last = (desk_server.copy / "tests/questions/flanders_care.jsonl").read_text(encoding="utf-8").splitlines()[-1]
    item = json.loads(last)
    assert (item["message"], item["source"]) == ("hoe vaak vraag ik een erkenning aan", "000:382-385")
    assert item["must"] == [r"5\s+jaar", "hernieuwen"]
    desk.follow("Ga terug")
    if not desk.page.locator("main form").first.is_visible():
        desk.page.locator("details.message > summary").first.click()
    desk.press("Dit ontbreekt in de kennis").reads("knowledge/ontbreekt.yml", "gevraagd_op")


def first_group_shows(desk):
    return sum(one.is_visible() for one in desk.page.locator("details.group").first.locator("details.message > summary").all())


def examples(server):
    return (server.copy / "data/nlu/buiten_domein.yml").read_text(encoding="utf-8")
