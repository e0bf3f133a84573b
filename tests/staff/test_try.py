"""Try: staff chat with the bot beside what it thought, change a fact by hand, and start from a person."""

import httpx
import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_a_turn_shows_what_the_bot_thought(desk):
    desk.open("/staff").settled()
    desk.say("hoelang duurt de opleiding zorgkundige in het CVO?")
    expect(desk.chat).to_contain_text("jaar")
    thought = desk.thoughts
    for text in ("vraag_cvo", "occupation", "zorgkundige", "action_answer", "RulePolicy", "ms", "✓"):
        expect(thought).to_contain_text(text)


def test_a_fact_changed_by_hand_counts_in_what_follows(desk):
    desk.open("/staff").settled()
    desk.say("ik ben 34, werkloos en wil zorgkundige worden in Gent")
    age = desk.page.get_by_label("Hoe oud ben je?", exact=True)
    expect(age).to_have_value("34")
    expect(desk.thoughts).to_contain_text("werkzoekend")
    age.fill("15")
    age.press("Enter")
    desk.settled()
    desk.say("wat weet je van mij?")
    expect(desk.chat).to_contain_text("je bent 15 jaar")


def test_a_fact_that_can_not_be_is_refused_with_a_sentence(desk):
    desk.open("/staff").settled()
    desk.page.locator("#facts summary").click()
    age = desk.page.get_by_label("Hoe oud ben je?", exact=True)
    age.fill("heel oud")
    age.press("Enter")
    desk.reads("'heel oud' past niet bij het feit 'age'")
    desk.complaints.clear()  # the browser logs the refusal itself


def test_a_conversation_starts_from_a_pasted_profile(desk):
    desk.open("/staff").settled()
    desk.page.get_by_text("Plak een profiel").click()
    desk.page.locator("#pasted").fill("age: 41\nsituation: werkzoekend")
    desk.press("Nieuw gesprek").settled()
    expect(desk.page.get_by_label("Hoe oud ben je?", exact=True)).to_have_value("41")
    desk.press("Ga verder met deze feiten").settled()
    expect(desk.thoughts).to_contain_text("intake_form")
    expect(desk.chat.get_by_role("progressbar").last).to_be_visible()


def test_the_plan_of_a_conversation_of_staff_opens_for_staff_only(desk, desk_server):
    desk.open("/staff").settled()
    desk.page.get_by_text("Plak een profiel").click()
    desk.page.locator("#pasted").fill("age: 41\nsituation: werkzoekend\noccupation: zorgkundige\nregion: vlaanderen")
    desk.press("Nieuw gesprek").settled()
    desk.say("maak mijn plan")
    link = desk.chat.get_by_role("link", name="Je plan openen of printen").first
    with desk.context.expect_page() as opened:
        link.click()
    plan = opened.value
    plan.wait_for_load_state()
    expect(plan.locator("h1")).to_contain_text("plan")
    plan.wait_for_load_state()
    assert plan.url.startswith(f"{desk_server.staff_url}/staff/plan/")
    assert plan.evaluate("document.styleSheets[0].cssRules.length") > 10
    plan.get_by_role("link", name="Belbriefje").click()
    expect(plan.locator("h1")).to_be_visible()
    address = plan.url
    plan.close()
    assert httpx.get(address).headers["location"] == "/staff/binnen"
    assert httpx.get(address.replace(desk_server.staff_url + "/staff", desk_server.url)).status_code == 404
