"""The plan of a route for one person: verdict, steps, duration, calendar, money, and what to ask the centre."""

from __future__ import annotations

import datetime as dt
from typing import Any

from knowledge import facts, ranking, trajectory, verdicts, wording
from knowledge.conditions import DONT_KNOW, Profile
from knowledge.planning import calendar, maybe
from knowledge.planning.cards import cards_for
from knowledge.planning.income import income
from knowledge.planning.instead import instead
from knowledge.planning.model import Contact, Link, Note, Plan, Step, contact_of, unique
from knowledge.planning.questions import questions
from knowledge.planning.route_notes import duration, months_of, notes_of, week
from knowledge.schema import Programme
from knowledge.store import Knowledge
from knowledge.verdicts import Judgement, Verdict

LEADS: dict[Verdict, str] = {
    "open": "Geen voorwaarde die wij kennen houdt je tegen. Het centrum beslist.",
    "bijna": "Je bent er bijna. Begin met stap 1.",
    "nog_te_weten": "Dit is nog niet zeker. Zoek het uit met stap 1.",
    "onbekend": "Onze documenten noemen niet alle voorwaarden. Vraag het na met stap 1.",
    "niet": "Deze route kan nu niet voor jou. Hier staat waarom, en wat je wel kunt doen.",
}
NO_ROUTE = "Onze documenten kennen geen route voor wat je zoekt. Dit kun je wel doen."
OWN_SCHOOL = "Praat met je eigen school. Vraag of je nu kunt overstappen, of pas later."
GOALS = ("occupation", "qualification_nl")  # not to find out, but to choose
CHOOSE = "Kies welk beroep en welk niveau bij je past. Vraag raad."
OTHERS_SHOWN = 5
REASONS_TO_FIND_OUT = 2


def plan(
    knowledge: Knowledge,
    programme: Programme | None,
    profile: Profile,
    start: dt.date | None = None,
    on: dt.date | None = None,
) -> Plan:
    """The plan of this route for this person, from `start` (the next school year or semester when none is given).

    Without a route, or where it is closed, the steps say what to do instead. Raises FigureMissing when a card is gone.
    """
    today = on or dt.date.today()
    advice = trajectory.advise(knowledge, profile, today)
    if programme is None:
        return _without_route(knowledge, advice.profile, start or calendar.next_start(today), today)
    judgement = verdicts.judge(knowledge, programme, advice.profile, today)
    centre = _call(knowledge, programme, advice.profile)
    at_school = programme.vraag_het_aan == ranking.SCHOOL
    begin = start or calendar.next_start(_ready_on(judgement, advice.profile, today), at_school)
    shared: dict[str, Any] = {
        "title": programme.naam,
        "lead": LEADS[judgement.verdict],
        "programme": programme,
        "verdict": judgement.verdict,
        "start": begin,
        "made_on": today,
        "known": known_of(knowledge, advice.profile),
        "why": tuple(Note(reason.text, unique(reason.sources)) for reason in judgement.reasons),
        "about": programme.samenvatting,
        "more": cards_for(knowledge, programme, advice.profile),
        "other": _others(advice, programme),
        "maybe": maybe.for_some(programme, advice.profile),
    }
    if judgement.verdict == "niet":
        steps = instead(knowledge, advice.profile, today)
        return Plan(**shared, steps=steps, call=_first_contact(steps, centre), centre=centre)
    first = (*_school_first(knowledge, judgement, advice), *_to_open(knowledge, judgement, centre, advice.profile))
    steps = (*first, *_steps(knowledge, programme, advice.profile))
    return Plan(
        **shared,
        steps=steps,
        call=_first_contact(steps, centre),
        centre=centre,
        duration=duration(programme),
        months=months_of(programme, advice.profile),
        week=week(programme),
        timeline=calendar.spans(begin, today, months_of(programme, advice.profile)),
        income=income(knowledge, programme, advice.profile, today),
        shorter=_shorter(knowledge, programme, advice),
        arrange=(*notes_of(*programme.te_regelen), *maybe.to_arrange(advice.profile)),
        gain=notes_of(programme.getuigschrift),
        questions=questions(knowledge, judgement, advice.profile, today),
        links=_links(knowledge, programme, advice.profile),
    )


def best(knowledge: Knowledge, profile: Profile, on: dt.date | None = None) -> Programme | None:
    """The route to plan when none is named: the first that isn't closed, else the first; None when there is none."""
    judged = trajectory.advise(knowledge, profile, on).judgements
    return judged[0].programme if judged else None


def known_of(knowledge: Knowledge, profile: Profile) -> tuple[str, ...]:
    """What is known of a person, a clause per fact; never what is sensitive, since a link can be passed on."""
    return tuple(facts.summary(knowledge, facts.shareable(knowledge, profile)))


def _without_route(knowledge: Knowledge, profile: Profile, start: dt.date, today: dt.date) -> Plan:
    steps = instead(knowledge, profile, today)
    call = _first_contact(steps, contact_of(knowledge.organisations["vdab"]))
    return Plan(
        title="Wat je nu kunt doen",
        lead=NO_ROUTE,
        programme=None,
        verdict="niet",
        start=start,
        made_on=today,
        known=known_of(knowledge, profile),
        why=(),
        about="",
        steps=steps,
        call=call,
        centre=call,
        more=cards_for(knowledge, None, profile),
        maybe=maybe.for_some(None, profile),
    )


def _first_contact(steps: tuple[Step, ...], otherwise: Contact) -> Contact:
    return next((step.contact for step in steps if step.contact), otherwise)


def _ready_on(judgement: Judgement, profile: Profile, today: dt.date) -> dt.date:
    """The first day that this person may start for sure: who waits for a birthday had it by then."""
    wait = judgement.fixes.get("age", 0) - profile.get("age", 0) if "age" in judgement.fixes else 0
    return today.replace(year=today.year + wait, day=min(today.day, 28))


def school_first(profile: Profile) -> str:
    """What is said before any route of adults to who is at school, or may still have to be; empty for others."""
    if not ranking.is_young(profile):
        return ""
    if profile.get("situation") == ranking.PUPIL:
        return "Je zit nog op school. Praat eerst met je school, en stop niet zomaar."
    return "Je bent nog geen 18. Praat eerst met een school. Of je nog naar school moet, staat niet in onze documenten."


def _school_first(knowledge: Knowledge, judgement: Judgement, advice: trajectory.Advice) -> tuple[Step, ...]:
    """Who is young takes no route of adults without speaking with a school, about what it offers."""
    programme, pupil = judgement.programme, advice.profile.get("situation") == ranking.PUPIL
    if programme.vraag_het_aan == ranking.SCHOOL:
        return (Step(OWN_SCHOOL),) if pupil else ()
    said = school_first(advice.profile)
    grown = judgement.fixes.get("age", 0) >= ranking.ADULT and not pupil  # no longer young when it starts
    if not said or grown or programme.land == "nederland":
        return ()
    offered = [item.programme for item in advice.judgements if ranking.is_of_school(item)]
    names = wording.enumeration(list(dict.fromkeys(one.naam for one in offered)), "of")
    asked = f" Vraag naar {names}." if offered else ""
    sources = unique(source for one in offered for source in one.bronnen)
    return (Step(f"{said}{asked}", contact_of(knowledge.organisations[ranking.SCHOOL]), sources=sources),)


def _before_enrolling(knowledge: Knowledge, profile: Profile) -> tuple[Step, ...]:
    """What to ask before enrolling with VDAB: what it does to a benefit, and in Brussels with whom."""
    found = []
    if profile.get("situation") == "niet_actief":
        found.append(Step("Heb je een uitkering? Vraag eerst bij wie ze betaalt wat een inschrijving verandert."))
    if profile.get("region") == "brussel":
        text = "Woon je in Brussel? Vraag VDAB of je je bij hen inschrijft, of bij Actiris."
        found.append(Step(text, contact_of(knowledge.organisations["vdab"])))
    return tuple(found)


def _to_open(knowledge: Knowledge, judgement: Judgement, asked: Contact, profile: Profile) -> tuple[Step, ...]:
    if judgement.verdict == "bijna":
        steps = [
            Step(_fix_text(reason.text, reason.fact), sources=unique(reason.sources)) for reason in judgement.reasons
        ]
        enrolling = _before_enrolling(knowledge, profile) if "vdab_enrolled" in judgement.fixes else ()
        return (*enrolling, *steps)
    if judgement.verdict == "nog_te_weten":
        told = [reason for reason in judgement.reasons if reason.outcome == "unknown"][:REASONS_TO_FIND_OUT]
        return tuple(Step(_find_out_text(reason.text, reason.fact), asked, sources=unique(reason.sources)) for reason in told)
    if judgement.verdict == "onbekend":
        return (Step("Vraag of jij mag meedoen. Niet alle voorwaarden staan in onze documenten.", asked),)
    return ()


def _find_out_text(text: str, fact: str) -> str:
    return CHOOSE if fact in GOALS else f"Zoek dit uit: {text}"


def _fix_text(text: str, fact: str) -> str:
    return f"{text} Kies een start na die dag." if fact == "age" else text


def _steps(knowledge: Knowledge, programme: Programme, profile: Profile) -> tuple[Step, ...]:
    asked = verdicts.whom_to_ask(knowledge, programme, profile)
    found = []
    for step in programme.stappen:
        organisation = asked if step.bij == programme.vraag_het_aan else knowledge.organisations.get(step.bij)
        contact = None
        if organisation is asked:
            contact = _call(knowledge, programme, profile)
        elif organisation is not None:
            contact = contact_of(organisation)
        found.append(Step(step.doe, contact, step.duur, step.neem_mee, (step.bron,) if step.bron else ()))
    return (*found[:1], *_guided(knowledge, programme, profile), *found[1:])


def _guided(knowledge: Knowledge, programme: Programme, profile: Profile) -> tuple[Step, ...]:
    """Who brings this person to a CVO: VDAB, Diverscity or VIVO (000:684-695, 001:595-607)."""
    situation, kind = profile.get("situation"), profile.get("employer_kind")
    if programme.route != "cvo":
        return ()
    if situation == "werkzoekend":
        name, text, source = "vdab", "Vertel VDAB wat je wilt leren. VDAB leidt werkzoekenden naar een CVO.", "000:688"
    elif situation == "werknemer" and profile.get("employer_public") is True:
        name, text, source = "diverscity", "Vraag Diverscity of je via je werk kunt omscholen.", "000:692"
    elif situation == "werknemer" and kind not in (None, DONT_KNOW, "andere"):
        name, text, source = "vivo", "Vraag VIVO of je via je werk kunt omscholen.", "000:694-695"
    else:
        return ()
    return (Step(text, contact_of(knowledge.organisations[name]), sources=(source,)),)


def _call(knowledge: Knowledge, programme: Programme, profile: Profile) -> Contact:
    """Whom to call; the route's own search address only belongs to the organisation that the route names."""
    asked = verdicts.whom_to_ask(knowledge, programme, profile)
    return contact_of(asked, programme.zoek if asked.id == programme.vraag_het_aan else "")


def _shorter(knowledge: Knowledge, programme: Programme, advice: trajectory.Advice) -> tuple[Note, ...]:
    """Exemptions as the documents put them, and the EVC route to the same occupation where it isn't closed."""
    found = list(notes_of(programme.vrijstelling))
    for judgement in advice.judgements:
        other = judgement.programme
        adult = programme.vraag_het_aan != ranking.SCHOOL  # of shorter schooling nothing is said
        same = other.beroep == programme.beroep and programme.route != "evc" and adult
        if same and other.route == "evc" and judgement.verdict not in ("niet", "bijna"):
            text = "Misschien kun je met EVC je ervaring laten meetellen. Bespreek dat met een testcentrum."
            found.append(Note(text, tuple(other.bronnen[:1]), "EVC"))
    return tuple(found)


def _links(knowledge: Knowledge, programme: Programme, profile: Profile) -> tuple[Link, ...]:
    """Where to find a school or centre, and the organisations of the steps; each address once."""
    asked = _call(knowledge, programme, profile)
    found = {asked.website: Link(f"Vind {asked.name}", asked.website)} if asked.website else {}
    for step in programme.stappen:
        organisation = knowledge.organisations.get(step.bij)
        if organisation and step.bij != programme.vraag_het_aan and organisation.website:
            found.setdefault(organisation.website, Link(organisation.naam, organisation.website))
    return tuple(found.values())


def _others(advice: trajectory.Advice, programme: Programme) -> tuple[tuple[str, Verdict], ...]:
    others = [item for item in advice.judgements if item.programme.id != programme.id and item.verdict != "niet"]
    return tuple((item.programme.naam, item.verdict) for item in others[:OTHERS_SHOWN])
