"""Choosing KPIs: three questions lead to candidates that can be added."""

import re

import pytest
from conftest import settled, violations
from playwright.sync_api import expect
from test_pages import check

ANSWERED = "/choose?goal=retain&model=subscription&stage=growth"


def test_nothing_is_proposed_before_all_is_said(open_page):
    page = open_page("/choose")
    settled(page)
    page.get_by_role("radio", name=re.compile("^Retain")).focus()
    page.keyboard.press("Space")
    expect(page).to_have_url(re.compile("goal=retain"))
    expect(page.locator(".choose-answer")).to_contain_text("Say how you earn and how far you are")


def test_own_words_lead_to_a_goal(open_page):
    page = open_page("/choose")
    settled(page)
    page.get_by_label("In your own words").fill("Fewer customers leave in their first year")
    page.get_by_role("button", name="Retain").click()
    expect(page.get_by_role("radio", name=re.compile("^Retain"))).to_be_checked()


@pytest.mark.mock
def test_a_proposal_has_its_reasons_and_warnings(open_page):
    page = open_page(ANSWERED)
    check(page)
    for name in ("Outcome", "Drivers", "Guardrails"):
        expect(page.get_by_role("region", name=name).get_by_role("listitem").first).to_be_visible()
    expect(page.get_by_role("list", name="Beware")).to_contain_text("vanity")
    addable = page.locator(".candidate").filter(has=page.get_by_role("button", name=re.compile("Add to workspace")))
    candidate = page.locator(f'.candidate[data-entry="{addable.first.get_attribute("data-entry")}"]')
    candidate.get_by_label("Reads").select_option(index=1)
    candidate.get_by_role("button", name=re.compile("Add to workspace")).click()
    expect(candidate).to_contain_text("Written to")
    assert violations(page) == []


@pytest.mark.mock
def test_an_entry_shows_its_example_and_its_relatives(open_page):
    page = open_page("/catalogue?tab=library&q=monthly-active-users")
    settled(page)
    card = page.locator('[data-entry="monthly-active-users"]')
    card.get_by_text("Worked example").click()
    expect(card.get_by_role("table")).to_contain_text("ann")
    expect(card).to_contain_text("dan only in February")
    card.get_by_role("link", name=re.compile("Stickiness")).click()
    expect(page.locator(".library-card")).to_have_count(1)
    page.get_by_role("searchbox", name="Search the library").fill("")
    page.get_by_label("Family").select_option("money")
    expect(page).to_have_url(re.compile("family=money"))
    assert page.locator(".library-card").count() == 3
    assert violations(page) == []
