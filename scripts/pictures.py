"""Draws the pictures in docs/beelden: every kind of message on a phone and on a wide screen, from a real conversation.

Run it with .venv/bin/python scripts/pictures.py; it starts a bot of its own, takes a minute, and needs Chromium.
"""

from __future__ import annotations

import io
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
MOST = 150_000  # bytes of a picture
SCREENS = {
    "telefoon": {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2},
    "breed": {"viewport": {"width": 1280, "height": 800}},
}
TOLD = "ik ben 34, werkloos en wil zorgkundige worden in Gent"

# A picture by its name: how to get there from the one before, and what must then be in sight.
STEPS: dict[str, tuple[Callable[[Chat], object], str]] = {
    "begin": (lambda chat: chat.greeted(), ""),
    "vraag": (lambda chat: chat.write(TOLD), ".message.user:last-of-type, .message:nth-last-of-type(2)"),
    "antwoord": (lambda chat: chat.write("hoelang duurt de opleiding zorgkundige in het CVO?"), ""),
    "advies": (lambda chat: chat.to_advice(), ""),
    "vergelijking": (lambda chat: chat.write("vergelijk cvo en duaal voor mij"), ""),
    "mens": (lambda chat: chat.press("Praat met een mens"), ""),
}


def draw(browser: Browser, server: Server, screen: str) -> None:
    """Goes through one conversation and keeps a picture of every step."""
    context = browser.new_context(locale="nl-BE", reduced_motion="reduce", color_scheme="light", **SCREENS[screen])
    chat = Chat(context, server)
    for name, (reach, _) in STEPS.items():
        reach(chat)
        chat.js("{chat}.activeElement?.blur()")
        keep(chat.page.screenshot(), PICTURES / f"{name}-{screen}.png")
    context.close()
    context = browser.new_context(locale="nl-BE", color_scheme="light", **SCREENS[screen])
    demo = Chat(context, server, "/demo")
    if screen == "breed":
        demo.button("Vraag het aan Wegwijs").click()
        demo.greeted()
    keep(demo.page.screenshot(), PICTURES / f"voorbeeldsite-{screen}.png")
    context.close()


def keep(png: bytes, path: Path) -> None:
    """Writes the picture in few colours. Raises AssertionError when it is still too large."""
    picture = Image.open(io.BytesIO(png)).convert("RGB").quantize(128, dither=Image.Dither.NONE)
    picture.save(path, optimize=True)
    assert path.stat().st_size <= MOST, f"{path.name} is te groot: {path.stat().st_size} bytes"
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
