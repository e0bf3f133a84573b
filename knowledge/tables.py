"""The SQLAlchemy tables of the knowledge base: records with their sources, labels and figures."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Date, Float, Integer, MetaData, String, Table, Text

metadata = MetaData()

build = Table(
    "build",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("fingerprint", String(64), nullable=False),
    Column("built_at", String(40), nullable=False),
)

record = Table(
    "record",
    metadata,
    Column("kind", String(20), primary_key=True),
    Column("id", String(120), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("country", String(20), nullable=False, index=True),
    Column("valid_from", Date),
    Column("valid_to", Date),
    Column("last_checked", Date),
    Column("school_year", String(9)),
    Column("payload", JSON, nullable=False),
)


def _of_record() -> list[Column]:
    return [
        Column("kind", String(20), primary_key=True),
        Column("record_id", String(120), primary_key=True, index=True),
        Column("number", Integer, primary_key=True),
    ]


source = Table(
    "source",
    metadata,
    *_of_record(),
    Column("document", String(3), nullable=False, index=True),
    Column("first_line", Integer, nullable=False),
    Column("last_line", Integer, nullable=False),
)

# A label narrows a search: an occupation, a route, an audience or a family of questions.
label = Table(
    "label",
    metadata,
    *_of_record(),
    Column("sort", String(20), nullable=False, index=True),
    Column("value", String(120), nullable=False, index=True),
)

figure = Table(
    "figure",
    metadata,
    *_of_record(),
    Column("name", String(80), nullable=False),
    Column("value", Text),
    Column("low", Float),
    Column("high", Float),
    Column("unit", String(40), nullable=False),
    Column("source", String(20), nullable=False),
)
