"""Real parts for the tests: a knowledge base in SQLite, the trained model, the bot, a served page."""

from __future__ import annotations

from bot import environment

environment.prepare()

import asyncio  # noqa: E402
import os  # noqa: E402
import signal  # noqa: E402
import socket  # noqa: E402
import subprocess  # noqa: E402
import sys  # noqa: E402
import time  # noqa: E402
from collections.abc import Iterator  # noqa: E402
from pathlib import Path  # noqa: E402

import httpx  # noqa: E402
import pytest  # noqa: E402

from knowledge import content as content_module  # noqa: E402
from knowledge import store  # noqa: E402
from tests.tester import Conversation  # noqa: E402

ROOT = Path(__file__).parent.parent
SEEDS = ROOT.parent / "shared" / "seeds"


@pytest.fixture(scope="session")
def content() -> content_module.Content:
    return content_module.load()


@pytest.fixture(scope="session")
def database_url(tmp_path_factory: pytest.TempPathFactory, content: content_module.Content) -> str:
    url = f"sqlite:///{tmp_path_factory.mktemp('knowledge')}/knowledge.db"
    store.build(content, url)
    os.environ["WEGWIJS_DATABASE_URL"] = url
    return url


@pytest.fixture(scope="session")
def knowledge(database_url: str) -> store.Knowledge:
    return store.read(database_url)


@pytest.fixture(scope="session")
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    loop = asyncio.new_event_loop()
    yield loop
    loop.close()


@pytest.fixture(scope="session")
def bot(database_url: str, tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]
    from bot import train
    from bot.turns import Bot

    environment.quiet_logs()
    return Bot.load(train.ensure_model(), f"sqlite:///{tmp_path_factory.mktemp('talk')}/conversations.db")


@pytest.fixture
def talk(bot, loop: asyncio.AbstractEventLoop) -> Conversation:  # type: ignore[no-untyped-def]
    """A new conversation."""
    return Conversation(bot, loop)


class Server:
    """`wegwijs run` as a process of its own on a free port."""

    def __init__(self, folder: Path, **settings: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.folder = folder
        self.settings = settings
        self.copy = ROOT  # the project that is served
        self.command = "run"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        settings = {
            **os.environ,
            "WEGWIJS_PORT": str(self.port),
            "WEGWIJS_DATABASE_URL": f"sqlite:///{self.folder}/knowledge.db",
            "WEGWIJS_TRACKER_URL": f"sqlite:///{self.folder}/conversations.db",
            **self.settings,
        }
        log = (self.folder / "server.log").open("ab")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bot.cli", self.command], cwd=self.copy, env=settings, stdout=log, stderr=log
        )
        self.wait()

    def wait(self) -> None:
        for _ in range(600):
            try:
                if httpx.get(f"{self.url}/ready", timeout=2).status_code == 200:
                    return
            except httpx.HTTPError:
                pass
            assert self.process is not None and self.process.poll() is None, (self.folder / "server.log").read_text()
            time.sleep(0.2)
        raise AssertionError("the server did not start")

    @property
    def log(self) -> str:
        return (self.folder / "server.log").read_text(encoding="utf-8")

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(how)
            self.process.wait(30)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(tmp_path_factory.mktemp("server"))
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def deployed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """As on a public machine: without the REST channel, behind one proxy."""
    running = Server(tmp_path_factory.mktemp("deployed"), WEGWIJS_REST="0", WEGWIJS_PROXIES="1", WEGWIJS_EMBED_ORIGINS="")
    running.start()
    yield running
    running.stop()
