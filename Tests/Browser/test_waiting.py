"""What pages show while they wait, on the mock: the first event of a source, a slow answer, a program that does not answer."""

import re

import pytest
from conftest import press, settled, violations
from playwright.sync_api import expect

pytestmark = pytest.mark.mock


@pytest.fixture
def waiting(open_page):
    """A page of a source into which nothing has come; the first event comes with `press`."""
    page = open_page("/explore/retention?source=second_app")
    yield page
    press(page, "/api/v1/first/off")


def test_the_first_event_brings_the_answer(waiting):
    page = waiting
    expect(page.locator(".awaited")).to_have_text("Waiting for the first event")
    assert violations(page) == []
    press(page, "/api/v1/first/on")
    expect(page.locator(".cohort-table")).to_be_visible()
    expect(page.locator(".awaited")).to_have_count(0)


def test_the_first_event_fills_the_page_of_its_source(waiting):
    page = waiting
    page.goto(re.match(r"http://[^/]+", page.url)[0] + "/data/second_app")
    expect(page.locator(".intake-panel")).to_contain_text("Nothing came in yet.")
    press(page, "/api/v1/first/on")
    expect(page.locator(".inventory tbody tr").first).to_be_visible()
    expect(page.locator(".intake-panel")).not_to_contain_text("Nothing came in yet.")


def test_a_slow_answer_says_so_and_gives_way_to_another_question(open_page):
    page = open_page("/explore/funnel")
    settled(page)
    expect(page.locator(".funnel-table")).to_be_visible()
    held = []
    page.route(re.compile(r"/api/v1/funnel\?"), lambda route: held.append(route))
    page.get_by_role("button", name="26w").click()
    expect(page.locator(".slow i")).to_be_attached()
    expect(page.locator(".answer")).to_have_attribute("aria-busy", "true")
    expect(page.locator(".slow")).to_contain_text("Still reckoning")
    assert violations(page) == []
    page.unroute_all(behavior="ignoreErrors")
    page.get_by_role("button", name="4w").click()
    expect(page.locator(".slow i")).to_have_count(0)
    expect(page.locator(".answer")).to_have_attribute("aria-busy", "false")
    expect(page.locator(".slow")).to_have_text("")


def test_a_program_that_does_not_answer_is_told_until_it_is_back(open_page):
    page = open_page("/catalogue")
    settled(page)
    page.watch.expected.append("Failed to load resource|net::ERR")
    page.route("**/api/v1/events", lambda route: route.abort())
    page.reload()
    expect(page.locator(".offline")).to_contain_text("Yardstick does not answer.")
    expect(page.get_by_role("heading", level=1, name="Catalogue")).to_be_visible()
    assert violations(page) == []
    page.unroute_all(behavior="ignoreErrors")
    expect(page.locator(".offline")).to_have_count(0)
