"""What to do where no route is open: whom to talk to first, what else may fit, and a look at the work."""

from __future__ import annotations

import datetime as dt

from knowledge import ranking, trajectory, wording
from knowledge.conditions import DONT_KNOW, Profile
from knowledge.planning.model import Step, contact_of
from knowledge.store import Knowledge

TASTE = "inleefmoment_kandidaat"
NO_RESIGNING = "Neem geen ontslag voor je met VDAB of je vakbond sprak."
OPEN_SHOWN = 3
ABROAD = (
    "Voor Nederland kennen onze documenten andere beroepen, zoals helpende en verzorgende-IG. "
    "Zeg in de chat: een zorgberoep in Nederland."
)


def instead(knowledge: Knowledge, profile: Profile, on: dt.date) -> tuple[Step, ...]:
    """At least one step, the first with someone to call."""
    steps = [Step(text, contact_of(knowledge.organisations[name])) for name, text in _whom(profile)]
    if profile.get("situation") == "werknemer":
        steps.append(Step(NO_RESIGNING))
    steps += _open_elsewhere(knowledge, profile, on)
    if profile.get("region") != "nederland":
        card = knowledge.topics[TASTE]
        text = "Wil je eerst proeven van het werk? Vraag een inleefmoment. Dan kijk je even mee op de werkvloer."
        steps.append(Step(text, sources=tuple(card.bronnen[:1])))
    return tuple(steps)


def _whom(profile: Profile) -> list[tuple[str, str]]:
    situation = profile.get("situation")
    centre = ("cvo", "Vraag een gesprek. Vertel wat je wilt en wat je al kunt. Vraag welke weg past.")
    if profile.get("region") == "nederland" or profile.get("occupation") == "zorg_nederland":
        return [("mbo_school", "Bel een school of een zorgorganisatie. Vraag welke opleiding jij mag volgen.")]
    if ranking.is_young(profile):
        return [("secundaire_school", "Praat met je school, of met een school met een richting in de zorg."), centre]
    if situation == "werknemer":
        name = "diverscity" if profile.get("employer_public") is True else "vivo"
        return [(name, "Vraag hoe je als werknemer kunt omscholen."), centre]
    if situation in ("werkzoekend", "niet_actief"):
        return [("vdab", "Praat met VDAB. Vertel welk werk je wilt doen."), centre]
    return [centre, ("vdab", "Praat ook met VDAB. Vertel welk werk je wilt doen.")]


def _open_elsewhere(knowledge: Knowledge, profile: Profile, on: dt.date) -> list[Step]:
    """Routes to another occupation that are open for this person."""
    if profile.get("region") == "nederland":
        return [Step(ABROAD, sources=("004:104-112",))] if profile.get("occupation") != "zorg_nederland" else []
    wider = {name: value for name, value in profile.items() if name != "occupation"}
    found = [item for item in trajectory.advise(knowledge, wider, on).judgements if item.verdict == "open"]
    if profile.get("occupation") in (None, DONT_KNOW) or not found:
        return []
    names = dict.fromkeys(knowledge.occupations[item.programme.beroep].naam for item in found)
    text = f"Kijk ook naar een ander beroep. Er is een open route naar {wording.enumeration(list(names)[:OPEN_SHOWN], 'of')}."
    return [Step(text, sources=tuple(source for item in found[:OPEN_SHOWN] for source in item.programme.bronnen))]
