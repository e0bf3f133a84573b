"""Draws the pictures in docs/beelden: every kind of message on a phone and on a wide screen.

Run it with .venv/bin/python scripts/pictures.py: it starts a bot of its own, has a conversation, takes a minute or two, and
needs Chromium. Kinds that need a long conversation are shown from tests/web/kinds.json, as the tests of the page do.
"""

from __future__ import annotations

import io
import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.conftest import ROOT, Server
from tests.web.chat import ARGUMENTS, CHROMIUM, Chat

PICTURES = ROOT / "docs" / "beelden"
RECORDED = json.loads((ROOT / "tests/web/kinds.json").read_text(encoding="utf-8"))
MOST = 150_000  # bytes of a picture
SCREENS = {
    "telefoon": {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2},
    "breed": {"viewport": {"width": 1280, "height": 800}},
}
DARK = {"mens"}  # shown in dark


def answered(text: str, kind: str) -> Callable[[Chat], None]:
    """Writes the text, and has it answered by what was recorded of this kind."""

    def show(chat: Chat) -> None:
        item = {"role": "bot", "buttons": [], **RECORDED[kind]}
        chat.page.route("**/chat", lambda route: route.fulfill(json={"messages": [item]}))
        chat.write(text)
        chat.page.unroute("**/chat")

    return show


def told(chat: Chat) -> None:
    chat.write("ik ben 34, werkloos en wil zorgkundige worden in Gent")


def answer(chat: Chat) -> None:
    chat.write("hoelang duurt de opleiding zorgkundige in het CVO?")
    chat.page.get_by_text("Waar staat dit?").last.click()


def words(chat: Chat) -> None:
    answered("wat is een vrijstelling?", "words")(chat)
    chat.last.get_by_role("button", name="vrijstelling", exact=True).click()


def menu(chat: Chat) -> None:
    chat.button("Menu").click()


# A picture by its name, and how to get there from the one before.
STEPS: dict[str, Callable[[Chat], object]] = {
    "begin": Chat.greeted,
    "vraag": told,
    "antwoord": answer,
    "advies": Chat.to_advice,
    "vergelijking": lambda chat: chat.write("vergelijk cvo en duaal voor mij"),
    "plan": answered("maak mijn plan", "plan"),
    "woorden": words,
    "evc-lijst": answered("doe de EVC-scan", "evc_check"),
    "evc-resultaat": answered("dat is alles", "evc_result"),
    "stappen": answered("wat moet ik eerst doen?", "timeline"),
    "mens": lambda chat: chat.press("Praat met een mens"),
    "menu": menu,
}


def draw(browser: Browser, server: Server, screen: str) -> None:
    """Goes through one conversation and keeps a picture of every step."""
    context = browser.new_context(locale="nl-BE", reduced_motion="reduce", **SCREENS[screen])
    chat = Chat(context, server)
    for name, reach in STEPS.items():
        chat.page.emulate_media(color_scheme="dark" if name in DARK else "light", reduced_motion="reduce")
        reach(chat)
        chat.js("{chat}.activeElement?.blur()")
        chat.page.mouse.move(0, 0)
        keep(chat.page.screenshot(), PICTURES / f"{name}-{screen}.png")
    context.close()
    context = browser.new_context(locale="nl-BE", reduced_motion="reduce", **SCREENS[screen])
    demo = Chat(context, server, "/demo")
    if screen == "breed":
        demo.button("Vraag het aan Wegwijs").click()
        demo.greeted()
    keep(demo.page.screenshot(), PICTURES / f"voorbeeldsite-{screen}.png")
    context.close()


def keep(png: bytes, path: Path) -> None:
    """Writes the picture in few colours. Raises ValueError when it is still too large."""
    picture = Image.open(io.BytesIO(png)).convert("RGB").quantize(128, dither=Image.Dither.NONE)
    picture.save(path, optimize=True)
    if path.stat().st_size > MOST:
        raise ValueError(f"{path.name} is te groot: {path.stat().st_size} bytes")
    print(f"{path.relative_to(ROOT)}  {path.stat().st_size // 1000} kB")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = Server(Path(folder))
        server.start()
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        try:
            for screen in SCREENS:
                draw(browser, server, screen)
        finally:
            server.stop()


if __name__ == "__main__":
    main()
