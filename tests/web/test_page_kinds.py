"""Every kind of message on the screen: what it shows, how it unfolds, and that nobody is shut out."""

import json

import pytest
from playwright.sync_api import expect

from tests.conftest import ROOT

pytestmark = pytest.mark.browser
RECORDED = json.loads((ROOT / "tests/web/kinds.json").read_text(encoding="utf-8"))


def answered_with(chat, *items):
    """The next message is answered with these items, as the server would send them."""
    messages = [{"role": "bot", "text": "", "buttons": [], "data": None, **item} for item in items]
    chat.page.route("**/chat", lambda route: route.fulfill(json={"messages": messages}))
    return chat.write("toon het")


@pytest.mark.parametrize("kind", RECORDED)
def test_axe_finds_nothing_and_nothing_sticks_out_in_any_kind(visit, kind):
    chat = answered_with(visit().greeted(), RECORDED[kind]).unfold()
    chat.js("{chat}.querySelectorAll('.word').forEach((word) => word.click())")
    expect(chat.last.locator(".bubble, .card").first).to_be_visible()
    found = {look: chat.axe() + chat.overflowing() for look in chat.in_every_look()}
    assert found == {look: [] for look in found}
    assert chat.smaller_than(24, ".messages :is(a, button, summary, label, input)") == []


MALFORMED = [
    {"type": "trajectory"},
    {"type": "comparison", "rows": 3},
    {"type": "something new", "x": [1]},
    "no object",
]


def test_a_card_that_cannot_be_drawn_is_left_out_and_its_text_stays(chat):
    answered_with(chat, *({"text": f"Soort {n} hier.", "data": data} for n, data in enumerate(MALFORMED)))
    for number in range(len(MALFORMED)):
        expect(chat.page.locator(".bubble", has_text=f"Soort {number} hier.")).to_be_visible()
    assert chat.page.locator(".card").count() == 0


def test_a_difficult_word_shows_its_meaning_by_mouse_and_by_keyboard(chat):
    answered_with(chat, RECORDED["words"])
    word = chat.last.get_by_role("button", name="vrijstelling", exact=True)
    expect(word).to_have_attribute("aria-expanded", "false")
    word.click()
    meaning = chat.last.get_by_text("Een deel van de opleiding dat je niet meer moet doen.")
    expect(meaning).to_be_visible()
    expect(word).to_have_attribute("aria-expanded", "true")
    word.click()
    expect(meaning).to_have_count(0)
    word.press("Enter")
    expect(meaning).to_be_visible()
    said = [line for line in chat.js("said") if "niet meer moet doen" in line]
    assert len(said) == 2, "a screen reader hears the meaning each time it is asked for"


def test_a_difficult_word_is_marked_once_where_it_comes_first(chat):
    answered_with(chat, RECORDED["words"])
    assert chat.last.locator(".word").all_inner_texts() == ["EVC", "vrijstelling"]


def test_links_open_in_a_new_window_and_say_so(chat):
    answered_with(
        chat, {"text": "Zie https://www.vdab.be/opleidingen, www.vlaanderen.be of schrijf naar evc@example.org."}
    )
    for name, address in (
        ("vdab.be/opleidingen", "https://www.vdab.be/opleidingen"),
        ("vlaanderen.be", "https://www.vlaanderen.be/"),
    ):
        link = chat.last.get_by_role("link", name=f"{name} (opent in een nieuw venster)")
        expect(link).to_have_attribute("target", "_blank")
        assert link.evaluate("link => link.href") == address
        assert link.evaluate("link => link.rel") == "noopener noreferrer"
    expect(chat.last.get_by_role("link", name="evc@example.org")).to_have_attribute("href", "mailto:evc@example.org")


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "//evil.example/x", "data:text/html,x", "file:///etc/passwd"]
)
def test_a_link_to_anything_but_the_web_is_text(chat, address):
    routes = RECORDED["trajectory"]["data"]["routes"]
    ask = {"name": "Een centrum", "website": address}
    answered_with(chat, {"text": "Een route.", "data": {"type": "trajectory", "routes": [{**routes[0], "ask": ask}]}})
    expect(chat.card).to_contain_text("Een centrum")
    assert chat.card.get_by_role("link").count() == 0


def test_meanings_and_the_calendar_of_a_plan_are_on_paper_and_in_the_saved_text(chat):
    answered_with(chat, RECORDED["words"], RECORDED["plan"])
    chat.button("Menu").click()
    with chat.page.expect_download() as saved:
        chat.button("Bewaar als tekst").click()
    text = saved.value.path().read_text(encoding="utf-8")
    assert "(vrijstelling: Een deel van de opleiding dat je niet meer moet doen.)" in text
    assert "- Opleiding: 1 feb 2027 – 30 apr 2028" in text
    chat.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    chat.page.emulate_media(media="print")
    paper = chat.page.locator("#wegwijs-print")
    expect(paper.get_by_text("Een deel van de opleiding dat je niet meer moet doen.")).to_be_visible()
    expect(paper.get_by_text("Vragen die je kunt stellen")).to_be_visible()


def test_a_link_to_the_bots_own_page_stays_with_the_bot_and_says_that_it_opens_a_window(chat):
    answered_with(chat, RECORDED["plan"])
    link = chat.last.get_by_role("link", name="Je plan openen of printen (opent in een nieuw venster)")
    expect(link).to_contain_text("(opent in een nieuw venster)")
    assert link.evaluate("link => [link.href, link.target]") == [f"{chat.server.url}/plan/abc", "_blank"]
