"""The conversations in tests/flows, played with the real model; and recording, drawing and counting what happens in them."""

import re

import pytest

from bot.flows import conversation_file, coverage, figures, flow_map, html_report, map_page, recorder, runner
from bot.flows.judging import Judge
from bot.flows.places import Places
from tests.conftest import ROOT

FILES = conversation_file.files(ROOT / conversation_file.FOLDER)
# Thirty people: what they say first. The rest of their questions they answer by button, each in another way.
PEOPLE = [
    f"{who} en wil {occupation} worden in {place}"
    for who, place in (
        ("ik ben 34, werkloos", "Gent"),
        ("ik ben 17, ik zit nog op school", "Hasselt"),
        ("ik ben 52, ik werk in een woonzorgcentrum", "Brussel"),
        ("ik ben 61, ik ben zelfstandig", "Aalst"),
        ("ik ben 41, ik werk niet", "Mechelen"),
    )
    for occupation in (
        "zorgkundige",
        "verzorgende",
        "huishoudhulp in de zorg",
        "logistiek assistent in de zorg",
        "kinderbegeleider baby's en peuters",
        "kinderbegeleider schoolgaande kinderen",
    )
]


@pytest.fixture(scope="session")
def played(bot, loop, knowledge):
    """Every conversation of tests/flows, played once."""
    flows = conversation_file.load(FILES, knowledge)
    return loop.run_until_complete(runner.run_flows(bot, flows, Judge(Places(ROOT), knowledge)))


@pytest.fixture(scope="session")
def conversations(played):
    return [[turn.observed for turn in result.turns] for result in played.results]


@pytest.mark.parametrize("number", range(len(FILES)), ids=[path.stem for path in FILES])
def test_the_conversation_goes_as_expected(played, number):
    assert "\n".join(failure.sentence() for failure in played.results[number].failures) == ""


def test_there_are_conversations_on_every_family_of_questions_and_every_turn_of_an_intake(played):
    named = {name for result in played.results for name in result.flow.topics}
    assert {
        "intake",
        "verbeteren",
        "tussendoor",
        "crisis",
        "buiten domein",
        "overdracht",
        "werkgever",
        "nederland",
    } <= named
    asked = {turn.observed.intent for result in played.results for turn in result.turns}
    families = {path.stem for path in (ROOT / "data/nlu").glob("vraag_*.yml")}
    assert families <= asked


async def intake(bot, opening, nth):
    """An intake to its end: the first words typed, then each question answered with its nth button."""
    sender = f"opnemen-{nth}-{opening}"
    seen = [await runner.take(bot, sender, opening)]
    for _ in range(15):
        titles = seen[-1].buttons
        if not seen[-1].asked or not titles:
            break
        seen.append(await runner.take(bot, sender, titles[nth % len(titles)], pressed=True))
    await bot.erase(sender)
    return seen


@pytest.mark.parametrize("number", range(len(PEOPLE)))
def test_a_recorded_conversation_replays_with_the_same_verdicts(bot, loop, knowledge, tmp_path, number):
    seen = loop.run_until_complete(intake(bot, PEOPLE[number], number))
    assert seen[-1].verdicts
    path = tmp_path / "opgenomen.yml"
    path.write_text(recorder.record(seen, "Opgenomen"), encoding="utf-8")
    [flow] = conversation_file.load([path], knowledge)
    result = loop.run_until_complete(runner.run_flow(bot, flow, Judge(Places(ROOT), knowledge)))
    assert [failure.sentence() for failure in result.failures] == []
    assert result.turns[-1].observed.verdicts == seen[-1].verdicts
    assert flow.turns[-1].expected.oordelen == seen[-1].verdicts


def test_a_kept_conversation_is_recorded_as_it_went(bot, loop, knowledge):
    for said in ("ik ben 34, werkloos en wil zorgkundige worden in Gent", "ja"):
        loop.run_until_complete(bot.say("bewaard-gesprek", said))
    seen = loop.run_until_complete(recorder.of_conversation(bot, "bewaard-gesprek"))
    flow = conversation_file.parse(recorder.record(seen, "Een bezoeker"), ROOT / "nieuw.yml")
    assert [turn.said for turn in flow.turns] == ["ik ben 34, werkloos en wil zorgkundige worden in Gent", "ja"]
    assert flow.turns[1].expected.weet == {"vdab_enrolled": True}
    with pytest.raises(recorder.NothingToRecord, match="Kijk de naam na"):
        loop.run_until_complete(recorder.of_conversation(bot, "nooit-gezien"))


def test_a_saved_transcript_gives_what_the_visitor_said(tmp_path):
    path = tmp_path / "gesprek.txt"
    path.write_text("Gesprek\n\nJij:\nhallo\n\nWegwijs:\nDag! Ik ben Wegwijs.\n\nKnop: Zorgkundige\n", encoding="utf-8")
    assert recorder.said_in(path) == [("hallo", False), ("Zorgkundige", True)]
    path.write_text("niets", encoding="utf-8")
    with pytest.raises(recorder.NothingToRecord, match="Jij:"):
        recorder.said_in(path)


@pytest.mark.parametrize("bot_line", ["    soort: answer", "    soort: answer\n    zegt: 3 jaar"])
def test_a_recording_can_be_told_what_the_last_reply_must_say(bot_line):
    text = f"titel: Een proef\nonderwerp: [proef, duur]\ngesprek:\n- jij: hallo\n- jij: hoelang?\n- bot:\n{bot_line}\n"
    flow = conversation_file.parse(recorder.expecting(text, ["1,5 jaar", "15 dagen"]), ROOT / "p.yml")
    assert (flow.title, flow.topics) == ("Een proef", ("proef", "duur"))
    assert flow.turns[1].expected.zegt == (["3 jaar"] if "3 jaar" in bot_line else []) + ["1,5 jaar", "15 dagen"]


def test_recording_anew_keeps_what_was_written_by_hand(bot, loop):
    flow = next(flow for flow in conversation_file.load(FILES) if flow.file.stem == "crisis")
    again = conversation_file.parse(loop.run_until_complete(recorder.again(bot, flow)), flow.file)
    assert (again.title, again.topics) == (flow.title, flow.topics)
    assert again.turns[0].expected.zegt == flow.turns[0].expected.zegt
    assert again.turns[0].expected.doet == ["utter_crisis"]


def test_a_conversation_that_starts_from_a_profile(bot, loop, knowledge):
    text = "titel: Vanaf een profiel\nonderwerp: profiel\nweet_al: {age: 15, occupation: zorgkundige, region: vlaanderen}\n"
    flow = conversation_file.parse(
        text + "gesprek:\n- jij: wat weet je van mij?\n- bot: {zegt: je bent 15 jaar}\n", ROOT / "p.yml"
    )
    assert loop.run_until_complete(runner.run_flow(bot, flow)).passed


def test_the_map_links_every_node_to_a_line_that_the_page_shows(knowledge, conversations, monkeypatch):
    monkeypatch.chdir(ROOT)
    places, links = Places(), map_page.Links()
    counts = coverage.walked(places.paths, conversations)
    drawn = flow_map.Map(places, knowledge, counts, counts, links).draw()
    missed = coverage.unwalked(places, knowledge, counts)
    html = map_page.render(drawn, missed, links)
    targets = set(re.findall(r'id="([^"]+:\d+)"', html))
    wanted = set(re.findall(r'href="#([^"]+:\d+)"', html))
    assert wanted and wanted <= targets
    assert not re.search(r'(?:src|href)="(?:https?:)?//', html.replace("http://www.w3.org", ""))
    for trail in places.paths:
        assert f"{trail.file}:{trail.line}" in wanted, trail.name
    for programme in knowledge.programmes:
        assert f"{programme}.yml" in drawn["intake"]


def test_a_path_that_no_test_walks_is_named(knowledge, conversations):
    places = Places(ROOT)
    missed = coverage.unwalked(places, knowledge, coverage.walked(places.paths, conversations))
    before = dict(missed["regels"])
    assert len(before) <= len(places.paths) // 10, before
    without = [talk for talk in conversations if not any("utter_crisis" in turn.done for turn in talk)]
    named = dict(coverage.unwalked(places, knowledge, coverage.walked(places.paths, without))["regels"])
    assert set(named) - set(before) == {"crisis", "crisis in the intake", "crisis in the scan"}
    assert "rule: crisis" in named["crisis"].file.read_text(encoding="utf-8").splitlines()[named["crisis"].line - 1]


def test_the_figures_count_without_any_words_of_people(conversations):
    counted = figures.count(conversations)
    assert counted["total"]["conversations"] == len(FILES)
    assert 0 < counted["shares"]["advice"] < 1 and 0 < counted["shares"]["handover"] < 1
    assert {item["record"]: item["count"] for item in counted["asked"]}["cvo_zorgkundige_duur"] >= 2
    assert counted["stopped_at"][0]["count"] >= counted["stopped_at"][-1]["count"]
    said = {turn.said for talk in conversations for turn in talk if len(turn.said) > 20}
    assert not [text for text in said if text in str(counted)]


def test_the_report_shows_expected_beside_said_and_needs_nothing_else(played):
    html = html_report.report(played)
    assert f"{len(FILES)} gesprekken" in html and "Alles is zoals verwacht" in html
    assert not re.search(r"<(?:script|link|img|iframe)\b|\bsrc=|@import|url\(", html)
