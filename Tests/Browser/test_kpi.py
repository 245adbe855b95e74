"""The KPI page: controls live in the address, every chart has its table, the definition can be read."""

import re

from conftest import settled
from playwright.sync_api import expect


def test_the_address_holds_the_choices(open_page, kpi):
    page = open_page(kpi)
    settled(page)
    page.get_by_label("Grain", exact=True).select_option("month")
    page.get_by_role("button", name="6m").click()
    page.get_by_label("Compare", exact=True).select_option("previous")
    expect(page).to_have_url(re.compile(r"grain=month.*range=last\+6\+months.*compare=previous"))

    page.reload()

    settled(page)
    expect(page.get_by_label("Grain", exact=True)).to_have_value("month")
    expect(page.get_by_role("button", name="6m")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_label("Compare", exact=True)).to_have_value("previous")
    page.go_back()
    expect(page.get_by_label("Compare", exact=True)).to_have_value("none")


def test_a_range_can_be_given_as_dates(open_page, kpi):
    page = open_page(kpi)
    settled(page)
    page.get_by_role("button", name="Dates").click()
    page.get_by_label("From").fill("2026-01-05")
    page.get_by_label("Up to and with").fill("2026-03-29")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page).to_have_url(re.compile(r"range=2026-01-05\.\.2026-03-29"))
    settled(page)
    expect(page.get_by_role("button", name="5 Jan 2026 – 29 Mar 2026")).to_be_visible()


def test_the_table_behind_the_chart_opens_by_keyboard(open_page, kpi):
    page = open_page(kpi)
    settled(page)
    button = page.locator(".trend").get_by_role("button", name="Show data as a table")
    button.focus()
    page.keyboard.press("Enter")
    table = page.locator(".trend").get_by_role("table")
    expect(table).to_be_visible()
    assert table.get_by_role("row").count() > 4
    page.keyboard.press("Enter")
    expect(page.locator(".trend .chart")).to_be_visible()


def test_pointing_at_the_trend_names_the_period(open_page, kpi):
    page = open_page(kpi)
    settled(page)
    page.locator(".trend .chart").scroll_into_view_if_needed()
    box = page.locator(".trend .chart").bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.4, box["y"] + 120)
    expect(page.locator(".trend .tip").first).to_contain_text("Actual")


def test_the_breakdown_changes_its_dimension(open_page, kpi):
    page = open_page(kpi)
    settled(page)
    choice = page.locator(".breakdown").get_by_label("By", exact=True)
    names = choice.locator("option").evaluate_all("options => options.map((option) => option.value)")
    choice.select_option(names[-1])
    if len(names) > 1:
        expect(page).to_have_url(re.compile(f"by={names[-1]}"))
    expect(page.locator(".breakdown").get_by_role("table")).to_be_visible()
    page.locator(".breakdown").get_by_role("button", name="Lines").click()
    expect(page.locator(".breakdown .chart")).to_have_attribute("data-ready", "true")


def test_the_definition_and_the_receipt_can_be_read(open_page, kpi):
    page = open_page(kpi)
    settled(page)
    expect(page.get_by_label("Definition as YAML")).to_contain_text("kpi:")
    page.get_by_text("SQL with its bound values").click()
    expect(page.get_by_label("SQL", exact=True).first).to_contain_text(re.compile("select", re.IGNORECASE))
    expect(page.locator(".receipt")).to_contain_text("tzdata")
