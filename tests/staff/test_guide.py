"""The quarter of an hour of docs/handleiding.md, walked as it is written: what to press, type and read comes from its text."""

import re

import pytest
from playwright.sync_api import expect

from tests.conftest import ROOT

pytestmark = pytest.mark.browser
GUIDE = (ROOT / "docs/handleiding.md").read_text(encoding="utf-8")
CARD = "knowledge/content/onderwerpen/vraag_werkplek/werkplek_erkenning.yml"


class Step:
    """One step of the guide: what it names in bold, what is to be typed, and what is to be read then."""

    def __init__(self, number):
        found = re.search(rf"^### Stap {number}: .*?(?=^##)", GUIDE, re.MULTILINE | re.DOTALL)
        assert found, f"the guide has no step {number}"
        self.blocks = re.findall(r"^```\n(.*?)^```", found[0], re.MULTILINE | re.DOTALL)
        self.text = " ".join(re.sub(r"```.*?```|!\[.*?\]\(.*?\)", "", found[0], flags=re.DOTALL).split())
        self.names = re.findall(r"\*\*(.+?)\*\*", self.text)
        self.typed = re.findall(r"`(.+?)`", self.text)
        self.read = re.findall(r'"(.+?)"', self.text)


def ask(desk, question):
    desk.settled()
    desk.page.get_by_placeholder("Typ een vraag").fill(question)
    [_, send, *_] = Step(2).names
    desk.press(send).settled()


def write(desk, label, text):
    """Fill in a field by the bold part of its label; its hint may follow."""
    desk.page.get_by_label(re.compile(f"^{re.escape(label)}")).fill(text)


def change(desk, old, new):
    """Step 3, from the answer on "Proberen" to what was saved."""
    desk.thoughts.get_by_role("link").filter(has_text="✓").click()
    figures, first, check, keep = Step(3).names
    [value] = Step(3).typed
    amounts = desk.page.get_by_role("group", name=figures)
    amount = amounts.get_by_role("group").first
    assert amount.locator("legend").inner_text().strip() == first
    expect(amount.get_by_label(value)).to_have_value(old)
    amount.get_by_label(value).fill(new)
    desk.press(check).reads(f"van {old} naar {new}", "De bot zegt nu", "De bot zegt dan")
    desk.press(keep).reads("Bewaard in", CARD)


def test_what_the_guide_says_that_the_terminal_shows_is_what_it_shows(desk_server):
    printed = [re.sub(r"^\[.*?\] |:\d+", "", line) for line in desk_server.log.splitlines()]
    for line in Step(1).blocks[-1].splitlines():
        assert re.sub(r":\d+", "", line) in printed


@pytest.fixture
def before(desk_server):
    """The card as it was; whatever becomes of the walk, it is so again afterwards, and the new test is gone."""
    card, flows = desk_server.copy / CARD, desk_server.copy / "tests/flows"
    text, there = card.read_text(encoding="utf-8"), set(flows.iterdir())
    yield text
    card.write_text(text, encoding="utf-8")
    for path in set(flows.iterdir()) - there:
        path.unlink()


def test_the_steps_lead_to_a_changed_amount_a_new_test_and_a_green_run(desk, desk_server, before):
    tests = set((desk_server.copy / "tests/flows").iterdir())
    question = re.search(r" \*([^*]+\?)\*", Step(2).text)[1]
    old, new = re.search(r"van (\d+) een (\d+)", Step(3).text).groups()

    desk.open("/staff").reads(Step(2).names[0], within="h1")
    ask(desk, question)
    expect(desk.chat).to_contain_text(Step(2).read[0])
    change(desk, old, new)
    assert (desk_server.copy / CARD).read_text(encoding="utf-8") == before.replace(f"waarde: {old},", f"waarde: {new},")

    page, record, box, keep = Step(4).names
    desk.follow(page)
    ask(desk, question)
    expect(desk.chat).to_contain_text(Step(4).read[0])
    write(desk.press(record), box, Step(4).typed[0])
    desk.press(keep).reads("Bewaard in", f"zegt: {Step(4).typed[0]}")
    [test] = set((desk_server.copy / "tests/flows").iterdir()) - tests

    page, topic, play = Step(5).names
    write(desk.follow(page), topic, Step(5).typed[0])
    played = desk.start(play).page.locator("[aria-labelledby=uitslag]").inner_text()
    assert re.search(rf"{Step(5).read[0]}: (\d+) van de \1 ", played) and "1 van" not in played

    page, remove, back = Step(6).names
    desk.follow(page).page.get_by_role("link", name=question[:40]).click()
    desk.press(remove).reads("Verwijderd:", test.name, "loopt niet meer mee")
    desk.follow(back)
    ask(desk, question)
    change(desk, new, old)
    assert (desk_server.copy / CARD).read_text(encoding="utf-8") == before
    assert set((desk_server.copy / "tests/flows").iterdir()) == tests
