"""What goes over the line: how much, from where, under which policy, and on whose page the chat may stand."""

import gzip
import re

import httpx
import pytest
from playwright.sync_api import expect

from bot.web_channel import PAGE
from tests.web.chat import WATCH

pytestmark = pytest.mark.browser
MOST = 30_000  # bytes of the whole page, packed


def test_the_page_is_at_most_30_kb_as_it_is_sent(visit):
    chat = visit().greeted()
    loaded = []
    chat.page.on("requestfinished", lambda request: loaded.append(request))
    chat.page.reload(wait_until="networkidle")
    files = [request for request in loaded if not request.url.startswith(f"{chat.server.url}/chat")]
    sizes = {request.url: request.sizes()["responseBodySize"] for request in files}
    assert len(sizes) >= 10
    assert sum(sizes.values()) <= MOST, sizes


def test_all_files_but_those_of_the_example_site_are_at_most_30_kb_packed():
    files = [file for file in PAGE.iterdir() if file.stem != "demo"]
    assert sum(len(gzip.compress(file.read_bytes())) for file in files) <= MOST


@pytest.mark.parametrize("name", sorted(file.name for file in PAGE.iterdir()))
def test_each_file_is_served_packed_with_its_type_and_kept(server, name):
    kinds = {".js": "text/javascript", ".css": "text/css", ".html": "text/html", ".svg": "image/svg+xml"}
    address = f"{server.url}/page/{name}"
    first = httpx.get(address)
    assert first.headers["content-type"].startswith(kinds["." + name.rsplit(".", 1)[1]])
    assert first.headers["content-encoding"] == "gzip"
    assert first.content == (PAGE / name).read_bytes()
    assert httpx.get(address, headers={"Accept-Encoding": "identity"}).content == first.content
    assert httpx.get(address, headers={"If-None-Match": first.headers["etag"]}).status_code == 304


def test_no_inline_script_or_style_and_no_other_address_in_the_page():
    for file in PAGE.glob("*.html"):
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"<style|\sstyle=|\son\w+=|<script>|https?:", text), file.name


def test_the_policy_is_in_force_and_the_test_would_see_a_breach(visit):
    chat = visit(faulty=True).greeted()
    chat.page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.bad = 1'}))"
    )
    chat.page.wait_for_function("() => reports.length > 0")
    assert chat.page.evaluate("window.bad") is None
    chat.page.evaluate("reports.length = 0")


def test_a_whole_visit_leaves_no_trace_elsewhere(visit):
    """No request off the origin and no report of the policy (looked at after every test); one cookie; nothing said is stored."""
    chat = visit().greeted().to_advice().write("vergelijk cvo en duaal voor mij")
    chat.button("Menu").click()
    chat.page.get_by_text("Donker").click()
    cookies = chat.page.context.cookies()
    assert [cookie["name"] for cookie in cookies] == ["wegwijs"]
    assert cookies[0]["httpOnly"] and cookies[0]["sameSite"] == "Strict"
    kept = chat.page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert "Gent" not in kept and "dark" in kept


def on_other_site(browser, site, **settings):
    page = browser.new_context(locale="nl-BE", viewport={"width": 1280, "height": 800}, **settings).new_page()
    page.add_init_script(WATCH)
    page.complaints = []
    page.on("console", lambda line: page.complaints.append(line.text) if line.type == "error" else None)
    page.goto(site.url)
    return page


def test_the_chat_on_the_page_of_a_listed_site(browser, server, listed_site):
    page = on_other_site(browser, listed_site)
    expect(page.get_by_text("Ik ben Wegwijs").first).to_be_visible()
    page.get_by_role("textbox").fill("ik ben 34, werkloos en wil zorgkundige worden in Gent")
    page.get_by_role("textbox").press("Enter")
    expect(page.get_by_text("ingeschreven bij VDAB?").last).to_be_visible()
    page.reload()
    expect(page.get_by_text("ingeschreven bij VDAB?").last).to_be_visible()
    page.get_by_role("button", name="Ja", exact=True).last.click()
    expect(page.get_by_text("betaald gewerkt").last).to_be_visible()
    (cookie,) = page.context.cookies()
    assert cookie["secure"] and cookie["httpOnly"] and cookie["sameSite"] == "None"
    assert cookie["partitionKey"].startswith("http://localhost"), "it is of no use on a third site"
    assert page.evaluate("reports") == page.complaints == []
    page.get_by_role("button", name="Wis dit gesprek").first.click()
    page.get_by_role("button", name="Wis het gesprek").click()
    expect(page.locator(".message.user")).to_have_count(0)
    page.context.close()


def test_a_site_that_is_not_listed_gets_nothing(browser, server, unlisted_site):
    page = on_other_site(browser, unlisted_site)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("customElements.get('wegwijs-chat')") is None
    assert any("CORS" in line for line in page.complaints)
    simple = "{method: 'POST', credentials: 'include', mode: 'no-cors', body: JSON.stringify({id: '12345678', text: 'hallo'})}"
    with page.expect_response("**/chat") as answer:
        page.evaluate(f"url => fetch(url, {simple})", f"{server.url}/chat")
    assert answer.value.status == 403
    assert page.context.cookies() == []
    page.context.close()


@pytest.mark.parametrize(
    ("origin", "allowed"),
    [
        ("listed", True),
        ("https://zorghuis.example", True),
        ("unlisted", False),
        ("null", False),
        ("https://zorghuis.example.evil", False),
    ],
)
def test_the_headers_for_other_origins(server, listed_site, unlisted_site, origin, allowed):
    origin = {"listed": listed_site.url, "unlisted": unlisted_site.url}.get(origin, origin)
    headers = {"Origin": origin, "Sec-Fetch-Site": "cross-site"}
    asked = httpx.options(f"{server.url}/chat", headers={**headers, "Access-Control-Request-Method": "POST"})
    body = {"id": "1234567890", "start": True}
    said = httpx.post(f"{server.url}/chat", json=body, headers=headers)
    for reply in (asked, said, httpx.get(f"{server.url}/page/nl.js", headers=headers)):
        assert reply.headers.get("access-control-allow-origin") == (origin if allowed else None)
        assert reply.headers.get("access-control-allow-credentials") == ("true" if allowed else None)
    assert "access-control-allow-origin" not in httpx.get(f"{server.url}/metrics", headers=headers).headers
    cookie = said.headers.get("set-cookie", "")
    assert ("Secure; SameSite=None; Partitioned" in cookie) == allowed
    assert said.status_code == (200 if allowed else 403)
