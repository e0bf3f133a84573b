"""Rasa's own tests: `rasa data validate` (with the named false warnings), `rasa test core` and `rasa test nlu`."""

import json
import os
import subprocess
import sys

from bot import data_check, train
from tests.conftest import ROOT

NLU_F1 = 0.80  # weighted, on the acts of conversation; what is reached stands in docs/nlu.md


def rasa(*words: str) -> subprocess.CompletedProcess[str]:
    settings = {**os.environ, "WEGWIJS_CACHE_DIR": str(ROOT / ".cache")}
    command = [sys.executable, "-m", "rasa", *words]
    return subprocess.run(command, cwd=ROOT, env=settings, capture_output=True, text=True, timeout=600)


def test_the_training_data_is_valid():
    assert data_check.problems(ROOT) == []


def test_stories_are_predicted(tmp_path):
    model = train.ensure_model()
    words = ("--model", str(model), "--stories", "tests/rasa/test_stories.yml", "--out", str(tmp_path))
    done = rasa("test", "core", *words, "--fail-on-prediction-errors", "--no-plot")
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]


def test_acts_of_conversation_are_understood(tmp_path):
    examples: dict[str, list[str]] = {}
    for line in (ROOT / "tests/questions/acts.jsonl").read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        if not item["message"].startswith("/"):
            examples.setdefault(item["intent"], []).append(item["message"].replace("[", "").replace("\n", " "))
    blocks = [
        f"- intent: {intent}\n  examples: |\n" + "\n".join(f"    - {text}" for text in texts)
        for intent, texts in examples.items()
    ]
    path = tmp_path / "nlu.yml"
    path.write_text('version: "3.1"\nnlu:\n' + "\n".join(blocks), encoding="utf-8")
    done = rasa(
        "test", "nlu", "--model", str(train.ensure_model()), "--nlu", str(path), "--out", str(tmp_path), "--no-plot"
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    report = json.loads((tmp_path / "intent_report.json").read_text())
    assert report["weighted avg"]["f1-score"] >= NLU_F1
