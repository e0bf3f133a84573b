"""To be written."""

from __future__ import annotations

from sanic import Blueprint

from bot.staff.web import Staff


def register(blueprint: Blueprint, staff: Staff) -> None:
    """Nothing yet."""
