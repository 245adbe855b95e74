"""What a person can do wrong on the Explore page, on the mock: each ends in words that say what to do."""

import json
import re
import urllib.parse

import pytest
from conftest import NARROW, settled, violations
from playwright.sync_api import expect

pytestmark = pytest.mark.mock


def written(value):
    return urllib.parse.quote(value if isinstance(value, str) else json.dumps(value))


def test_nonsense_as_text_is_told_without_an_offer_to_try_it_again(open_page):
    page = open_page(f"/explore/funnel?yaml={written('{{{ not yaml: [')}")
    page.watch.expected.append("400")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("The text is no funnel.")
    expect(alert).to_contain_text("begin it with funnel: NAME")
    expect(alert.get_by_role("button", name="Try again")).to_have_count(0)
    expect(page.get_by_role("button", name="Make it a KPI")).to_have_count(0)
    expect(page.get_by_label("Definition", exact=True)).to_be_visible()
    assert violations(page) == []


def test_a_line_of_a_text_is_named_as_its_writer_counts_it(open_page):
    page = open_page(f"/explore/funnel?yaml={written('funnel: x' + chr(10) + 'from: app' + chr(10) + 'within: abc')}")
    page.watch.expected.append("400")
    expect(page.get_by_role("alert")).to_contain_text("line 3 of the definition")


def test_an_empty_text_asks_nothing_and_says_how_one_begins(open_page):
    page = open_page("/explore/funnel?yaml=")
    expect(page.get_by_role("heading", name="Write the definition")).to_be_visible()
    expect(page.locator(".empty")).to_contain_text("“funnel: a_name”")
    assert violations(page) == []


def test_a_text_of_another_kind_leads_to_where_it_is_asked(open_page):
    page = open_page(f"/explore/funnel?yaml={written('retention: back' + chr(10) + 'from: app' + chr(10) + 'over: 12 weeks')}")
    expect(page.get_by_role("heading", name="This text is about retention")).to_be_visible()
    page.get_by_role("link", name="Ask it there").click()
    expect(page).to_have_url(re.compile("/explore/retention\\?yaml="))
    settled(page)


@pytest.mark.parametrize("path, label, words", [
    (f"/explore/funnel?steps={written(['signed_up', 'ordered'])}&within=abc", "Within", "“Within” is a length of time in seconds to weeks; “abc” is none."),
    ("/explore/retention?over=abc", "Followed for", "“Followed for” is a number of days, weeks or months up to 400; “abc” is none."),
    ("/explore/segment?times=abc", "How often, at least", "“How often, at least” is a number from 1 to 1000; “abc” is none."),
])
def test_a_field_that_says_nothing_sensible_is_marked(open_page, path, label, words):
    page = open_page(path)
    page.watch.expected.append("400")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text(words)
    expect(alert).to_contain_text(re.compile("Write “.+” or “.+”."))
    expect(alert).not_to_contain_text("question:")
    expect(page.get_by_label(label, exact=True)).to_have_attribute("aria-invalid", "true")
    assert violations(page) == []
    page.get_by_label(label, exact=True).fill("7 days" if label != "How often, at least" else "2")
    expect(alert).to_have_count(0)
    expect(page.get_by_label(label, exact=True)).not_to_have_attribute("aria-invalid", "true")


def test_an_event_that_never_came_is_named_with_one_like_it(open_page):
    page = open_page(f"/explore/funnel?steps={written(['signed-up', 'refunded', 'ordered', 'quite_unlike'])}")
    settled(page)
    warnings = page.get_by_role("list", name="Warnings").get_by_role("listitem")
    expect(warnings).to_have_count(3)
    expect(warnings.nth(0)).to_have_text("No event named signed-up has come in, so nobody has done it. Is it signed_up?")
    expect(warnings.nth(1)).to_contain_text("No event named refunded has come in yet, though it is planned")
    expect(warnings.nth(2)).to_have_text("No event named quite_unlike has come in, so nobody has done it.")
    assert violations(page) == []


def test_a_funnel_without_steps_says_what_to_choose(open_page):
    page = open_page(f"/explore/funnel?steps={written([])}")
    expect(page.get_by_role("heading", name="Choose at least two steps.")).to_be_visible()
    expect(page.get_by_role("button", name="Save as definition")).to_have_count(0)


@pytest.mark.parametrize("kind", ["funnel", "retention", "paths", "lifecycle", "activity", "adoption", "segment", "campaigns"])
def test_a_source_without_events_says_how_to_send_some(open_page, kind):
    page = open_page(f"/explore/{kind}?source=second_app")
    expect(page.get_by_role("heading", name="No event has come into second_app yet")).to_be_visible()
    expect(page.get_by_role("link", name="How to send events")).to_have_attribute("href", "/data/second_app")
    assert violations(page) == []


@pytest.mark.parametrize("path, words", [
    ("/explore/funnel?source=nonesuch", "There is no source of events named “nonesuch”; what follows is about app."),
    ("/explore/metrics?metric=nonesuch", "There is no metric named “nonesuch”"),
])
def test_an_address_that_names_what_there_is_not_says_so(open_page, path, words):
    page = open_page(path)
    settled(page)
    expect(page.get_by_role("list", name="Warnings")).to_contain_text(words)


def test_a_failure_keeps_the_question_open_on_a_narrow_window(open_page):
    page = open_page("/explore/retention?over=abc", viewport=NARROW)
    page.watch.expected.append("400")
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Followed for", exact=True)).to_have_attribute("aria-invalid", "true")
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
