"""Record and replay, the map, measure and figures: each walked in a real browser."""

import json
import re

import pytest
from playwright.sync_api import expect

from bot import train
from tests.staff.desk import ask

pytestmark = pytest.mark.browser
NAME = "een_erkenning_van_vijf_jaar"
LEGIBLE = 11.9  # pixels; at 12 a letter in a picture is read without zooming


@pytest.fixture(scope="module")
def recorded(desk, desk_server):
    """A conversation of "Proberen", kept as a test."""
    desk.open("/staff").settled()
    desk.say("hoe lang is een erkenning als werkplek geldig?")
    desk.press("Maak hier een test van").reads("kaarten: werkplek_erkenning")
    assert desk.axe() == []
    desk.fill("Naam van het bestand", "Niet Goed!").press("Bewaar als test").reads("Geef een naam van 3 tot 50 tekens")
    desk.complaints.clear()  # the browser logs the refusal itself
    text = desk.page.get_by_label("Het gesprek").input_value().replace("onderwerp: opgenomen", "onderwerp: vijfjaar")
    desk.fill("Het gesprek", text.rstrip() + "\n    zegt: 5 jaar\n").fill("Naam van het bestand", NAME)
    desk.press("Bewaar als test").reads(f"Bewaard in tests/flows/{NAME}.yml", "zegt: 5 jaar")
    yield desk_server.copy / f"tests/flows/{NAME}.yml"
    (desk_server.copy / f"tests/flows/{NAME}.yml").unlink()


def play(desk):
    desk.open("/staff/gesprekken")
    desk.page.locator("#onderwerp").fill("vijfjaar")
    desk.start("Speel af")
    expect(desk.page.get_by_role("heading", name="Uitslag")).to_be_visible()
    return desk


def test_what_was_recorded_plays_and_a_failure_leads_to_the_line(desk, recorded):
    play(desk).reads("In orde: 1 van de 1")
    recorded.write_text(recorded.read_text(encoding="utf-8").replace("zegt: 5 jaar", "zegt: 9 jaar"), encoding="utf-8")
    play(desk).reads(
        "1 van de 1 gesprekken anders dan verwacht", "Verwacht (zegt)", "9 jaar", "De bot", "Verbeter het hier"
    )
    assert desk.axe() == []
    desk.follow(f"tests/flows/{NAME}.yml:9").reads("zegt: 9 jaar", within=".here")
    assert desk.axe() == []
    recorded.write_text(recorded.read_text(encoding="utf-8").replace("zegt: 9 jaar", "zegt: 5 jaar"), encoding="utf-8")


def test_every_card_of_a_group_is_played_with_its_own_question(desk):
    desk.open("/staff/gesprekken").choose("Speel", "elke kaart, met haar eerste voorbeeldvraag")
    desk.page.locator("#onderwerp").fill("vraag_werkplek")
    desk.start("Speel af")
    expect(desk.page.get_by_role("heading", name="Uitslag")).to_be_visible()
    assert re.search(r"\d+ van de \d+ kaarten", desk.page.locator("[aria-labelledby=uitslag]").inner_text())
    assert desk.axe() == []


def test_a_later_date_lists_the_answers_that_change(desk, recorded):
    desk.open("/staff/gesprekken")
    desk.page.locator("#onderwerp").fill("leervergoeding")
    desk.page.get_by_label("Zoals op deze dag").fill("2031-01-01")
    desk.start("Speel af").reads("Uitslag op 1 januari 2031", "Wat anders is dan vandaag")


def test_the_map_shows_what_tests_pass_and_names_what_none_does(desk, recorded):
    desk.open("/staff/kaart")
    desk.page.locator("#onderwerp").fill("vijfjaar")
    desk.start("Speel de tests en kleur de kaart")
    expect(desk.page.get_by_role("heading", name="Waar geen test langskomt")).to_be_visible()
    assert desk.axe() == []
    letters = desk.page.locator("#map svg .node text").all()
    assert min(text.bounding_box()["height"] for text in letters[:20]) >= LEGIBLE
    wide = desk.page.locator("#map svg").bounding_box()["width"]
    desk.press("Groter")
    assert desk.page.locator("#map svg").bounding_box()["width"] > wide
    desk.follow("Antwoorden op vragen")
    expect(desk.page.locator("#map svg")).to_contain_text("Hoe wordt een organisatie erkend als werkplek? (1×")
    desk.page.locator("#map svg a", has_text="Hoe wordt een organisatie erkend").first.dispatch_event("click")
    desk.reads("werkplek_erkenning.yml, lijn 1", within="h1")
    expect(desk.page.locator("nav [aria-current]")).to_have_count(0)  # this page has no place in the menu
    desk.follow("Verander dit met het formulier").reads("Wat een bezoeker leest")


def test_a_quick_measurement_gives_figures_pictures_and_a_threshold_to_move(desk):
    desk.open("/staff/meten").fill("Vragen per soort", "4").start("Meet snel")
    desk.reads("Wat een andere drempel zou doen", "Gemeten met")
    for picture in desk.page.locator("figure img").all():
        picture.scroll_into_view_if_needed()
        expect(picture).to_have_js_property("complete", True)
        assert picture.evaluate("img => img.naturalWidth") > 100
    said = desk.page.locator("[aria-labelledby=drempels] [role=status]").inner_text()
    desk.page.locator("#drempel").fill("0.6")
    desk.press("Toon").reads("Bij drempel 0.60")
    assert desk.page.locator("[aria-labelledby=drempels] [role=status]").inner_text() != said
    assert desk.axe() == []
    assert min(desk.letters_on_a_phone("/staff/meten")) >= LEGIBLE


@pytest.fixture
def eight_years(desk_server):
    """The working copy with another amount, and a test question about it in front of all others."""
    card = desk_server.copy / "knowledge/content/onderwerpen/vraag_werkplek/werkplek_erkenning.yml"
    questions = desk_server.copy / "tests/questions/flanders_care.jsonl"
    before = {path: path.read_text(encoding="utf-8") for path in (card, questions)}
    card.write_text(before[card].replace("waarde: 5, eenheid: jaar", "waarde: 8, eenheid: jaar"), encoding="utf-8")
    item = {"message": "hoelang blijft een erkenning als werkplek geldig?", "must": [r"5\s+jaar"], "must_not": []}
    questions.write_text(f"{json.dumps(item)}\n{before[questions]}", encoding="utf-8")
    yield
    for path, text in before.items():
        path.write_text(text, encoding="utf-8")


def test_a_against_b_lists_each_turn_and_question_that_becomes_worse(desk, eight_years, recorded):
    desk.open("/staff/meten").reads("getraind op ")
    desk.page.locator("#over").fill("vijfjaar")
    desk.page.locator("[aria-labelledby=vergelijken] [name=vragen]").fill("1")
    desk.start("Vergelijk").reads("0 beter, 2 slechter", "8 jaar", "Vraag (flanders_care): hoelang blijft een erkenning")
    assert desk.axe() == []


@pytest.mark.long
def test_a_second_model_is_loaded_and_compared(desk, recorded):
    desk.open("/staff/meten")
    model = train.ensure_model().name
    desk.page.get_by_label("Model B").select_option(model)
    desk.page.locator("#over").fill("vijfjaar")
    desk.start("Vergelijk").reads("0 beter, 0 slechter, 0 anders", f"model {model}")


def test_the_figures_count_conversations_without_their_words(desk, desk_server):
    ask(desk_server, "hoe lang is een erkenning als werkplek geldig?")
    desk.open("/staff/cijfers").reads("gesprekken", "deel dat een plan kreeg", "naar een mens")
    desk.page.get_by_text("In cijfers: Wat het meest gevraagd wordt.").click()
    desk.reads("Hoe wordt een organisatie erkend als werkplek?")
    expect(desk.page.locator("main")).not_to_contain_text("hoe lang is een erkenning")
    for picture in desk.page.locator("figure img").all():
        assert picture.evaluate("img => img.decode().then(() => img.naturalWidth)") > 100
    assert desk.axe() == []
    assert min(desk.letters_on_a_phone("/staff/cijfers")) >= LEGIBLE


def test_a_thumb_down_is_counted_and_its_question_lies_in_the_inbox_by_its_meaning(desk, desk_server):
    ask(desk_server, "hoe lang is een erkenning als werkplek geldig?", up=False)
    desk.open("/staff/cijfers").reads("Hielp het antwoord?", "0 keer ja, 1 keer nee")
    desk.follow("Hoe wordt een organisatie erkend als werkplek?").reads("Wat een bezoeker leest")
    desk.open("/staff/postvak").reads("hoe lang is een erkenning als werkplek geldig?", "duim omlaag")
    desk.reads("Lijkt op: Hoe wordt een organisatie erkend als werkplek?")
    assert desk.axe() == []
    desk.page.locator("details.group", has_text="duim omlaag").get_by_role("button", name="Leg weg").click()
    expect(desk.page.locator("main")).not_to_contain_text("(duim omlaag")
