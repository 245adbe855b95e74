"""Every page is accessible, fits its window and says what it should, in both themes and on a phone."""

import re

import pytest
from conftest import NARROW, settled, violations
from playwright.sync_api import expect

PAGES = {"scorecard": "/", "by attention": "/?order=attention", "catalogue": "/catalogue", "library": "/catalogue?tab=library", "choose": "/choose", "data": "/data", "explore": "/explore/funnel", "live": "/live", "settings": "/settings", "not found": "/no/such/page"}


def check(page):
    """Axe and the width in a wide light window, then dark, then on a phone."""
    settled(page)
    found = [f"light {line}" for line in violations(page)]
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    settled(page)
    found += [f"dark {line}" for line in violations(page)]
    page.set_viewport_size(NARROW)
    settled(page)
    found += [f"phone {line}" for line in violations(page)]
    width = page.evaluate("document.documentElement.scrollWidth")
    assert found == []
    assert width <= NARROW["width"], f"the page is {width} pixels wide on a phone"


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_every_page_is_accessible_and_fits(open_page, path):
    check(open_page(path))


def test_the_kpi_page_is_accessible_and_fits(open_page, kpi):
    page = open_page(kpi + "?compare=previous")
    check(page)
    expect(page.locator(".trend .chart")).to_be_visible()


def test_the_scorecard_says_where_each_kpi_stands(open_page):
    page = open_page("/")
    settled(page)
    cards = page.locator(".kpi-card")
    assert cards.count() >= 7
    for card in cards.all():
        expect(card.locator(".pill")).to_have_text(re.compile("On course|At risk|Off course|No target|No data"))
    expect(page.locator(".objective")).not_to_have_count(0)


def test_a_metric_has_a_page_too(open_page):
    page = open_page("/catalogue?kind=Metric")
    settled(page)
    page.locator("table.list tbody th a").first.click()
    expect(page).to_have_url(re.compile("/metric/"))
    settled(page)
    expect(page.get_by_role("heading", name="Definition")).to_be_visible()
    assert violations(page) == []


def test_an_unknown_kpi_is_told_with_a_hint(open_page):
    page = open_page("/kpi/no-such-kpi")
    page.watch.expected.append("404")
    alert = page.get_by_role("alert").first
    expect(alert).to_be_visible()
    expect(alert.get_by_role("button", name="Try again")).to_be_visible()
    assert violations(page) == []
