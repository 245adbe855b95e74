"""The snippet that pages of any site load, in the real browser against the mock's door."""

import gzip
import json

import program
import pytest
from conftest import Watch
from playwright.sync_api import expect

pytestmark = pytest.mark.mock

SNIPPET = program.ROOT / "Sources/CWebAssets/dist/y.js"
QUEUE = "window.yardstick = { q: [['identify', ['u-1', { plan: 'pro' }]], ['track', ['early', { n: 1 }]]] };"


def test_it_is_small():
    assert len(gzip.compress(SNIPPET.read_bytes(), 9)) < 4096


@pytest.fixture
def shop(browser, served, signed_in):
    """Opens a page of a shop that loads the snippet; `taken` waits for what arrived at the door since."""
    contexts = []

    def open_at(path="/shop.html", queue="", before=None, **options):
        context = browser.new_context(storage_state=signed_in, **options)
        contexts.append(context)
        page = context.new_page()
        page.watch = Watch(page, served.url)
        page.watch.expected.append("elsewhere.example.com")
        page.route("**/shop-queue.js", lambda route: route.fulfill(body=queue, content_type="text/javascript"))
        page.route("https://elsewhere.example.com/**", lambda route: route.fulfill(body="<title>Elsewhere</title>", content_type="text/html"))
        if before:
            page.add_init_script(before)
        start = len(door(page))

        def taken(count):
            for _ in range(60):
                events = [event for request in door(page)[start:] for event in json.loads(request["body"])["events"]]
                if len(events) >= count:
                    break
                page.wait_for_timeout(50)
            page.wait_for_timeout(250)
            requests = door(page)[start:]
            return [event for request in requests for event in json.loads(request["body"])["events"]], requests

        page.taken = taken
        page.goto(served.url + path)
        return page

    def door(page):
        return page.context.request.get(f"{served.url}/api/v1/taken").json()["taken"]

    yield open_at
    for context in contexts:
        context.close()


def test_a_page_view_needs_no_cookie_and_no_preflight(shop):
    page = shop("/shop.html?utm_source=news&utm_campaign=june")
    events, requests = page.taken(1)
    assert [event["kind"] for event in events] == ["page"]
    assert events[0]["url"].endswith("/shop.html?utm_source=news&utm_campaign=june")
    assert events[0]["campaign"] == {"source": "news", "name": "june"}
    assert events[0]["webdriver"] is True
    assert "anonymous" not in events[0] and "user" not in events[0]
    assert json.loads(requests[0]["body"])["key"] == "yw_test"
    # The browser has the app's session cookie for this host, and did not send it.
    assert requests[0]["cookie"] is None
    assert requests[0]["method"] == "POST" and requests[0]["type"].startswith("text/plain")
    assert page.evaluate("[document.cookie, localStorage.length, sessionStorage.length]") == ["", 0, 0]
    assert page.watch.unexpected() == []


def test_a_route_of_a_single_page_app_is_a_page_view(shop):
    page = shop()
    page.taken(1)
    page.evaluate("history.pushState({}, '', '/shop/cart.html?step=2')")
    page.evaluate("history.pushState({}, '', '/shop/cart.html?step=2')")
    page.go_back()
    page.go_back()
    events, _ = page.taken(3)
    assert [event["url"].split("/", 3)[3] for event in events] == ["shop.html", "shop/cart.html?step=2", "shop.html"]
    assert events[1]["referrer"].endswith("/shop.html")


def test_what_is_called_before_it_is_loaded_is_sent(shop):
    page = shop(queue=QUEUE)
    page.taken(3)
    page.evaluate("yardstick.track('ordered', { amount: 40 })")
    events, _ = page.taken(4)
    assert [event.get("event") or event["kind"] for event in events] == ["page", "identify", "early", "ordered"]
    assert [event.get("user") for event in events] == [None, "u-1", "u-1", "u-1"]
    assert events[1]["traits"] == {"plan": "pro"} and events[3]["properties"] == {"amount": 40}
    assert len({event["id"] for event in events}) == 4


def test_an_outbound_link_is_sent_before_the_page_is_left(shop):
    page = shop()
    page.taken(1)
    page.click("#out")
    expect(page).to_have_title("Elsewhere")
    events, _ = page.taken(2)
    assert events[1]["event"] == "outbound_link_clicked"
    assert events[1]["properties"] == {"link": "https://elsewhere.example.com/page"}


def test_a_link_inside_the_site_is_a_page_view_only(shop):
    page = shop()
    page.taken(1)
    page.click("#in")
    events, _ = page.taken(2)
    assert [event["kind"] for event in events] == ["page", "page"]


@pytest.mark.parametrize("wish", ["doNotTrack: { get: () => '1' }", "globalPrivacyControl: { get: () => true }"], ids=["do not track", "global privacy control"])
def test_whoever_wishes_not_to_be_counted_is_not(shop, wish):
    page = shop(queue=QUEUE, before=f"Object.defineProperties(Navigator.prototype, {{ {wish} }})")
    page.wait_for_function("() => typeof window.yardstick?.track === 'function' && !window.yardstick.q")
    page.evaluate("yardstick.track('ordered'); yardstick.identify('u-1'); yardstick.page()")
    assert page.taken(0) == ([], [])


def test_what_did_not_arrive_is_sent_again_with_the_same_id(shop):
    page = shop()
    page.taken(1)
    tries = []

    def busy(route):
        tries.append(json.loads(route.request.post_data)["events"][0]["id"])
        if len(tries) == 1:
            route.fulfill(status=429, headers={"Retry-After": "1"}, body="{}")
        else:
            route.continue_()

    page.route("**/api/v1/events", busy)
    page.evaluate("yardstick.track('ordered')")
    page.wait_for_timeout(1600)
    assert len(tries) == 2 and tries[0] == tries[1]
