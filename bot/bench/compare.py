"""Stock Rasa and ours, put to the same work in turn."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import platform
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bot.bench import load, project
from bot.bench.systems import Ours, Stock, System
from knowledge import content, store

WARM_UP = 16  # messages to each system before anything is measured
TRAINED, ALONE = "trained.json", "alone.json"
STOCK_EPOCHS = 100  # in stock_config.yml


@dataclass(frozen=True)
class Plan:
    """How much is measured: users at once, messages of each round in all, rounds, and how stock Rasa is trained."""

    users: Sequence[int] = (1, 8, 32)
    messages: int = 256
    rounds: int = 3
    share: float = 1.0
    epochs: int = 100
    stock: bool = True
    processes: Sequence[int] = (1, 2)


def run(plan: Plan, folder: Path, again: bool, progress: Callable[[str], None]) -> dict[str, Any]:
    """Train each, start each alone, then measure all in turn; with `again` the first two come from this folder."""
    stock, ours = folder / "stock", folder / "ours"
    trained, alone = (_kept(folder, TRAINED), _kept(folder, ALONE)) if again else ({}, {})
    systems: list[System] = [Stock(stock)] if plan.stock else []
    systems += [Ours(ours, number) for number in plan.processes]
    for system in [*systems[: int(plan.stock)], systems[-1]]:
        key = "stock" if isinstance(system, Stock) else "ours"
        if key not in trained:
            progress(f"{key}: trainen …")
            examples = project.make(folder / key, plan.share, plan.epochs if key == "stock" else None)
            trained[key] = {**system.train(), "examples": examples, "share": plan.share, "epochs": plan.epochs}
            (folder / TRAINED).write_text(json.dumps(trained), encoding="utf-8")
            progress(f"{key}: getraind in {trained[key]['seconds']:.0f} seconden")
        store.build(content.load(), f"sqlite:///{folder / key}/knowledge.db")
    for system in systems:
        alone[system.name] = alone.get(system.name) or _alone(system, progress)
    (folder / ALONE).write_text(json.dumps(alone), encoding="utf-8")
    figures = {system.name: {**_training(system, trained), **alone[system.name]} for system in systems}
    rounds = _in_turn(systems, plan, progress)
    for name, found in figures.items():
        found["users"] = {str(users): summary(rounds[name, users]) for users in plan.users}
    return {"setting": setting(plan, trained), "systems": figures}


def _kept(folder: Path, name: str) -> dict[str, Any]:
    path = folder / name
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def _alone(system: System, progress: Callable[[str], None]) -> dict[str, Any]:
    """Start a system with nothing beside it: how long that takes, and its memory after some work."""
    with system.running() as seconds:
        load.play(system.urls, 8, WARM_UP, seed=0)
        memory = [kilobytes / 1024 for kilobytes in system.memory()]
    progress(f"{system.name}: gestart in {seconds:.0f} seconden, {sum(memory):.0f} MB")
    return {"start_seconds": seconds, "memory_mb": sum(memory), "memory_mb_each": memory}


def _training(system: System, trained: dict[str, Any]) -> dict[str, Any]:
    """What training took, and the size of the model."""
    found = trained["stock" if isinstance(system, Stock) else "ours"]
    return {
        "training_seconds": found["seconds"],
        # What Rasa's own number of epochs would take: those left out last as long as those done.
        "training_seconds_all_epochs": found["seconds"] + (STOCK_EPOCHS - found["epochs"]) * found["epoch_seconds"],
        "training_computing_seconds": found["computing_seconds"],
        "epoch_seconds": found["epoch_seconds"],
        "model_mb": system.model.stat().st_size / 1e6,
    }


def _in_turn(
    systems: Sequence[System], plan: Plan, progress: Callable[[str], None]
) -> dict[tuple[str, int], list[load.Round]]:
    """All run; only one at a time is asked anything, and every round asks each in turn: what disturbs one, disturbs all."""
    rounds: dict[tuple[str, int], list[load.Round]] = {}
    with contextlib.ExitStack() as stack:
        for system in systems:
            stack.enter_context(system.running())
            load.play(system.urls, 8, WARM_UP, seed=0)
        for number in range(plan.rounds):
            for users in plan.users:
                each = max(1, plan.messages // users) if users > 1 else max(1, plan.messages // 4)
                for system in systems[:: 1 if number % 2 else -1]:
                    computed = system.computing()
                    found = load.play(system.urls, users, each, seed=number + 1)
                    found.computing = system.computing() - computed
                    rounds.setdefault((system.name, users), []).append(found)
                    rate = len(found.milliseconds) / found.seconds
                    progress(f"ronde {number + 1}, {users} tegelijk, {system.name}: {rate:.1f} berichten per seconde")
    return rounds


def summary(rounds: Sequence[load.Round]) -> dict[str, Any]:
    """Latency in milliseconds and messages a second, over all rounds; the rate of each round shows how steady it was."""
    values = [value for found in rounds for value in found.milliseconds]
    return {
        "median_ms": float(statistics.median(values)),
        "p95_ms": float(np.percentile(values, 95)),
        "p99_ms": float(np.percentile(values, 99)),
        "per_second": len(values) / sum(found.seconds for found in rounds),
        "per_second_each_round": [len(found.milliseconds) / found.seconds for found in rounds],
        "computing_ms": 1000 * sum(found.computing for found in rounds) / len(values),
        "messages": len(values),
        "faults": [fault for found in rounds for fault in found.faults],
    }


def setting(plan: Plan, trained: dict[str, Any]) -> dict[str, Any]:
    """Where, when and with what was measured."""
    return {
        "date": dt.datetime.now().isoformat(timespec="minutes"),
        "cores": os.cpu_count(),
        "machine": platform.machine(),
        "load": os.getloadavg()[2],
        "share": trained["ours"]["share"],
        "examples": trained["ours"]["examples"],
        "epochs": trained["stock"]["epochs"] if "stock" in trained else None,
        "rounds": plan.rounds,
    }
