"""The EVC scan on the page: ticking by mouse and keyboard, and a portfolio text that stays on the device."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def to_result(chat):
    """From the greeting to the result, ticking two sentences."""
    chat.write("ik wil de evc-scan doen voor verzorgende")
    chat.page.get_by_label("Ik help iemand met wassen of douchen.").check()
    chat.page.get_by_label("Ik help iemand naar het toilet.").check()
    chat.press("Verder").press("Thuis of voor familie").press("Elke week").press("Geen van deze")
    expect(chat.draft).to_be_visible()
    return chat


def test_ticking_by_keyboard_alone_and_nobody_is_shut_out(visit):
    chat = visit(viewport={"width": 320, "height": 640}).greeted()
    chat.write("ik wil de evc-scan doen voor verzorgende")
    box = chat.page.get_by_role("group", name="Zorgen voor iemands lichaam").get_by_role("checkbox").first
    expect(box).to_have_accessible_name("Ik help iemand met wassen of douchen.")
    assert chat.axe() + chat.overflowing() == []
    assert chat.smaller_than(44, ".checklist :is(button, label)") == []
    box.focus()
    chat.page.keyboard.press("Space")
    expect(chat.page.get_by_text("1 van 6 aangekruist")).to_be_visible()
    for _ in range(6):
        chat.page.keyboard.press("Tab")
    assert chat.focused() == "Verder"
    chat.page.keyboard.press("Enter")
    chat.settled()
    assert chat.users()[-1] == "Ik help iemand met wassen of douchen."
    assert chat.page.get_by_role("button", name="Verder").count() == 0, "an answered list can't be sent again"
    chat.press("In betaald werk").press("Elke dag").press("Geen van deze")
    expect(chat.draft).to_be_visible()
    assert chat.axe() + chat.overflowing() == []


def test_the_portfolio_text_stays_on_the_device_and_goes_with_the_conversation(visit):
    chat = to_result(visit(accept_downloads=True, permissions=["clipboard-read", "clipboard-write"]).greeted())
    assert "Ik help iemand naar het toilet. Dat deed ik thuis of voor familie, elke week." in chat.draft.input_value()
    chat.draft.fill("Mijn eigen tekst over oma")
    chat.page.get_by_role("button", name="Kopieer").click()
    expect(chat.page.get_by_text("De tekst is gekopieerd.")).to_be_visible()
    assert chat.page.evaluate("navigator.clipboard.readText()") == "Mijn eigen tekst over oma"
    with chat.page.expect_download() as saved:
        chat.page.get_by_role("button", name="Bewaar als tekst").last.click()
    assert saved.value.path().read_text(encoding="utf-8") == "Mijn eigen tekst over oma"
    chat.page.reload()
    expect(chat.draft).to_have_value("Mijn eigen tekst over oma")
    assert "tekst over oma" not in str(chat.history()), "the changed text never leaves the device"
    chat.button("Wis dit gesprek").click()
    chat.button("Wis het gesprek").click()
    expect(chat.page.locator(".message.user")).to_have_count(0)
    assert "tekst over oma" not in chat.page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
