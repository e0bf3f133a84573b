"""What may fit only some people: projects and services for a group, and papers that hang on someone's past or health.

None of it is asked. Where a document names a project or service, who told nothing reads the same sentence as who told all.
"""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.conditions import DONT_KNOW, NOT_APPLICABLE, Profile
from knowledge.planning.model import Note
from knowledge.schema import Programme
from knowledge.store import Knowledge

UNTOLD = (None, DONT_KNOW, NOT_APPLICABLE)
PAPERS = "Welke papieren vraagt u? Bijvoorbeeld een uittreksel uit het strafregister, of een medisch attest."


@dataclass(frozen=True)
class Offer:
    """A sentence for whom it fits; `neutral` is also for who told nothing about `fact`. `card` tells more."""

    fact: str
    values: tuple[object, ...]
    note: Note
    card: str = ""
    neutral: bool = False


REFUGEES = Note(
    "Voor erkende vluchtelingen was er een project: IntegraZorg. Of het nog loopt, weten we niet.",
    ("003:563-567",),
    ask="VDAB of het OCMW",
)
GUIDES = Note(
    "Het OCMW, je stad en GTB kunnen je naar een opleiding in een CVO brengen.",
    ("000:690", "001:601"),
    ask="het OCMW of je stad",
)
OTHER_GUIDES = ("werknemer", "leerling")  # their way leads over VIVO or Diverscity, or over their school
OFFERS = (
    Offer("refugee", ("erkend", "gevlucht"), REFUGEES, "integrazorg", neutral=True),
    Offer(
        "refugee",
        ("aanvraag",),
        Note(
            "Mag je leren of werken terwijl je op asiel wacht? Dat staat niet in onze documenten.",
            label="Je papieren",
            ask="het OCMW of VDAB",
        ),
        "onbekend_verblijf",
    ),
    Offer("benefit", ("leefloon",), GUIDES, "toeleiders_ocmw_gtb_stad", neutral=True),
    Offer("health_limits", (True,), GUIDES, "toeleiders_ocmw_gtb_stad"),
    Offer(
        "migration_background",
        (True,),
        Note(
            "Het actieplan wil meer mensen met een migratieachtergrond in de zorg. Dat is een plan, geen vast aanbod.",
            ("003:266-275",),
            ask="VDAB",
        ),
        "vluchteling_migratie_plan",
    ),
)
ARRANGE = (
    Offer(
        "clean_record",
        (False,),
        Note(
            "Welke straf in de weg staat, staat niet in onze documenten. Bespreek je situatie voor je start.",
            label="Strafregister",
            ask="de school of de werkgever",
        ),
        "onbekend_strafblad",
    ),
    Offer(
        "health_limits",
        (True,),
        Note(
            "Over gezondheid staat niets in onze documenten. Vraag vooraf wat het werk van je lichaam vraagt.",
            label="Gezondheid",
            ask="de school en de stageplaats",
        ),
        "onbekend_medisch",
    ),
)
# What this person told and may ask about at the centre, without saying that it is about them.
QUESTIONS = (
    ("clean_record", False, "Kan deze opleiding met een strafblad? En de stage en de job?"),
    ("health_limits", True, "Hoe zwaar zijn de stage en het werk? Kan het aangepast worden?"),
    ("benefit", "leefloon", "Kan het OCMW mijn opleiding mee regelen?"),
)


def for_some(programme: Programme | None, profile: Profile) -> tuple[Note, ...]:
    """What is "misschien voor jou"; the Netherlands has none of it in our documents."""
    return () if _is_dutch(programme, profile) else _notes(OFFERS, profile)


def to_arrange(profile: Profile) -> tuple[Note, ...]:
    """What to find out beforehand, for who told of it."""
    return _notes(ARRANGE, profile)


def cards(knowledge: Knowledge, profile: Profile) -> list[str]:
    """The cards that tell more, for who told something."""
    told = [offer.card for offer in (*OFFERS, *ARRANGE) if profile.get(offer.fact) in offer.values]
    return [name for name in dict.fromkeys(told) if name in knowledge.topics]


def questions(programme: Programme, profile: Profile) -> list[str]:
    """For the centre: which papers, asked by everyone; and what this person told, as a question in general."""
    flemish = programme.land == "vlaanderen"
    told = [text for name, value, text in QUESTIONS if profile.get(name) == value and (flemish or name != "benefit")]
    return [*([PAPERS] if flemish else []), *told]


def is_private(question: str) -> bool:
    """Whether a question gives away what someone told; it stands on the call note, on no sheet for others."""
    return any(question == text for _, _, text in QUESTIONS)


def benefit_asked(profile: Profile) -> str:
    """With whom to talk about a benefit before the start; by its kind where that was told."""
    return {
        "leefloon": "je OCMW, voor je start",
        "werkloosheid": "VDAB, voor je start",
        "ziekte": "wie je uitkering betaalt, voor je start",
    }.get(str(profile.get("benefit")), "VDAB of het OCMW, voor je start")


def _notes(offers: tuple[Offer, ...], profile: Profile) -> tuple[Note, ...]:
    """Each sentence once, what was told first."""
    told = [offer.note for offer in offers if profile.get(offer.fact) in offer.values]
    untold = [offer.note for offer in offers if offer.neutral and profile.get(offer.fact) in UNTOLD]
    if profile.get("situation") in OTHER_GUIDES:
        untold = [note for note in untold if note != GUIDES]
    return tuple(dict.fromkeys([*told, *untold]))


def _is_dutch(programme: Programme | None, profile: Profile) -> bool:
    return profile.get("region") == "nederland" or (programme is not None and programme.land == "nederland")
