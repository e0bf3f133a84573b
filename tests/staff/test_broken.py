"""A file that somebody broke is named on every tab with its line and what to do, and the rest of the page goes on."""

import re
import time

import httpx
import pytest

from bot.staff.web import PAGES
from tests.staff.desk import PASSWORD

SEEDED = "    kapot: [1, 2\n"  # a bracket that is never closed, on a line of its own
MENDED = ("niet mee", "Verbeter")
KNOWLEDGE = "knowledge/content/"
BROKEN = {
    "rule": ("data/rules/rules.yml", "  steps:\n", SEEDED),
    "rule without steps": ("data/rules/rules.yml", "  steps:\n", "  stapen:\n"),
    "rules that are no list": ("data/rules/rules.yml", "rules:\n", "rules: geen\nstories:\n"),
    "story": ("data/stories/stories.yml", "  steps:\n", SEEDED),
    "examples": ("data/nlu/vraag_cvo.yml", "  examples: |\n", SEEDED),
    "test conversation": ("tests/flows/crisis.yml", "gesprek:\n", SEEDED),
    "domain": ("domain.yml", "intents:\n", SEEDED),
    "card": (f"{KNOWLEDGE}onderwerpen/vraag_werkplek/werkplek_erkenning.yml", "cijfers:\n", SEEDED),
    "route": (f"{KNOWLEDGE}opleidingen/zorgkundige_cvo.yml", "voorwaarden:\n", SEEDED),
    "facts": (f"{KNOWLEDGE}feiten.yml", "- id: ", "- id: [\n"),
    "card that isn't UTF-8": (f"{KNOWLEDGE}onderwerpen/vraag_werkplek/werkplek_erkenning.yml", "cijfers:\n", b"\xe9\n"),
    "person": ("tests/knowledge/personen/tiener.yml", "\n", "\n" + SEEDED),
    "test question": ("tests/questions/vlor.jsonl", "{", "kapot {"),
}


@pytest.fixture(scope="module")
def client(desk_server):
    own = {"Origin": desk_server.staff_url}
    with httpx.Client(base_url=desk_server.staff_url, headers=own, timeout=60, follow_redirects=True) as client:
        client.post("/staff/binnen", data={"wachtwoord": PASSWORD})
        yield client


def settled(client, reply):
    """The page once its work beside it is done."""
    path = str(reply.url)
    for _ in range(300):
        if "data-job" not in reply.text:
            return reply
        time.sleep(0.2)
        reply = client.get(path)
    raise AssertionError(f"{path} is never done")


def said(reply):
    """The alerts of a page as text."""
    found = re.findall(r'<(\w+) class="problem" role="alert"[^>]*>(.*?)</\1>', reply.text, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", "", text) for _, text in found)


@pytest.mark.parametrize("kind", BROKEN)
def test_each_tab_names_a_broken_file_and_goes_on(client, desk_server, kind):
    name, after, seeded = BROKEN[kind]
    path = desk_server.copy / name
    before = path.read_bytes()
    head, found, tail = before.partition(after.encode())
    assert found
    seeded = seeded if isinstance(seeded, bytes) else seeded.encode()
    line = head.count(b"\n") + 1
    try:
        path.write_bytes(head + seeded + tail)
        for tab, title in PAGES.items():
            reply = settled(client, client.get(tab))
            told = said(reply)
            [at, *_] = re.findall(rf"{re.escape(name)}:(\d+): \w", told) or pytest.fail(f"{tab}: {told!r}")
            assert kind.endswith("UTF-8") or abs(int(at) - line) <= 3, (tab, told)
            assert not re.search(r"Error|while |expected|codec|Hier ging iets mis", told), (tab, told)
            assert any(word in told for word in MENDED)
            if not (title == "Kennis" and name.startswith(KNOWLEDGE)):  # nothing of it can be shown then
                assert reply.status_code == 200 and f"<h1>{title}</h1>" in reply.text
        assert "<svg" in settled(client, client.get("/staff/kaart?deel=antwoorden")).text
        played = settled(client, client.post("/staff/gesprekken/spelen", data={"onderwerp": "duur_cvo_en_stage"}))
        assert "In orde: 1 van de 1" in played.text
        beside = settled(client, client.post("/staff/kaart", data={"onderwerp": "duur_cvo_en_stage"}))
        assert "Waar geen test langskomt" in beside.text
    finally:
        path.write_bytes(before)
    assert [tab for tab in PAGES if said(client.get(tab))] == []
