"""Conversations as tests that staff can read: record, replay, draw, compare. Nothing here changes what visitors get."""
