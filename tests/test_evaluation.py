"""The evaluation itself: what it counts as right, and what it shows and doesn't show."""

import json
import re

import pytest

from bot import evaluate, measures, report, report_text
from bot.evaluate import HELD_OUT, Outcome

MODEL = {"name": "m.tar.gz", "megabytes": 69.0, "training_seconds": 41.0}


def entity(name, value, **more):
    return {"entity": name, "value": value, **more}


def heard(intent="vraag_cvo", margin=0.5, entities=()):
    return {"intent": intent, "entities": list(entities), "margin": margin, "seconds": 0.03, "computing": 0.03}


def replied(text="1480 lestijden", kind="answer"):
    return {"text": text, "type": kind, "records": [], "seconds": 0.06}


@pytest.fixture
def outcome():
    """Two items per set, one per half; the held-out answer is wrong and has a text that may not be shown."""
    sets = {}
    for name in evaluate.SAID_SETS:
        sets[name] = [
            {
                "set": name,
                "half": half,
                "message": f"vraag {half} {name}",
                "persona": "ouder",
                "register": "neutral",
                "kind": "winkelen",
                "language": "Turks",
                "own_language": "Hollandaca",
                "gold": "1480",
                "right": half == evaluate.DEVELOPMENT,
                "heard": heard(margin=-0.5 if name == "out_of_scope" else 0.5),
                "reply": replied() if half == evaluate.DEVELOPMENT else replied("GEHEIM"),
            }
            for half in (0, 1)
        ]
    sets["acts"] = [
        {"set": "acts", "half": half, "message": "hoi", "intent": "groet", "heard": heard("groet")} for half in (0, 1)
    ]
    sets["entities"] = [
        {"set": "entities", "half": half, "message": "x", "entities": [entity("age", 34)],
         "heard": heard(entities=[entity("age", 34)])} for half in (0, 1)
    ]  # fmt: skip
    return Outcome(sets)


def test_every_decisive_fact_must_be_there_and_nothing_forbidden():
    item = {"must": ["1480", "2,5\\s*jaar"], "must_not": ["€"]}
    assert evaluate.holds(item, "1480 lestijden,\n2,5 jaar")
    assert not evaluate.holds(item, "1480 lestijden")
    assert not evaluate.holds(item, "1480 lestijden, 2,5 jaar, € 20")


def test_a_denied_entity_and_one_outside_the_list_do_not_count():
    found = [entity("route", "duaal", role="niet"), entity("age", 34), entity("day_part", "avond")]
    result = measures.entities([{"entities": [entity("age", 34)], "heard": heard(entities=found)}])
    assert result["f1"] == result["precision"] == result["recall"] == 1.0


def test_a_missed_and_an_invented_entity_both_cost():
    wanted = [entity("age", 34), entity("route", "cvo")]
    result = measures.entities([{"entities": wanted, "heard": heard(entities=[entity("age", 43)])}])
    assert (result["precision"], result["recall"], result["f1"]) == (0, 0, 0)
    result = measures.entities([{"entities": wanted, "heard": heard(entities=[entity("age", "34")])}])
    assert (result["precision"], result["recall"]) == (1.0, 0.5)


def test_the_half_of_a_question_never_changes():
    assert [evaluate.half_of(text) for text in ("hallo", "hoelang duurt zorgkundige?", "wat is EVC?")] == [0, 0, 1]


def test_the_question_sets_are_large_varied_and_whole():
    items = [item for name in evaluate.ANSWER_SETS for item in evaluate.read_set(name)]
    assert len(items) >= 600
    assert len({item["message"] for item in items}) == len(items)
    assert {measures.register(item) for item in items} == {"neutraal", "vlaams", "haastig", "gebroken", "verhaal"}
    for item in (*items, *evaluate.read_set("unknown"), *evaluate.read_set("languages")):
        assert item["must"] and all(re.compile(pattern) for pattern in (*item["must"], *item["must_not"]))
    languages = [item["language"] for item in evaluate.read_set("languages")]
    assert {languages.count(name) for name in set(languages)} == {20} and len(set(languages)) == 5


def test_hardly_a_question_is_also_a_training_example():
    seen = evaluate.training_texts()
    assert len(seen) > 10_000
    for name in (*evaluate.ANSWER_SETS, "unknown", "languages"):
        items = evaluate.read_set(name)
        assert sum(evaluate.plain(item["message"]) in seen for item in items) <= 0.02 * len(items)


def test_what_makes_no_difference_to_a_reader_makes_none_to_what_was_seen():
    assert evaluate.plain("Hoelang duurt da?") == evaluate.plain("hoe lang duurt dat")
    assert evaluate.plain("😂") == "😂"


def test_the_report_is_whole_and_keeps_the_held_out_half_unseen(outcome, tmp_path):
    summary = report.complete(outcome, MODEL)
    data, page = report.write(summary, outcome, tmp_path)
    assert summary["development"]["answers"]["share"] == 1.0 and summary["held_out"]["answers"]["share"] == 0.0
    assert json.loads(data.read_text())["all"]["answers"]["count"] == 2 * len(evaluate.ANSWER_SETS)
    text = page.read_text()
    assert text.count("<img alt=") == text.count('src="data:image/svg+xml;base64,') == 7
    assert "GEHEIM" not in text and "GEHEIM" not in data.read_text()
    kept = (tmp_path / "outcome.json").read_text(encoding="utf-8")
    assert "GEHEIM" not in kept
    again = measures.summarise_half(Outcome(**json.loads(kept)), HELD_OUT)
    assert again == measures.summarise_half(outcome, HELD_OUT)
    assert not re.search(r"(?:src|href)=\"(?!data:)", text)
    assert "100,0 %" in report_text.table(summary) and "m.tar.gz, 69 MB" in report_text.table(summary)


def test_the_training_time_is_kept_for_the_same_model(outcome, tmp_path):
    model = tmp_path / "m.tar.gz"
    model.write_bytes(b"x")
    report.write(report.complete(outcome, MODEL), outcome, tmp_path)
    assert report.model_facts(model, None, tmp_path)["training_seconds"] == 41.0
    other = tmp_path / "n.tar.gz"
    other.write_bytes(b"x")
    assert report.model_facts(other, None, tmp_path)["training_seconds"] is None
    assert report.model_facts(other, 12.0, tmp_path)["training_seconds"] == 12.0
