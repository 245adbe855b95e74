"""What is typed wrongly into a form, on the mock: the field says so, and the way out."""

import pytest
from conftest import saving, settled, violations
from playwright.sync_api import expect

pytestmark = pytest.mark.mock


def test_a_wrong_origin_is_told_at_its_field(open_page):
    page = open_page("/settings?source=app")
    settled(page)
    page.get_by_role("button", name="Make a key").click()
    dialog = page.get_by_role("dialog")
    field = dialog.get_by_label("Sites whose pages may use it")
    field.fill("shop.example.com")
    page.watch.expected.append("422")
    dialog.get_by_role("button", name="Make the key").click()
    expect(dialog.get_by_role("alert")).to_contain_text("such as https://shop.example.com")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description("'shop.example.com' is no origin of pages. – write it as a browser sends it, such as https://shop.example.com")
    assert violations(page) == []
    field.fill("https://shop.example.com")
    dialog.get_by_role("button", name="Make the key").click()
    expect(page.get_by_role("dialog", name="The new key")).to_be_visible()


def test_a_target_that_is_no_number_is_told_before_it_is_saved(open_page):
    page = open_page("/explore/funnel")
    settled(page)
    dialog = saving(page, "Make it a KPI", "Checkout")
    target = dialog.get_by_label("Target, in %")
    target.fill("much")
    expect(dialog.get_by_role("alert")).to_contain_text("“much” is no number")
    expect(target).to_have_attribute("aria-invalid", "true")
    expect(dialog.get_by_role("button", name="Save the KPI")).to_be_disabled()
    target.fill("45")
    dialog.get_by_label("Reached by").fill("2020-01-01")
    expect(dialog.get_by_role("alert")).to_contain_text("a day after today")
    dialog.get_by_label("Reached by").fill("2099-12-31")
    expect(dialog.get_by_role("alert")).to_have_count(0)
    expect(dialog.get_by_role("button", name="Save the KPI")).to_be_enabled()
    assert violations(page) == []
