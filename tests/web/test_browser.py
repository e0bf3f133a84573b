"""Whole visits to the real page in real Chromium, with the real bot behind it."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
ROUTE = "Zorgkundige in het CVO"
SCRIPT = "<script>document.title='x'</script><img src=x onerror=\"document.title='x'\"><b>vet</b>"


def test_from_greeting_to_advice_typed(chat):
    chat.write("ik ben 34, werkloos en wil zorgkundige worden in Gent")
    expect(chat.questions.last).to_contain_text("Vraag 1 van hoogstens")
    expect(chat.questions.last).to_contain_text("ingeschreven bij VDAB?")
    while answer := chat.answer():
        chat.write(answer)
    route = chat.card.get_by_role("listitem").filter(has_text=ROUTE).first
    expect(route).to_contain_text("Open voor jou")
    expect(route).to_contain_text("1480 lestijden")
    expect(route).to_contain_text("Vraag het aan")


def test_from_greeting_to_advice_by_buttons(chat):
    chat.press("Welke opleiding past bij mij?")
    asked = []
    while answer := chat.answer():
        asked.append(chat.questions.last.inner_text().splitlines()[-1])
        if answer.isdigit():
            chat.write(answer)
        else:
            chat.press(answer)
        assert chat.page.locator(".answers").count() <= 1, "only the open question keeps its buttons"
    assert len(asked) == len(set(asked)), "nothing is asked twice"
    expect(chat.card).to_contain_text(ROUTE)


def test_the_card_shows_the_best_routes_first_and_all_on_demand(chat):
    chat.to_advice()
    routes = chat.card.locator(".route")
    shown = routes.filter(visible=True).count()
    assert shown == 3 < routes.count()
    chat.button(re.compile(r"Toon alle \d+ routes")).click()
    assert routes.filter(visible=True).count() == routes.count()
    chat.button("Toon alleen de beste 3").click()
    assert routes.filter(visible=True).count() == shown


def test_a_route_tells_why_and_where_that_stands_without_line_numbers(chat):
    chat.to_advice().unfold()
    route = chat.card.locator(".route", has_text=ROUTE).first
    expect(route).to_contain_text("Inschrijven in een CVO kan vanaf 16 jaar.")
    expect(route).to_contain_text("schooljaar 2025-2026")
    assert not re.search(r"regels?\s+\d|lijn(en)?\s+\d", chat.card.inner_text())
    assert '"lines"' not in chat.page.request.get(f"{chat.server.url}/chat/history").text()


def test_a_question_is_answered_with_its_source(chat):
    chat.write("hoelang duurt de opleiding zorgkundige in het CVO?")
    expect(chat.last).to_contain_text("1480 lestijden")
    source = chat.last.get_by_text("schooljaar 2025-2026")
    expect(source).to_be_hidden()
    chat.last.get_by_text("Waar staat dit?").click()
    expect(source).to_be_visible()


def test_a_question_during_the_questions_is_answered_and_the_question_stays(chat):
    chat.write("ik ben 34, werkloos en wil zorgkundige worden in Gent")
    chat.write("hoelang duurt de opleiding zorgkundige in het CVO?")
    expect(chat.page.get_by_text("1480 lestijden").first).to_be_visible()
    chat.press("Ja")
    expect(chat.questions.last).to_contain_text("betaald gewerkt")


def test_two_routes_side_by_side(chat):
    chat.to_advice().write("vergelijk cvo en duaal voor mij")
    table = chat.page.get_by_role("table")
    expect(table.get_by_role("columnheader")).to_have_count(3)
    expect(table.get_by_role("row", name="Duur")).to_contain_text("2,5 jaar")


def test_a_person_instead_is_always_one_press_away(chat):
    chat.button("Praat met een mens").click()
    chat.settled()
    expect(chat.last).to_contain_text("VDAB")
    assert chat.users() == ["Ik wil met een mens praten"]


@pytest.mark.parametrize("text", [SCRIPT, "/restart", "[link](javascript:alert(1))", "&lt;b&gt; {{7*7}} ${7*7}"])
def test_what_is_typed_is_shown_as_text(chat, text):
    chat.write(text)
    assert chat.users() == [text]
    assert chat.page.title().startswith("Wegwijs")
    assert chat.page.locator(".messages :is(script, img, b)").count() == 0
    chat.page.reload()
    chat.greeted()
    assert chat.users() == [text]


def test_what_is_said_can_be_erased_at_once(chat):
    chat.write("ik ben 34, werkloos en wil zorgkundige worden in Gent")
    chat.page.get_by_role("button", name="Wis dit gesprek").first.click()
    chat.button("Nee, ga terug").click()
    assert len(chat.users()) == 1
    chat.page.get_by_role("button", name="Wis dit gesprek").first.click()
    chat.button("Wis het gesprek").click()
    expect(chat.page.get_by_role("status")).to_have_text("Het gesprek is gewist.")
    chat.settled()
    assert chat.users() == [] and len(chat.lines()) == 1
    assert [item["role"] for item in chat.history()] == ["bot"], "only the new greeting is kept"
    chat.page.reload()
    assert chat.greeted().users() == []


def test_to_begin_anew_forgets_what_was_told(chat):
    chat.write("ik ben 34, werkloos en wil zorgkundige worden in Gent")
    chat.button("Menu").click()
    chat.button("Begin opnieuw").click()
    chat.page.get_by_role("dialog").get_by_role("button", name="Begin opnieuw").click()
    chat.settled().write("wat weet je van mij?")
    expect(chat.last).to_contain_text("nog niets")


def test_vergeet_alles_typed_forgets_too(chat):
    chat.write("ik ben 34, werkloos en wil zorgkundige worden in Gent").write("vergeet alles")
    expect(chat.last).to_contain_text("vergeten")
    assert chat.history() == []
    chat.page.reload()
    assert chat.greeted().users() == []


def test_the_conversation_can_be_saved_as_text(chat):
    chat.to_advice()
    chat.button("Menu").click()
    with chat.page.expect_download() as saved:
        chat.button("Bewaar als tekst").click()
    text = saved.value.path().read_text(encoding="utf-8")
    assert saved.value.suggested_filename == "gesprek-wegwijs.txt"
    assert text.count("werkloos en wil zorgkundige worden in Gent") == 1
    assert f"- {ROUTE}: Open voor jou" in text
    assert "undefined" not in text and "null" not in text


def test_the_conversation_can_be_printed_unfolded(chat):
    chat.to_advice()
    chat.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    chat.page.emulate_media(media="print")
    paper = chat.page.locator("#wegwijs-print")
    assert paper.locator(".route").filter(visible=True).count() == chat.card.locator(".route").count()
    expect(paper.locator(".route", has_text=ROUTE).first).to_contain_text("Inschrijven in een CVO kan vanaf 16 jaar.")
    expect(paper.locator(".route li", has_text="Inschrijven in een CVO").first).to_be_visible()
    chat.page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(paper).to_have_count(0)
