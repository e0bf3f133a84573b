"""What one does with the chat: keys, letters, reading aloud, waiting, reading back."""

import pytest
from playwright.sync_api import expect

from tests.web.chat import PATIENCE

pytestmark = pytest.mark.browser


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


def test_a_slow_server_is_said_in_one_sentence_and_nothing_is_sent_twice(chat):
    sent = []
    chat.page.clock.install()

    def answer(route):
        sent.append(route.request.post_data_json["id"])
        chat.page.clock.run_for(7_000)
        expect(chat.page.get_by_role("status")).to_have_text("Het duurt wat langer. Nog even geduld.")
        route.continue_()

    chat.page.route("**/chat", answer)
    chat.write("wat is evc?")
    expect(chat.page.get_by_role("status")).to_have_text("")
    assert len(sent) == 1
    assert chat.users() == ["wat is evc?"]


def test_a_quick_reply_still_works_after_a_reload_and_after_other_messages(chat):
    chat.write("wat is het weer morgen?")
    chat.page.reload()
    chat.greeted()
    chat.press("Wat kun je allemaal?")
    assert chat.users()[-1] == "Wat kun je allemaal?"
    assert len(chat.history()) == len(chat.lines())


# A browser that has a Dutch voice: Chromium here has none.
VOICES = """
window.aloud = [];
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
const engine = Object.assign(new EventTarget(), {
  getVoices: () => VOICES,
  speak: (utterance) => { aloud.push(utterance); },
  cancel: () => { aloud.at(-1)?.onend?.(); },
});
Object.defineProperty(window, 'speechSynthesis', { value: engine });
"""
DUTCH = "[{ lang: 'fr-BE', localService: true }, { lang: 'nl-NL', localService: true }, { lang: 'nl-BE', localService: true }]"
ELSEWHERE = "[{ lang: 'nl-NL', localService: false }, { lang: 'en-GB', localService: true }]"


def with_voices(visit, voices):
    chat = visit()
    chat.page.add_init_script(VOICES.replace("VOICES", voices))
    chat.page.reload()
    return chat.greeted()


def test_the_browsers_own_dutch_voice_reads_aloud_and_stops(visit):
    chat = with_voices(visit, DUTCH)
    chat.last.get_by_role("button", name="Lees voor").click()
    assert chat.js("[aloud.length, aloud[0].voice.lang]") == [1, "nl-BE"]
    assert "Ik ben Wegwijs" in chat.js("aloud[0].text")
    chat.last.get_by_role("button", name="Stop").click()
    expect(chat.last.get_by_role("button", name="Lees voor")).to_be_visible()
    chat.button("Menu").click()
    chat.page.get_by_label("Lees nieuwe berichten voor").check()
    chat.page.keyboard.press("Escape")
    chat.write("wat is evc?")
    assert "EVC" in chat.js("aloud.at(-1).text")
    assert chat.axe() == []


def test_no_reading_aloud_without_a_dutch_voice_on_the_device(visit):
    """A voice that sends the text to somebody's server doesn't count."""
    chat = with_voices(visit, ELSEWHERE)
    assert chat.page.get_by_role("button", name="Lees voor").count() == 0
    chat.button("Menu").click()
    expect(chat.page.get_by_text("Lees nieuwe berichten voor")).to_be_hidden()


def test_a_site_sets_colours_and_shape_by_custom_properties(chat):
    chat.page.evaluate(
        """() => { const sheet = new CSSStyleSheet();
        sheet.replaceSync(`wegwijs-chat {
          --wegwijs-accent: rgb(10, 20, 90); --wegwijs-on-accent: rgb(255, 255, 240); --wegwijs-radius: 3px }`);
        document.adoptedStyleSheets = [sheet]; }"""
    )
    look = "getComputedStyle({chat}.querySelector('.send'))"
    assert chat.js(f"[{look}.backgroundColor, {look}.color, {look}.borderTopLeftRadius]") == [
        "rgb(10, 20, 90)", "rgb(255, 255, 240)", "3px",
    ]  # fmt: skip
