"""The pages that `wegwijs flows` writes, in a real browser: for everyone, zoomable, each node leading to its line."""

import datetime as dt

import pytest

from bot.flows import ahead, compare, conversation_file, coverage, flow_map, html_report, map_page
from bot.flows.judging import Failure
from bot.flows.observation import Observed
from bot.flows.paths import Place
from bot.flows.places import Places
from bot.flows.runner import FlowResult, Run, TurnResult
from tests.conftest import ROOT
from tests.web.chat import AXE

WIDTHS = (390, 1300)


@pytest.fixture(scope="module")
def pages(knowledge, tmp_path_factory):
    """A report with something wrong, a comparison and the map, as files."""
    folder = tmp_path_factory.mktemp("bladen")
    [flow] = conversation_file.load([ROOT / conversation_file.FOLDER / "crisis.yml"])
    seen = Observed(
        said="ik wil niet meer leven", items=({"role": "bot", "text": "Hoi\ndaar", "buttons": [], "data": None},)
    )
    failure = Failure(
        flow.file, 7, 1, seen.said, "zegt", "“112”", "“Hoi”", (Place(ROOT / "domain.yml", 3, "de tekst"),)
    )
    run = Run(
        (
            FlowResult(flow, (TurnResult(flow.turns[0], seen, (failure,)),)),
            FlowResult(flow, (TurnResult(flow.turns[0], seen),)),
        ),
        dt.date(2027, 9, 1),
        1.0,
    )
    changed = ahead.Change("kaart premie", "tekst", "€ 1000", "€ 1100")
    found = compare.Difference("Vraag: hoeveel?", compare.WORSE, "tekst", "€ 1000", "€ 1100")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        places, links, counts = Places(), map_page.Links(), coverage.Walked()
        drawn = flow_map.Map(places, knowledge, counts, None, links).draw()
        texts = {
            "verslag": html_report.report(run, [changed]),
            "vergelijking": compare.html(compare.Comparison("A", "B", 2, (found,))),
            "kaart": map_page.render(drawn, coverage.unwalked(places, knowledge, counts), links),
        }
    for name, text in texts.items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    return {name: (folder / f"{name}.html").as_uri() for name in texts}


@pytest.mark.browser
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["verslag", "vergelijking", "kaart"])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(pages, browser, name, width):
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(pages[name])
    page.add_script_tag(path=AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    assert [(item["id"], item["nodes"][0]["html"][:200]) for item in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


@pytest.mark.browser
def test_the_map_grows_and_a_node_leads_to_its_line(pages, browser):
    page = browser.new_page(viewport={"width": 1300, "height": 900})
    page.goto(pages["kaart"])
    drawn = page.locator("#gesprek svg")
    before = drawn.bounding_box()["width"]
    page.get_by_label("Het gesprek: groter").click()
    assert drawn.bounding_box()["width"] > before
    page.locator("#gesprek a", has_text="utter_crisis").first.click()
    line = page.locator("span:target")
    assert "utter_crisis:" in line.inner_text() and line.is_visible()
    page.close()
