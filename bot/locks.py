"""Who may take the next turn of a conversation: Rasa's locks, in this process or in Redis for several processes."""

from __future__ import annotations

import asyncio
import os
from urllib.parse import unquote, urlsplit

from rasa.core.lock import TicketLock
from rasa.core.lock_store import LOCK_LIFETIME, InMemoryLockStore, LockError, LockStore, RedisLockStore

POLL = 0.2  # seconds between looks at whose turn it is
PATIENCE = 2.0  # seconds for one answer of Redis; the whole process waits for it


class SharedLocks(RedisLockStore):
    """Rasa's locks in Redis, without its endless wait with a ticket that expired, and without leaving keys behind.

    Rasa reads and writes a lock in two steps, and Redis may lose it: two bots can come to hold one. `ConversationStore.save`
    then lets only the first of them through.
    """

    async def _acquire_lock(self, conversation_id: str, ticket: int, wait_time_in_seconds: float) -> TicketLock:
        while True:
            lock = self.get_lock(conversation_id)
            if lock is None or lock._ticket_for_ticket_number(ticket) is None:
                raise LockError("the lock or its ticket is gone")
            if not lock.is_locked(ticket):
                return lock
            await asyncio.sleep(POLL)

    def save_lock(self, lock: TicketLock) -> None:
        """As Rasa's; the key holds a conversation id, so it goes by itself when its bot was killed."""
        key = self.key_prefix + lock.conversation_id
        self.red.set(key, lock.dumps(), ex=2 * LOCK_LIFETIME)


def lock_store() -> LockStore:
    """Redis at WEGWIJS_LOCK_URL, or the memory of this process. Raises ValueError with a sentence for another kind of URL."""
    address = os.environ.get("WEGWIJS_LOCK_URL", "")
    if not address:
        return InMemoryLockStore()
    try:
        parts = urlsplit(address)
        number, port = int(parts.path.strip("/") or 1), parts.port or 6379
    except ValueError:
        parts, number, port = urlsplit(""), 1, 6379
    if parts.scheme not in ("redis", "rediss") or not parts.hostname:
        raise ValueError("WEGWIJS_LOCK_URL klopt niet. Schrijf ze zoals redis://:wachtwoord@machine:6379/1.")
    return SharedLocks(
        host=parts.hostname,
        port=port,
        db=number,
        username=parts.username,
        password=unquote(parts.password) if parts.password else None,
        use_ssl=parts.scheme == "rediss",
        socket_timeout=PATIENCE,
    )
