"""`wegwijs bench` runs end to end; what it measures is for the person who looks at it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.bench import project, report, systems
from tests.conftest import ROOT


def bench(folder: Path, *options: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "bot.cli", "bench", *options],
        cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=1800,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


@pytest.mark.long
def test_ours_is_trained_started_and_measured(tmp_path):
    said = bench(tmp_path, "--no-stock", "--share", "0.001", "--users", "1,2", "--messages", "16", "--rounds", "1",
                 "--processes", "1")  # fmt: skip
    assert "berichten/s" in said
    figures = json.loads((tmp_path / "results" / "bench.json").read_text())["systems"]["ours_1"]
    assert figures["users"]["2"]["messages"] == 16 and figures["users"]["2"]["faults"] == []
    assert figures["training_seconds"] > 0 and figures["memory_mb"] > 0 and figures["model_mb"] > 0


@pytest.mark.long
def test_growth_and_profile_are_measured_and_drawn(tmp_path):
    bench(tmp_path, "growth", "--scale", "0.02")
    curves = json.loads((tmp_path / "results" / "growth.json").read_text())
    assert set(curves) == {"turns", "records", "conversations"}
    assert "samen" in bench(tmp_path, "profile")
    assert all((tmp_path / "results" / f"{name}.svg").exists() for name in ("growth", "profile"))


def test_both_systems_get_the_same_share_of_every_intent(tmp_path):
    one, other = project.make(tmp_path / "one", 0.05), project.make(tmp_path / "other", 0.05, stock_epochs=1)
    assert one == other
    name = "data/nlu/vraag_premie.yml"
    assert (tmp_path / "one" / name).read_text() == (tmp_path / "other" / name).read_text()
    kept = (tmp_path / "one" / name).read_text()
    whole = (ROOT / name).read_text()
    assert kept.count("intent:") == whole.count("intent:") and len(kept) < len(whole) / 4


def test_the_time_of_an_epoch_is_read_from_the_progress_bars():
    bar = "Epochs: 100%|███| {} [{}<00:00, 24.37s/it, t_loss=3.9]"
    full = [*[bar.format("10/10", "04:20")] * 3, bar.format("10/10", "00:20")]
    log = "\r".join(["Epochs: 40%|█  | 4/10 [02:02<02:45, 27s/it]", *full])
    assert systems.epoch_seconds(log) == 28.0


@pytest.mark.parametrize(("p95", "met"), [(40.0, True), (60.0, False)])
def test_a_bar_is_met_or_not(p95, met):
    result = {"systems": {"stock": {"users": {"8": {"p95_ms": 100.0}}}, "ours_1": {"users": {"8": {"p95_ms": p95}}}}}
    assert [bar["met"] for bar in report.bars(result)] == [met]
