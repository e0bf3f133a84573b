"""One bot with the staff page open, serving a copy of the project so that saving changes nothing here."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.conftest import ROOT, Server
from tests.staff.desk import PASSWORD, Desk
from tests.web.chat import ARGUMENTS, CHROMIUM

COPIED = ("bot", "actions", "knowledge", "data", "tests", "config.yml", "domain.yml", "requirements.lock", "docs")
LINKED = ("models", ".cache")


class StaffServer(Server):
    """`wegwijs run` in a folder of its own, with a password for staff."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.staff_port = probe.getsockname()[1]
        self.staff_url = f"http://127.0.0.1:{self.staff_port}"
        self.copy = folder / "copy"
        self.copy.mkdir()
        for name in COPIED:
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, self.copy / name, ignore=shutil.ignore_patterns("__pycache__", "*.png"))
            elif (ROOT / name).exists():
                shutil.copy(ROOT / name, self.copy / name)
        for name in LINKED:
            (self.copy / name).symlink_to(ROOT / name)


@pytest.fixture(scope="session")
def desk_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StaffServer]:
    running = StaffServer(tmp_path_factory.mktemp("staff"))
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("WEGWIJS_STAFF_PASSWORD", PASSWORD)
        environment.setenv("WEGWIJS_STAFF_PORT", str(running.staff_port))
        environment.setenv("PYTHONPATH", str(running.copy))
        environment.delenv("WEGWIJS_REST", raising=False)
        running.start()
        yield running
        running.stop()


@pytest.fixture(scope="package")  # playwright's loop must be gone when the next tests start theirs
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def desk(browser: Browser, desk_server: StaffServer) -> Iterator[Desk]:
    """A tab of somebody who has logged in, once for all tests."""
    tab = Desk(browser, desk_server)
    tab.log_in()
    yield tab
    tab.close()


@pytest.fixture(autouse=True)
def _nothing_to_complain_of(request: pytest.FixtureRequest) -> Iterator[None]:
    """No page leaves its origin, breaks the policy or writes an error on the console."""
    yield
    if "desk" in request.fixturenames:
        tab: Desk = request.getfixturevalue("desk")
        assert tab.outside == []
        assert tab.complaints == []
