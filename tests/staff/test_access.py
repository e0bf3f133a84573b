"""The staff page for everyone: axe on every page in light and dark, wide and narrow; and the keyboard alone."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
PAGES = (
    "/staff",
    "/staff/gesprekken",
    "/staff/kaart",
    "/staff/postvak",
    "/staff/kennis",
    "/staff/meten",
    "/staff/cijfers",
)
LOOKS = ((1280, "light"), (360, "dark"))


def test_axe_finds_nothing_and_nothing_sticks_out(desk):
    found = {}
    for path in (*PAGES, "/staff/kennis/opleidingen/zorgkundige_cvo", "/staff/bestaatniet"):
        desk.open(path)
        for width, scheme in LOOKS:
            desk.page.set_viewport_size({"width": width, "height": 900})
            desk.page.emulate_media(color_scheme=scheme)
            found[path, width] = desk.axe()
            assert desk.page.evaluate("document.documentElement.scrollWidth") <= width, path
    desk.page.set_viewport_size({"width": 1280, "height": 900})
    desk.page.emulate_media(color_scheme="light")
    desk.complaints.clear()  # the browser logs the page that isn't there
    assert {page: wrong for page, wrong in found.items() if wrong} == {}


def test_axe_sees_what_is_wrong(desk):
    """Else the test above would prove nothing."""
    desk.open("/staff/kennis")
    desk.page.evaluate("document.querySelector('label[for=zoek]').remove()")
    assert [line.split(":")[0] for line in desk.axe()] == ["label"]


def test_the_keyboard_alone_is_enough_to_try(desk):
    desk.open("/staff").settled()
    press = desk.page.keyboard.press
    press("Tab")
    expect(desk.page.get_by_text("Naar de inhoud")).to_be_focused()
    press("Enter")
    expect(desk.page.locator("main")).to_be_focused()
    for _ in range(12):
        press("Tab")
        if desk.page.evaluate("document.activeElement.id") == "text":
            break
    desk.page.keyboard.type("wat is een CVO?")
    press("Enter")
    expect(desk.thoughts).to_contain_text("wat is een CVO?")
    expect(desk.page.locator("#text")).to_be_focused()
