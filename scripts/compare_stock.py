"""How well Rasa's default pipeline understands beside ours, both trained by `wegwijs bench` on the same examples.

Prints the table of docs/nlu.md and writes results/stock.json. Run after `wegwijs bench`, by hand (two minutes):
    .venv/bin/python scripts/compare_stock.py
A question counts as right when the text of the first card holds every decisive fact; wording and second cards play no part.
"""

from __future__ import annotations

from bot import environment

environment.prepare()

import asyncio  # noqa: E402
import json  # noqa: E402
import time  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Any  # noqa: E402

import numpy as np  # noqa: E402
from rasa.core.agent import Agent  # noqa: E402
from sklearn.metrics import f1_score  # noqa: E402

from bot import evaluate, measures  # noqa: E402
from bot.evaluate import ANSWER_SETS, Item  # noqa: E402
from knowledge import answers, content, store  # noqa: E402

BENCH = Path("results/bench")
SYSTEMS = {"Rasa's default": "stock/models", "ours": "ours/models"}
RESULT = Path("results/stock.json")


def first_card(parsed: dict[str, Any]) -> str:
    """The card that a system ranks first: our topics, or Rasa's response selector under a family of questions."""
    if parsed.get("topics"):
        return str(parsed["topics"][0]["id"])
    selector = parsed.get("response_selector") or {}
    ranking = selector.get("default", {}).get("ranking") or [{}]
    return str(ranking[0].get("intent_response_key", "")).partition("/")[2]


async def read(agent: Agent, items: list[Item]) -> tuple[list[dict[str, Any]], float]:
    """What a system makes of each message, and the median milliseconds of computing."""
    parsed, times = [], []
    for item in items:
        started = time.process_time()
        parsed.append(await agent.parse_message(item["message"]))
        times.append(1000 * (time.process_time() - started))
    return parsed, float(np.median(times))


def figures(parsed: dict[str, dict[str, Any]], questions: list[Item], acts: list[Item], half: int) -> dict[str, float]:
    """What a system reaches on one half."""
    knowledge = store.current()
    right = []
    for item in questions:
        if item["half"] == half:
            topic = knowledge.topics.get(first_card(parsed[item["message"]]))
            right.append(topic is not None and evaluate.holds(item, answers.answer_text(knowledge, topic)))
    mine = [item for item in acts if item["half"] == half]
    meant = [item["intent"] for item in mine]
    heard = [measures.folded(parsed[item["message"]]["intent"]["name"] or "") for item in mine]
    score = f1_score(meant, heard, labels=sorted(set(meant)), average="macro", zero_division=0)
    return {"first_card": float(np.mean(right)), "macro_f1": float(score)}


async def main() -> None:
    """Both systems on the same messages, one after the other."""
    seen = evaluate.training_texts()

    def unseen(*names: str) -> list[Item]:
        items = [item for name in names for item in evaluate.read_set(name)]
        return [item for item in items if evaluate.plain(item["message"]) not in seen]

    questions, acts = unseen(*ANSWER_SETS), unseen("acts")
    rows = []
    for name, folder in SYSTEMS.items():
        model = next((BENCH / folder).glob("*.tar.gz"))
        parsed, milliseconds = await read(Agent.load(str(model)), [*questions, *acts])
        by_message = dict(zip([item["message"] for item in (*questions, *acts)], parsed))
        halves = [figures(by_message, questions, acts, half) for half in (evaluate.DEVELOPMENT, evaluate.HELD_OUT)]
        rows.append({"system": name, "development": halves[0], "held_out": halves[1], "milliseconds": milliseconds})
    print("| trained on the same examples | first card right | acts, macro F1 | computing, ms |\n|---|---|---|---|")
    for row in rows:
        cells = [f"{row['development'][key]:.3f} / {row['held_out'][key]:.3f}" for key in ("first_card", "macro_f1")]
        print(f"| {row['system']} | {cells[0]} | {cells[1]} | {row['milliseconds']:.0f} |")
    RESULT.write_text(json.dumps(rows, indent=1), encoding="utf-8")


if __name__ == "__main__":
    environment.quiet_logs()
    store.build(content.load())
    asyncio.run(main())
