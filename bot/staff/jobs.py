"""Work that takes longer than a click: it goes on beside the page, which shows how far it is."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from bot.staff.wrong import Wrong
from knowledge.content import ContentError
from knowledge.store import KnowledgeMissing

UNEXPECTED = "Hier ging iets mis. Probeer het opnieuw. Blijft het fout? Vraag het aan wie Wegwijs programmeert."
logger = logging.getLogger(__name__)
Say = Callable[[str], None]


@dataclass
class Job:
    """One piece of work: what it said so far, and what came of it."""

    lines: list[str] = field(default_factory=list)
    done: bool = False
    error: str = ""
    result: Any = None


class Jobs:
    """At most one job of each name at a time; the last one stays to be looked at."""

    def __init__(self) -> None:
        self._jobs: dict[str, Job] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def get(self, name: str) -> Job | None:
        """The job of this name that runs, or ran last."""
        return self._jobs.get(name)

    def start(self, name: str, work: Callable[[Say], Awaitable[Any]]) -> Job:
        """Start the work unless it runs already; gives its job."""
        known = self._jobs.get(name)
        if known is not None and not known.done:
            return known
        job = self._jobs[name] = Job()
        task = asyncio.get_running_loop().create_task(self._run(job, work))
        self._tasks.add(task)  # else the loop keeps only a weak hold of it
        task.add_done_callback(self._tasks.discard)
        return job

    @staticmethod
    async def _run(job: Job, work: Callable[[Say], Awaitable[Any]]) -> None:
        try:
            job.result = await work(job.lines.append)
        except Exception as error:
            logger.exception("a job of the staff page failed")
            told = isinstance(error, (Wrong, ContentError, KnowledgeMissing))  # these are sentences for staff
            job.error = f"Dit lukte niet: {error}" if told else f"{UNEXPECTED} ({type(error).__name__})"
        finally:
            job.done = True
