"""Events on their way in: the live page, a source of events on the data page, write keys, on the mock."""

import json
import re

import pytest
from conftest import press, settled, violations
from playwright.sync_api import expect
from test_pages import check

pytestmark = pytest.mark.mock


@pytest.mark.parametrize("path", ["/live", "/data/app"])
def test_every_page_is_accessible_and_fits(open_page, path):
    check(open_page(path))


def test_numbers_move_until_they_are_paused(open_page):
    page = open_page("/live")
    settled(page)
    expect(page.locator(".live-state")).to_have_text("Live")
    active = page.locator(".live-number").first
    before = active.inner_text()
    expect(active).not_to_have_text(before)
    page.get_by_role("button", name="Pause").click()
    expect(page.locator(".live-state")).to_have_text("Paused")
    held = active.inner_text()
    page.wait_for_timeout(1500)
    expect(active).to_have_text(held)
    page.get_by_role("button", name="Go on").click()
    expect(active).not_to_have_text(held)


def test_a_screen_reader_is_told_once_not_every_second(open_page):
    page = open_page("/live")
    settled(page)
    expect(page.locator(".announcer")).to_contain_text("active people in the last 5 minutes")
    expect(page.locator(".announcer")).to_have_text("", timeout=8000)
    page.wait_for_timeout(1500)
    expect(page.locator(".announcer")).to_have_text("")
    assert page.locator("[aria-live]").count() == 1


def test_a_quiet_source_says_how_an_event_is_sent(open_page):
    page = open_page("/live")
    settled(page)
    press(page, "/api/v1/quiet/on")
    page.reload()
    expect(page.get_by_role("heading", name="Nothing in the last half hour")).to_be_visible()
    expect(page.locator(".snippets pre")).to_contain_text("y.js")
    assert violations(page) == []
    press(page, "/api/v1/quiet/off")


def test_the_inventory_says_what_is_not_as_planned(open_page):
    page = open_page("/data/app")
    settled(page)
    inventory = page.locator(".inventory")
    expect(inventory.locator("tbody tr")).to_have_count(9)
    inventory.get_by_role("button", name="added_to_cart").click()
    expect(inventory.locator(".property-row", has_text="amount")).to_contain_text("Wrong type")
    expect(inventory.locator(".property-row", has_text="amount")).to_contain_text("also text")
    inventory.get_by_role("button", name="Not as planned").click()
    expect(inventory).to_contain_text("Not seen yet")
    expect(inventory.get_by_role("button", name="page_viewed")).to_have_count(0)
    assert violations(page) == []


def test_refused_events_are_shown_tried_again_and_removed(open_page):
    page = open_page("/data/app")
    settled(page)
    card = page.locator(".quarantine")
    total = card.locator(".refused-list > li").count()
    card.locator("summary").first.click()
    expect(card.locator("pre").first).to_contain_text('"event": "ordered"')
    expect(card.get_by_role("button", name="Remove")).to_be_disabled()
    card.get_by_role("checkbox").nth(1).check()
    card.get_by_role("button", name="Remove").click()
    expect(card.locator(".refused-list > li")).to_have_count(total - 1)
    card.get_by_role("button", name="Try all again").click()
    expect(page.locator(".announcer")).to_contain_text("taken")
    expect(card.locator(".code-chips")).not_to_contain_text("bad-time")
    assert violations(page) == []


def test_a_key_is_shown_once_with_the_lines_that_use_it(open_page):
    page = open_page("/settings?source=app")
    settled(page)
    page.get_by_role("button", name="Make a key").click()
    dialog = page.get_by_role("dialog", name="Make a write key")
    assert violations(page) == []
    dialog.get_by_label("Label").fill("phone app")
    dialog.get_by_role("button", name="Make the key").click()
    dialog = page.get_by_role("dialog", name="The new key")
    secret = dialog.locator(".key-text code").inner_text()
    assert re.fullmatch(r"yw_\w+", secret)
    for client in ["Web page", "curl", "Segment", "PostHog"]:
        dialog.get_by_role("button", name=client, exact=True).click()
        expect(dialog.locator("pre")).to_contain_text(secret)
    assert violations(page) == []
    page.keyboard.press("Escape")
    row = page.locator(".keys-table tbody tr", has_text="phone app")
    expect(row).to_be_visible()
    assert secret not in page.content()
    row.get_by_role("button", name="Revoke phone app").click()
    page.get_by_role("dialog").get_by_role("button", name="Revoke it").click()
    expect(row).to_contain_text("revoked")
    assert violations(page) == []


def test_a_metric_whose_rows_have_no_time_offers_no_range(open_page):
    page = open_page("/catalogue")
    # What the API says of a metric of rows without a time; what is asked of it all the same fails the test.
    def timeless(route):
        answer = route.fetch().json()
        route.fulfill(json={**answer, "hasTime": False})
    page.route("**/api/v1/metrics/activation", timeless)
    page.route("**/api/v1/trend**", lambda route: route.fulfill(status=500, body=json.dumps({"code": "x", "message": "No trend should be asked for."})))
    page.goto(page.url.replace("/catalogue", "/metric/activation"))
    expect(page.get_by_role("heading", name="No trend, for its rows have no time")).to_be_visible()
    card = page.locator(".trend")
    for name in ["Range", "Dates", "Grain", "Compare"]:
        expect(card.get_by_text(name, exact=True)).to_have_count(0)
    expect(card.locator("button, select")).to_have_count(0)
