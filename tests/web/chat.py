"""Drives the real page in real Chromium, in words that read like a visit: write, press, advice, said."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Locator, expect

from tests.conftest import ROOT

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE = ROOT / ".cache/axe/node_modules/axe-core/axe.min.js"
PATIENCE = 30_000  # milliseconds; the machine may be busy
expect.set_options(timeout=PATIENCE)
IN_CHAT = "document.querySelector('wegwijs-chat').shadowRoot"

# Notes in the page what the live region says and what the content security policy reports.
WATCH = """
window.said = [];
window.reports = [];
document.addEventListener('securitypolicyviolation', (event) => reports.push(event.violatedDirective + ' ' + event.blockedURI));
const note = (changes) => changes.forEach((change) => change.addedNodes.forEach((node) => said.push(node.textContent)));
const wait = setInterval(() => {
  const live = document.querySelector('wegwijs-chat')?.shadowRoot?.querySelector('.live');
  if (!live) return;
  clearInterval(wait);
  live.childNodes.forEach((node) => said.push(node.textContent));
  new MutationObserver(note).observe(live, { childList: true });
}, 1);
"""
AGE = "34"
# Answers to the questions of the intake by a word of the question; "Weet ik niet" to any other.
ANSWERS = {"beroep": "Zorgkundige", "leren of werken": "Vlaanderen", "diploma": "Secundair BSO (OK3)", "betaald": "Nee"}


class Chat:
    """One tab with the chat in it."""

    def __init__(self, context: BrowserContext, server: Any, path: str = "/") -> None:
        self.server = server
        self.page = context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.outside: list[str] = []
        self.complaints: list[str] = []
        self.page.add_init_script(WATCH)
        self.page.on("request", lambda request: self._note_request(request.url))
        self.page.on("console", lambda line: self.complaints.append(line.text) if line.type == "error" else None)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.goto(server.url + path)

    def _note_request(self, url: str) -> None:
        if not url.startswith((self.server.url + "/", "blob:" + self.server.url)):
            self.outside.append(url)

    # ---- what is on the screen ----------------------------------------------------------------

    @property
    def messages(self) -> Locator:
        return self.page.locator(".message:not(.typing)")

    @property
    def input(self) -> Locator:
        return self.page.get_by_role("textbox", name="Typ je vraag")

    @property
    def last(self) -> Locator:
        """What was said last by the bot."""
        return self.page.locator(".message.bot:not(.typing)").last

    @property
    def questions(self) -> Locator:
        return self.page.locator(".bubble.question")

    @property
    def card(self) -> Locator:
        return self.page.get_by_role("group", name="Jouw routes").last

    @property
    def draft(self) -> Locator:
        """The portfolio text of the EVC scan."""
        return self.page.get_by_role("textbox", name="Tekst voor je portfolio").last

    def button(self, title: str | re.Pattern[str]) -> Locator:
        return self.page.get_by_role("button", name=title, exact=isinstance(title, str)).last

    def lines(self) -> list[str]:
        """Each message on the screen as "bot: …" or "user: …", without what the buttons say."""
        return self.js(
            "[...{chat}.querySelectorAll('.message:not(.typing)')].map((m) => (m.matches('.user') ? 'user: ' : 'bot: ')"
            " + [...m.querySelectorAll('.bubble, .comparison')].map((b) => b.textContent).join(' '))"
        )

    def users(self) -> list[str]:
        return [line.removeprefix("user: ") for line in self.lines() if line.startswith("user: ")]

    def history(self) -> list[dict[str, Any]]:
        """What the server keeps of this conversation."""
        return self.page.request.get(f"{self.server.url}/chat/history").json()["messages"]

    def js(self, expression: str, argument: Any = None) -> Any:
        """Evaluate JavaScript; {chat} stands for the shadow root of the chat."""
        return self.page.evaluate(expression.replace("{chat}", IN_CHAT), argument)

    def focused(self) -> str:
        """What has the focus, as a person would name it."""
        return self.js(
            "({chat}.activeElement?.textContent || {chat}.activeElement?.id || document.activeElement.tagName).trim()"
        )

    # ---- what a visitor does ------------------------------------------------------------------

    def greeted(self) -> Chat:
        expect(self.page.get_by_text("Ik ben Wegwijs").first).to_be_visible()
        return self.settled()

    def settled(self) -> Chat:
        """Everything sent has been answered."""
        self.page.wait_for_function(
            f"() => {IN_CHAT}.querySelector('.messages').ariaBusy === 'false'", timeout=2 * PATIENCE
        )
        return self

    def write(self, text: str) -> Chat:
        self.input.fill(text)
        self.input.press("Enter")
        return self.settled()

    def press(self, title: str | re.Pattern[str]) -> Chat:
        self.js("{chat}.querySelector('.messages').style.pointerEvents = ''")  # the pause against double clicks is over
        self.button(title).click()
        return self.settled()

    def unfold(self) -> Chat:
        """Open all that can be opened."""
        self.js("{chat}.querySelectorAll('details:not([open]) > summary').forEach((summary) => summary.click())")
        self.js("{chat}.querySelectorAll('.trajectory > [aria-expanded=false]').forEach((button) => button.click())")
        return self

    def answer(self) -> str:
        """What to say to the question that stands open now; empty when there is the advice."""
        if self.messages.last.locator(".bubble.question").count() == 0:
            return ""
        question = self.questions.last.inner_text().splitlines()[-1]
        if "oud" in question:
            return AGE
        return next((said for word, said in ANSWERS.items() if word in question), "Weet ik niet")

    def to_advice(self) -> Chat:
        """From the greeting to the advice, typed."""
        self.write("ik ben 34, werkloos en wil zorgkundige worden in Gent")
        while answer := self.answer():
            self.write(answer)
        expect(self.card).to_be_visible()
        return self

    def axe(self) -> list[str]:
        """What axe-core finds wrong now."""
        if not self.js("'axe' in window"):
            self.page.evaluate(Path(AXE).read_text(encoding="utf-8"))
        return self.js(
            "axe.run(document, {resultTypes: ['violations']})"
            ".then((r) => r.violations.map((v) => v.id + ': ' + v.nodes.map((n) => n.html).join(' | ')))"
        )

    def in_every_look(self) -> Iterator[str]:
        """Wide and narrow, light and dark: shows the page so, one after the other, and names how."""
        for (width, height), scheme in itertools.product(((1280, 800), (320, 640)), ("light", "dark")):
            self.page.set_viewport_size({"width": width, "height": height})
            self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            yield f"{width} px, {scheme}"

    def smaller_than(self, size: int, selector: str) -> list[str]:
        """What one can press and matches the selector but is smaller than so many pixels; a label counts with its box."""
        return self.js(
            "([size, selector]) => [...{chat}.querySelectorAll(selector)]"
            ".filter((e) => e.checkVisibility() && !e.matches('.sr'))"
            ".map((e) => [e.textContent || e.id, e.getBoundingClientRect()])"
            ".filter(([, box]) => box.width < size - 0.5 || box.height < size - 0.5).map(([text]) => text)",
            [size, selector],
        )

    def overflowing(self) -> list[str]:
        """Elements that stick out of the window sideways, or whose content is clipped sideways."""
        return self.js(
            "[...{chat}.querySelectorAll('*')].filter((e) => e.checkVisibility() && !e.closest('.sr, thead, svg')"
            " && getComputedStyle(e).clipPath === 'none' && (e.getBoundingClientRect().right > innerWidth + 1"
            " || e.getBoundingClientRect().left < -1"
            " || (e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX !== 'visible')))"
            ".map((e) => e.tagName + '.' + e.className)"
        )
