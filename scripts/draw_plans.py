"""Draws the plans of the eight persons at phone width into docs/beelden/plan-<name>.png: python scripts/draw_plans.py"""

from __future__ import annotations

import datetime as dt
import io
import sys
import time
from functools import partial
from pathlib import Path

import yaml
from PIL import Image
from playwright.sync_api import Route, sync_playwright

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from bot.plan_pages import FOLDER, views  # noqa: E402
from bot.plan_store import KeptPlan  # noqa: E402
from knowledge import store  # noqa: E402
from knowledge.planning import build  # noqa: E402

PERSONS = ROOT / "tests" / "knowledge" / "personen"
PICTURES = ROOT / "docs" / "beelden"
TODAY = dt.date(2026, 11, 22)  # so that drawing again changes nothing by itself
PHONE = {"width": 390, "height": 844}
CHROMIUM = "/usr/bin/chromium"
COLORS = 64  # keeps a tall picture under 200 kB


def page_of(path: Path) -> bytes:
    """The plan of the best route of one written person."""
    knowledge = store.current()
    profile = yaml.safe_load(path.read_text(encoding="utf-8"))
    programme = build.best(knowledge, profile, TODAY)
    until = time.mktime(TODAY.timetuple()) + 7 * 24 * 3600
    kept = KeptPlan(programme.id if programme else "", profile, until)
    html = views.View(kept, "voorbeeldvoorbeeldvoorbeeld", None, "", TODAY).page("plan")
    assert html is not None
    return html


def answer(html: bytes, route: Route) -> None:
    """The page itself, or its style."""
    style = route.request.url.endswith(".css")
    body = (FOLDER / "plan.css").read_bytes() if style else html
    route.fulfill(body=body, content_type="text/css" if style else "text/html; charset=utf-8")


def main() -> None:
    """One picture per person."""
    store.build_from_files()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport=PHONE, locale="nl-BE")
        for path in sorted(PERSONS.glob("*.yml")):
            html = page_of(path)
            page.route("**/*", partial(answer, html))
            page.goto("http://127.0.0.1/plan/voorbeeld")
            picture = PICTURES / f"plan-{path.stem}.png"
            Image.open(io.BytesIO(page.screenshot(full_page=True))).convert("RGB").quantize(COLORS).save(picture, optimize=True)
            page.unroute("**/*")
            print(f"{picture.relative_to(ROOT)}: {picture.stat().st_size // 1000} kB")
        browser.close()


if __name__ == "__main__":
    main()
