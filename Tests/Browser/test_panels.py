"""The panels of the KPI page and the rows behind a number. The mock has a page for each kind of panel."""

import re

import pytest
from conftest import NARROW, settled, violations
from playwright.sync_api import expect
from test_pages import check

# Only the mock has every kind of panel on the pages that are asked for here.
pytestmark = pytest.mark.mock

PANELS = {
    "bridge": "/kpi/recurring-revenue", "cohorts": "/kpi/active-teams", "survival": "/kpi/logo-churn", "opinion": "/kpi/recommendation",
    "lifetime": "/metric/average-invoice", "scatter": "/kpi/time-to-first-value", "quotient": "/kpi/activation-rate", "split": "/kpi/tickets",
}


@pytest.mark.parametrize("kind", PANELS)
def test_every_kind_is_accessible_and_fits(open_page, kind):
    page = open_page(PANELS[kind])
    check(page)
    expect(page.locator(f".{kind}-panel")).to_be_visible()


@pytest.mark.parametrize("kind", ["survival", "opinion", "lifetime", "scatter", "quotient"])
def test_every_picture_has_its_table(open_page, kind):
    page = open_page(PANELS[kind])
    settled(page)
    panel = page.locator(f".{kind}-panel")
    panel.get_by_role("button", name="Show data as a table").click()
    assert panel.get_by_role("row").count() > 3
    expect(panel.locator(".chart")).to_have_count(0)
    assert violations(page) == []


def test_the_bridge_steps_through_its_periods(open_page):
    page = open_page(PANELS["bridge"])
    settled(page)
    panel = page.locator(".bridge-panel")
    expect(panel).to_contain_text("What moved in May 2026")
    panel.get_by_role("button", name="Period before").click()
    expect(panel).to_contain_text("What moved in Apr 2026")
    page.reload()
    settled(page)
    expect(panel).to_contain_text("What moved in Apr 2026")


def test_a_number_of_the_bridge_leads_to_its_rows_and_back(open_page):
    page = open_page(PANELS["bridge"])
    settled(page)
    number = page.get_by_role("button", name=re.compile("^Churn of May 2026"))
    number.click()
    drawer = page.get_by_role("dialog", name="Rows behind this number")
    expect(drawer).to_contain_text("Churn, May 2026")
    expect(drawer).to_contain_text("movement = 'churn'")
    expect(drawer.get_by_role("row")).to_have_count(101)
    assert violations(page) == []
    drawer.get_by_role("button", name="After").click()
    expect(drawer).to_contain_text("101 – 200 of")
    page.keyboard.press("Escape")
    expect(drawer).to_have_count(0)
    expect(number).to_be_focused()


def test_a_bar_leads_to_its_rows(open_page):
    page = open_page(PANELS["bridge"])
    settled(page)
    chart = page.locator(".bridge-panel .chart")
    chart.scroll_into_view_if_needed()
    box = chart.bounding_box()
    chart.click(position={"x": box["width"] - 60, "y": 240})
    expect(page.get_by_role("dialog")).to_contain_text("All movements up to the closing value")


def test_the_cohorts_are_walked_by_keyboard(open_page):
    page = open_page(PANELS["cohorts"])
    settled(page)
    panel = page.locator(".cohorts-panel")
    first = panel.locator('[data-row="1"][data-column="0"]')
    first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(panel.locator(".readout")).to_contain_text("2\u00a0months after the start")
    expect(panel.locator(".readout")).to_contain_text("95 % interval")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("age_months = 2")
    page.go_back()
    expect(page.get_by_role("dialog")).to_have_count(0)
    panel.get_by_role("button", name="Count").click()
    expect(page).to_have_url(re.compile("cells=count"))


REVENUE = "/kpi/recurring-revenue"


def test_the_revenue_of_cohorts_is_read_three_ways(open_page):
    page = open_page(REVENUE)
    settled(page)
    panel = page.locator(".cohorts-panel")
    cell = panel.locator('[data-row="1"][data-column="1"]')
    expect(cell).to_have_text(re.compile(r"^\d+\.\d%$"))
    panel.get_by_role("button", name="Money").click()
    expect(cell).to_have_text(re.compile(r"^€[\d.]+k$"))
    panel.get_by_role("button", name="Customers", exact=True).click()
    expect(cell).to_have_text(re.compile(r"^\d+$"))
    page.reload()
    settled(page)
    expect(panel.get_by_role("button", name="Customers", exact=True)).to_have_attribute("aria-pressed", "true")
    expect(panel).to_contain_text("of customers who began before the first row")
    assert violations(page) == []


def test_the_revenue_of_a_cohort_leads_to_its_entries(open_page):
    page = open_page(REVENUE)
    settled(page)
    panel = page.locator(".cohorts-panel")
    panel.locator('[data-row="1"][data-column="0"]').focus()
    page.keyboard.press("ArrowRight")
    expect(panel.locator(".readout")).to_contain_text("1\u00a0month later: €")
    expect(panel.locator(".readout")).to_contain_text("customers pay")
    page.keyboard.press("Enter")
    drawer = page.get_by_role("dialog", name="Rows behind this number")
    expect(drawer).to_contain_text("started >= '2025-04-01' and started < '2025-05-01'")
    assert violations(page) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_revenue_of_cohorts_fits_a_phone(open_page, theme):
    page = open_page(REVENUE, theme=theme, viewport=NARROW)
    settled(page)
    expect(page.locator(".cohorts-panel")).to_contain_text("cells in %")
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    assert violations(page) == []


def test_the_rows_of_a_kpi_are_one_click_away(open_page):
    page = open_page(PANELS["quotient"], viewport=NARROW)
    settled(page)
    page.get_by_role("button", name="Rows behind this number").click()
    expect(page.get_by_role("dialog").get_by_role("table")).to_be_visible()
    assert violations(page) == []


def test_who_may_not_see_rows_is_told(open_page):
    page = open_page(PANELS["quotient"])
    settled(page)
    page.watch.expected.append("403")
    page.route("**/api/v1/rows*", lambda route: route.fulfill(status=403, json={
        "code": "server/not-allowed", "message": "The role 'viewer' may not see rows.", "hint": None}))
    page.get_by_role("button", name="Rows behind this number").click()
    expect(page.get_by_role("dialog")).to_contain_text("Your account may not see single rows")
    assert violations(page) == []


def test_a_panel_that_cannot_be_made_says_why_beside_the_others(open_page):
    page = open_page("/metric/signups")
    check(page)
    expect(page.locator(".refused-panel")).to_contain_text("cannot be told from this data")
    expect(page.locator(".split-panel")).to_be_visible()


def test_a_server_without_panels_shows_none(open_page):
    page = open_page("/data")
    settled(page)
    page.watch.expected.append("404")
    page.route("**/api/v1/panels*", lambda route: route.fulfill(status=404, json={"code": "server/not-found", "message": "There is no such path."}))
    page.goto(page.url.replace("/data", PANELS["bridge"]))
    settled(page)
    expect(page.locator(".bridge-panel")).to_have_count(0)
    expect(page.locator(".trend")).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)
