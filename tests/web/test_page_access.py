"""The page for everyone: axe, keyboard alone, screen reader, small and large, calm and high contrast."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
LOOKS = 4  # see Chat.in_every_look

# A state of the page by its name, and how to get there from the one before.
STATES = {
    "greeting": lambda chat: chat.greeted(),
    "question": lambda chat: chat.write("ik ben 34, werkloos en wil zorgkundige worden in Gent"),
    "answer": lambda chat: chat.write("hoelang duurt de opleiding zorgkundige in het CVO?").unfold(),
    "advice": lambda chat: chat.to_advice().unfold(),
    "comparison": lambda chat: chat.write("vergelijk cvo en duaal voor mij").unfold(),
    "a person": lambda chat: chat.press("Praat met een mens").unfold(),
    "outside the subject": lambda chat: chat.write("hoe maak ik pannenkoeken?"),
    "menu": lambda chat: chat.button("Menu").click(),
    "confirmation": lambda chat: chat.button("Begin opnieuw").click(),
}


def every_state(chat):
    """Goes through the states, and shows each in every look."""
    for name, reach in STATES.items():
        reach(chat)
        for look in chat.in_every_look():
            yield f"{name}, {look}"


def test_axe_finds_nothing_in_any_state_wide_and_narrow_light_and_dark(visit):
    chat = visit()
    found = {state: chat.axe() for state in every_state(chat)}
    assert len(found) == len(STATES) * LOOKS
    assert {state: violations for state, violations in found.items() if violations} == {}


def test_axe_sees_inside_the_chat(chat):
    """Else the tests here would prove nothing."""
    chat.js("{chat}.querySelector('label[for=input]').remove()")
    chat.js("{chat}.querySelector('textarea').placeholder = ''")
    chat.js("{chat}.querySelector('.message p').style.color = '#ddd'")
    assert {"color-contrast", "label-title-only"} <= {line.split(":")[0] for line in chat.axe()}


def test_axe_finds_nothing_in_the_chat_on_somebody_elses_page(visit):
    chat = visit("/demo")
    found = {f"closed, {look}": chat.axe() for look in chat.in_every_look()}
    chat.button("Vraag het aan Wegwijs").click()
    chat.greeted().write("hoelang duurt de opleiding zorgkundige in het CVO?").unfold()
    found |= {f"open, {look}": chat.axe() for look in chat.in_every_look()}
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
        small[state] = chat.smaller_than(44, "button:not(.word), summary, label, textarea, .ways a, .handover li a")
    assert {state: found for state, found in out.items() if found} == {}
    assert {state: found for state, found in small.items() if found} == {}
    assert chat.js("document.documentElement.scrollWidth") == 320


def test_all_that_can_be_pressed_is_at_least_24_pixels_also_in_a_sentence(chat):
    chat.write("waar vind ik een testcentrum voor evc?").press("Praat met een mens").unfold()
    assert chat.page.locator(".bubble:not(.handover) a").count() > 0
    assert chat.smaller_than(24, "a, button, summary, label, input:not([type=radio]), textarea") == []


@pytest.mark.parametrize("width", [1280, 320])
def test_text_at_twice_the_size_still_fits(visit, width):
    chat = visit(viewport={"width": width, "height": 800})
    chat.page.evaluate("document.documentElement.style.fontSize = '200%'")
    chat.to_advice().unfold().write("vergelijk cvo en duaal voor mij")
    assert chat.overflowing() == []
    size = chat.js("parseFloat(getComputedStyle({chat}.querySelector('.message p')).fontSize)")
    assert size >= 32


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


def test_what_has_the_focus_is_in_sight_and_not_covered(visit):
    """From the menu through the whole conversation to the help, with everything unfolded."""
    chat = visit(viewport={"width": 320, "height": 640}).greeted()
    chat.to_advice().write("vergelijk cvo en duaal voor mij").unfold()
    chat.button("Menu").focus()
    tab_to(chat, "^Praat met een mens$", most=200)


def test_nothing_is_asked_that_was_told(chat):
    """Age, country, work and occupation stand in the first sentence; the rest is asked once."""
    chat.write("ik ben 34, werkloos en wil zorgkundige worden in Gent")
    asked = []
    while answer := chat.answer():
        asked.append(chat.questions.last.inner_text().splitlines()[-1])
        chat.write(answer)
    assert len(asked) == len(set(asked)) > 0
    assert not [question for question in asked if re.search(r"oud|beroep|waar wil|werk je nu", question, re.I)]


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
    chat.write("hoe maak ik pannenkoeken?")
    announced = chat.page.locator(".live p", has_text="Daar kan ik je niet bij helpen")
    expect(announced).to_have_count(1)
    chat.page.clock.run_for(16_000)
    expect(announced).to_have_count(0)


def test_the_first_screen_says_in_two_sentences_what_it_is_and_keeps_and_lets_one_erase(visit):
    for width, height in ((320, 640), (390, 844), (1280, 800)):
        note = visit(viewport={"width": width, "height": height}).greeted().page.locator(".privacy")
        text = note.locator("p").inner_text()
        assert len(re.findall(r"[.!?](?:\s|$)", text)) == 2
        assert "chatbot" in text and "7 dagen" in text
        expect(note.locator("p")).to_be_in_viewport(ratio=1)
        expect(note.get_by_role("button", name="Wis dit gesprek")).to_be_in_viewport(ratio=1)


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
