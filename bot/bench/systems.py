"""The systems that are compared, each started as its user would: stock Rasa with its action server, and ours."""

from __future__ import annotations

import itertools
import os
import re
import resource
import signal
import socket
import subprocess
import sys
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx

# What our launcher sets for itself; stock Rasa runs as it does by default.
OURS_ONLY = ("OMP_NUM_THREADS", "OMP_WAIT_POLICY", "PYTHONPATH", "TF_ENABLE_ONEDNN_OPTS", "RASA_CACHE_DIRECTORY")
START_SECONDS = 900
TRAIN_SECONDS = 3 * 3600
STOP_SECONDS = 20


class Failed(RuntimeError):
    """A system did not train or start; the text ends with its last log lines."""


class System(ABC):
    """One system in a project folder of its own; `urls` are its webhooks while it runs."""

    name: str

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.urls: list[str] = []
        self._processes: list[subprocess.Popen[bytes]] = []

    @abstractmethod
    def train(self) -> dict[str, float]:
        """Train from nothing (empty caches). Gives seconds on the clock and of computing. Raises Failed."""

    @abstractmethod
    def _open(self) -> None:
        """Start the processes and set `urls`."""

    @property
    @abstractmethod
    def model(self) -> Path:
        """The trained model."""

    @contextmanager
    def running(self) -> Iterator[float]:
        """Between start and stop; gives the seconds from start until the first answer. Raises Failed."""
        started = time.perf_counter()
        try:
            self._open()
            for url in self.urls:
                self._wait(url)
            yield time.perf_counter() - started
        finally:
            self.stop()

    def stop(self) -> None:
        """End every process of ours, by its own id."""
        for process in self._processes:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        for process in self._processes:
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self._processes, self.urls = [], []

    def memory(self) -> list[int]:
        """Proportional memory of each process that we started, its children included, in kB."""
        return [sum(proportional(pid) for pid in family(process.pid)) for process in self._processes]

    def _run(self, command: Sequence[str], log: str, settings: Mapping[str, str]) -> subprocess.Popen[bytes]:
        base = {name: value for name, value in os.environ.items() if name not in OURS_ONLY}
        with (self.folder / log).open("ab") as out:
            process = subprocess.Popen(list(command), cwd=self.folder, env={**base, **settings}, stdout=out, stderr=out)
        self._processes.append(process)
        return process

    def computing(self) -> float:
        """Seconds of processor time that our processes and their children have used."""
        return sum(processor_time(pid) for process in self._processes for pid in family(process.pid))

    def _trained(self, command: Sequence[str], settings: Mapping[str, str]) -> dict[str, float]:
        started, computed = time.perf_counter(), _computed_by_children()
        process = self._run(command, "train.log", settings)
        try:
            code = process.wait(TRAIN_SECONDS)
        finally:
            self.stop()
        if code != 0 or not self.model.exists():
            raise Failed(f"{self.name} did not train:\n{self._tail('train.log')}")
        return {
            "seconds": time.perf_counter() - started,
            "computing_seconds": _computed_by_children() - computed,
            "epoch_seconds": epoch_seconds((self.folder / "train.log").read_text("utf-8", "replace")),
        }

    def _wait(self, url: str) -> None:
        """Until a message is answered: a port that is open is not a bot that is ready."""
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            try:
                reply = httpx.post(
                    f"{url}/webhooks/rest/webhook", json={"sender": "start", "message": "hallo"}, timeout=60
                )
                if reply.status_code == 200 and reply.json():
                    return
            except httpx.HTTPError:
                pass
            if any(process.poll() is not None for process in self._processes):
                break
            time.sleep(0.2)
        raise Failed(f"{self.name} did not start:\n{self._tail('serve.log')}")

    def _tail(self, log: str) -> str:
        path = self.folder / log
        return path.read_text("utf-8", "replace")[-2000:] if path.exists() else ""


class Stock(System):
    """`rasa run --enable-api` and `rasa run actions`, conversations in memory: all of it Rasa's default."""

    name = "stock"

    def train(self) -> dict[str, float]:
        return self._trained([*_rasa(), "train", "--fixed-model-name", "stock"], self._settings())

    @property
    def model(self) -> Path:
        return self.folder / "models" / "stock.tar.gz"

    def _open(self) -> None:
        bot, actions = free_port(), free_port()
        endpoints = f'action_endpoint:\n  url: "http://127.0.0.1:{actions}/webhook"\n'
        (self.folder / "endpoints.yml").write_text(endpoints, encoding="utf-8")
        self._run([*_rasa(), "run", "actions", "-p", str(actions)], "actions.log", self._settings())
        self._run(
            [*_rasa(), "run", "--enable-api", "-i", "127.0.0.1", "-p", str(bot), "-m", str(self.model)],
            "serve.log",
            self._settings(),
        )
        self.urls = [f"http://127.0.0.1:{bot}"]

    def _settings(self) -> dict[str, str]:
        return {
            "SANIC_HOST": "127.0.0.1",  # of the action server
            "WEGWIJS_DATABASE_URL": f"sqlite:///{self.folder}/knowledge.db",
        }


class Ours(System):
    """`wegwijs run`, as one process or more; conversations in one SQLite file."""

    def __init__(self, folder: Path, processes: int = 1) -> None:
        super().__init__(folder)
        self.name = f"ours_{processes}"
        self._count = processes

    def train(self) -> dict[str, float]:
        return self._trained([sys.executable, "-m", "bot.cli", "train"], self._settings())

    @property
    def model(self) -> Path:
        return next((self.folder / "models").glob("wegwijs-*.tar.gz"), self.folder / "models" / "none")

    def _open(self) -> None:
        for _ in range(self._count):
            number = free_port()
            self._run(
                [sys.executable, "-m", "bot.cli", "run"], "serve.log", {**self._settings(), "WEGWIJS_PORT": str(number)}
            )
            self.urls.append(f"http://127.0.0.1:{number}")

    def _settings(self) -> dict[str, str]:
        return {
            "WEGWIJS_DATABASE_URL": f"sqlite:///{self.folder}/knowledge.db",
            "WEGWIJS_TRACKER_URL": f"sqlite:///{self.folder}/conversations.db",
            "WEGWIJS_CACHE_DIR": f"{self.folder}/.cache",
            "RASA_CACHE_DIRECTORY": f"{self.folder}/.cache/rasa",
        }


def _rasa() -> list[str]:
    return [sys.executable, "-m", "rasa"]


def free_port() -> int:
    """A port of the loopback that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
    return number


def family(pid: int) -> list[int]:
    """A process and its living descendants."""
    found = [pid]
    for parent in found:
        for task in Path(f"/proc/{parent}/task").glob("*/children"):
            found += [int(child) for child in task.read_text().split()]
    return found


def processor_time(pid: int) -> float:
    """Seconds of processor time of one process, user and system; 0 when it is gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _computed_by_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def epoch_seconds(log: str) -> float:
    """What one round of learning takes stock Rasa, all its networks together, by its own progress bars; 0 without any."""
    total = 0.0
    ends = re.findall(r"Epochs: 100%[^\r\n]*?(\d+)/\d+ \[([\d:]+)<", log)
    for done, clock in (end for end, _ in itertools.groupby(ends)):  # a bar is drawn more than once when full
        seconds = 0
        for part in clock.split(":"):
            seconds = 60 * seconds + int(part)
        total += seconds / int(done)
    return total


def proportional(pid: int) -> int:
    """Memory of one process in kB, pages that are shared divided over those who share them; 0 when it is gone."""
    try:
        return int(re.findall(r"^Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)[0])
    except (OSError, IndexError):
        return 0
