"""Draws the pictures of the staff page in docs/beelden, for docs/handleiding.md.

Run it with .venv/bin/python scripts/staff_pictures.py: it starts a bot of its own on a copy of the project, takes a minute or
two, and needs Chromium. Nothing of the project changes but the pictures.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from playwright.sync_api import sync_playwright

from scripts.pictures import PICTURES, keep
from tests.staff.conftest import StaffServer
from tests.staff.desk import PASSWORD, Desk, ask
from tests.web.chat import ARGUMENTS, CHROMIUM

QUESTION = "binnen hoeveel dagen krijg ik antwoord op mijn erkenningsaanvraag?"
CARD = "/staff/kennis/onderwerpen/werkplek_erkenning"
NOT_UNDERSTOOD = (
    "mag mijn hond mee naar de les",
    "mogen honden mee naar school",
    "kan ik mijn hond meebrengen in de klas",
    "is er parking bij het centrum voor mijn auto",
)


def draw(desk: Desk) -> None:
    """Walks the steps of the guide and keeps a picture of each page."""
    for text in NOT_UNDERSTOOD:
        ask(desk.server, text)
    ask(desk.server, "hoe lang is een erkenning als werkplek geldig?", up=False)
    desk.open("/staff").settled().say(QUESTION)
    picture(desk, "proberen")
    desk.open(CARD).page.locator("[id='cijfers.0.waarde']").fill("15")
    desk.press("Kijk na").reads("De bot zegt dan")
    picture(desk, "kennis")
    desk.open("/staff/gesprekken").page.locator("#onderwerp").fill("werkplek_erkenning")
    desk.start("Speel af").reads("In orde")
    picture(desk, "gesprekken")
    desk.open("/staff/postvak").reads("duim omlaag")
    picture(desk, "postvak")


def picture(desk: Desk, name: str) -> None:
    desk.page.evaluate("scrollTo(0, 0)")
    keep(desk.page.screenshot(), PICTURES / f"staf-{name}.png")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = StaffServer(Path(folder))
        settings = {"PASSWORD": PASSWORD, "PORT": str(server.staff_port)}
        os.environ |= {f"WEGWIJS_STAFF_{name}": value for name, value in settings.items()} | {"PYTHONPATH": str(server.copy)}
        server.start()
        try:
            desk = Desk(playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS), server)
            draw(desk.log_in())
        finally:
            server.stop()


if __name__ == "__main__":
    main()
