"""What nobody is asked, and somebody tells: heard, used for the advice, never on a sheet for others, taken away on request."""

import pytest

from bot.inbox import NOT_UNDERSTOOD, Inbox
from knowledge import facts, trajectory, verdicts
from knowledge.planning import build, maybe, sheets, words
from tests.knowledge.test_plan import TODAY

START = "ik ben 34, werkloos en wil zorgkundige worden in Gent"
TOLD = [
    ("ik ben erkend vluchteling", {"refugee": "erkend"}, "IntegraZorg"),
    ("ik krijg een leefloon van het ocmw", {"benefit": "leefloon"}, "OCMW"),
    ("ik heb een strafblad", {"clean_record": False}, "Strafregister"),
    ("ik heb rugproblemen", {"health_limits": True}, "Gezondheid"),
    ("ik heb een migratieachtergrond", {"migration_background": True}, "plan, geen vast aanbod"),
]


@pytest.mark.parametrize(("said", "kept", "shown"), TOLD)
def test_what_is_told_in_the_intake_is_heard_and_used(talk, said, kept, shown):
    talk.user(START).bot_asks("vdab_enrolled")
    talk.user(said).slots(**kept).bot_says("Ik onthoud", "hoef je niet te vertellen").bot_asks("vdab_enrolled")
    talk.bot_does_not_say("kan ik niet gebruiken")
    talk.answer_all(vdab_enrolled="ja").kind("trajectory").press("Mijn plan").bot_says(shown)


@pytest.mark.parametrize(("said", "kept", "shown"), TOLD)
def test_what_is_told_first_starts_the_intake(talk, said, kept, shown):
    talk.user(f"{said} en wil zorgkundige worden").slots(**kept, occupation="zorgkundige")
    assert talk.asked


def test_what_was_told_is_taken_away_again(talk):
    talk.user(START).user("ik ben vluchteling").slots(refugee="gevlucht")
    talk.user("ik ben geen vluchteling").slots(refugee=None).bot_says("haal ik weg")


def test_who_told_nothing_reads_it_in_a_neutral_form(talk):
    talk.user(START).answer_all(vdab_enrolled="ja").kind("trajectory")
    talk.bot_says("Misschien voor jou", "IntegraZorg", "OCMW").bot_does_not_say("strafblad", "je bent gevlucht")
    talk.press("Mijn plan").bot_says("Misschien voor jou")
    assert maybe.PAPERS in talk.data["questions"]


def test_nothing_of_it_stands_on_a_sheet_for_others(knowledge):
    told = {name: value for _, kept, _ in TOLD for name, value in kept.items()}
    known = {"region": "vlaanderen", "situation": "werknemer", "employer_kind": "ouderenzorg", "employer_public": False}
    for programme in knowledge.programmes.values():
        if programme.land == "nederland":
            continue
        plain, private = {**known, "occupation": programme.beroep}, {**known, **told, "occupation": programme.beroep}
        assert sheets.employer_sheet(knowledge, programme, private, TODAY) == sheets.employer_sheet(
            knowledge, programme, plain, TODAY
        )
        plan = build.plan(knowledge, programme, private, None, TODAY)
        short = sheets.summary(knowledge, plan, private, verdicts.VERDICT_LABELS)
        text = " ".join([short.wish, *short.known, *short.open_points])
        for name, value in told.items():
            assert facts.clause(knowledge.facts[name], value) not in text
        assert not any(word in text for word in ("strafblad", "vluchteling", "leefloon", "gezondheid"))


@pytest.mark.parametrize("said", ["mijn zoon heeft een strafblad", "ik ben slechthorend, mag dat", "leefloon van het ocmw"])
def test_what_is_private_never_reaches_the_inbox(bot, knowledge, said):
    inbox = Inbox(bot.store.engine)
    before = len(inbox.open())
    inbox.consider(said, NOT_UNDERSTOOD, {})
    assert len(inbox.open()) == before


def test_the_same_offers_read_the_same_for_who_told_and_who_did_not(knowledge):
    programme = knowledge.programmes["zorgkundige_cvo"]
    told = {note.text for note in maybe.for_some(programme, {"refugee": "erkend", "benefit": "leefloon"})}
    assert told == {note.text for note in maybe.for_some(programme, {})}


def test_a_record_closes_nothing_but_is_never_promised_either(knowledge):
    known = {"region": "vlaanderen", "occupation": "kinderbegeleider_baby", "situation": "leerling", "education": "ok3"}
    route = "kinderbegeleider_baby_duaal_secundair"

    def verdict(**more):
        found = trajectory.advise(knowledge, {**known, **more}, TODAY).judgements
        return next(item for item in found if item.programme.id == route)

    assert verdict().verdict == verdict(clean_record=True).verdict == "open"
    assert not any(reason.fact == "clean_record" for reason in verdict().reasons)
    told = verdict(clean_record=False)
    assert told.verdict == "nog_te_weten" and "onberispelijk" in told.reasons[0].text


def test_a_kind_of_benefit_says_with_whom_to_talk(knowledge):
    programme = knowledge.programmes["zorgkundige_cvo"]
    known = {"region": "vlaanderen", "occupation": "zorgkundige", "age": 30, "situation": "niet_actief"}

    def money(**more):
        return words.as_text(knowledge, build.plan(knowledge, programme, {**known, **more}, None, TODAY))

    assert "je OCMW, voor je start" in money(benefit="leefloon")
    assert "wie je uitkering betaalt" in money(benefit="ziekte")
    assert "VDAB of het OCMW" in money()


def test_a_bare_diploma_secundair_is_kept_and_its_kind_not_asked_where_it_changes_no_verdict(talk):
    talk.user("ik ben 29, woon in Aalst, heb mijn diploma secundair, zoek werk en wil verzorgende worden")
    talk.bot_says("je maakte het secundair af").slots(education=None, secondary_diploma=True)
    while talk.asked:
        assert talk.asked != "education"
        talk.user("nee")
    talk.kind("trajectory")


def test_of_a_pupil_only_the_kind_is_asked(talk):
    talk.user("ik ben 20, zit op school, woon in Gent en wil zorgkundige worden")
    while talk.asked != "education":
        talk.user("nee")
    talk.user("middelbaar diploma").slots(education=None, secondary_diploma=True).bot_asks("education")
    talk.bot_says("Welke richting deed je")
    assert not [button for item in talk.items for button in item["buttons"] if "Geen diploma" in button["title"]]
    talk.user("bso").kind("trajectory").slots(education="ok3")
    assert talk.verdicts()["zorgkundige_zevende_jaar"] == "open"


def test_who_stopped_school_takes_the_diploma_back(talk):
    talk.user("ik ben 29, heb mijn diploma secundair en wil verzorgende worden").slots(secondary_diploma=True)
    talk.user("nee, ik heb geen diploma").slots(education="lager", secondary_diploma=None)


def test_one_thing_can_be_forgotten_alone(talk):
    talk.user(START).user("ik heb een strafblad").slots(clean_record=False)
    talk.user("vergeet dat van mijn strafblad").bot_says("haal ik weg").slots(clean_record=None, age=34)
    talk.user("ik ben vluchteling").slots(refugee="gevlucht")
    talk.user("vergeet maar dat ik vluchteling ben").slots(refugee=None, age=34)


def test_a_question_about_it_tells_nothing_of_who_asks(talk):
    talk.user("mag ik met een strafblad zorgkundige worden?").slots(clean_record=None)
    talk.user("ik ben vluchteling, welk project is er voor mij?").slots(refugee=None)


def test_a_parent_who_speaks_of_the_little_one(talk):
    talk.user("mijne kleine is 16 en wil iets met baby'tjes doen").bot_says("voor je kleine", "16 jaar")
    talk.slots(age=16, occupation="kinderbegeleider_baby")
