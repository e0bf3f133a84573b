"""Drives the staff page in real Chromium, in words that read like work: open, fill, press, reads."""

from __future__ import annotations

import re
import secrets
from pathlib import Path
from typing import Any

import httpx
from playwright.sync_api import Browser, Locator, expect

from tests.web.chat import AXE, PATIENCE

PASSWORD = "een wachtwoord voor de tests"
LETTERS = re.compile(r"scale\((0\.\d+) -")  # of each text that matplotlib draws: its size in points / 100


def ask(server: Any, text: str, up: bool | None = None) -> None:
    """A visitor, new each time, types this on the public page, and may give the answer a thumb."""
    turn = secrets.token_hex(8)
    with httpx.Client(base_url=server.url, timeout=60) as visitor:
        assert visitor.post("/chat", json={"id": turn, "text": text}).status_code == 200
        if up is not None:
            assert visitor.post("/chat/thumb", json={"id": turn, "up": up}).status_code == 200


class Desk:
    """One tab on the staff page."""

    def __init__(self, browser: Browser, server: Any) -> None:
        self.server = server
        self.url = server.staff_url
        self.context = browser.new_context(
            viewport={"width": 1280, "height": 900}, locale="nl-BE", reduced_motion="reduce", accept_downloads=True
        )
        self.page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.outside: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self._note(request.url))
        self.page.on("console", lambda line: self.complaints.append(line.text) if line.type == "error" else None)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _note(self, url: str) -> None:
        if not url.startswith(self.url + "/"):
            self.outside.append(url)

    def close(self) -> None:
        self.context.close()

    def log_in(self) -> Desk:
        self.open("/staff")
        self.fill("Wachtwoord", PASSWORD)
        self.press("Aanmelden")
        return self.reads("Proberen", within="h1")

    def open(self, path: str) -> Desk:
        self.page.goto(self.url + path)
        return self

    def fill(self, label: str, text: str) -> Desk:
        self.page.get_by_label(label, exact=True).first.fill(text)
        return self

    def choose(self, label: str, option: str) -> Desk:
        self.page.get_by_label(label, exact=True).first.select_option(label=option)
        return self

    def press(self, name: str) -> Desk:
        self.page.get_by_role("button", name=name, exact=True).first.click()
        return self

    def follow(self, name: str) -> Desk:
        self.page.get_by_role("link", name=name, exact=True).first.click()
        return self

    def reads(self, *texts: str, within: str = "body") -> Desk:
        """These texts are there, or come."""
        for text in texts:
            expect(self.page.locator(within)).to_contain_text(text)
        return self

    def settled(self) -> Desk:
        """The chat of "Proberen" has answered."""
        self.page.wait_for_function("() => document.body.ariaBusy === 'false'")
        return self

    def say(self, text: str) -> Desk:
        self.page.get_by_placeholder("Typ een vraag").fill(text)
        self.press("Stuur")
        expect(self.page.get_by_placeholder("Typ een vraag")).to_have_value("")
        return self.settled()

    def start(self, name: str) -> Desk:
        """Press what starts work beside the page, and wait until it is done."""
        with self.page.expect_navigation():
            self.press(name)
        expect(self.page.locator("[data-job]")).to_have_count(0, timeout=6 * PATIENCE)
        return self

    def letters_on_a_phone(self, path: str) -> list[float]:
        """The size of the smallest letters in each picture of a page on a phone, in CSS pixels."""
        before = self.page.viewport_size
        self.page.set_viewport_size({"width": 390, "height": 844})
        self.open(path)
        sizes = []
        for picture in self.page.locator("figure img").all():
            picture.scroll_into_view_if_needed()
            drawn = picture.evaluate("async (img) => (await img.decode(), (await fetch(img.currentSrc)).text())")
            scale = picture.evaluate("(img) => img.clientWidth / img.naturalWidth")
            sizes.append(scale * min(map(float, LETTERS.findall(drawn))) * 100 * 4 / 3)  # points, then pixels
        self.page.set_viewport_size(before)
        return sizes

    @property
    def chat(self) -> Locator:
        return self.page.locator("#log")

    @property
    def thoughts(self) -> Locator:
        """What was thought in the newest turn."""
        return self.page.locator("#thoughts details").first

    def axe(self) -> list[str]:
        """What axe-core finds wrong now."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(Path(AXE).read_text(encoding="utf-8"))
        return self.page.evaluate(
            "axe.run(document, {resultTypes: ['violations']})"
            ".then((r) => r.violations.map((v) => v.id + ': ' + v.nodes.map((n) => n.html).join(' | ')))"
        )

    def shot(self, path: str) -> Desk:
        self.page.screenshot(path=path, full_page=True)
        return self
