"""The bars: what the bot reaches on the held-out half of the question sets, less a margin of 2 points.

`make evaluate` measures and shows the same. A bar that is passed by more than 4 points may be raised; none may be lowered.
Unknown was, once, when the ranking changed for 3 more right answers in 100 (docs/nlu.md says so).
"""

import pytest

from bot import evaluate, measures, report_text
from bot.evaluate import HELD_OUT, Outcome


@pytest.fixture(scope="module")
def outcome(bot, loop) -> Outcome:
    """What the bot made of the held-out half."""
    return loop.run_until_complete(evaluate.run(bot, HELD_OUT))


@pytest.fixture(scope="module")
def figures(outcome):
    return measures.summarise_half(outcome, HELD_OUT)


AT_LEAST = {
    ("answers", "share"): 0.95,
    ("unknown", "share"): 0.74,
    ("intents", "macro_f1"): 0.92,
    ("intents", "questions_taken_for_questions"): 0.96,
    ("entities", "f1"): 0.92,
    ("out_of_scope", "auroc"): 0.98,
    ("languages", "share"): 0.72,
}
AT_MOST = {
    ("out_of_scope", "false_answers"): 0.03,
    ("words", "median"): 90,
}


@pytest.mark.parametrize("path", AT_LEAST, ids=lambda path: " ".join(path))
def test_reached(figures, path):
    assert report_text.figure(figures, path) >= AT_LEAST[path]


@pytest.mark.parametrize("path", AT_MOST, ids=lambda path: " ".join(path))
def test_not_exceeded(figures, path):
    assert report_text.figure(figures, path) <= AT_MOST[path]


@pytest.mark.parametrize("name", evaluate.ANSWER_SETS)
def test_no_document_is_left_behind(figures, name):
    assert figures["answers"]["per_document"][name]["share"] >= 0.82


@pytest.mark.parametrize("register", ["gebroken", "haastig", "neutraal", "verhaal", "vlaams"])
def test_no_way_of_asking_is_left_behind(figures, register):
    assert figures["answers"]["per_register"][register]["share"] >= 0.87


def test_every_sample_question_is_answered(outcome):
    if not outcome.sample:
        pytest.skip("the sample is not on this machine")
    assert [item["message"] for item in outcome.sample if not item["right"]] == []


def test_a_figure_never_stands_alone_where_the_documents_leave_a_question_open(outcome):
    """A card beside it may hold one: then it is said that the answer itself isn't known."""
    for item in outcome.sets["unknown"]:
        text = item["reply"]["text"]
        assert "€" not in text or evaluate.holds({"must": item["must"]}, text), item["message"]
