"""Long names, large numbers and narrow windows, on the mock: nothing is pushed out of its place."""

import pytest
from conftest import NARROW, overflows, saving, settled, violations
from playwright.sync_api import expect
from test_pages import check

pytestmark = pytest.mark.mock


@pytest.mark.parametrize("query", ["", "?split=tier", "?compare=previous", "?split=tier&compare=previous"])
def test_campaigns_fit_beside_their_question(open_page, query):
    page = open_page(f"/explore/campaigns{query}")
    settled(page)
    assert overflows(page, ".campaigns-panel .table-box") <= 1
    name = page.locator(".campaigns small.clipped").first
    expect(name).to_have_attribute("title", " · ".join(["cpc", "spring"]))
    assert violations(page) == []


def test_campaigns_mark_what_differs_in_words_too(open_page):
    page = open_page("/explore/campaigns?compare=previous")
    settled(page)
    row = page.locator(".campaigns tbody tr", has_text="partner")
    expect(row.locator(".differs.mark")).to_have_text("▼ below the rest")
    expect(page.locator(".campaigns-panel .fine")).to_contain_text("by more than chance")


def test_the_parts_of_a_retention_fit_beside_the_question(open_page):
    page = open_page("/explore/retention?split=tier&compare=previous")
    check(page)
    page.set_viewport_size({"width": 1440, "height": 1000})
    settled(page)
    assert overflows(page, ".parts-panel .table-box") <= 1
    expect(page.locator(".retention-curve-panel .compared")).not_to_contain_text("dashed")


def test_an_average_says_of_how_many_it_is(open_page):
    page = open_page("/explore/retention")
    settled(page)
    rows = page.locator(".cohort-table tbody tr")
    expect(rows.nth(0).locator(".size")).to_have_text("")
    counts = [int("".join(filter(str.isdigit, text)) or 0) for text in rows.nth(1).locator("td").all_inner_texts()]
    sizes = [int("".join(filter(str.isdigit, text))) for text in page.locator(".cohort-table tbody tr:not(.foot) .size").all_inner_texts()[1:]]
    # Everybody is there at the start; then those fall out whose time is not over.
    assert counts[0] == sum(sizes)
    assert counts[1] < counts[0] and counts[11] < counts[1]
    assert counts == sorted(counts, reverse=True)


def test_what_can_be_done_with_a_question_stands_beside_the_title(open_page):
    page = open_page("/explore/funnel?name=sign_up_to_order")
    settled(page)
    head = page.locator(".page-head")
    expect(head.get_by_role("button", name="Make it a KPI")).to_be_visible()
    assert page.locator(".explore-bar").bounding_box()["height"] < 40


@pytest.mark.parametrize("kind", ["funnel", "people", "campaigns", "metrics"])
def test_the_question_that_is_asked_is_seen_on_a_phone(open_page, kind):
    page = open_page(f"/explore/{kind}", viewport=NARROW)
    settled(page)
    box = page.get_by_role("navigation", name="Questions").locator("[aria-current]").bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= NARROW["width"]


def test_a_long_id_stays_in_its_list(open_page):
    page = open_page("/explore/people", viewport=NARROW)
    settled(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    page.set_viewport_size({"width": 1440, "height": 1000})
    assert overflows(page, ".person-list") <= 1


def test_a_long_path_stays_in_its_card_and_its_number_on_one_line(open_page):
    page = open_page("/live")
    settled(page)
    card = page.locator(".top-list").first
    edge = card.bounding_box()
    for row in card.locator("li").all():
        box = row.bounding_box()
        assert box["x"] + box["width"] <= edge["x"] + edge["width"]
        assert box["height"] < 34


def test_what_the_page_shows_is_told_to_screen_readers_only(open_page):
    page = open_page("/live")
    settled(page)
    expect(page.locator(".announcer")).to_contain_text("active people")
    expect(page.locator(".announcer.shown")).to_have_count(0)


def test_nobody_is_gone_in_a_week_that_still_runs(open_page):
    page = open_page("/explore/lifecycle")
    settled(page)
    page.locator(".lifecycle-panel").get_by_role("button", name="Show data as a table").click()
    row = page.locator(".lifecycle-panel tr.running")
    expect(row.get_by_role("cell").nth(4)).to_have_text("–")
    expect(row.get_by_role("cell").nth(5)).to_have_text("–")


@pytest.mark.parametrize("path, names", [("/explore/activity", ["28 days", "7 days", "A day"]), ("/explore/retention?split=tier", ["starter", "pro", "enterprise_with_priority_support", "None"])])
def test_lines_are_named_on_a_phone(open_page, path, names):
    page = open_page(path, viewport=NARROW)
    settled(page)
    assert page.locator(".lines-legend").first.locator("span").all_inner_texts() == names
    assert violations(page) == []
    page.set_viewport_size({"width": 1440, "height": 1000})
    expect(page.locator(".lines-legend")).to_have_count(0)


def test_a_source_without_events_begins_with_how_to_send_them(open_page):
    page = open_page("/data/second_app")
    check(page)
    expect(page.locator(".panel h2").first).to_have_text("Write keys")
    expect(page.locator(".intake-panel")).to_contain_text("Nothing came in yet.")
    expect(page.locator(".intake-panel .chart")).to_have_count(0)


@pytest.mark.parametrize("path, table", [("/settings", ".keys-table"), ("/explore/retention?split=tier", ".parts-panel table"), ("/explore/campaigns?split=tier", ".campaigns")])
def test_tables_show_numbers_on_a_phone(open_page, path, table):
    page = open_page(path, viewport=NARROW)
    settled(page)
    for row in page.locator(f"{table} tbody tr").all()[:4]:
        boxes = [cell.bounding_box() for cell in row.locator("td").all()]
        assert any(box["width"] > 0 and box["x"] + min(box["width"], 60) <= NARROW["width"] for box in boxes if box)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


def test_a_retention_is_steered_by_before_anybody_could_come_back(open_page):
    page = open_page('/explore/retention?starts=["refunded"]')
    settled(page)
    dialog = saving(page, "Make it a KPI", "Back again")
    assert dialog.get_by_label("Number").locator("option").all_inner_texts()[:3] == ["Back in week 4", "Back in week 1", "Back in week 2"]
    assert "formula: { retention: back_again, age: 4 }" in dialog.get_by_label("Definition as YAML").inner_text()


def test_a_segment_names_its_filter_once_and_only_where_it_is_saved(open_page):
    page = open_page("/explore/segment")
    settled(page)
    expect(page.locator(".segment-panel")).to_contain_text("Save it as a definition")
    expect(page.locator(".answer")).not_to_contain_text("in_segment(")
    page = open_page("/explore/segment?name=power_users")
    settled(page)
    assert page.locator(".answer").inner_text().count("in_segment('power_users')") == 1
