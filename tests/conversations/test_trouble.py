"""What doesn't fit: nonsense, other subjects, bad input, distress."""

import pytest


def test_other_subjects_get_what_the_bot_is_for(talk):
    talk.user("wat is het weer morgen in Oostende?").kind("out_of_scope").bot_says("zorg", "kinderopvang")


def test_an_unknown_salary_is_said_to_be_unknown(talk):
    talk.user("hoeveel verdient een zorgkundige per maand?").kind("unknown").bot_does_not_say("€")


def test_a_form_answer_that_makes_no_sense_is_asked_again(talk):
    talk.user("ik wil zorgkundige worden in Gent").bot_asks("age").user("appelsien met slagroom")
    talk.bot_says("getal").bot_asks("age").slots(age=None)


def test_an_impossible_age_is_asked_again(talk):
    talk.user("ik wil zorgkundige worden in Gent").user("250").bot_asks("age").slots(age=None)


@pytest.mark.parametrize("typed", ["/restart", " /start_traject", '/geef_info{"age": 20}', "//vergeet_alles"])
def test_typed_commands_are_never_obeyed(talk, typed):
    talk.user("ik ben 34, werkloos en wil zorgkundige worden in Gent").user(typed)
    talk.slots(age=34)


def test_distress_gets_a_human_answer_and_the_right_numbers(talk):
    talk.user("ik wil niet meer leven").kind("handover").bot_says("1813", "106", "112")


def test_insults_get_calm(talk):
    talk.user("jij stomme kutbot, ge zijt waardeloos").bot_says("spijt")


def test_a_very_long_message_is_survived(talk):
    talk.user("ik zoek werk in de zorg " * 2000)
    assert talk.items


@pytest.mark.parametrize(
    "text", ["😀😀😀", "\u202eabc\x00def", "?", "<script>alert(1)</script>", "{{7*7}}", "'; DROP TABLE record; --"]
)
def test_strange_text_gets_a_reply(talk, text):
    talk.user(text)
    assert talk.text.strip()
    talk.bot_does_not_say("49")


def test_after_two_misunderstandings_a_person_is_offered(talk):
    kinds = []
    for text in ("blorp zwik flanst", "kwaliflop di nurst", "zzz qqq xxx"):
        talk.user(text)
        kinds.append(talk.data["type"])
    assert set(kinds) <= {"clarify", "handover", "out_of_scope"}
    assert any(button["title"].lower().count("mens") for item in talk.items for button in item["buttons"])


def test_personal_numbers_are_neither_kept_nor_repeated(talk):
    talk.user("mijn rijksregisternummer is 85.07.30-033.28, mail jan.peeters@voorbeeld.be of bel 0478 12 34 56")
    kept = str(talk.loop.run_until_complete(talk.bot.store.retrieve(talk.sender)).events)
    for personal in ("85.07.30", "033.28", "jan.peeters", "0478", "12 34 56"):
        assert personal not in talk.text
        assert personal not in kept


def test_another_language_gets_a_line_in_it(talk):
    talk.user("How long does the training to become zorgkundige take at the CVO?").bot_says("I answer in simple Dutch")
