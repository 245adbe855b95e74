"""The Explore page on the mock: asking, changing, reading and saving questions about behaviour."""

import re

import pytest
from conftest import NARROW, saving, settled, violations
from playwright.sync_api import expect
from test_pages import check

pytestmark = pytest.mark.mock

KINDS = ["funnel", "retention", "paths", "lifecycle", "activity", "adoption", "segment", "people", "campaigns", "metrics"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_question_is_accessible_and_fits(open_page, kind):
    page = open_page(f"/explore/{kind}")
    check(page)
    expect(page.get_by_role("navigation", name="Questions").locator("[aria-current]")).to_have_count(1)


@pytest.mark.parametrize("kind", ["paths", "lifecycle", "activity", "adoption"])
def test_every_picture_has_its_table(open_page, kind):
    page = open_page(f"/explore/{kind}")
    settled(page)
    panel = page.locator(f".{kind}-panel")
    panel.get_by_role("button", name="Show data as a table").click()
    assert panel.get_by_role("row").count() > 3
    assert violations(page) == []


def steps(page):
    return page.locator(".step .event-name").all_inner_texts()


def test_a_funnel_begins_with_an_answer_and_names_the_biggest_drop(open_page):
    page = open_page("/explore/funnel")
    settled(page)
    assert len(steps(page)) == 4
    expect(page.locator(".funnel-panel .chart")).to_have_attribute("aria-label", re.compile(r"page_viewed .*\(100"))
    expect(page.locator(".funnel-panel .verdict")).to_contain_text("loses the most")
    expect(page.locator(".funnel-trend-panel")).to_contain_text("hatched")


def test_steps_are_added_changed_moved_by_keyboard_and_removed(open_page):
    page = open_page('/explore/funnel?steps=["signed_up","ordered"]')
    settled(page)
    page.get_by_role("button", name="Add a step").click()
    search = page.get_by_role("combobox", name="Search events")
    expect(search).to_be_focused()
    search.fill("cart")
    option = page.get_by_role("option", name=re.compile("added_to_cart"))
    expect(option).to_contain_text("A product was put into the cart.")
    expect(option).to_contain_text("9")
    search.press("Enter")
    expect(page).to_have_url(re.compile("added_to_cart"))
    assert steps(page) == ["signed_up", "ordered", "added_to_cart"]
    handle = page.get_by_role("button", name=re.compile("Step 3, added_to_cart"))
    handle.focus()
    handle.press("ArrowUp")
    expect(page.get_by_role("button", name=re.compile("Step 2, added_to_cart"))).to_be_focused()
    assert steps(page) == ["signed_up", "added_to_cart", "ordered"]
    page.get_by_role("button", name="Remove step 1").click()
    assert steps(page) == ["added_to_cart", "ordered"]
    page.go_back()
    assert steps(page) == ["signed_up", "added_to_cart", "ordered"]
    expect(page.locator(".funnel-table tbody tr")).to_have_count(3)


def test_a_step_is_filtered_by_values_that_the_data_has(open_page):
    page = open_page('/explore/funnel?steps=["signed_up","ordered"]')
    settled(page)
    asked = []
    page.on("request", lambda request: "/api/v1/funnel?" in request.url and asked.append(request.url))
    page.get_by_role("button", name="Step 2: filter").click()
    options = page.get_by_role("listbox")
    expect(options.get_by_role("option", name=re.compile("^plan"))).to_contain_text("What the person pays for.")
    expect(options.get_by_role("option", name=re.compile("^theme"))).to_have_attribute("aria-disabled", "true")
    options.get_by_role("option", name=re.compile("^plan")).click()
    page.get_by_role("button", name="Choose a value").click()
    page.get_by_role("option", name=re.compile("^pro")).click()
    settled(page)
    expect(page.get_by_role("group", name="Step 2, condition 1")).to_contain_text("pro")
    page.wait_for_timeout(500)
    assert "plan+%3D+%27pro%27" in asked[-1]
    assert violations(page) == []


def test_typing_asks_once_and_keeps_the_old_answer(open_page):
    page = open_page('/explore/funnel?steps=["signed_up","ordered"]')
    settled(page)
    asked = []
    page.on("request", lambda request: "/api/v1/funnel?" in request.url and asked.append(request.url))
    page.get_by_text("Rules").click()
    within = page.get_by_label("Within")
    within.fill("")
    within.press_sequentially("30 days", delay=20)
    page.wait_for_timeout(700)
    assert len(asked) == 1
    assert "30+days" in asked[0]
    # The answer to a slow question comes late; the one before it stays, dimmed.
    within.fill("slow days")
    expect(page.locator(".answer.is-refreshing")).to_be_visible()
    expect(page.locator(".funnel-table tbody tr")).to_have_count(2)
    expect(page.locator(".answer.is-refreshing")).to_have_count(0)


def test_parts_and_a_comparison_say_what_is_beyond_noise(open_page):
    page = open_page("/explore/funnel")
    settled(page)
    page.get_by_role("button", name="Split by a property").click()
    page.get_by_role("option", name=re.compile("^plan")).click()
    page.get_by_role("combobox", name="Compare").select_option("previous")
    expect(page.locator(".funnel-parts-panel")).to_contain_text("differs")
    expect(page.locator(".funnel-parts-panel")).to_contain_text("within noise")
    expect(page.locator(".compared")).to_contain_text("beyond noise")
    expect(page).to_have_url(re.compile("split=plan.*compare=previous"))
    settled(page)
    assert violations(page) == []


@pytest.mark.parametrize("kind", ["retention", "lifecycle", "activity", "adoption", "paths"])
def test_other_questions_are_split_as_well(open_page, kind):
    page = open_page(f"/explore/{kind}?split=plan")
    check(page)
    expect(page.locator(".parts-panel tbody tr")).to_have_count(4)


def test_the_people_behind_a_step_lead_to_a_person(open_page):
    page = open_page("/explore/funnel")
    settled(page)
    page.get_by_role("button", name=re.compile("stopped before signed_up")).click()
    drawer = page.get_by_role("dialog", name="People behind this number")
    expect(drawer.get_by_role("row")).to_have_count(101)
    expect(page).to_have_url(re.compile("dropped"))
    assert violations(page) == []
    drawer.get_by_role("button", name="After").click()
    expect(drawer.get_by_role("link", name="u-101", exact=True)).to_be_visible()
    drawer.get_by_role("link", name="u-101", exact=True).click()
    expect(page.get_by_role("heading", level=2, name="u-101")).to_be_visible()
    page.get_by_role("button", name="Earlier events").click()
    expect(page.locator(".timeline")).to_contain_text("62 events, all there are")


def test_a_cell_of_the_triangle_leads_to_its_people(open_page):
    page = open_page("/explore/retention")
    settled(page)
    cell = page.locator(".cohort-table tbody tr:not(.foot)").nth(1).locator(".heat").nth(2)
    cell.focus()
    expect(page.locator(".readout")).to_contain_text("95 % interval")
    cell.press("Enter")
    expect(page.get_by_role("dialog", name="People behind this number")).to_contain_text("back in week 2")
    page.keyboard.press("Escape")
    expect(cell).to_be_focused()
    assert page.locator(".heat.open:not(.sample)").count() > 5


def test_an_imported_table_of_events_is_asked_as_well(open_page):
    page = open_page("/explore/funnel?source=events")
    settled(page)
    assert steps(page) == ["opened", "shared", "invited"]
    page.get_by_role("combobox", name="From").select_option("app")
    expect(page.locator(".step").first).to_contain_text("page_viewed")
    # Tables that do not say what was done are not offered.
    assert page.get_by_role("combobox", name="From").locator("option").all_text_contents() == ["app", "second_app", "events"]


def test_numbers_can_be_taken_along(open_page):
    page = open_page("/explore/funnel")
    settled(page)
    with page.expect_download() as waiting:
        page.locator(".funnel-panel").get_by_role("button", name="Download as CSV").click()
    text = open(waiting.value.path(), encoding="utf-8").read()
    assert text.splitlines()[0].startswith("step,label,reached")
    assert len(text.splitlines()) == 5


def test_a_question_is_saved_as_the_text_that_is_shown(open_page):
    page = open_page('/explore/funnel?steps=["signed_up","ordered"]')
    settled(page)
    dialog = saving(page, "Save as definition", "Taken already")
    dialog.get_by_role("button", name="Save").click()
    page.watch.expected.append("422")
    expect(dialog.get_by_role("alert")).to_contain_text("choose another name")
    assert violations(page) == []
    dialog.get_by_label("Name").fill("Sign-up to order")
    text = dialog.get_by_label("Definition as YAML").inner_text()
    assert text.startswith("funnel: sign_up_to_order\n")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_contain_text("definitions/sign_up_to_order.yaml")
    dialog.get_by_role("link", name="Open the definition").click()
    expect(page.locator(".saved-note")).to_contain_text("sign_up_to_order")
    settled(page)
    expect(page.locator(".funnel-panel h2")).to_have_text("Sign-up to order")


def test_a_question_becomes_a_kpi(open_page):
    page = open_page('/explore/funnel?steps=["signed_up","ordered"]')
    settled(page)
    dialog = saving(page, "Make it a KPI", "Checkout")
    expect(dialog.locator(".findings")).to_contain_text("The KPI has no target.")
    assert violations(page) == []
    dialog.get_by_label("Target, in %").fill("45")
    dialog.get_by_label("Reached by").fill("2026-12-31")
    expect(dialog.locator(".findings")).to_have_count(0)
    text = dialog.get_by_label("Definition as YAML").inner_text()
    assert text.count("---") == 2
    assert "formula: { funnel: checkout }" in text
    assert "kpi: checkout" in text
    assert "value: 45%" in text
    dialog.get_by_role("button", name="Save the KPI").click()
    expect(dialog.get_by_role("link", name="Open the KPI")).to_have_attribute("href", "/kpi/checkout")


def test_a_definition_can_be_written_as_text(open_page):
    page = open_page("/explore/funnel?name=sign_up_to_order")
    settled(page)
    page.get_by_role("button", name="Change as text").click()
    text = page.get_by_label("Definition", exact=True)
    expect(text).to_have_value(re.compile("^funnel: sign_up_to_order"))
    page.watch.expected.append("400")
    text.fill("tunnel: x\n")
    expect(page.get_by_role("alert")).to_contain_text("The text is no funnel.")
    expect(page.locator(".answer.is-refreshing")).to_be_visible()
    text.fill("funnel: x\nfrom: app\nsteps:\n  - signed_up\n  - ordered\n")
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.locator(".funnel-table tbody tr")).to_have_count(2)
    page.get_by_role("button", name="New question").click()
    expect(page.get_by_role("button", name="Add a step")).to_be_visible()


def test_the_picker_fits_a_phone_and_gives_the_focus_back(open_page):
    page = open_page("/explore/funnel", viewport=NARROW)
    settled(page)
    page.get_by_role("button", name=re.compile("Change")).click()
    button = page.get_by_role("button", name="Step 1: page_viewed, change")
    button.click()
    expect(page.get_by_role("listbox")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(button).to_be_focused()
