"""Keeps an evaluation: a JSON file, one HTML page with pictures, and what the staff page draws from.

Wrong replies are listed for the development half only. The held-out half stays unseen, so that it keeps its worth.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot import measures, report_page
from bot.evaluate import DEVELOPMENT, Item, Outcome
from bot.measures import QUESTION_SETS

FOLDER = Path("results")


def model_facts(path: Path, seconds: float | None, folder: Path = FOLDER) -> dict[str, Any]:
    """Name, size, and training time when it was trained just now or before an earlier evaluation of the same model."""
    earlier = folder / "evaluation.json"
    if seconds is None and earlier.exists():
        model = json.loads(earlier.read_text(encoding="utf-8"))["model"]
        seconds = model["training_seconds"] if model["name"] == path.name else None
    return {"name": path.name, "megabytes": path.stat().st_size / 1e6, "training_seconds": seconds}


def complete(outcome: Outcome, model: Mapping[str, Any]) -> dict[str, Any]:
    """Every figure of an evaluation, with what was measured, when, and on how busy a machine."""
    return {
        **measures.summarise(outcome),
        "model": dict(model),
        "left_out": outcome.left_out,
        "measured": dt.date.today().isoformat(),
        "machine": {"cores": os.cpu_count(), "load": os.getloadavg()[0]},
    }


def write(summary: Mapping[str, Any], outcome: Outcome, folder: Path = FOLDER) -> tuple[Path, Path]:
    """Write evaluation.json and evaluation.html; returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    data, page = folder / "evaluation.json", folder / "evaluation.html"
    found = wrong(outcome)
    data.write_text(json.dumps({**summary, "wrong": found}, ensure_ascii=False, indent=1), encoding="utf-8")
    page.write_text(report_page.html_page(summary, outcome, found), encoding="utf-8")
    keep(outcome, folder)
    return data, page


def keep(outcome: Outcome, folder: Path = FOLDER) -> None:
    """Keep what was heard and said in outcome.json, for the pictures of the staff page; the held-out half without its words."""
    folder.mkdir(parents=True, exist_ok=True)
    sets = {
        name: [item if item["half"] == DEVELOPMENT else _without_words(item) for item in items]
        for name, items in outcome.sets.items()
    }
    kept = {"sets": sets, "left_out": outcome.left_out}
    (folder / "outcome.json").write_text(json.dumps(kept, ensure_ascii=False, default=float), encoding="utf-8")


def _without_words(item: Item) -> Item:
    """An item from which every figure can still be computed, and nothing can be read."""
    bare = {name: value for name, value in item.items() if name not in ("message", "must", "must_not", "gold")}
    if "reply" in item:
        text = item["reply"]["text"]
        bare["reply"] = {**item["reply"], "text": " ".join("x" for _ in measures.WORD.findall(text))}
        if "own_language" in item:
            bare["own_language"] = "" if re.search(item["own_language"], text) else "(?!)"
    return bare


def wrong(outcome: Outcome) -> list[dict[str, str]]:
    """What went wrong in the development half."""
    found = [
        {"set": item["set"], "message": item["message"], "wanted": item["gold"], "reply": item["reply"]["text"]}
        for item in outcome.items((*QUESTION_SETS, "languages"), DEVELOPMENT)
        if not item["right"]
    ]
    found += [
        {"set": "acts", "message": item["message"], "wanted": item["intent"], "reply": item["heard"]["intent"]}
        for item in outcome.items(["acts"], DEVELOPMENT)
        if measures.folded(item["heard"]["intent"]) != item["intent"]
    ]
    found += [
        {"set": "out_of_scope", "message": item["message"], "wanted": "geen antwoord", "reply": item["reply"]["text"]}
        for item in outcome.items(["out_of_scope"], DEVELOPMENT)
        if item["reply"]["type"] == "answer"
    ]
    return found
