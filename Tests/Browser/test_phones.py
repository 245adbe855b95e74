"""Explore on a phone, on the mock: tables keep what matters and tell the rest on demand, the question's range is one line."""

import re

import pytest
from conftest import NARROW, overflows, settled, violations
from playwright.sync_api import expect

pytestmark = pytest.mark.mock

QUESTIONS = ["funnel", "funnel?split=tier&compare=previous", "retention?split=tier&compare=previous", "campaigns?split=tier&compare=previous", "campaigns", "adoption?split=tier", "lifecycle?split=tier", "activity?split=tier", "metrics"]


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_table_has_to_be_scrolled_sideways(open_page, question):
    page = open_page(f"/explore/{question}", viewport=NARROW)
    settled(page)
    for button in page.get_by_role("button", name="Show data as a table").all():
        button.click()
    assert overflows(page, ".table-box") <= 1
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


@pytest.mark.parametrize("path, table, row, told", [
    ("/explore/funnel", ".funnel-table", "2. ", ["95 % interval", "Of the step before", "Lost"]),
    ("/explore/campaigns?compare=previous", ".campaigns-panel", "google", ["Converted", "Before", "Change", "Cost of a conversion"]),
    ("/explore/retention?split=plan", ".parts-panel", "pro", ["Size"]),
])
def test_a_row_opens_to_tell_the_rest(open_page, path, table, row, told):
    page = open_page(path, viewport=NARROW)
    settled(page)
    button = page.locator(table).get_by_role("rowheader").get_by_role("button", name=row).first
    expect(button).to_have_attribute("aria-expanded", "false")
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(button).to_be_focused()
    assert page.locator(f"{table} .row-more dt").all_inner_texts()[:1] != []
    for words in told:
        expect(page.locator(f"{table} .row-more")).to_contain_text(words)
    assert violations(page) == []
    page.keyboard.press("Space")
    expect(page.locator(f"{table} .row-more")).to_have_count(0)


def test_the_people_who_were_lost_are_reached_on_a_phone_too(open_page):
    page = open_page("/explore/funnel", viewport=NARROW)
    settled(page)
    page.locator(".funnel-table").get_by_role("button", name=re.compile(r"^2\. ")).click()
    page.get_by_role("button", name=re.compile("stopped before")).click()
    expect(page.get_by_role("dialog", name="People behind this number")).to_be_visible()


@pytest.mark.parametrize("kind", ["funnel", "retention", "paths", "campaigns", "adoption"])
def test_over_what_is_asked_is_one_line(open_page, kind):
    page = open_page(f"/explore/{kind}", viewport=NARROW)
    settled(page)
    bar = page.get_by_role("group", name="Over what")
    assert bar.bounding_box()["height"] < 36
    assert overflows(page, ".question-bar") <= 1
    bar.get_by_role("combobox", name="Range").select_option("26w")
    expect(page).to_have_url(re.compile("range=26w"))
    expect(bar).to_contain_text("26w")
    bar.get_by_role("button", name="Split by a property").click()
    page.get_by_role("option", name=re.compile("^plan")).click()
    settled(page)
    bar.get_by_role("button", name="Dates", exact=True).click()
    page.get_by_label("From", exact=True).fill("2026-03-02")
    page.get_by_label("Up to and with").fill("2026-05-31")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(bar).to_contain_text("2 Mar – 31 May")
    settled(page)
    assert bar.bounding_box()["height"] < 36
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    assert violations(page) == []


def test_the_events_of_a_source_fit(open_page):
    page = open_page("/data/app", viewport=NARROW)
    settled(page)
    assert overflows(page, ".inventory .table-box") <= 1
    page.locator(".inventory").get_by_role("button", name="added_to_cart").click()
    expect(page.locator(".property-row", has_text="amount")).to_contain_text("such as")
    assert overflows(page, ".inventory .table-box") <= 1
    assert violations(page) == []
