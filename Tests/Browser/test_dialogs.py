"""Whatever opens over a page, on the mock: accessible in both themes, walked by keyboard, and the focus comes back."""

import re

import pytest
from conftest import NARROW, settled, violations
from playwright.sync_api import expect

pytestmark = pytest.mark.mock

DIALOGS = {
    "save": ("/explore/funnel", "Save as definition"),
    "kpi": ("/explore/retention", "Make it a KPI"),
    "people": ("/explore/funnel", re.compile("stopped before signed_up")),
    "members": ("/explore/segment", re.compile("people in the segment")),
    "new key": ("/settings", "Make a key"),
    "revoke": ("/data/app", re.compile("^Revoke ")),
}
LISTS = {
    "split": ("/explore/funnel", "Split by a property"),
    "event": ("/explore/funnel", re.compile("^Step 1: .*, change")),
    "segment": ("/explore/funnel", "Only where: segment"),
    "saved": ("/explore/funnel", "Open a saved definition"),
    "dates": ("/explore/funnel", "Dates"),
    "theme": ("/live", "Theme"),
    "account": ("/live", "Account of"),
}


def found_in_both_themes(page):
    """What axe finds in what is open, first in the light theme, then in the dark one."""
    found = violations(page)
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    return found + violations(page)


@pytest.mark.parametrize("path, opener", DIALOGS.values(), ids=DIALOGS.keys())
def test_a_dialog_keeps_the_focus_and_gives_it_back(open_page, path, opener):
    page = open_page(path)
    settled(page)
    button = page.get_by_role("button", name=opener).first
    button.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    settled(page)
    assert found_in_both_themes(page) == []
    for _ in range(12):
        page.keyboard.press("Tab")
        # Between the last and the first the browser's own bar has its turn, which the page sees as its body.
        assert dialog.evaluate("(box) => box.contains(document.activeElement) || document.activeElement === document.body")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(button).to_be_focused()


@pytest.mark.parametrize("path, opener", LISTS.values(), ids=LISTS.keys())
def test_a_list_closes_with_escape_and_gives_the_focus_back(open_page, path, opener):
    page = open_page(path)
    settled(page)
    button = page.get_by_role("button", name=opener).first
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(button).not_to_be_focused()
    assert found_in_both_themes(page) == []
    page.keyboard.press("Escape")
    expect(button).to_have_attribute("aria-expanded", "false")
    expect(button).to_be_focused()


@pytest.mark.parametrize("path, opener", DIALOGS.values(), ids=DIALOGS.keys())
def test_a_dialog_fits_a_phone(open_page, path, opener):
    page = open_page(path, viewport=NARROW)
    settled(page)
    if path == "/explore/funnel" and opener != "Save as definition":
        page.locator(".funnel-table").get_by_role("rowheader").get_by_role("button").nth(1).click()
    page.get_by_role("button", name=opener).first.click()
    dialog = page.get_by_role("dialog")
    settled(page)
    box = dialog.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= NARROW["width"]
    assert dialog.evaluate("(box) => box.scrollWidth - box.clientWidth") <= 1
    assert violations(page) == []


def test_a_changed_question_is_answered_in_a_sentence(open_page):
    page = open_page("/explore/funnel")
    settled(page)
    expect(page.locator(".announcer")).to_have_text("")
    page.get_by_role("button", name="Remove step 4").click()
    expect(page.locator(".announcer")).to_contain_text(re.compile("get through 3 steps"))
    expect(page.locator(".announcer.shown")).to_have_count(0)
