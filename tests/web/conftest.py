"""Chromium for the tests of the page, and a tab that minds what a page may not do."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.conftest import Server
from tests.web.chat import ARGUMENTS, CHROMIUM, Chat

HOST_PAGE = """<!doctype html><html lang="nl"><title>Een andere site</title><body><h1>Een andere site</h1>
<script type="module" src="{bot}/page/wegwijs-chat.js"></script><wegwijs-chat open></wegwijs-chat>"""


class OtherSite:
    """A site at another origin with the chat on its page; it allows the bot's origin in its own policy and nothing else."""

    def __init__(self) -> None:
        self.bot = ""
        site = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                page = HOST_PAGE.format(bot=site.bot).encode()
                policy = f"default-src 'none'; script-src {site.bot}; connect-src {site.bot}"
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Security-Policy", policy)
                self.end_headers()
                self.wfile.write(page if self.path == "/" else b"")

            log_message = functools.partialmethod(lambda *_: None)

        self.served = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        # to a browser "localhost" is another site than 127.0.0.1, where the bot is
        self.url = f"http://localhost:{self.served.server_address[1]}"
        threading.Thread(target=self.served.serve_forever, daemon=True).start()


@pytest.fixture(scope="session")
def listed_site() -> Iterator[OtherSite]:
    site = OtherSite()
    yield site
    site.served.shutdown()


@pytest.fixture(scope="session")
def unlisted_site() -> Iterator[OtherSite]:
    site = OtherSite()
    yield site
    site.served.shutdown()


@pytest.fixture(scope="session")
def server(
    tmp_path_factory: pytest.TempPathFactory, listed_site: OtherSite, unlisted_site: OtherSite
) -> Iterator[Server]:
    """The bot as it is served, with one other site that may carry the chat."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("WEGWIJS_EMBED_ORIGINS", f"https://zorghuis.example/, {listed_site.url}")
        running = Server(tmp_path_factory.mktemp("server"))
        listed_site.bot = unlisted_site.bot = running.url
        running.start()
        yield running
        running.stop()


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
            wanted = {
                "viewport": {"width": 390, "height": 844},
                "locale": "nl-BE",
                "reduced_motion": "reduce",
                **settings,
            }
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
