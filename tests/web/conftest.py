"""Chromium for the tests of the page, and a tab that minds what a page may not do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.conftest import Server
from tests.web.chat import ARGUMENTS, CHROMIUM, Chat


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: Browser, server: Server) -> Iterator[Callable[..., Chat]]:
    """Opens tabs. `faulty` ones may complain on the console of the network; none may leave the origin or the policy.

    Tabs share a visitor (cookies, storage) when they share a `context`.
    """
    tabs: list[tuple[Chat, bool]] = []
    contexts: list[BrowserContext] = []

    def open_tab(path: str = "/", faulty: bool = False, context: BrowserContext | None = None, **settings: Any) -> Chat:
        if context is None:
            wanted = {"viewport": {"width": 390, "height": 844}, "locale": "nl-BE", "reduced_motion": "reduce", **settings}
            context = browser.new_context(**wanted)
            contexts.append(context)
        tab = Chat(context, server, path)
        tabs.append((tab, faulty))
        return tab

    yield open_tab
    for tab, faulty in tabs:
        assert tab.outside == []
        assert faulty or tab.complaints == []
        assert tab.page.is_closed() or tab.js("reports") == []
    for context in contexts:
        context.close()


@pytest.fixture
def chat(visit: Callable[..., Chat]) -> Chat:
    """A phone on which the chat has greeted."""
    return visit().greeted()
