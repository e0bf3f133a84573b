"""How the EVC scan reads: its questions and its result, in words and as data that say the same."""

from __future__ import annotations

from typing import Any

from knowledge import answers as sources_of
from knowledge import evc_scan
from knowledge.evc_scan import ABROAD, Ability, Answers, Asks, ScanResult, Step
from knowledge.evc_schema import EvcScan
from knowledge.export import detail_text
from knowledge.store import Knowledge

OURS = "Deze zinnen zijn van ons, niet de officiële lijst."
NO_TEST = "Dit is een hulp om je voor te bereiden, geen test."
ASK_QUALIFICATION = "We kijken samen wat je ervaring waard kan zijn. Voor welk beroep wil je dat weten?"
ASK_LEVEL = "Welk zorgberoep in Nederland?"
ASK_WHERE = "Waar deed je dat vooral?"
ASK_HOW_OFTEN = "Hoe vaak deed je dat?"
DRAFT_TITLE = "Een eerste tekst voor je portfolio (een map met bewijzen). Pas hem zelf aan."
HOW_TO_TICK = "Typ de nummers, bijvoorbeeld: 1 en 3. Je mag het ook in je eigen woorden zeggen."
WHY: dict[str, str] = {
    "qualification": "Elk beroep heeft een eigen lijst van wat je moet kunnen. Daarom vraag ik eerst het beroep.",
    "level": "Elk niveau heeft eigen leereenheden. Daarom vraag ik welk beroep je bedoelt.",
    "items": "Zo zie je wat je kunt bespreken met een testcentrum. Kruis alleen aan wat je echt deed.",
    "where": "Het bewijs dat je nodig hebt, hangt af van waar je het deed.",
    "how_often": "Dat komt in je tekst voor het testcentrum. Je mag het overslaan: zeg 'weet ik niet'.",
}


def question_text(knowledge: Knowledge, answers: Answers, step: Step) -> str:
    """A question of the scan for people who read only text; its first paragraph is what the page shows above the boxes."""
    if step.asks == "qualification":
        return ASK_QUALIFICATION
    if step.asks == "level":
        return ASK_LEVEL
    if step.asks == "where":
        return ASK_WHERE
    if step.asks == "how_often":
        return ASK_HOW_OFTEN
    scan = evc_scan.scan_of(knowledge, answers)
    assert scan is not None
    group = evc_scan.group_of(scan, step)
    lines = "\n".join(f"{number}. {skill.zin}" for number, skill in enumerate(group.vaardigheden, 1))
    official = f"{scan.officieel.label} {scan.officieel.adres}".strip() if step.group == 0 else ""
    return "\n\n".join(filter(None, (intro(scan, step), f"{group.titel}\n{lines}", HOW_TO_TICK, official)))


def intro(scan: EvcScan, step: Step) -> str:
    """What stands above a list of sentences to tick."""
    first = f"Een scan voor {scan.naam}. {NO_TEST} {OURS}" if step.group == 0 else "Nog één lijst."
    return f"{first} Wat deed je al?"


def question_data(knowledge: Knowledge, answers: Answers, step: Step) -> dict[str, Any]:
    """A question as data: a check list when it asks what one can do, else what is asked."""
    scan = evc_scan.scan_of(knowledge, answers)
    common = {
        "qualification": scan.qualification if scan else None,
        "step": step.number,
        "at_most": step.at_most,
        "records": [scan.id] if scan else [],
        "sources": [],
    }
    if step.asks != "items" or scan is None:
        return {"type": "evc_question", "asks": step.asks, **common}
    group = evc_scan.group_of(scan, step)
    return {
        "type": "evc_check",
        "title": group.titel,
        "intro": intro(scan, step),
        "group": step.group + 1,
        "items": [{"id": skill.id, "text": skill.zin} for skill in group.vaardigheden],
        "where": [{"id": choice.id, "label": choice.label} for choice in evc_scan.choices(knowledge, "where")],
        "how_often": [{"id": choice.id, "label": choice.label} for choice in evc_scan.choices(knowledge, "how_often")],
        "official": {"label": scan.officieel.label, "href": scan.officieel.adres},
        **common,
        "sources": sources_of.source_list(knowledge, [scan.officieel.bron]),
    }


def fact_options(knowledge: Knowledge, asks: Asks) -> list[tuple[str, str]]:
    """(label, value) of the occupations, or of the Dutch levels, that have a scan."""
    fact = knowledge.facts[evc_scan.OCCUPATION_FACT if asks == "qualification" else evc_scan.LEVEL_FACT]
    known = {scan.qualification for scan in knowledge.scans.values()} | {ABROAD}
    return [(option.label, option.value) for option in fact.values if option.value in known]


def sections(knowledge: Knowledge, result: ScanResult) -> list[tuple[str, list[str]]]:
    """The result under its titles, for text and page alike; a section without lines is left out."""
    flemish = result.scan.land != "nederland"
    whom = "het testcentrum" if flemish else "de EVC-aanbieder"
    centre = f"{result.centre[0].upper()}{result.centre[1:]} {result.role}. {result.website}".strip()
    level = [detail_text(detail) for detail in (result.scan.niveau, result.scan.duur) if detail]
    official = f"{result.scan.officieel.label} {result.scan.officieel.adres}".strip()
    found: list[tuple[str, list[str]]] = [
        (f"Bespreek met {whom}", [ability_text(ability) for ability in result.discuss]),
        ("Verzamel dit als bewijs (onze tips)", list(result.proof)),
        ("Zo kan het verder", [way.tekst for way in result.ways] + [detail_text(detail) for detail in result.cautions]),
        ("De stappen", list(result.steps)),
        ("Niveau en duur", level),
        ("Wat je nog moet volgen", [detail_text(detail) for detail in result.remains]),
        ("Waar je terechtkunt", [centre] if result.discuss else []),
        ("De officiële lijst", [f"{OURS} {official}"]),
    ]
    return [(title, lines) for title, lines in found if lines]


def ability_text(ability: Ability) -> str:
    """ "Ik help iemand met wassen (thuis of voor familie, elke week)."."""
    when = ", ".join(filter(None, (" en ".join(ability.where), ability.how_often)))
    return f"{ability.sentence.rstrip('.')} ({when})." if when else ability.sentence


def lead(result: ScanResult) -> str:
    """What the scan found, in a few sentences."""
    name = result.scan.naam
    if not result.discuss:
        return (
            f"Je kruiste niets aan voor {name}. Dat geeft niet: je kunt het leren. Deze weg is er voor mensen met ervaring. "
            "Kijk samen met mij welke opleiding past."
        )
    count = len(result.discuss)
    things = "1 ding" if count == 1 else f"{count} dingen"
    decides = "Het testcentrum beslist wat telt." if result.scan.land != "nederland" else "De EVC-aanbieder beslist wat telt."
    return f"Je scan voor {name} is klaar. Je kunt {things} bespreken. {NO_TEST} {decides}"


def result_text(knowledge: Knowledge, result: ScanResult) -> str:
    """The whole result for people who read only text."""
    parts = [f"{title}\n" + "\n".join(f"- {line}" for line in lines) for title, lines in sections(knowledge, result)]
    draft = [DRAFT_TITLE, result.draft] if result.draft else []
    return "\n\n".join([lead(result), *parts, *draft, sources_of.source_line(knowledge, result.sources)])


def result_data(knowledge: Knowledge, result: ScanResult, scan_id: str) -> dict[str, Any]:
    """The same as data. `scan_id` tells one scan from another, for the draft that is kept on the device."""
    scan = result.scan
    return {
        "type": "evc_result",
        "id": scan_id,
        "qualification": scan.qualification,
        "name": scan.naam,
        "country": scan.land,
        "lead": lead(result),
        "sections": [{"title": title, "items": lines} for title, lines in sections(knowledge, result)],
        "discuss": [
            {"text": ability.sentence, "where": list(ability.where), "how_often": ability.how_often} for ability in result.discuss
        ],
        "proof": list(result.proof),
        "draft": result.draft,
        "routes": [
            {"kind": way.soort, "route": way.opleiding, "name": knowledge.programmes[way.opleiding].naam, "text": way.tekst}
            for way in result.ways
        ],
        "steps": list(result.steps),
        "centre": {"name": result.centre, "website": result.website},
        "remains": [detail_text(detail) for detail in result.remains],
        "cautions": [detail_text(detail) for detail in result.cautions],
        "official": {"label": scan.officieel.label, "href": scan.officieel.adres},
        "records": [scan.id, *dict.fromkeys(way.opleiding for way in result.ways)],
        "sources": sources_of.source_list(knowledge, result.sources),
    }
