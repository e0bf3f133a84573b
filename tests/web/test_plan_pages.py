"""A plan to take home: the page on a phone and on paper, the belbriefje, the sheets, the calendar file, and its end."""

from __future__ import annotations

import datetime as dt
import io
import time
import unicodedata

import httpx
import icalendar
import pypdf
import pytest
import sqlalchemy as sa
import yaml

from bot.plan_store import PlanStore
from bot.retention import KEPT_SECONDS
from knowledge import profiles, verdicts
from knowledge.planning import build, words
from tests.conftest import ROOT

PERSONS = sorted((ROOT / "tests/knowledge/personen").glob("*.yml"))
PARTS = ("", "/belbriefje", "/samenvatting")
CLIPPED = """[...document.querySelectorAll('main *')].filter((e) => !e.closest('svg')
  && (e.getBoundingClientRect().right > innerWidth + 1
    || (e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== 'inline')))
  .map((e) => e.outerHTML.slice(0, 80))"""


@pytest.fixture(scope="module")
def plans(server):
    """The store of the running server."""
    return PlanStore(sa.create_engine(f"sqlite:///{server.folder}/conversations.db"))


def kept(plans, knowledge, path):
    """The address and the plan of one of the eight persons."""
    profile = profiles.read(knowledge, yaml.safe_load(path.read_text(encoding="utf-8")))
    programme = build.best(knowledge, profile)
    return f"/plan/{plans.keep(path.stem, programme.id, profile)}", build.plan(knowledge, programme, profile)


def flat(text):
    return " ".join(text.split())


@pytest.fixture(scope="module")
def tab(browser):
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="nl-BE", reduced_motion="reduce")
    page = context.new_page()
    page.complaints = []
    page.on("console", lambda line: page.complaints.append(line.text) if line.type == "error" else None)
    yield page
    context.close()


@pytest.mark.parametrize("path", PERSONS, ids=lambda path: path.stem)
def test_page_and_paper_say_what_the_chat_says(server, plans, knowledge, tab, path):
    address, plan = kept(plans, knowledge, path)
    tab.goto(server.url + address)
    label = verdicts.VERDICT_LABELS[plan.verdict]
    steps = [step.text for step in plan.steps]
    lines = [note.text for note in (*plan.duration, *plan.week, *plan.income, *plan.shorter, *plan.arrange)]
    said = [plan.title, label, plan.lead, words.start_text(plan), *steps, *lines, *map(words.span_text, plan.timeline)]
    page = flat(tab.inner_text("main"))
    assert [part for part in said if flat(part) not in page] == []
    assert tab.evaluate(CLIPPED) == []
    pages = pypdf.PdfReader(io.BytesIO(tab.pdf(format="A4"))).pages
    assert 1 <= len(pages) <= 4
    assert all(abs(float(sheet.mediabox.width) - 595) < 2 and abs(float(sheet.mediabox.height) - 842) < 2 for sheet in pages)
    read = unicodedata.normalize("NFKC", "".join(sheet.extract_text() for sheet in pages))  # ligatures
    paper = "".join(read.split())
    assert [part for part in said if "".join(part.split()) not in paper] == []
    assert tab.complaints == []


@pytest.mark.parametrize("path", PERSONS, ids=lambda path: path.stem)
def test_the_call_note_and_the_summary_fit_on_one_sheet(server, plans, knowledge, tab, path):
    address, plan = kept(plans, knowledge, path)
    for part, said in (("/belbriefje", [note.text for note in plan.questions]), ("/samenvatting", [plan.title])):
        tab.goto(server.url + address + part)
        assert [text for text in said if flat(text) not in flat(tab.inner_text("main"))] == []
        assert tab.evaluate(CLIPPED) == []
        assert len(pypdf.PdfReader(io.BytesIO(tab.pdf(format="A4"))).pages) == 1, part


def test_axe_finds_nothing_on_the_pages(server, plans, knowledge, visit):
    address, _ = kept(plans, knowledge, next(path for path in PERSONS if path.stem == "woonzorgcentrum"))
    for part in (*PARTS, "/werkgever", "?start=gisteren"):
        chat = visit(address + part, faulty=True)
        assert chat.axe() == [], part


def test_the_sheet_for_the_employer_is_for_employees_only(server, plans, knowledge):
    for path in PERSONS:
        address, _ = kept(plans, knowledge, path)
        page = httpx.get(f"{server.url}{address}/werkgever")
        employee = path.stem in ("woonzorgcentrum", "schoonmaker_gemeente")
        assert page.status_code == (200 if employee else 404), path.stem
        if employee:
            assert "jaar oud" not in page.text and "diploma" not in page.text and "Je bent" not in page.text


def test_the_headers_keep_a_plan_private(server, plans, knowledge):
    address, _ = kept(plans, knowledge, PERSONS[0])
    for part in (*PARTS, ".ics"):
        headers = httpx.get(server.url + address + part).headers
        assert headers["cache-control"] == "no-store" and "noindex" in headers["x-robots-tag"]
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["content-security-policy"].startswith("default-src 'self'")


def test_the_calendar_file_starts_on_the_own_day(server, plans, knowledge):
    address, plan = kept(plans, knowledge, next(path for path in PERSONS if path.stem == "achtenvijftig"))
    start = dt.date.today().replace(day=1) + dt.timedelta(days=400)
    reply = httpx.get(f"{server.url}{address}.ics?start={start}")
    assert reply.headers["content-type"].startswith("text/calendar")
    events = icalendar.Calendar.from_ical(reply.content).walk("VEVENT")
    begins = {str(event["SUMMARY"]): event.decoded("DTSTART") for event in events}
    assert begins["Opleiding, als je snel gaat"] == begins["Opleiding, als je langer doet"] == start
    assert len({str(event["UID"]) for event in events}) == len(events)
    for event in events:
        assert event.decoded("DTEND") > event.decoded("DTSTART")
    first = min(events, key=lambda event: event.decoded("DTSTART"))
    assert first.decoded("DTSTART") >= dt.date.today()
    assert any(step.text in str(event["DESCRIPTION"]) for event in events for step in plan.steps)


def test_the_form_moves_the_calendar_and_a_bad_day_gets_a_sentence(server, plans, knowledge, tab):
    address, _ = kept(plans, knowledge, next(path for path in PERSONS if path.stem == "achtenvijftig"))
    tab.goto(server.url + address)
    tab.get_by_label("Wil je op een andere dag beginnen?").fill(f"{dt.date.today().year + 1}-09-01")
    tab.get_by_role("button", name="Pas de kalender aan").click()
    tab.wait_for_url("**start=*")
    assert f"1 september {dt.date.today().year + 1} (het nieuwe schooljaar)" in tab.inner_text("main")
    assert f"start={dt.date.today().year + 1}-09-01" in tab.get_by_role("link", name="Zet in je agenda").get_attribute("href")
    bad = httpx.get(f"{server.url}{address}?start=<script>")
    assert bad.status_code == 400 and "Schrijf de datum als" in bad.text and "<script>" not in bad.text


def test_an_unknown_and_an_old_link_show_the_same_page(server, plans):
    old = plans.keep("an old one", "zorgkundige_cvo", {}, time.time() - KEPT_SECONDS - 10)
    pages = [httpx.get(f"{server.url}/plan/{code}") for code in (old, "A" * 24, "x.ics", f"{'B' * 24}/belbriefje")]
    known = plans.keep("a new one", "zorgkundige_cvo", {})
    pages.append(httpx.get(f"{server.url}/plan/{known}/iets_anders"))
    assert [page.status_code for page in pages] == [404] * 5
    assert len({page.text for page in pages}) == 1 and "Dit plan is er niet (meer)" in pages[0].text


def test_from_the_chat_to_the_plan_and_forgotten_again(visit):
    chat = visit(faulty=True).greeted().to_advice().press("Mijn plan")
    data = chat.history()[-1]["data"]
    assert data["type"] == "plan" and data["title"] in chat.last.inner_text()
    link = chat.server.url + data["links"][0]["href"]
    assert data["title"] in httpx.get(link).text
    assert chat.overflowing() == [] and chat.axe() == []
    chat.write("vergeet alles")
    assert httpx.get(link).status_code == 404


def test_a_plan_over_rest_and_forgotten_there_too(server):
    def say(message):
        body = {"sender": "plan-over-rest", "message": message}
        return httpx.post(f"{server.url}/webhooks/rest/webhook", json=body, timeout=60).json()

    say('/geef_info{"occupation": "zorgkundige", "region": "vlaanderen", "age": 34}')
    items = say("/mijn_plan")
    data = next(item["custom"]["data"] for item in items if item.get("custom", {}).get("data", {}).get("type") == "plan")
    address = server.url + data["links"][0]["href"]
    assert data["title"] in httpx.get(address).text
    say("/vergeet_alles")
    assert httpx.get(address).status_code == 404
