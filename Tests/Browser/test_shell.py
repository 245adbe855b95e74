"""Getting about: keyboard, search, theme, sign-in and sign-out."""

import re

from conftest import EMAIL, NARROW, PASSWORD, settled, violations
from playwright.sync_api import expect


def test_search_works_by_keyboard(open_page):
    page = open_page("/")
    settled(page)
    name = page.locator(".kpi-card h3 a").first.inner_text()
    page.keyboard.press("/")
    box = page.get_by_role("combobox", name="Search KPIs and metrics")
    expect(box).to_be_focused()
    page.keyboard.type(name[:8].lower())
    expect(page.get_by_role("option").first).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/(kpi|metric)/"))
    expect(page.get_by_role("heading", level=1)).to_be_focused()


def test_the_first_tab_stop_skips_to_the_content(open_page):
    page = open_page("/")
    settled(page)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_the_theme_is_kept(open_page):
    page = open_page("/")
    settled(page)
    page.get_by_role("button", name="Theme").click()
    page.get_by_role("menuitemradio", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.reload()
    settled(page)
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_a_menu_closes_with_escape_and_gives_the_focus_back(open_page):
    page = open_page("/")
    settled(page)
    button = page.get_by_role("button", name="Account of")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("menuitem").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(button).to_be_focused()


def test_a_phone_has_its_navigation_below(open_page):
    page = open_page("/", viewport=NARROW)
    settled(page)
    page.get_by_role("navigation", name="Pages").get_by_role("link", name="Data", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="Data")).to_be_visible()


def test_a_visitor_signs_in_and_comes_back_to_where_they_wanted(open_page):
    page = open_page("/data", is_signed_in=False)
    page.watch.expected.append(r"401.*/session")
    expect(page).to_have_url(re.compile(r"/signin\?next=%2Fdata"))
    assert violations(page) == []
    page.get_by_label("E-mail address").fill(EMAIL)
    page.get_by_label("Password").fill("not the right words")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert violations(page) == []
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1, name="Data")).to_be_visible()

    page.get_by_role("button", name="Account of").click()
    page.get_by_role("menuitem", name="Sign out").click()
    expect(page.get_by_role("heading", level=1, name="Sign in")).to_be_visible()


def test_a_used_set_up_link_is_refused(open_page, served):
    page = open_page("/setup?token=" + served.link.rsplit("=", 1)[1], is_signed_in=False)
    page.watch.expected.append("40[0-9].*/(session|setup)")
    page.get_by_label("Your name").fill("Somebody Else")
    page.get_by_label("E-mail address").fill("else@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Create account").click()
    expect(page.get_by_role("alert")).to_be_visible()


def test_a_failed_request_can_be_tried_again(open_page):
    page = open_page("/")
    settled(page)
    page.watch.expected.append("Failed to load resource")
    page.route("**/api/v1/sources", lambda route: route.abort())
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Data", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("did not answer")
    page.unroute("**/api/v1/sources")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("heading", level=2).first).to_be_visible()


def test_an_empty_workspace_is_taught_the_next_step(open_page):
    page = open_page("/catalogue")
    settled(page)
    page.route("**/api/v1/scorecard", lambda route: route.fulfill(json={"asOf": "2026-06-28", "objectives": [], "kpis": [], "attention": []}))
    page.route("**/api/v1/sources", lambda route: route.fulfill(json={"sources": []}))
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Scorecard", exact=True).click()
    expect(page.get_by_role("link", name="Add from the library")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("link", name="Import data").click()
    expect(page.get_by_role("heading", name="No sources yet")).to_be_visible()
    assert violations(page) == []


def loaded(page):
    """The names of the script files that the page has loaded, without their hashes."""
    names = page.evaluate("performance.getEntriesByType('resource').map((each) => each.name)")
    return {re.sub(r"-[A-Z0-9]+\.js$", "", name.rsplit("/", 1)[1]) for name in names if name.endswith(".js")}


def test_pages_come_when_they_are_opened_or_pointed_at(open_page):
    page = open_page("/")
    settled(page)
    assert loaded(page).isdisjoint({"ExplorePage", "KPIPage", "workspace", "charts.js"})
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Explore", exact=True).hover()
    page.wait_for_timeout(500)
    assert "ExplorePage" in loaded(page)
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Catalogue", exact=True).focus()
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Catalogue", exact=True).press("Enter")
    expect(page.get_by_role("heading", level=1, name="Catalogue")).to_be_visible()
    assert "KPIPage" not in loaded(page)


def test_a_page_whose_file_is_gone_says_so(open_page):
    page = open_page("/")
    settled(page)
    page.watch.expected.append("404|Failed to (load|fetch)|dynamically imported|The above error")
    page.route(re.compile(r"/assets/workspace-.*\.js"), lambda route: route.fulfill(status=404, body=""))
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Data", exact=True).click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("This page could not be drawn.")
    page.unroute_all()
    alert.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("heading", level=1, name="Data")).to_be_visible()
