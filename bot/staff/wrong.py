"""What staff asked that can't be done."""

from __future__ import annotations


class Wrong(Exception):
    """What was asked can't be done; the sentence says why and what to do."""

    def __init__(self, sentence: str, status: int = 400) -> None:
        super().__init__(sentence)
        self.status = status
