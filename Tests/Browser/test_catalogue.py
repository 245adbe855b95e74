"""The catalogue: searching, filtering, and taking an entry from the library."""

import re

import pytest
from conftest import settled, violations
from playwright.sync_api import expect


def test_search_and_filters_live_in_the_address(open_page):
    page = open_page("/catalogue")
    settled(page)
    rows = page.locator("table.list tbody tr")
    everything = rows.count()
    page.keyboard.press("/")
    field = page.get_by_role("searchbox", name="Search definitions")
    expect(field).to_be_focused()
    word = page.locator("table.list tbody th a").last.inner_text().split()[0].lower()
    page.keyboard.type(word)
    page.get_by_label("Kind").select_option("Metric")
    expect(page).to_have_url(re.compile(f"q={word}.*kind=Metric"))
    assert 0 < rows.count() < everything
    page.reload()
    settled(page)
    expect(field).to_have_value(word)
    assert 0 < rows.count() < everything


def test_nothing_found_offers_to_clear(open_page):
    page = open_page("/catalogue?q=qqqqqq&kind=KPI")
    settled(page)
    page.get_by_role("button", name="Clear search and filters").click()
    expect(page.locator("table.list tbody tr").first).to_be_visible()
    expect(page).to_have_url(re.compile(r"/catalogue$"))


def added(page, card):
    """Whether an entry can be added for one of the sources; a refusal must say what to do."""
    choice = card.get_by_label("Reads")
    names = choice.locator("option").evaluate_all("options => options.map((option) => option.value)") if choice.count() else [""]
    for name in [name for name in names if name] or [""]:
        if name:
            choice.select_option(name)
        card.get_by_role("button", name="Add to workspace").click()
        expect(card.get_by_text("Written to").or_(card.get_by_role("alert"))).to_be_visible()
        if card.get_by_text("Written to").count():
            return True
    return False


def test_an_entry_of_the_library_is_added(open_page):
    page = open_page("/catalogue?tab=library")
    settled(page)
    expect(page.locator(".library-card").first).to_be_visible()
    buttons = page.get_by_role("button", name="Add to workspace")
    assert buttons.count() > 0
    page.watch.expected.append("Failed to load resource")
    ids = [card.get_attribute("data-entry") for card in page.locator(".library-card").filter(has=buttons).all()][:8]
    assert any(added(page, page.locator(f'[data-entry="{id}"]')) for id in ids)
    assert violations(page) == []
    # The server tells that definitions changed, and the list has the entry without being loaded again.
    entry = next(id for id in ids if page.locator(f'[data-entry="{id}"]').get_by_text("Written to").count())
    page.get_by_role("tab", name="Definitions").or_(page.get_by_role("link", name="Definitions")).first.click()
    expect(page.locator(f'a[href="/kpi/{entry}"]').first).to_be_attached()


def test_what_is_already_there_is_refused_with_a_hint(open_page):
    page = open_page("/catalogue?tab=library")
    settled(page)
    page.watch.expected.append("409")
    page.route("**/api/v1/library/*", lambda route: route.fulfill(status=409, json={
        "code": "library/exists", "message": "There is already a file of this name.", "hint": "Delete it first."}))
    page.get_by_role("button", name="Add to workspace").first.click()
    expect(page.get_by_role("alert")).to_contain_text("Delete it first.")
