"""Who may see the staff page: nobody on the public origin, nobody without the password, nothing from another page."""

import httpx
import pytest
from playwright.sync_api import expect

from bot.staff import auth
from tests.staff.desk import PASSWORD

PAGES = ("/staff", "/staff/kennis", "/staff/postvak", "/staff/cijfers", "/staff/bron/1/domain.yml", "/staff/werk/meten")


def own(server, **more):
    return {"origin": server.staff_url, "sec-fetch-site": "same-origin", **more}


@pytest.mark.parametrize("path", PAGES)
def test_the_public_origin_knows_no_staff_page(desk_server, path):
    assert httpx.get(desk_server.url + path).status_code == 404
    assert httpx.post(desk_server.url + "/staff/binnen", data={"wachtwoord": PASSWORD}).status_code in (404, 405)


@pytest.mark.parametrize("path", PAGES)
def test_without_the_password_there_is_only_the_entrance(desk_server, path):
    reply = httpx.get(desk_server.staff_url + path)
    assert (reply.status_code, reply.headers["location"]) == (303, "/staff/binnen")


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "wegwijs.example"},
        {"host": "127.0.0.1.wegwijs.example:5006"},
        {"x-forwarded-for": "10.0.0.1"},
        {"forwarded": "for=10.0.0.1"},
        {"x-real-ip": "10.0.0.1"},
    ],
)
def test_what_comes_through_a_proxy_or_by_another_name_finds_nothing(desk_server, headers):
    for path in ("/staff/binnen", "/staff", "/page/dom.js"):
        reply = httpx.get(desk_server.staff_url + path, headers=headers)
        assert (reply.status_code, reply.content) == (404, b"")


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "https://elsewhere.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_a_post_from_another_page_is_refused_even_with_the_password(desk_server, headers):
    sent = {**own(desk_server), **headers} if headers else {}
    reply = httpx.post(desk_server.staff_url + "/staff/binnen", data={"wachtwoord": PASSWORD}, headers=sent)
    assert reply.status_code == 403
    assert "set-cookie" not in reply.headers


def test_the_right_password_gives_a_cookie_that_no_script_and_no_other_site_can_use(desk_server):
    with httpx.Client(base_url=desk_server.staff_url, headers=own(desk_server)) as client:
        reply = client.post("/staff/binnen", data={"wachtwoord": PASSWORD})
        cookie = reply.headers["set-cookie"]
        assert all(part in cookie for part in ("HttpOnly", "SameSite=Strict", "Path=/staff"))
        page = client.get("/staff/cijfers")
        assert page.status_code == 200
        assert "default-src 'self'" in page.headers["content-security-policy"]
        assert (page.headers["cache-control"], page.headers["x-frame-options"]) == ("no-store", "DENY")
        client.post("/staff/buiten")
        client.cookies.set(auth.COOKIE, cookie.split("=")[1].split(";")[0], path="/staff")
        assert client.get("/staff/cijfers").status_code == 303


def test_wrong_passwords_are_refused_and_soon_nobody_may_try():
    sessions = auth.Sessions(PASSWORD)
    assert [sessions.log_in("mis") for _ in range(auth.MAX_FAILURES)] == [None] * auth.MAX_FAILURES
    assert not sessions.may_try()
    assert not sessions.holds(None) and not sessions.holds("mis")


def test_a_short_password_is_refused_and_none_means_no_page(monkeypatch):
    monkeypatch.setenv("WEGWIJS_STAFF_PASSWORD", "kort")
    with pytest.raises(ValueError, match="te kort"):
        auth.password()
    monkeypatch.delenv("WEGWIJS_STAFF_PASSWORD")
    assert auth.password() == ""


def test_no_file_outside_the_project_s_own_texts_is_shown(desk_server):
    with httpx.Client(base_url=desk_server.staff_url, headers=own(desk_server)) as client:
        client.post("/staff/binnen", data={"wachtwoord": PASSWORD})
        assert client.get("/staff/bron/5/domain.yml").status_code == 200
        for path in (
            "requirements.lock",
            "bot/staff/auth.py",
            "data/..%2f..%2f..%2fetc/passwd",
            "knowledge/content/../store.py",
        ):
            assert client.get(f"/staff/bron/1/{path}").status_code == 404


@pytest.mark.browser
def test_a_wrong_password_is_said_in_a_sentence(browser, desk_server):
    context = browser.new_context(locale="nl-BE")
    page = context.new_page()
    page.goto(desk_server.staff_url + "/staff")
    page.get_by_label("Wachtwoord").fill("dit is het niet")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_have_text("Dit wachtwoord klopt niet.")
    context.close()
