"""A visitor of the served page: a browser's cookie jar and the posts that the page makes."""

from __future__ import annotations

import uuid
from typing import Any

import httpx


class Visitor:
    """One person at the page; `reply` is the last answer."""

    def __init__(self, url: str, address: str = "") -> None:
        headers = {"X-Forwarded-For": address} if address else {}
        self.http = httpx.Client(base_url=url, timeout=60, headers=headers)
        self.reply: httpx.Response | None = None

    def __enter__(self) -> Visitor:
        return self

    def __exit__(self, *_: object) -> None:
        self.http.close()

    def post(self, **body: Any) -> Visitor:
        """One post to /chat, with a fresh message id unless one is given."""
        self.reply = self.http.post("/chat", json={"id": uuid.uuid4().hex, **body})
        return self

    def user(self, text: str) -> Visitor:
        """The person types; the answer must come."""
        self.post(text=text)
        assert self.reply is not None and self.reply.status_code == 200, self.reply
        return self

    @property
    def items(self) -> list[dict[str, Any]]:
        assert self.reply is not None
        found: list[dict[str, Any]] = self.reply.json().get("messages", [])
        return found

    @property
    def text(self) -> str:
        """What is said back, or the sentence of a refusal."""
        assert self.reply is not None
        body = self.reply.json()
        return str(body["error"]) if "error" in body else "\n".join(item["text"] for item in self.items)

    @property
    def asked(self) -> str | None:
        """The fact that is asked now."""
        kinds = [item["data"] for item in self.items if item["data"]]
        return kinds[-1].get("fact") if kinds and kinds[-1]["type"] == "question" else None

    def history(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.http.get("/chat/history").json()["messages"]
        return found
