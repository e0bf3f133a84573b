"""Compares designs of understanding on the same examples and the same questions, in one run.

Prints the table of docs/nlu.md and writes results/designs.json. Takes some 15 minutes on two cores: run it by hand, with
    .venv/bin/python scripts/compare_designs.py
The designs differ in what gives a label its score; entities, choice of the card and wording are the bot's own.
"""

from __future__ import annotations

from bot import environment

environment.prepare()

import asyncio  # noqa: E402
import functools  # noqa: E402
import io  # noqa: E402
import json  # noqa: E402
import time  # noqa: E402
from collections.abc import Callable, Mapping, Sequence  # noqa: E402
from dataclasses import dataclass  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Any  # noqa: E402

import joblib  # noqa: E402
import numpy as np  # noqa: E402
import scipy.sparse as sp  # noqa: E402
import spacy  # noqa: E402
from rasa.shared.nlu.constants import TEXT  # noqa: E402
from rasa.shared.nlu.training_data.loading import load_data  # noqa: E402
from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: E402
from sklearn.metrics import f1_score, roc_auc_score  # noqa: E402
from sklearn.preprocessing import StandardScaler, normalize  # noqa: E402
from sklearn.svm import LinearSVC  # noqa: E402

from bot import evaluate, measures, spacy_nl, topic_model, train  # noqa: E402
from bot.embedding import embed, embed_known  # noqa: E402
from bot.evaluate import ANSWER_SETS, OUT_OF_SCOPE, Item  # noqa: E402
from bot.progress import say  # noqa: E402
from bot.text import normalise  # noqa: E402
from bot.topic_classifier import SHOWN_TOPICS, card_texts  # noqa: E402
from bot.topic_model import TopicModel, Weights  # noqa: E402
from bot.turns import Bot  # noqa: E402
from knowledge import answers, content, store  # noqa: E402

DATA = Path("data/nlu")
SECOND_VOICE = DATA / "stemmen"
RESULT = Path("results/designs.json")
NOTHING = Weights(0, 0, 0, 0, 0)


class SvcModel:
    """Standardised embedding and character n-grams into a linear SVC: the best of the study before this one."""

    def __init__(self, texts: Sequence[str], labels: Sequence[str]) -> None:
        texts = [normalise(text) for text in texts]
        self.labels = sorted(set(labels))
        self.vectoriser = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(2, 5), min_df=2, sublinear_tf=True, max_features=60000, dtype=np.float32
        )
        lexical = self.vectoriser.fit_transform(texts)
        raw = embed_known(texts)
        self.scaler = StandardScaler().fit(raw)
        dense = sp.csr_matrix(normalize(self.scaler.transform(raw)))
        self.svc = LinearSVC(tol=1e-2).fit(sp.hstack([dense, lexical]).tocsr(), list(labels))

    def scores(self, text: str) -> np.ndarray:
        """The margin of every label."""
        view = normalise(text)
        dense = normalize(self.scaler.transform(embed(view)[None, :]))
        features = sp.hstack([sp.csr_matrix(dense), self.vectoriser.transform([view])])
        return self.svc.decision_function(features)[0]  # type: ignore[no-any-return]

    def dump(self) -> dict[str, Any]:
        """What would have to be saved."""
        return vars(self)


@dataclass(frozen=True)
class Design:
    """A name, how it is fitted, and how much each view counts."""

    name: str
    voices: bool
    weights: Weights = Weights()
    fit: Callable[..., Any] = TopicModel.fit


DESIGNS = (
    Design("nearest examples only", True, Weights(1, 0, 0, 0, 0)),
    Design("words of each label only", True, Weights(0, 1, 0, 0, 0)),
    Design("pieces of words of each label only", True, Weights(0, 0, 1, 0, 0)),
    Design("meaning of the card only", True, Weights(0, 0, 0, 1, 0)),
    Design("all together, without the later voices", False),
    Design("all together (in use)", True),
    Design("the four together, without the kind of message", True, Weights(kind=0)),
    Design("linear SVC on embedding + n-grams", True, NOTHING, lambda texts, labels, _: SvcModel(texts, labels)),
)


def examples(voices: bool) -> tuple[list[str], list[str]]:
    """Texts and full intents of the training data, with or without the second voice."""
    files = [file for file in DATA.rglob("*.yml") if voices or SECOND_VOICE not in file.parents]
    found = [message for file in files for message in load_data(str(file)).intent_examples if message.get(TEXT)]
    return [message.get(TEXT) for message in found], [message.get_full_intent() for message in found]


def fitted(designs: Sequence[Design]) -> dict[tuple[bool, Any], tuple[Any, float]]:
    """Each different model once, with the seconds it took; embeddings come from the cache."""
    models: dict[tuple[bool, Any], tuple[Any, float]] = {}
    cards = card_texts()
    for design in designs:
        key = (design.voices, design.fit)
        if key not in models:
            texts, labels = examples(design.voices)
            embed_known([normalise(text) for text in texts])
            say(f"{design.name}: {len(texts)} examples …")
            started = time.process_time()
            model = design.fit(texts, labels, cards)
            models[key] = model, time.process_time() - started
    return models


@dataclass(frozen=True)
class Asked:
    """The messages that every design gets, and what the bot's entity extractor found in the questions."""

    questions: list[Item]
    entities: dict[str, list[Mapping[str, Any]]]
    acts: list[Item]
    outside: list[Item]


def read(bot: Bot) -> Asked:
    """The answer sets with their entities, the acts, and the messages outside the field; only what is no example."""
    seen = evaluate.training_texts()

    def unseen(*names: str) -> list[Item]:
        return [
            item for name in names for item in evaluate.read_set(name) if evaluate.plain(item["message"]) not in seen
        ]

    questions = unseen(*ANSWER_SETS)
    parsed = {item["message"]: asyncio.run(bot.agent.parse_message(item["message"])) for item in questions}
    entities = {message: result["entities"] for message, result in parsed.items()}
    return Asked(questions, entities, unseen("acts"), unseen("out_of_scope"))


def scores_of(model: Any, asked: Asked) -> tuple[dict[str, np.ndarray], float]:
    """The scores of every message, and the median milliseconds per question with the embedding known."""
    found, times = {}, []
    for item in (*asked.questions, *asked.acts, *asked.outside):
        for view in topic_model.views_of(item["message"]):
            embed(view)
        started = time.process_time()
        found[item["message"]] = model.scores(item["message"])
        times.append(1000 * (time.process_time() - started))
    return found, float(np.median(times))


def figures(
    labels: Sequence[str], scores: Mapping[str, np.ndarray], scale: float, asked: Asked, half: int
) -> dict[str, float]:
    """What a design reaches on one half."""
    knowledge = store.current()
    questions = [item for item in asked.questions if item["half"] == half]
    acts = [item for item in asked.acts if item["half"] == half]
    outside = [item for item in asked.outside if item["half"] == half]
    first, chosen = 0, 0
    for item in questions:
        cards = ranked(labels, scores[item["message"]] * scale)
        first += evaluate.holds(item, answers.answer_text(knowledge, knowledge.topics[cards[0]["id"]]))
        wanted = answers.wanted_from(knowledge, asked.entities[item["message"]])
        shown = answers.choose(knowledge, cards, wanted).shown
        chosen += evaluate.holds(item, "\n".join(answers.answer_text(knowledge, topic) for topic in shown))
    meant = [item["intent"] for item in acts]
    heard = [measures.folded(labels[int(np.argmax(scores[item["message"]]))].partition("/")[0]) for item in acts]
    margins = [margin(labels, scores[item["message"]]) for item in (*questions, *outside)]
    return {
        "first_card": first / len(questions),
        "reply": chosen / len(questions),
        "macro_f1": float(f1_score(meant, heard, labels=sorted(set(meant)), average="macro", zero_division=0)),
        "auroc": float(roc_auc_score([1] * len(questions) + [0] * len(outside), margins)),
    }


def ranked(labels: Sequence[str], scores: np.ndarray) -> list[dict[str, Any]]:
    """The likeliest cards, best first, as the classifier hands them on."""
    cards = [(float(score), label.partition("/")[2]) for score, label in zip(scores, labels) if "/" in label]
    return [{"id": name, "score": score} for score, name in sorted(cards, reverse=True)[:SHOWN_TOPICS]]


def margin(labels: Sequence[str], scores: np.ndarray) -> float:
    """How far the best meaning inside the field leads "out of scope"."""
    outside = labels.index(OUT_OF_SCOPE)
    return float(np.delete(scores, outside).max() - scores[outside])


def spread(scores: Mapping[str, np.ndarray]) -> float:
    """How widely a design's scores lie apart: the choice of the card has thresholds on that scale."""
    return float(np.mean([np.std(values) for values in scores.values()]))


def megabytes(model: Any) -> float:
    """The size of what would be saved."""
    buffer = io.BytesIO()
    joblib.dump(model.dump(), buffer, compress=3)
    return buffer.tell() / 1e6


def run(bot: Bot) -> list[dict[str, Any]]:
    """Every design with its figures on both halves and its costs."""
    asked = read(bot)
    models = fitted(DESIGNS)
    TopicModel.is_foreign = lambda self, view: False  # type: ignore  # all are Dutch: no design may leave its own view
    found = []
    for design in DESIGNS:
        model, seconds = models[(design.voices, design.fit)]
        topic_model.WEIGHTS = design.weights
        scores, milliseconds = scores_of(model, asked)
        found.append((design, model, scores, seconds, milliseconds))
        say(f"{design.name}: scored")
    in_use = next(spread(scores) for design, _, scores, _, _ in found if design.name.endswith("(in use)"))
    return [
        {
            "design": design.name,
            "development": figures(model.labels, scores, in_use / spread(scores), asked, evaluate.DEVELOPMENT),
            "held_out": figures(model.labels, scores, in_use / spread(scores), asked, evaluate.HELD_OUT),
            "fit_seconds": seconds,
            "milliseconds": milliseconds,
            "megabytes": megabytes(model),
        }
        for design, model, scores, seconds, milliseconds in found
    ]


def lemma_sources() -> dict[str, Callable[[str], Any]]:
    """The ways to get lemmas that this machine has."""
    blank, named = spacy.blank("nl"), spacy_nl.pipeline
    sources = {"none": lambda _: blank, "lookup tables (the fallback)": lambda _: spacy.load(spacy_nl.FALLBACK_FOLDER)}
    return {**sources, "nl_core_news_sm": named} if spacy.util.is_package("nl_core_news_sm") else sources


def lemmas(bot: Bot) -> str:
    """Entity F1 with each source of lemmas, as a table."""
    seen = evaluate.training_texts()
    items = [item for item in evaluate.read_set("entities") if evaluate.plain(item["message"]) not in seen]
    lines = ["| lemmas | entity F1, development half | held-out half |", "|---|---|---|"]
    for name, source in lemma_sources().items():
        spacy_nl.pipeline = functools.cache(source)  # type: ignore[assignment]
        heard = [{**item, "heard": asyncio.run(evaluate.hear(bot, item["message"]))} for item in items]
        halves = [measures.entities([item for item in heard if item["half"] == half])["f1"] for half in (0, 1)]
        lines.append(f"| {name} | {halves[0]:.3f} | {halves[1]:.3f} |")
    return "\n".join(lines)


def markdown(rows: Sequence[Mapping[str, Any]]) -> str:
    """The table of docs/nlu.md; each figure as development half / held-out half."""
    lines = [
        "| design | first card right | reply right | acts, macro F1 | AUROC | fit, s | ms | MB |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        halves = [
            f"{row['development'][key]:.3f} / {row['held_out'][key]:.3f}"
            for key in ("first_card", "reply", "macro_f1", "auroc")
        ]
        costs = [f"{row['fit_seconds']:.0f}", f"{row['milliseconds']:.0f}", f"{row['megabytes']:.0f}"]
        lines.append("| " + " | ".join([row["design"], *halves, *costs]) + " |")
    return "\n".join(lines)


if __name__ == "__main__":
    environment.quiet_logs()
    store.build(content.load())
    loaded = Bot.load(train.ensure_model(), "sqlite:///:memory:")
    print(lemmas(loaded), end="\n\n", flush=True)
    results = run(loaded)
    print(markdown(results))
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    RESULT.write_text(json.dumps(results, indent=1), encoding="utf-8")
