"""Every card is walked: asked for, it comes with its figures and its sources; a figure that is lost leads to its line."""

import shutil

import pytest

from bot.flows import cards, coverage, runner
from bot.flows.judging import Judge
from bot.flows.places import CONTENT, Places
from bot.staff.working_copy import WorkingCopy
from bot.staff.wrong import Wrong
from knowledge import content, store
from tests.conftest import ROOT

CARD = "onderwerpen/vraag_cvo/cvo_zorgkundige_duur.yml"


def sentences(run):
    return [failure.sentence() for result in run.results for failure in result.failures]


def test_every_card_comes_with_its_figures_and_sources(bot, loop, knowledge):
    places = Places(ROOT)
    flows = cards.by_button(knowledge, places)
    run = loop.run_until_complete(runner.run_flows(bot, flows, Judge(places, knowledge)))
    assert sentences(run) == []
    seen = [[turn.observed for turn in result.turns] for result in run.results]
    assert coverage.unwalked(places, knowledge, coverage.walked(places.paths, seen))["kaarten"] == []


def test_a_figure_that_a_card_no_longer_says_leads_to_its_line(bot, loop, knowledge, tmp_path):
    folder = shutil.copytree(ROOT / CONTENT, tmp_path / "content")
    text = (folder / CARD).read_text(encoding="utf-8")
    (folder / CARD).write_text(text.replace("waarde: 1480", "waarde: 1840"), encoding="utf-8")
    other, places = store.from_content(content.load(folder)), Places(ROOT, folder)
    flows = runner.select(cards.by_button(knowledge, places), "cvo_zorgkundige_duur")
    with store.using(other):
        run = loop.run_until_complete(runner.run_flows(bot, flows, Judge(places, other)))
    [sentence] = sentences(run)
    assert "verwacht “1480 lestijden”" in sentence
    line = text[: text.index("waarde: 1480")].count("\n") + 1
    assert f"kijk in {folder / CARD}:{line} (een cijfer)" in sentence


def test_the_questions_of_a_card_are_read_as_people_type_them(knowledge):
    asked = list(cards.questions(Places(ROOT), "cvo_zorgkundige_duur"))
    assert len(asked) >= 10
    assert not [line for line in asked if "[" in line or "](" in line]


def test_every_card_has_questions_of_its_own(knowledge):
    places = Places(ROOT)
    assert [card for card in knowledge.topics if len(list(cards.questions(places, card))) < 4] == []


def test_examples_are_read_however_they_are_indented(tmp_path):
    folder = tmp_path / "data/nlu"
    (folder / "other").mkdir(parents=True)
    lines = ["# over stage", "- intent: vraag_stage/uren", "  examples: |"]
    lines += ["    - hoeveel [uren](duur) stage", "", "    # los", "    - stage?"]
    further = ["# over loon", "- lookup: stad", "  examples: |", "    - Gent"]
    (folder / "other/a.yml").write_text("nlu:\n- intent: vraag_stage/uren\n  examples: |\n    - elders\n", encoding="utf-8")
    for indent in ("", "  "):
        text = "nlu:\n" + "".join(f"{indent}{line}\n" for line in [*lines, *further])
        (folder / "vraag_stage.yml").write_text(text, encoding="utf-8")
        assert list(cards.questions(Places(tmp_path), "uren")) == ["hoeveel uren stage", "stage?"]
        change = WorkingCopy(tmp_path).example("vraag_stage/uren", "hoe lang is de stage")
        added = [line for kind, line in change.lines() if kind == "added"]
        assert added == [f"+{indent}    - hoe lang is de stage"]
        with pytest.raises(Wrong, match="staat al"):
            WorkingCopy(tmp_path).example("vraag_stage/uren", "Stage?")
        assert change.after.index("de stage") < change.after.index("# over loon")


@pytest.mark.long
def test_every_card_is_found_by_one_of_its_own_first_questions(bot, loop, knowledge):
    places, lost = Places(ROOT), []

    async def finds(card, question):
        sender = f"zoek-{card}"
        try:
            return card in (await runner.take(bot, sender, question)).records
        finally:
            await bot.erase(sender)

    for card in knowledge.topics:
        asked = list(cards.questions(places, card))[:4]
        if not any(loop.run_until_complete(finds(card, question)) for question in asked):
            lost.append((card, asked[:1]))
    assert lost == []
