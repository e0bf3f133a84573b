"""Which kinds of content there are: folder or file below knowledge/content -> the model of what it holds."""

from __future__ import annotations

from knowledge.evc_schema import EvcChoice, EvcScan
from knowledge.schema import Conflict, Document, Fact, Occupation, Organisation, Places, Programme, Term, Topic
from knowledge.schema_parts import Record

KINDS: dict[str, type[Record]] = {
    "documenten": Document,
    "beroepen": Occupation,
    "onderwerpen": Topic,
    "opleidingen": Programme,
    "organisaties": Organisation,
    "begrippen": Term,
    "tegenstrijdigheden": Conflict,
    "feiten": Fact,
    "plaatsen": Places,
    "evc_scan": EvcScan,
    "evc_keuzes": EvcChoice,
}
