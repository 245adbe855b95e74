"""The data page: importing a file, seeing what was refused, cancelling."""

import program
import pytest
from conftest import settled, violations
from playwright.sync_api import expect


def test_every_source_says_how_fresh_it_is(open_page):
    page = open_page("/data")
    settled(page)
    for card in page.locator(".source").all():
        expect(card.locator(".pill").first).to_be_visible()
        expect(card).to_contain_text("Data until")


def rows_for(page, source):
    """A file for a source, with the columns that the page shows, and one line that cannot be read."""
    card = page.locator(".source").filter(has=page.get_by_role("heading", name=source, exact=True))
    card.get_by_text("column").first.click()
    columns = [tuple(cells) for cells in card.locator(".source-columns tbody tr").evaluate_all(
        "rows => rows.map((row) => [...row.children].map((cell) => cell.textContent))")]
    good = {"text": "a", "integer": "7", "number": "1.5", "decimal": "1.50", "boolean": "true", "date": "2026-06-01", "instant": "2026-06-01T10:00:00Z"}
    line = ",".join(good.get(kind.strip().lower(), "a") for _, kind in columns)
    bad = ",".join("not-a-date" if kind.strip().lower() != "text" else "b" for _, kind in columns)
    text = ",".join(name for name, _ in columns) + "\n" + f"{line}\n" * 40 + f"{bad}\n"
    return card, text, any(kind.strip().lower() != "text" for _, kind in columns)


def test_an_upload_shows_progress_and_what_was_refused(open_page):
    page = open_page("/data")
    settled(page)
    source = page.locator(".source h2").first.inner_text()
    card, text, has_typed_column = rows_for(page, source)
    card.locator("input[type=file]").set_input_files({"name": "from-the-page.csv", "mimeType": "text/csv", "buffer": text.encode()})
    expect(card.locator("progress, .import-result, .failure").first).to_be_visible()
    expect(card.locator(".import-result, .failure")).to_be_visible(timeout=30_000)
    if card.locator(".failure").count():
        pytest.fail(card.locator(".failure").inner_text())
    if has_typed_column:
        expect(card.locator(".import-result")).to_contain_text("refused")
        expect(card.locator(".refusals")).to_contain_text("42")
    assert violations(page) == []
    card.get_by_role("button", name="Close the import's result").click()
    expect(card.get_by_text(f"Import a file into {source}")).to_be_visible()


def test_an_import_can_be_cancelled(open_page, served):
    page = open_page("/data")
    settled(page)
    if program.IS_MOCK:
        card = page.locator(".source").first
        slow = {"name": "slow.csv", "mimeType": "text/csv", "buffer": b"slow\n1\n"}
    else:
        # All events of the demo once more take seconds, which is long enough to press a button.
        card = page.locator(".source").filter(has=page.get_by_role("heading", name="events", exact=True))
        slow = f"{served.folder}/demo/imports/events.csv"
    before = card.get_by_role("row").count()
    card.locator("input[type=file]").set_input_files(slow)
    card.get_by_role("button", name="Cancel").click()
    expect(card.get_by_role("alert")).to_contain_text("cancelled")
    # Nothing of it stayed: the source lists the same files as before.
    page.reload()
    settled(page)
    assert card.get_by_role("row").count() == before
