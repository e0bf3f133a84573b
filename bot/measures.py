"""The figures of an evaluation, computed from what the bot heard and said. No drawing, no bot: numbers in, numbers out.

All shares and scores lie between 0 and 1, times are in milliseconds, lengths in words.
"""

from __future__ import annotations

import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from sklearn.metrics import accuracy_score, confusion_matrix, f1_score, roc_auc_score

from bot.evaluate import ANSWER_SETS, DEVELOPMENT, HELD_OUT, QUESTION_FAMILY, SAID_SETS, Item, Outcome

ENTITIES = ("occupation", "route", "sector", "age", "place", "situation", "diploma")
QUESTION_SETS = (*ANSWER_SETS, "unknown")
QUESTION = "vraag"  # one name for all families of questions
OTHERS = "andere"
MIN_OF_GROUP = 15  # a smaller group of people is counted under OTHERS
WORD = re.compile(r"\w+")
PERSONA_DETAIL = re.compile(r"\s+NL\b.*$|,.*$")  # "omscholer NL, 48" -> "omscholer"
HALVES = {"development": DEVELOPMENT, "held_out": HELD_OUT, "all": None}
# Name, where it stands in the summary of a half, the bar, and whether more is better.
BARS: tuple[tuple[str, tuple[str, ...], float, bool], ...] = (
    ("juiste antwoorden", ("answers", "share"), 0.95, True),
    ("intents, macro F1", ("intents", "macro_f1"), 0.92, True),
    ("entiteiten, F1", ("entities", "f1"), 0.90, True),
    ("binnen of buiten het domein, AUROC", ("out_of_scope", "auroc"), 0.97, True),
    ("valse antwoorden op vragen buiten het domein", ("out_of_scope", "false_answers"), 0.03, False),
    ("lengte van een antwoord, mediaan in woorden", ("words", "median"), 90, False),
    ("begrijpen, mediaan in milliseconden", ("latency", "understanding", "median"), 40, False),
)


def summarise(outcome: Outcome) -> dict[str, Any]:
    """Every figure for the development half, the held-out half and both, and the sample when it was there."""
    summary: dict[str, Any] = {name: summarise_half(outcome, half) for name, half in HALVES.items()}
    summary["bars"] = [_bar(summary["held_out"], *bar) for bar in BARS]
    if outcome.sample:
        summary["sample"] = {"right": sum(item["right"] for item in outcome.sample), "count": len(outcome.sample)}
    return summary


def summarise_half(outcome: Outcome, half: int | None) -> dict[str, Any]:
    """Every figure for one half (0 or 1), or for both (None)."""
    answers = outcome.items(ANSWER_SETS, half)
    return {
        "intents": intents(outcome.items(["acts"], half), outcome.items(QUESTION_SETS, half)),
        "entities": entities(outcome.items(["entities"], half)),
        "answers": {
            "share": share_right(answers),
            "count": len(answers),
            "per_document": shares(answers, [item["set"] for item in answers]),
            "per_register": shares(answers, [register(item) for item in answers]),
            "per_persona": shares(answers, personas(answers, outcome.items(ANSWER_SETS))),
        },
        "unknown": honesty(outcome.items(["unknown"], half)),
        "out_of_scope": scope(outcome.items(["out_of_scope"], half), outcome.items(QUESTION_SETS, half)),
        "languages": languages(outcome.items(["languages"], half)),
        "words": spread([len(WORD.findall(item["reply"]["text"])) for item in answers]),
        "latency": {
            "understanding": spread([1000 * item["heard"]["seconds"] for item in outcome.items(SAID_SETS, half)]),
            "computing": spread([1000 * item["heard"]["computing"] for item in outcome.items(SAID_SETS, half)]),
            "turn": spread([1000 * item["reply"]["seconds"] for item in outcome.items(SAID_SETS, half)]),
        },
    }


def _bar(figures: dict[str, Any], name: str, path: Sequence[str], goal: float, more: bool) -> dict[str, Any]:
    value: Any = figures
    for key in path:
        value = value[key]
    return {"name": name, "goal": goal, "more_is_better": more, "value": value,
            "met": value >= goal if more else value <= goal}  # fmt: skip


def folded(intent: str) -> str:
    """The intent, with all families of questions as one: which card answers is measured by the answers."""
    return QUESTION if intent.startswith(QUESTION_FAMILY) else intent


def intents(acts: Sequence[Item], questions: Sequence[Item]) -> dict[str, Any]:
    """Macro F1 over the acts of a conversation, and whether a question is taken for a question and an act for an act."""
    wanted = [item["intent"] for item in acts]
    heard = [folded(item["heard"]["intent"]) for item in acts]
    asked = [folded(item["heard"]["intent"]) for item in questions]
    labels = sorted(set(wanted))
    return {
        "macro_f1": _f1(wanted, heard, labels),
        "macro_f1_with_questions": _f1(wanted + [QUESTION] * len(asked), heard + asked, [*labels, QUESTION]),
        "accuracy": float(accuracy_score(wanted, heard)),
        "questions_taken_for_questions": asked.count(QUESTION) / len(asked),
        "acts_taken_for_questions": heard.count(QUESTION) / len(heard),
        "count": len(acts),
    }


def _f1(wanted: Sequence[str], heard: Sequence[str], labels: Sequence[str]) -> float:
    return float(f1_score(wanted, heard, labels=labels, average="macro", zero_division=0))


def confusions(acts: Sequence[Item], questions: Sequence[Item]) -> tuple[list[str], list[str], np.ndarray]:
    """What was meant (rows), what was heard (columns), and the share of each row in each column."""
    wanted = [item["intent"] for item in acts] + [QUESTION] * len(questions)
    heard = [folded(item["heard"]["intent"]) for item in (*acts, *questions)]
    rows = sorted(set(wanted))
    columns = [*rows, *sorted(set(heard) - set(rows))]
    counts = confusion_matrix(wanted, heard, labels=columns)[: len(rows)]
    return rows, columns, counts / counts.sum(axis=1, keepdims=True)


def entities(items: Sequence[Item]) -> dict[str, Any]:
    """Precision, recall and F1 of (entity, value) per message; a denied entity (role "niet") doesn't count."""
    right: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    invented: Counter[str] = Counter()
    for item in items:
        wanted, found = _values(item["entities"]), _values(item["heard"]["entities"])
        for entity, _ in (wanted & found).elements():
            right[entity] += 1
        for entity, _ in (wanted - found).elements():
            missed[entity] += 1
        for entity, _ in (found - wanted).elements():
            invented[entity] += 1
    each = {name: _precision_recall(right[name], missed[name], invented[name]) for name in ENTITIES}
    return {
        **_precision_recall(right.total(), missed.total(), invented.total()),
        "per_entity": each,
        "count": len(items),
    }


def _values(found: Iterable[Item]) -> Counter[tuple[str, str]]:
    return Counter(
        (entity["entity"], str(entity["value"]).lower())
        for entity in found
        if entity["entity"] in ENTITIES and entity.get("role") != "niet"
    )


def _precision_recall(right: int, missed: int, invented: int) -> dict[str, float]:
    return {
        "precision": right / max(1, right + invented),
        "recall": right / max(1, right + missed),
        "f1": 2 * right / max(1, 2 * right + missed + invented),
        "wanted": right + missed,
    }


def share_right(items: Sequence[Item]) -> float:
    """The share of items with a right reply."""
    return sum(item["right"] for item in items) / len(items)


def shares(items: Sequence[Item], groups: Sequence[str]) -> dict[str, dict[str, float]]:
    """The share that is right and the number of questions, per group."""
    gathered: dict[str, list[bool]] = defaultdict(list)
    for item, group in zip(items, groups):
        gathered[group].append(item["right"])
    return {
        name: {"share": sum(rights) / len(rights), "count": len(rights)} for name, rights in sorted(gathered.items())
    }


def register(item: Item) -> str:
    """How a question is worded; the sets spell one register in two ways."""
    return "neutraal" if item["register"] == "neutral" else str(item["register"])


def personas(items: Sequence[Item], everyone: Sequence[Item]) -> list[str]:
    """Who asks each item, without country and age; who is seldom seen among everyone is OTHERS."""
    counts = Counter(_persona(item) for item in everyone)
    return [_persona(item) if counts[_persona(item)] >= MIN_OF_GROUP else OTHERS for item in items]


def _persona(item: Item) -> str:
    return PERSONA_DETAIL.sub("", item["persona"])


def honesty(items: Sequence[Item]) -> dict[str, Any]:
    """Questions that the documents don't answer: the share where the reply says so, and names no figure."""
    return {
        "share": share_right(items),
        "typed_unknown": sum(item["reply"]["type"] == "unknown" for item in items) / len(items),
        "count": len(items),
    }


def scope(outside: Sequence[Item], inside: Sequence[Item]) -> dict[str, Any]:
    """How well the margin parts questions inside the field from messages outside it, and what the latter are answered."""
    kinds = Counter(item["reply"]["type"] for item in outside)
    each: dict[str, list[bool]] = defaultdict(list)
    for item in outside:
        # A card was shown for an answer; "hallo!" to gibberish is none.
        each[item["kind"]].append(item["reply"]["type"] == "answer" and bool(item["reply"]["records"]))
    return {
        "auroc": float(
            roc_auc_score(
                [1] * len(inside) + [0] * len(outside), [item["heard"]["margin"] for item in (*inside, *outside)]
            )
        ),
        "false_answers": sum(map(sum, each.values())) / len(outside),
        "false_answers_per_kind": {
            name: {"share": sum(wrong) / len(wrong), "count": len(wrong)} for name, wrong in sorted(each.items())
        },
        "replies": {name: count / len(outside) for name, count in kinds.most_common()},
        "count": len(outside),
    }


def languages(items: Sequence[Item]) -> dict[str, Any]:
    """Questions in another language: the share that is right, and the share with a line in that language."""
    lines = [bool(re.search(item["own_language"], item["reply"]["text"])) for item in items]
    return {
        "share": share_right(items),
        "own_language": sum(lines) / len(lines),
        "count": len(items),
        "per_language": shares(items, [item["language"] for item in items]),
    }


def spread(values: Sequence[float]) -> dict[str, float]:
    """Median and 95th percentile."""
    return {"median": float(statistics.median(values)), "p95": float(np.percentile(values, 95))}
