"""The Explore page on the mock: segments, numbers that become KPIs, options, comparisons, and narrow windows."""

import json
import re
import urllib.parse

import pytest
from conftest import NARROW, saving, settled, violations
from playwright.sync_api import expect
from test_pages import check

pytestmark = pytest.mark.mock


def written(value):
    return urllib.parse.quote(json.dumps(value))


def questions(page, kind):
    """The questions of a kind that the page asks from now on, decoded."""
    asked = []
    page.on("request", lambda request: f"/api/v1/{kind}?" in request.url and asked.append(urllib.parse.parse_qs(urllib.parse.urlsplit(request.url).query)))
    return asked


@pytest.mark.parametrize("kind", ["funnel", "retention", "paths", "lifecycle", "activity", "adoption", "campaigns"])
def test_every_question_can_be_narrowed_to_a_segment(open_page, kind):
    page = open_page(f"/explore/{kind}")
    settled(page)
    asked = questions(page, kind)
    page.get_by_role("button", name="Only where: segment").click()
    option = page.get_by_role("option", name=re.compile("Power users"))
    expect(option).to_contain_text("Ordered three times within 30 days.")
    option.click()
    group = page.get_by_role("group", name="Only where, condition 1")
    expect(group).to_contain_text("Power users")
    group.get_by_role("combobox", name="Belongs").select_option("out")
    page.wait_for_timeout(500)
    settled(page)
    assert asked[-1]["where"] == ["not in_segment('power_users')"]
    assert violations(page) == []
    group.get_by_role("button", name="Remove Only where, condition 1").click()
    expect(group).to_have_count(0)


def test_a_metric_can_be_narrowed_to_a_segment(open_page):
    page = open_page("/explore/metrics")
    settled(page)
    asked = questions(page, "trend")
    page.get_by_role("button", name="Only where: segment").click()
    expect(page.get_by_text("No segment of this source is saved yet.")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Only where: filter").click()
    page.get_by_role("listbox").get_by_role("option").first.click()
    page.get_by_role("combobox", name="Comparison").select_option("known")
    page.wait_for_timeout(500)
    assert any("is not null" in text for each in asked for text in each.get("where", []))
    assert violations(page) == []


def test_a_segment_says_how_many_are_in_it_and_who(open_page):
    page = open_page("/explore/segment")
    settled(page)
    asked = questions(page, "segment")
    often = page.get_by_label("How often, at least")
    often.fill("")
    expect(often).to_have_value("")
    often.press("3")
    page.get_by_label("All within").fill("30 days")
    page.wait_for_timeout(600)
    settled(page)
    assert "times: 3\nwithin: 30 days\n" in asked[-1]["definition"][0]
    assert "over" not in asked[-1]
    panel = page.locator(".segment-panel")
    expect(panel).to_contain_text(re.compile("95.%.interval"))
    expect(panel).to_contain_text("The events of this source begin on 2 November 2025.")
    page.get_by_role("button", name=re.compile("people in the segment")).click()
    drawer = page.get_by_role("dialog", name="People behind this number")
    expect(drawer.get_by_role("columnheader", name="Last")).to_be_visible()
    expect(drawer.get_by_role("row")).to_have_count(41)
    assert violations(page) == []


def test_a_segment_is_saved_and_then_offered(open_page):
    page = open_page("/explore/segment")
    settled(page)
    dialog = saving(page, "Save as definition", "Power users")
    assert dialog.get_by_label("Definition as YAML").inner_text().startswith("segment: power_users\n")
    dialog.get_by_role("button", name="Save", exact=True).click()
    dialog.get_by_role("link", name="Open the definition").click()
    settled(page)
    expect(page.locator(".segment-use code")).to_have_text("in_segment('power_users')")
    expect(page.locator(".segment-panel h2")).to_have_text("Power users")


@pytest.mark.parametrize("kind, number, formula", [
    ("retention", "Back in week 2", "formula: { retention: mine, age: 2 }"),
    ("adoption", None, "formula: { adoption: mine }"),
    ("lifecycle", "Came back", "formula: { lifecycle: mine, state: resurrected }"),
    ("activity", "Stickiness, a day ÷ 28 days", "formula: { activity: mine, kind: stickiness }"),
    ("campaigns", "Cost of a conversion", "formula: { campaigns: mine, number: cost_per_conversion }"),
    ("segment", "Share in the segment", "formula: { segment: mine, number: share }"),
    ("paths", "Went on to ordered", "formula: { paths: mine, to: ordered }"),
    ("funnel", "page_viewed → signed_up", "formula: { funnel: mine, step: 2, after: 1 }"),
])
def test_a_number_of_a_question_becomes_a_kpi(open_page, kind, number, formula):
    page = open_page(f"/explore/{kind}")
    settled(page)
    dialog = saving(page, "Make it a KPI", "Mine")
    if number:
        dialog.get_by_label("Number").select_option(label=number)
    text = dialog.get_by_label("Definition as YAML").inner_text()
    assert text.startswith(f"{kind}: mine\n")
    assert formula in text
    assert text.count("---") == 2
    assert violations(page) == []


def test_a_saved_definition_becomes_a_kpi_without_being_written_again(open_page):
    page = open_page("/explore/funnel?name=sign_up_to_order")
    settled(page)
    dialog = saving(page, "Make it a KPI", "Checkout")
    text = dialog.get_by_label("Definition as YAML").inner_text()
    assert text.startswith("metric: sign_up_to_order_conversion\n")
    assert "formula: { funnel: sign_up_to_order }" in text


def test_a_kpi_keeps_what_was_only_asked(open_page):
    page = open_page(f"/explore/funnel?steps={written(['signed_up', 'ordered'])}&filter={written([['power_users', 'in', '']])}")
    settled(page)
    dialog = saving(page, "Make it a KPI", "Checkout")
    assert "Got through all steps: signed_up → ordered, within 7 days, only where in the segment power_users." in dialog.get_by_label("Definition as YAML").inner_text()
    assert "where: in_segment('power_users')" in dialog.get_by_label("Definition as YAML").inner_text()


def test_options_hold_what_is_rarely_needed(open_page):
    page = open_page(f"/explore/funnel?steps={written(['signed_up', 'added_to_cart', 'ordered'])}")
    settled(page)
    asked = questions(page, "funnel")
    page.get_by_text("Options", exact=True).click()
    page.get_by_role("button", name="Leave out attempts with: add an event").click()
    page.get_by_role("option", name=re.compile("^refunded")).click()
    group = page.get_by_role("group", name="Exclusion 1")
    group.get_by_label("After").select_option("2")
    group.get_by_label("What it does").select_option("person")
    page.get_by_role("button", name="Held constant: choose a property").click()
    page.get_by_role("option", name=re.compile("^country")).click()
    page.get_by_label("May lie earlier by").fill("2 seconds")
    page.wait_for_timeout(600)
    settled(page)
    text = asked[-1]["definition"][0]
    assert "exclude: [{ event: refunded, between: [2, 3], rule: person }]" in text
    assert "same: [country]" in text
    assert "tolerance: 2 seconds" in text
    expect(page.locator(".count-chip")).to_have_text("3 changed")
    assert violations(page) == []


def test_brackets_and_costs_are_chosen_not_typed_as_text(open_page):
    page = open_page("/explore/retention?criterion=brackets")
    settled(page)
    asked = questions(page, "retention")
    page.get_by_label("Brackets").fill("0, 1-2, 3-12")
    page.wait_for_timeout(600)
    assert "criterion: [0, 1-2, 3-12]" in asked[-1]["definition"][0]
    page = open_page("/explore/campaigns")
    settled(page)
    asked = questions(page, "campaigns")
    page.get_by_text("Options", exact=True).click()
    page.get_by_label("Told by").select_option("ad_spend")
    page.wait_for_timeout(600)
    assert "cost: { from: ad_spend, amount: spend, source: channel, campaign: campaign_name, clicks: clicks, impressions: impressions }" in asked[-1]["definition"][0]
    assert violations(page) == []


def test_times_to_convert_are_drawn_step_by_step(open_page):
    page = open_page("/explore/funnel")
    settled(page)
    panel = page.locator(".times-panel")
    expect(panel.locator("svg.histogram")).to_have_count(3)
    assert panel.locator(".histogram-bar").count() == 12
    panel.get_by_role("button", name="From the step before").click()
    expect(panel.locator("svg.histogram")).to_have_count(3)


@pytest.mark.parametrize("kind, words", [("retention", "beyond noise"), ("paths", "10\u202f900 sessions"), ("campaigns", "before: 12 Jan")])
def test_other_questions_are_compared_as_well(open_page, kind, words):
    page = open_page(f"/explore/{kind}?compare=previous")
    check(page)
    expect(page.locator(".answer")).to_contain_text(words)


def test_campaigns_are_split(open_page):
    page = open_page("/explore/campaigns?split=country")
    check(page)
    expect(page.locator(".campaigns tbody tr")).to_have_count(10)
    expect(page.locator(".campaigns")).to_contain_text("FR")


def test_an_empty_answer_says_what_is_known_and_what_to_try(open_page):
    page = open_page(f"/explore/segment?times=99&filter={written([['plan', 'is', 'pro']])}")
    settled(page)
    panel = page.locator(".segment-panel")
    expect(panel).to_contain_text("The events of app are from")
    expect(panel).not_to_contain_text("in_segment(")
    panel.get_by_role("button", name="Without the filters").click()
    expect(page).not_to_have_url(re.compile("filter"))


@pytest.mark.parametrize("kind", ["funnel", "retention", "segment", "campaigns"])
def test_a_narrow_window_shows_the_question_as_a_sentence(open_page, kind):
    page = open_page(f"/explore/{kind}", viewport=NARROW)
    settled(page)
    line = page.locator(".fold-line")
    expect(line).to_have_attribute("aria-expanded", "false")
    expect(page.get_by_role("region", name="Question")).to_have_count(0)
    assert page.locator(".answer").bounding_box()["y"] < 560
    line.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Question")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    assert violations(page) == []
    page.get_by_role("button", name="Show the answer").click()
    expect(line).to_be_focused()
    expect(page.get_by_role("region", name="Question")).to_have_count(0)


def test_a_person_is_above_the_search_on_a_narrow_window(open_page):
    page = open_page("/explore/people", viewport=NARROW)
    settled(page)
    page.locator(".person-list a").nth(6).click()
    settled(page)
    expect(page.locator(".fold-sentence")).to_contain_text("The person u-")
    page.locator(".fold-line").click()
    expect(page.locator(".person-list")).to_be_visible()
    assert violations(page) == []


def test_what_fails_stays_open_on_a_narrow_window(open_page):
    page = open_page("/explore/funnel?name=sign_up_to_order", viewport=NARROW)
    settled(page)
    expect(page.locator(".fold-sentence")).to_have_text("The saved definition sign_up_to_order")
    page.locator(".fold-line").click()
    page.get_by_role("button", name="Change as text").click()
    page.watch.expected.append("400")
    page.get_by_label("Definition", exact=True).fill("tunnel: x\n")
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Definition", exact=True)).to_be_visible()
