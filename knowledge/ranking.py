"""In which order the routes stand for one person, and why, in a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from knowledge.conditions import Profile
from knowledge.schema import Programme
from knowledge.store import Knowledge
from knowledge.verdicts import VERDICT_ORDER, Judgement

PRIORITY = "priority"  # what matters most to this person; volunteered, never asked in the intake
LEARN_AND_EARN = ("duaal_secundair", "duaal_volwassenen")  # the documents give an allowance for these (000:802-878)
ADULT = 18
PUPIL = "leerling"
SCHOOL = "secundaire_school"
DISABLED = ("beperking", "gehandicaptenzorg")  # what someone likes, and the word in the names of routes
RANKINGS = {
    "snel": "Daarna staat bovenaan wat het kortst duurt. Zonder duur in onze documenten staat een route lager.",
    "inkomen": "Daarna staat bovenaan waar je tijdens het leren een vergoeding of loon kunt krijgen.",
    "avond": "Daarna staat bovenaan waar onze documenten avondles noemen.",
    "dichtbij": "Daarna komt waar je zelf een plaats kunt zoeken. Wij weten niet hoe ver het is.",
    "ervaring": "Daarna staat bovenaan wat met ervaring het meest korter kan.",
}


def is_young(profile: Profile) -> bool:
    """Whether someone is at school or not 18 yet: then what a secondary school offers comes before routes of adults."""
    age = profile.get("age")
    return profile.get("situation") == PUPIL or (isinstance(age, int) and age < ADULT)


def is_of_school(judgement: Judgement) -> bool:
    """Whether a route is one of a secondary school, and not closed."""
    return judgement.programme.vraag_het_aan == SCHOOL and judgement.verdict != "niet"


def in_order(knowledge: Knowledge, judgements: Iterable[Judgement], profile: Profile) -> tuple[Judgement, ...]:
    """The routes, best first: what can start now, by verdict, then what suits this person, then the shortest."""
    levels = [f"nl_{option.value}" for option in knowledge.facts["qualification_nl"].values]  # from the lowest
    return tuple(
        sorted(
            judgements,
            key=lambda item: (*_rank(item, profile), _likes_less(item, profile), _place(item, levels), item.programme.id),
        )
    )


def _likes_less(judgement: Judgement, profile: Profile) -> bool:
    """For who wants to work with disabled people: what isn't named after that comes later (004:107-112)."""
    return profile.get("interest_with") == DISABLED[0] and DISABLED[1] not in judgement.programme.naam.lower()


def _place(judgement: Judgement, names: list[str]) -> int:
    return names.index(judgement.programme.id) if judgement.programme.id in names else 0


def _when(judgement: Judgement, young: bool) -> int:
    """Which routes come first: for the young those of a school; then what can start now, after a birthday, or not at all."""
    if judgement.verdict == "niet":
        return 3
    if "age" in judgement.fixes:
        return 2
    return 0 if young and is_of_school(judgement) else 1


def _certainty(judgement: Judgement) -> int:
    """Open, nearly open, or still to be found out, whether by this person or because the documents don't say."""
    return min(VERDICT_ORDER.index(judgement.verdict), VERDICT_ORDER.index("nog_te_weten"))


def _for_others(programme: Programme, young: bool) -> bool:
    """Whether a route is meant for who is older, or for who is younger."""
    adult = programme.voor_werkenden or programme.route == "duaal_volwassenen"
    return adult if young else programme.vraag_het_aan == SCHOOL


def _rank(judgement: Judgement, profile: Profile) -> tuple[int, int, bool, float, int, float]:
    programme = judgement.programme
    young = is_young(profile)
    suits = 0
    if profile.get("situation") == "werknemer" and programme.voor_werkenden:
        suits -= 1
    if profile.get("day_part") == "avond" and programme.route == "syntra":
        suits -= 1
    months = programme.maanden[0] if programme.maanden else 99.0
    first = (_when(judgement, young), _certainty(judgement), _for_others(programme, young))
    return (*first, _matters(programme, profile), suits, months)


def _matters(programme: Programme, profile: Profile) -> float:
    """How well a route serves what this person said matters most, lower is better; 0 for all when nothing was said."""
    wanted = profile.get(PRIORITY)
    if wanted == "snel":
        return programme.maanden[0] if programme.maanden else 99.0
    if wanted == "inkomen":
        return float(programme.route not in LEARN_AND_EARN)
    if wanted == "avond":
        return float(programme.route != "syntra")
    if wanted == "dichtbij":
        return float(not programme.zoek)
    if wanted == "ervaring":
        return 0.0 if programme.route in ("evc", "evk") else 1.0 if programme.vrijstelling else 2.0
    return 0.0


def explained(judgements: Sequence[Judgement], profile: Profile) -> str:
    """Why the routes stand in this order, for the person."""
    school, young = any(map(is_of_school, judgements)), is_young(profile)
    said = "De volgorde: eerst wat open is."
    if young and school:
        why = "je zit nog op school" if profile.get("situation") == PUPIL else "je bent nog geen 18"
        said = f"De volgorde: eerst wat een secundaire school biedt, want {why}. Dan wat open is."
    wanted = RANKINGS.get(str(profile.get(PRIORITY)))
    said += f" {wanted or 'Daarna wat het kortst duurt.'}"
    if not wanted and profile.get("situation") == "werknemer":
        said += " Wat bij een job past, gaat voor."
    if profile.get("interest_with") == DISABLED[0] and any(not _likes_less(item, profile) for item in judgements):
        said += " Gehandicaptenzorg staat eerst, want dat zei je."
    return said + (" Richtingen voor jongeren staan lager." if school and not young else "")
