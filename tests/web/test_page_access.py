"""The page for everyone: axe, keyboard alone, screen reader, small and large, calm and high contrast."""

import re

import pytest
from playwright.sync_api import expect

from tests.web.chat import PATIENCE

pytestmark = pytest.mark.browser
LOOKS = [(width, height, scheme) for width, height in ((1280, 800), (320, 640)) for scheme in ("light", "dark")]

# A state of the page by its name, and how to get there from the one before.
STATES = {
    "greeting": lambda chat: chat.greeted(),
    "question": lambda chat: chat.write("ik ben 34, werkloos en wil zorgkundige worden in Gent"),
    "answer": lambda chat: chat.write("hoelang duurt de opleiding zorgkundige in het CVO?").unfold(),
    "advice": lambda chat: chat.to_advice().unfold(),
    "comparison": lambda chat: chat.write("vergelijk cvo en duaal voor mij").unfold(),
    "a person": lambda chat: chat.press("Praat met een mens").unfold(),
    "outside the subject": lambda chat: chat.write("wat is het weer morgen?"),
    "menu": lambda chat: chat.button("Menu").click(),
    "confirmation": lambda chat: chat.button("Begin opnieuw").click(),
}


def every_state(chat):
    """Goes through the states, and shows each in every look."""
    for name, reach in STATES.items():
        reach(chat)
        for width, height, scheme in LOOKS:
            chat.page.set_viewport_size({"width": width, "height": height})
            chat.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            yield f"{name}, {width} px, {scheme}"


def test_axe_finds_nothing_in_any_state_wide_and_narrow_light_and_dark(visit):
    chat = visit()
    found = {state: chat.axe() for state in every_state(chat)}
    assert len(found) == len(STATES) * len(LOOKS)
    assert {state: violations for state, violations in found.items() if violations} == {}


def test_axe_sees_inside_the_chat(chat):
    """Else the tests here would prove nothing."""
    chat.js("{chat}.querySelector('label[for=input]').remove()")
    chat.js("{chat}.querySelector('textarea').placeholder = ''")
    chat.js("{chat}.querySelector('.message p').style.color = '#ddd'")
    assert {"color-contrast", "label-title-only"} <= {line.split(":")[0] for line in chat.axe()}


OTHER_KINDS = [
    {
        "type": "timeline",
        "steps": [{"when": "Morgen", "title": "Bel een CVO", "text": "Vraag een gesprek.\n\n- Neem je diploma mee."}],
    },
    {"type": "checklist", "items": [{"id": "1", "text": "Ik help iemand met wassen"}, {"id": "2", "text": "Ik kook"}]},
    {"type": "answer", "words": [{"word": "evc", "meaning": "Een bewijs van wat je al kunt."}]},
    {"type": "error", "records": [], "sources": []},
    {
        "type": "comparison",
        "columns": ["CVO", "Syntra", "Duaal", "EVC"],
        "rows": [{"label": "Duur", "cells": ["1 jaar"] * 4}],
    },
    {"type": "trajectory"},
    {"type": "something new", "x": [1]},
    "no object",
]


def test_kinds_that_the_bot_seldom_or_never_sends_are_shown_too(visit):
    """A card that can't be drawn is left out; its text stays."""
    chat = visit(viewport={"width": 320, "height": 640}).greeted()
    items = [
        {"role": "bot", "text": f"Soort {n}: EVC", "buttons": [], "data": data} for n, data in enumerate(OTHER_KINDS)
    ]
    chat.page.route("**/chat", lambda route: route.fulfill(json={"messages": items}))
    chat.write("toon alles").unfold()
    expect(chat.page.get_by_text("Bel een CVO")).to_be_visible()
    chat.page.get_by_label("Ik kook").check()
    expect(chat.page.get_by_text("1 van 2 aangekruist")).to_be_visible()
    chat.page.get_by_role("button", name="EVC", exact=True).first.click()
    expect(chat.page.get_by_text("Een bewijs van wat je al kunt.").first).to_be_visible()
    for number in range(len(items)):
        expect(chat.page.get_by_text(f"Soort {number}:").first).to_be_attached()
    assert chat.axe() == [] and chat.overflowing() == []


def test_axe_finds_nothing_in_the_chat_on_somebody_elses_page(visit):
    chat = visit("/demo")
    found = {"closed": chat.axe()}
    chat.button("Vraag het aan Wegwijs").click()
    chat.greeted().write("hoelang duurt de opleiding zorgkundige in het CVO?").unfold()
    for scheme in ("light", "dark"):
        chat.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found[f"phone, {scheme}"] = chat.axe()
    assert {state: violations for state, violations in found.items() if violations} == {}


def test_axe_finds_nothing_in_high_contrast(visit):
    chat = visit(viewport={"width": 320, "height": 640}).greeted()
    chat.button("Menu").click()
    chat.page.get_by_text("Veel contrast").click()
    chat.page.keyboard.press("Escape")
    assert chat.to_advice().unfold().axe() == []


def test_nothing_sticks_out_at_320_pixels_and_the_main_targets_are_44(visit):
    chat = visit(viewport={"width": 320, "height": 640})
    small, out = {}, {}
    for state, reach in STATES.items():
        reach(chat)
        out[state] = chat.overflowing()
        small[state] = chat.js(
            "[...{chat}.querySelectorAll('button, summary, label, textarea, .ways a')]"
            ".filter((e) => e.checkVisibility() && !e.matches('.word, .sr'))"
            ".map((e) => [e.textContent || e.id, e.getBoundingClientRect()])"
            ".filter(([, box]) => box.width < 43.5 || box.height < 43.5).map(([text]) => text)"
        )
    assert {state: found for state, found in out.items() if found} == {}
    assert {state: found for state, found in small.items() if found} == {}
    assert chat.js("document.documentElement.scrollWidth") == 320


def test_links_in_a_sentence_are_at_least_24_pixels_or_stand_in_a_sentence(chat):
    chat.press("Praat met een mens")
    lone = chat.js(
        "[...{chat}.querySelectorAll('.message a')].filter((a) => a.parentElement.textContent.trim() === a.textContent.trim()"
        " && a.getBoundingClientRect().height < 24).map((a) => a.href)"
    )
    assert lone == []


@pytest.mark.parametrize("width", [1280, 320])
def test_text_at_twice_the_size_still_fits(visit, width):
    chat = visit(viewport={"width": width, "height": 800})
    chat.page.evaluate("document.documentElement.style.fontSize = '200%'")
    chat.to_advice().unfold().write("vergelijk cvo en duaal voor mij")
    assert chat.overflowing() == []
    size = chat.js("parseFloat(getComputedStyle({chat}.querySelector('.message p')).fontSize)")
    assert size >= 32


def test_letters_can_be_made_larger_and_stay_so(chat):
    def size():
        return chat.js("parseFloat(getComputedStyle({chat}.querySelector('.message p')).fontSize)")

    before = size()
    chat.button("Menu").click()
    chat.page.get_by_text("Grootst").click()
    assert size() > 1.4 * before
    chat.page.reload()
    chat.greeted()
    assert size() > 1.4 * before


def tab_to(chat, name, key="Tab", most=60):
    """Presses Tab (or Shift+Tab) until the focus stands on something of that name; what is passed must be in sight."""
    for _ in range(most):
        chat.page.keyboard.press(key)
        # smooth scrolling is off in these tests, so what has the focus is in view at once
        seen = chat.js(
            "(() => { const e = {chat}.activeElement; if (!e) return true;"
            " const r = e.getBoundingClientRect(), x = Math.min(Math.max(r.left + Math.min(r.width / 2, 20), 1), innerWidth - 2),"
            " y = Math.min(Math.max(r.top + Math.min(r.height / 2, 300), 1), innerHeight - 2);"
            " const hit = {chat}.elementFromPoint(x, y);"
            " const style = getComputedStyle(e.matches('input') ? e.nextElementSibling ?? e : e);"
            " return style.outlineStyle !== 'none' && Boolean(hit) && (e.contains(hit) || hit.contains(e)); })()"
        )
        assert seen, f"the focus is not to be seen on {chat.focused()}"
        if re.search(name, chat.focused()):
            return
    raise AssertionError(f"Tab never comes to {name}; it stands on {chat.focused()}")


@pytest.mark.parametrize("size", [(1280, 800), (320, 640)])
def test_from_greeting_to_a_route_by_keyboard_alone(visit, size):
    chat = visit(viewport={"width": size[0], "height": size[1]}).greeted()
    keys = chat.page.keyboard
    tab_to(chat, "^Welke opleiding past bij mij")
    keys.press("Enter")
    chat.settled()
    while answer := chat.answer():
        if answer.isdigit():
            tab_to(chat, "^input$")
            keys.type(answer)
        else:
            tab_to(chat, f"^{re.escape(answer)}$")
        keys.press("Enter")
        chat.settled()
    tab_to(chat, "^Waarom", "Shift+Tab" if chat.focused() == "input" else "Tab")
    keys.press("Enter")
    expect(chat.card.get_by_text("Inschrijven in een CVO kan vanaf 16 jaar.").first).to_be_visible()
    tab_to(chat, "^Website")
    tab_to(chat, "^Praat met een mens$")
    keys.press("Enter")
    chat.settled()
    expect(chat.last).to_contain_text("VDAB")


def test_the_order_of_the_focus_follows_the_page(chat):
    order = []
    for _ in range(9):
        chat.page.keyboard.press("Tab")
        order.append(chat.focused().splitlines()[0])
    assert order[0] == "Menu"
    assert order[2:] == [
        "Wis dit gesprek", "Welke opleiding past bij mij?", "Wat is mijn ervaring waard?", "Wat kun je allemaal?",
        "input", "Verstuur", "Praat met een mens",
    ]  # fmt: skip


def test_enter_sends_shift_enter_breaks_the_line_arrow_up_recalls(chat):
    keys = chat.page.keyboard
    chat.input.focus()
    keys.type("een")
    keys.press("Shift+Enter")
    keys.type("twee")
    keys.press("Enter")
    chat.settled().write("drie")
    assert chat.users() == ["eentwee", "drie"]  # a line break is an element, not a character
    for key, shown in (("ArrowUp", "drie"), ("ArrowUp", "een\ntwee"), ("ArrowDown", "drie"), ("ArrowDown", "")):
        keys.press(key)
        assert chat.input.input_value() == shown


def test_escape_closes_and_gives_the_focus_back(visit):
    chat = visit("/demo", viewport={"width": 1280, "height": 800})
    opener = chat.page.get_by_role("button", name="Vraag het aan Wegwijs")
    opener.focus()
    chat.page.keyboard.press("Enter")
    chat.greeted()
    assert chat.focused() == "input"
    chat.page.keyboard.press("Escape")
    expect(chat.page.get_by_role("dialog")).to_have_count(0)
    expect(opener).to_be_focused()


def test_on_a_phone_the_page_behind_the_chat_is_out_of_reach(visit):
    chat = visit("/demo")
    chat.button("Vraag het aan Wegwijs").click()
    chat.greeted()
    for _ in range(15):
        chat.page.keyboard.press("Tab")
        assert chat.page.evaluate("document.activeElement.tagName") in ("WEGWIJS-CHAT", "BODY")


def test_every_message_is_announced_exactly_once(visit):
    chat = visit().greeted()
    chat.to_advice().write("hoelang duurt de opleiding zorgkundige in het CVO?").write(
        "vergelijk cvo en duaal voor mij"
    )
    said = chat.js("said")
    bots = [line for line in chat.lines() if line.startswith("bot: ")]
    assert len(said) == len(bots)
    assert all(line.startswith("Wegwijs zegt: ") for line in said)
    assert len(set(said)) == len(said)
    question = next(line for line in said if "Vraag 1 van" in line)
    assert "Ben je ingeschreven bij VDAB?" in question and "Je kunt kiezen: Ja, Nee, Weet ik niet." in question
    advice = next(line for line in said if "Je ziet" in line)
    assert "Zorgkundige in het CVO: Open voor jou." in advice
    assert chat.page.locator("[aria-live]:not([aria-live=off])").count() == 1, "nothing else is announced"
    chat.page.reload()
    chat.greeted()
    assert chat.js("said") == [], "what was said before isn't read out again"


def test_the_last_announcements_are_taken_away_again(chat):
    chat.page.clock.install()
    chat.write("wat is het weer morgen?")
    announced = chat.page.locator(".live p", has_text="Daar kan ik je niet bij helpen")
    expect(announced).to_have_count(1)
    chat.page.clock.run_for(16_000)
    expect(announced).to_have_count(0)


def test_names_for_a_screen_reader(chat):
    chat.write("ik ben 34, werkloos en wil zorgkundige worden in Gent")
    page = chat.page
    expect(page.get_by_role("heading", level=1)).to_have_text("Wegwijs")
    expect(page.get_by_role("textbox", name="Typ je vraag of je antwoord")).to_be_visible()
    expect(page.get_by_role("progressbar")).to_have_accessible_name("Vraag 1 van hoogstens 4")
    expect(page.get_by_role("group", name="Kies een antwoord").last).to_be_visible()
    assert page.evaluate("document.documentElement.lang") == "nl"


def test_help_stands_in_the_same_place_everywhere(visit):
    places = set()
    for path in ("/", "/demo"):
        chat = visit(path)
        if path == "/demo":
            chat.button("Vraag het aan Wegwijs").click()
        for text in (None, "ik ben 34, werkloos en wil zorgkundige worden in Gent", "wat is evc?"):
            chat.greeted() if text is None else chat.write(text)
            box = chat.button("Praat met een mens").bounding_box()
            places.add((round(box["x"]), round(box["y"])))
    assert len(places) == 1


def test_who_wants_no_motion_gets_none(chat):
    moving = "[...{chat}.querySelectorAll('*')].flatMap((e) => e.getAnimations()).length"
    chat.page.route("**/chat", lambda route: (chat.page.wait_for_timeout(600), route.continue_()))
    chat.input.fill("hallo")
    chat.input.press("Enter")
    expect(chat.page.locator(".typing")).to_be_visible()
    assert chat.js(moving) == 0
    chat.settled()


def test_in_forced_colours_everything_keeps_an_edge(visit):
    chat = visit(forced_colors="active").greeted()
    chat.to_advice()
    for part in (".user > .bubble", ".bot > .bubble", ".card", ".choice", ".verdict", "textarea", ".send"):
        width = chat.js(f"parseFloat(getComputedStyle({{chat}}.querySelector('{part}')).borderTopWidth)")
        assert width >= 1, part


def test_the_chat_writes_only_after_300_milliseconds(chat):
    chat.page.route("**/chat", lambda route: (chat.page.wait_for_timeout(900), route.continue_()))
    chat.input.fill("hallo")
    chat.page.clock.install()
    chat.page.clock.pause_at(chat.page.evaluate("Date.now()") + 1000)
    chat.input.press("Enter")
    chat.page.clock.run_for(250)
    assert chat.page.locator(".typing").count() == 0
    chat.page.clock.run_for(100)
    expect(chat.page.locator(".typing")).to_have_count(1)
    chat.page.clock.resume()
    expect(chat.page.locator(".typing")).to_have_count(0, timeout=PATIENCE)


def test_new_messages_do_not_pull_away_who_reads_back(chat):
    chat.to_advice().write("wat is evc?")
    chat.page.locator(".log").hover()
    chat.page.mouse.wheel(0, -5000)
    chat.page.wait_for_function(
        "() => document.querySelector('wegwijs-chat').shadowRoot.querySelector('.log').scrollTop === 0"
    )
    other = chat.page.context.new_page()  # the same visitor says something in another tab
    other.goto(chat.server.url)
    other.get_by_role("textbox").fill("hallo")
    other.get_by_role("textbox").press("Enter")
    expect(chat.messages.last.or_(chat.page.get_by_text("hallo").last)).to_have_count(1)
    expect(chat.page.get_by_role("button", name="Nieuw bericht")).to_be_visible(timeout=PATIENCE)
    assert chat.js("{chat}.querySelector('.log').scrollTop") == 0
    chat.button("Nieuw bericht").click()
    expect(chat.page.get_by_role("button", name="Nieuw bericht")).to_be_hidden()
    assert chat.js("{chat}.querySelector('.log').scrollTop") > 0
