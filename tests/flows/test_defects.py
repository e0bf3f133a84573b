"""A mistake in a rule, a story, a condition, an amount or an example is found, and the message leads to the file and the line."""

import copy
import os
import shutil
import subprocess
import sys

import pytest
from rasa.core.policies.rule_policy import RulePolicy
from rasa.shared.core.generator import TrainingDataGenerator
from rasa.shared.importers.importer import TrainingDataImporter

from bot import data_check
from bot.flows import conversation_file, data_files, runner, source_check
from bot.flows.judging import Judge
from bot.flows.places import CONTENT, Places
from knowledge import content, store
from tests.conftest import ROOT

TREE = ("data", "domain.yml", "config.yml", "knowledge/content")
CVO = "onderwerpen/vraag_cvo/cvo_zorgkundige_duur.yml"
SYNTRA = "opleidingen/kinderbegeleider_baby_syntra.yml"
CENTRE = "opleidingen/zorgkundige_opleidingscentrum.yml"


@pytest.fixture
def root(tmp_path):
    """A copy of what staff change."""
    for name in TREE:
        copy_of = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        copy_of(ROOT / name, tmp_path / name)
    return tmp_path


def seed(path, old, new, after=""):
    """Put a mistake in a file, behind some text; the number of its line."""
    text = path.read_text(encoding="utf-8")
    at = text.index(old, text.index(after))
    path.write_text(text[:at] + new + text[at + len(old) :], encoding="utf-8")
    return text[:at].count("\n") + 1


def flow(name):
    return conversation_file.load([ROOT / conversation_file.FOLDER / f"{name}.yml"])[0]


def play(bot, loop, root, name):
    """What comes out otherwise when the knowledge of this folder is used: (what, file:line to mend) each."""
    knowledge = store.from_content(content.load(root / CONTENT))
    with store.using(knowledge):
        result = loop.run_until_complete(runner.run_flow(bot, flow(name), Judge(Places(root), knowledge)))
    return {(failure.what, f"{place.file}:{place.line}") for failure in result.failures for place in failure.mend}


def found_in(root):
    cards = [f"{card.familie}/{card.id}" for card in content.load().topics().values()]
    return source_check.problems(root, cards)


@pytest.fixture
def use_rules(bot):
    """Puts the rules of a folder in the loaded model, as training does, and afterwards those that were there."""
    nodes = bot.agent.processor.graph_runner._instantiated_nodes.values()
    policy = next(node._component for node in nodes if isinstance(node._component, RulePolicy))
    before = policy.lookup

    def put(root):
        importer = TrainingDataImporter.load_from_config(
            str(root / "config.yml"), str(root / "domain.yml"), [str(root / "data")]
        )
        domain = importer.get_domain()
        trackers = TrainingDataGenerator(importer.get_stories(), domain, augmentation_factor=0).generate()
        rules = [tracker for tracker in trackers if tracker.is_rule_tracker]
        policy.lookup = copy.deepcopy(before)
        policy._create_lookup_from_trackers(rules, [t for t in trackers if not t.is_rule_tracker], domain)

    yield put
    policy.lookup = before


def test_nothing_is_wrong_to_begin_with(bot, loop, root):
    assert found_in(root) == []
    assert play(bot, loop, root, "duur_cvo_en_stage") == set()


def test_a_wrong_action_in_a_rule(bot, loop, root, use_rules):
    line = seed(root / "data/rules/rules.yml", "utter_crisis", "utter_belediging", "rule: crisis\n")
    use_rules(root)
    assert ("doet", f"{root}/data/rules/rules.yml:{line}") in play(bot, loop, root, "crisis")


@pytest.mark.parametrize(
    ("file", "after", "old", "new", "said"),
    [
        ("rules/rules.yml", "rule: crisis\n", "utter_crisis", "utter_crisi", 'bestaat niet; bedoel je "utter_crisis"?'),
        ("rules/rules.yml", "rule: crisis\n", "intent: crisis", "intent: crises", 'bestaat niet; bedoel je "crisis"?'),
        (
            "stories/stories.yml",
            "stories:",
            "action_doubt",
            "action_dubt",
            'bestaat niet; bedoel je "action_doubt"?',
        ),
        ("stories/stories.yml", "stories:", "action_doubt", "utter_groet", "doet action_doubt; maak ze gelijk"),
        ("stories/stories.yml", "asks a question", "intent: vraag_cvo\n      - action: action_answer", "intent: vraag_cvo",
         "hierna ontbreekt action_answer, want dat doet regel"),
        ("stories/stories.yml", "stories:", "active_loop: intake_form", "active_loop: intake_frm", 'bedoel je "intake_form"?'),
        ("rules/plan.yml", "rules:", "active_loop: intake_form", "active_loop: intake_frm", 'bedoel je "intake_form"?'),
        ("nlu/entiteiten.yml", "nlu:", "lookup: occupation", "lookup: ocupation", 'bedoel je "occupation"?'),
        ("nlu/plan.yml", "examples:", "    - ", "    - bedankt\n    - ", "en ook van bedankt"),
        (
            "nlu/vraag_cvo.yml",
            "nlu:",
            "vraag_cvo/cvo_wie_kan",
            "vraag_cvo/cvo_wie_kon",
            "maar die kaart bestaat niet; bedoel je",
        ),
    ],
)
def test_a_mistake_in_a_rule_a_story_or_the_examples(root, file, after, old, new, said):
    line = seed(root / "data" / file, old, new, after)
    assert [
        problem for problem in found_in(root) if problem.startswith(f"{root}/data/{file}:{line}: ") and said in problem
    ]


@pytest.mark.parametrize(
    ("file", "after", "old", "new", "said"),
    [
        ("rules/rules.yml", "rule: crisis\n", "  steps:", "  stepz:", 'stepz bestaat niet; bedoel je "steps"?'),
        ("rules/rules.yml", "rules:", "- rule:", "- rull:", 'rull bestaat niet; bedoel je "rule"?'),
        ("stories/stories.yml", "stories:", "- story:", "- storry:", 'storry bestaat niet; bedoel je "story"?'),
        ("nlu/vraag_cvo.yml", "nlu:", "    - ", "    ", "begin elk voorbeeld met een streepje en een spatie"),
        ("nlu/vraag_cvo.yml", "nlu:", "  examples: |", "  exemples: |", 'exemples bestaat niet; bedoel je "examples"?'),
        ("rules/rules.yml", "rule: crisis\n", "- intent: crisis", "- intent crisis: x: y", "dit is geen geldige YAML"),
        ("rules/rules.yml", "rule: groet\n", "      - action", "        action", "action hoort in een eigen stap"),
        ("rules/rules.yml", "rule: groet\n", "- action:", "- acton:", 'acton bestaat niet; bedoel je "action"?'),
        ("nlu/gesprek.yml", "nlu:", "    - hallo", "    - ik ben [34](aeg)", "haal de haken [ ] weg"),
    ],
)
def test_a_file_that_is_not_well_written_is_named_with_its_line_before_rasa_reads_it(root, file, after, old, new, said):
    line = seed(root / "data" / file, old, new, after)
    assert data_files.problems(ROOT) == []
    [problem] = data_check.problems(root)
    assert problem.startswith(f"{root}/data/{file}:{line}: ") and said in problem


def test_two_rules_for_the_same_intent(root):
    path = root / "data/rules/tweede.yml"
    path.write_text(
        'version: "3.1"\nrules:\n- rule: nog een\n  steps:\n  - intent: crisis\n  - action: utter_groet\n',
        encoding="utf-8",
    )
    [problem] = found_in(root)
    assert problem.startswith(f"{path}:3: regel “nog een”: ook regel “crisis”")


def test_a_wrong_amount(bot, loop, root):
    line = seed(root / CONTENT / CVO, "waarde: 1480", "waarde: 1840")
    assert ("zegt", f"{root}/{CONTENT}/{CVO}:{line}") in play(bot, loop, root, "duur_cvo_en_stage")


def test_a_wrong_amount_that_another_card_names(bot, loop, root):
    card = "onderwerpen/vraag_overeenkomst/overeenkomst_leervergoeding.yml"
    line = seed(root / CONTENT / card, "waarde: 612.5", "waarde: 912.5")
    assert ("zegt", f"{root}/{CONTENT}/{card}:{line}") in play(bot, loop, root, "leervergoeding")


def test_of_several_figures_the_one_with_the_unit_of_the_words_is_named(bot, loop, root):
    card = "onderwerpen/vraag_werkplek/werkplek_erkenning.yml"
    line = seed(root / CONTENT / card, "waarde: 5,", "waarde: 50,")
    found = {place for what, place in play(bot, loop, root, "werkplek_erkenning") if what == "zegt"}
    assert found == {f"{root}/{CONTENT}/{card}:{line}"}


def test_a_wrong_condition(bot, loop, root):
    line = seed(root / CONTENT / CENTRE, "value: true", "value: false", "fact: vdab_enrolled")
    assert ("oordelen", f"{root}/{CONTENT}/{CENTRE}:{line}") in play(bot, loop, root, "intake_zorgkundige_gent")


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (CENTRE, "fact: vdab_enrolled", "fact: vdab_enroled"),
        (CENTRE, "value: true", "value: misschien"),
        (SYNTRA, "op: '>='", "op: '=>'"),
        (SYNTRA, "value: 18", "value: achttien"),
        (SYNTRA, "bron: 001:769", "bron: 001:9769"),
    ],
)
def test_a_condition_that_cannot_be_is_found_by_the_knowledge_check(root, file, old, new):
    line = seed(root / CONTENT / file, old, new, "voorwaarden:")
    with pytest.raises(content.ContentError) as caught:
        content.load(root / CONTENT)
    assert [(str(problem.file), problem.line) for problem in caught.value.problems] == [
        (f"{root}/{CONTENT}/{file}", line)
    ]


@pytest.mark.long
def test_examples_under_the_wrong_intent_are_found_after_training(tmp_path):
    """The whole way: someone swaps two blocks of examples, and `wegwijs flows run` trains, fails and names the examples."""
    for name in (*TREE, "bot", "actions", "tests/flows", "requirements.lock", "knowledge"):
        copy_of = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        if not (tmp_path / name).exists() or name == "knowledge":
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            copy_of(ROOT / name, tmp_path / name, **({"dirs_exist_ok": True} if copy_of is shutil.copytree else {}))
    for file in (tmp_path / "data/nlu").rglob("*.yml"):
        text = file.read_text(encoding="utf-8")
        swapped = text.replace("- intent: crisis\n", "- intent: %\n").replace(
            "- intent: bedankt\n", "- intent: crisis\n"
        )
        file.write_text(swapped.replace("- intent: %\n", "- intent: bedankt\n"), encoding="utf-8")
    settings = {**os.environ, "PYTHONPATH": str(tmp_path), "WEGWIJS_CACHE_DIR": str(ROOT / ".cache")}
    command = [sys.executable, "-m", "bot.cli", "flows", "run", "tests/flows/crisis.yml"]
    done = subprocess.run(command, cwd=tmp_path, env=settings, capture_output=True, text=True, timeout=1800)
    assert done.returncode == 1, done.stdout + done.stderr
    lines = (tmp_path / "data/nlu/gesprek.yml").read_text(encoding="utf-8").splitlines()
    assert f"data/nlu/gesprek.yml:{lines.index('- intent: bedankt') + 1} (voorbeelden van bedankt)" in done.stdout
