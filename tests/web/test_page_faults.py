"""What goes wrong on the way: nothing may get lost, nothing doubled, and the order stays."""

import contextlib
import random
import signal
import time

import pytest
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import expect

from tests.web.chat import PATIENCE

pytestmark = pytest.mark.browser
TOLD = "ik ben 34, werkloos en wil zorgkundige worden in Gent"


def agrees(chat):
    """The screen shows exactly what the server keeps."""
    kept = [item["role"] for item in chat.history()]
    shown = [line.split(":")[0] for line in chat.lines()]
    assert shown == kept, chat.lines()


def test_after_a_reload_in_the_middle_of_the_questions_one_goes_on(chat):
    chat.write(TOLD)
    before = chat.lines()
    chat.page.reload()
    chat.greeted()
    assert chat.lines() == before
    chat.press("Ja")
    expect(chat.questions.last).to_contain_text("betaald gewerkt")
    agrees(chat)


@pytest.mark.parametrize(
    "lost",
    [lambda route: route.abort(), lambda route: (route.fetch(), route.abort())],
    ids=["on its way", "after the server answered"],
)
def test_a_reload_while_a_message_is_lost(visit, lost):
    chat = visit(faulty=True).greeted()
    chat.page.route("**/chat", lost)
    chat.input.fill(TOLD)
    chat.input.press("Enter")
    expect(chat.page.get_by_text("Nog niet verstuurd")).to_be_visible()
    chat.page.unroute("**/chat")
    chat.page.reload()
    expect(chat.questions.last).to_contain_text("ingeschreven bij VDAB?")
    chat.settled()
    assert chat.users() == [TOLD]
    agrees(chat)


def test_a_double_click_is_one_choice(chat):
    chat.write(TOLD)
    chat.button("Ja").dblclick()
    chat.settled()
    assert chat.users() == [TOLD, "Ja"]
    expect(chat.questions.last).to_contain_text("betaald gewerkt")
    agrees(chat)


def test_enter_pressed_twice_sends_once(chat):
    chat.input.fill("hallo")
    chat.page.keyboard.press("Enter")
    chat.page.keyboard.press("Enter")
    chat.settled()
    assert chat.users() == ["hallo"]
    agrees(chat)


def test_two_tabs_show_the_same_conversation(visit):
    one = visit().greeted()
    two = visit(context=one.page.context).greeted()
    one.write(TOLD)
    expect(two.questions.last).to_contain_text("ingeschreven bij VDAB?")
    two.press("Ja")
    expect(one.questions.last).to_contain_text("betaald gewerkt")
    one.settled()
    assert one.lines() == two.lines()
    agrees(one)


def test_two_tabs_opened_together_are_greeted_once(visit):
    one = visit()
    two = visit(context=one.page.context)
    one.greeted(), two.greeted()
    assert len(one.history()) == len(one.lines()) == len(two.lines()) == 1


def test_erased_in_one_tab_is_gone_from_the_other(visit):
    one = visit().greeted().write(TOLD)
    two = visit(context=one.page.context).greeted()
    assert two.users() == [TOLD]
    one.page.get_by_role("button", name="Wis dit gesprek").first.click()
    one.button("Wis het gesprek").click()
    one.settled()
    expect(two.page.locator(".message.user")).to_have_count(0)
    two.settled()
    assert len(two.lines()) == 1
    agrees(two)


def test_offline_is_said_in_one_sentence_and_mends_itself(visit):
    chat = visit(faulty=True).greeted()
    chat.page.context.set_offline(True)
    chat.input.fill(TOLD)
    chat.input.press("Enter")
    expect(chat.page.get_by_role("status")).to_have_text(
        "Je hebt geen internet. Je bericht gaat weg zodra je weer internet hebt."
    )
    expect(chat.messages.last).to_contain_text("Nog niet verstuurd")
    chat.page.context.set_offline(False)
    expect(chat.questions.last).to_contain_text("ingeschreven bij VDAB?")
    expect(chat.page.get_by_role("status")).to_have_text("")
    chat.settled()
    assert chat.users() == [TOLD]
    agrees(chat)


@pytest.mark.parametrize("status", [429, 503, 500])
def test_a_server_that_stumbles_is_asked_again(visit, status):
    chat = visit(faulty=True).greeted()
    stumbles = [True, False]

    def answer(route):
        if stumbles and stumbles.pop():
            route.fulfill(status=status, json={"error": "Even geduld."}, headers={"Retry-After": "1"})
        else:
            route.continue_()

    stumbles.reverse()
    chat.page.route("**/chat", answer)
    chat.write(TOLD)
    assert chat.users() == [TOLD]
    agrees(chat)


def test_a_message_that_is_too_long_comes_back_in_the_field(visit):
    chat = visit(faulty=True).greeted()
    chat.write("x" * 11_000)
    expect(chat.page.get_by_role("status")).to_contain_text("te lang")
    assert len(chat.input.input_value()) == 11_000
    assert chat.users() == []
    agrees(chat)


def back_online(chat):
    """What a browser tells its pages when the line is back; does nothing when a retry of the page itself was quicker."""
    chat.page.evaluate("dispatchEvent(new Event('online'))")


def test_who_does_not_want_to_wait_presses_try_now(visit):
    chat = visit(faulty=True).greeted()
    chat.page.route("**/chat", lambda route: route.abort())
    chat.page.clock.install()
    chat.input.fill("hallo")
    chat.input.press("Enter")
    expect(chat.button("Probeer nu")).to_be_visible()
    chat.page.clock.pause_at(time.time() + 60)  # from here on the page can't retry by itself
    chat.page.unroute("**/chat")
    # Playwright's own click waits for a clock that stands still
    chat.button("Probeer nu").evaluate("button => button.click()")
    expect(chat.page.get_by_text("Nog niet verstuurd")).to_be_hidden()
    chat.page.clock.resume()
    chat.settled()
    assert chat.users() == ["hallo"]
    agrees(chat)


def test_the_server_killed_in_the_middle_of_the_questions(visit, server):
    """Killed while an answer is under way, and started again: the visitor notices a pause, no more."""
    chat = visit(faulty=True).greeted().write(TOLD)
    server.stop(signal.SIGKILL)
    chat.button("Ja").click()
    expect(chat.page.get_by_role("status")).to_have_text("Er is even geen verbinding. We proberen het zo opnieuw.")
    chat.input.fill("hoelang duurt de opleiding zorgkundige in het CVO?")
    chat.input.press("Enter")
    server.start()
    back_online(chat)
    expect(chat.page.get_by_text("1480 lestijden").first).to_be_visible(timeout=2 * PATIENCE)
    chat.settled()
    assert chat.users() == [TOLD, "Ja", "hoelang duurt de opleiding zorgkundige in het CVO?"]
    expect(chat.questions.last).to_contain_text("betaald gewerkt")
    agrees(chat)


def fetched(route):
    """Lets the server answer and keeps the answer from the page; a server that is down answers nothing."""
    with contextlib.suppress(PlaywrightError):
        route.fetch()


def faulty_way(chance, page):
    """A way to the server that drops, delays and repeats messages, before or after the server got them."""

    def pass_on(route):
        fault = chance.choices(["none", "lost", "reply lost", "twice", "late"], [70, 8, 8, 8, 6])[0]
        if fault == "twice":
            fetched(route)
        if fault == "late":
            page.wait_for_timeout(150)
        if fault in ("lost", "reply lost"):
            if fault == "reply lost":
                fetched(route)
            route.abort()
            page.evaluate("setTimeout(() => dispatchEvent(new Event('online')), 20)")  # the page needn't wait out its pause
        else:
            route.continue_()

    return pass_on


@pytest.mark.parametrize("seed", range(4))
def test_200_messages_over_a_bad_line_arrive_once_and_in_order(visit, server, seed):
    """In four conversations of 50: a turn takes longer as a conversation grows. In the first the server is killed halfway."""
    chat = visit(faulty=True).greeted()
    chat.page.route("**/chat", faulty_way(random.Random(seed), chat.page))
    texts = [f"hallo {number}" for number in range(50)]
    for text in texts:
        chat.input.fill(text)
        chat.input.press("Enter")
    if seed == 0:
        chat.page.wait_for_function("() => window.said.length > 20")
        server.stop(signal.SIGKILL)
        expect(chat.page.get_by_role("status")).not_to_have_text("")
        server.start()
        back_online(chat)
    chat.settled()
    assert chat.users() == texts
    kept = chat.history()
    assert [item["text"] for item in kept if item["role"] == "user"] == texts
    assert len(kept) == len(chat.lines())
    agrees(chat)
