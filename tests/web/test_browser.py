"""The real page in real Chromium, with the real bot behind it."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.conftest import ROOT

pytestmark = pytest.mark.browser
ARGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", headless=True, args=ARGS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser, server):
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="nl-BE")
    page = context.new_page()
    page.outside = []
    page.on(
        "request",
        lambda request: (
            page.outside.append(request.url) if not request.url.startswith((server.url, "data:", "blob:")) else None
        ),
    )
    page.complaints = []
    page.on("console", lambda message: page.complaints.append(message.text) if message.type == "error" else None)
    page.goto(server.url)
    yield page
    assert page.outside == []
    assert page.complaints == []
    context.close()


def write(page: Page, text: str) -> None:
    box = page.get_by_role("textbox")
    box.fill(text)
    box.press("Enter")


def test_from_greeting_to_trajectory(page):
    expect(page.get_by_text("Ik ben Wegwijs").first).to_be_visible(timeout=15000)
    write(page, "ik ben 34, werkloos en wil zorgkundige worden in Gent")
    expect(page.get_by_text("ingeschreven bij VDAB?").last).to_be_visible(timeout=15000)
    page.get_by_role("button", name="Ja", exact=True).last.click()
    for answer in ("Nee", "Nee", "Secundair BSO (OK3)"):
        button = page.get_by_role("button", name=answer, exact=True).last
        expect(button).to_be_visible(timeout=15000)
        count = page.get_by_role("button", name="Weet ik niet").count()
        button.click()
        page.wait_for_function("(n) => true", arg=count)
        page.wait_for_timeout(700)
    expect(page.get_by_text("Zorgkundige in een opleidingscentrum gezinszorg").first).to_be_visible(timeout=15000)
    expect(page.get_by_text("Zorgkundige in het CVO").first).to_be_visible()


def test_a_question_is_answered_with_its_source(page):
    write(page, "hoelang duurt de opleiding zorgkundige in het CVO?")
    expect(page.get_by_text("1480 lestijden").first).to_be_visible(timeout=15000)


def test_a_script_is_shown_as_text(page):
    write(page, "<script>document.title='x'</script><b>vet</b>")
    expect(page.get_by_text("<b>vet</b>").first).to_be_visible(timeout=15000)
    assert page.title() != "x"


def test_after_a_reload_the_conversation_is_still_there(page):
    write(page, "ik ben 34, werkloos en wil zorgkundige worden in Gent")
    expect(page.get_by_text("ingeschreven bij VDAB?").last).to_be_visible(timeout=15000)
    page.reload()
    expect(page.get_by_text("ingeschreven bij VDAB?").last).to_be_visible(timeout=15000)
    page.get_by_role("button", name="Ja", exact=True).last.click()
    expect(page.get_by_text("betaald gewerkt").last).to_be_visible(timeout=15000)


AXE = ROOT / ".cache/axe/node_modules/axe-core/axe.min.js"


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_accessibility_violations(browser, server, width, scheme):
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, locale="nl-BE", bypass_csp=True
    )
    page = context.new_page()
    page.goto(server.url)
    write(page, "ik ben 34, werkloos en wil zorgkundige worden in Gent")
    expect(page.get_by_text("ingeschreven bij VDAB?").last).to_be_visible(timeout=15000)
    write(page, "hoelang duurt de opleiding zorgkundige in het CVO?")
    expect(page.get_by_text("1480 lestijden").first).to_be_visible(timeout=15000)
    page.evaluate(Path(AXE).read_text(encoding="utf-8"))
    found = page.evaluate(
        "axe.run(document, {resultTypes: ['violations']}).then(r => r.violations.map(v => v.id + ': ' + v.nodes[0].html))"
    )
    assert found == []
    context.close()
