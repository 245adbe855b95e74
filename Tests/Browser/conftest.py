"""A signed-in browser for every test; a test fails on any console error or request off the host."""

import re

import program
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect, sync_playwright

EMAIL, PASSWORD = "mira@example.org", "a long sentence of words"
WIDE, NARROW = {"width": 1440, "height": 1000}, {"width": 390, "height": 844}

expect.set_options(timeout=15_000)


def pytest_configure(config):
    config.addinivalue_line("markers", "mock: needs the pages of Web/dev/mock.py; runs with YARDSTICK_MOCK=1")


def pytest_collection_modifyitems(config, items):
    """What needs the mock's pages has a run of its own, and is not part of the run against the program."""
    if program.IS_MOCK:
        return
    apart = [item for item in items if item.get_closest_marker("mock")]
    items[:] = [item for item in items if item not in apart]
    config.hook.pytest_deselected(items=apart)


@pytest.fixture(scope="session")
def served():
    running = program.start()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield made
        made.close()


class Watch:
    """Collects what must not happen on a page; `expected` holds patterns of what a test provokes."""

    def __init__(self, page, url):
        # What there is not is answered with 404, which the browser notes in its console.
        self.problems, self.expected = [], [r"404.*/no/such/page"]
        page.on("console", lambda message: message.type in ("error", "warning") and self.add(f"{message.text} {message.location.get('url', '')}"))
        page.on("pageerror", lambda error: self.add(str(error)))
        page.on("request", lambda request: request.url.startswith((url, "data:", "blob:")) or self.add(f"left the host: {request.url}"))

    def add(self, text):
        self.problems.append(text)

    def unexpected(self):
        return [text for text in self.problems if not any(re.search(pattern, text) for pattern in self.expected)]


@pytest.fixture(scope="session")
def signed_in(browser, served):
    """Creates the first account through the set-up page; gives the cookies of its session."""
    context = browser.new_context(viewport=WIDE, reduced_motion="reduce")
    page = context.new_page()
    watch = Watch(page, served.url)
    page.goto(served.link)
    page.get_by_label("Your name").fill("Mira Kant")
    page.get_by_label("E-mail address").fill(EMAIL)
    page.get_by_label("Password").fill(PASSWORD)
    assert violations(page) == []
    page.get_by_role("button", name="Create account").click()
    expect(page.get_by_role("heading", level=1, name="Scorecard")).to_be_visible()
    assert watch.unexpected() == []
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def open_page(browser, served, signed_in):
    """Opens a path in a window of its own; checks at the end that nothing went wrong unseen."""
    opened = []

    def open_at(path, theme="light", viewport=WIDE, is_signed_in=True):
        context = browser.new_context(
            viewport=viewport, color_scheme=theme, reduced_motion="reduce", timezone_id="America/Los_Angeles",
            storage_state=signed_in if is_signed_in else None)
        page = context.new_page()
        page.watch = Watch(page, served.url)
        opened.append((context, page))
        page.goto(served.url + path)
        return page

    yield open_at
    found = [text for _, page in opened for text in page.watch.unexpected()]
    for context, _ in opened:
        context.close()
    assert found == []


def violations(page):
    """What axe finds, as lines that name the rule and the element."""
    result = Axe().run(page)
    return [f"{rule['id']}: {node['html'][:160]}" for rule in result.response["violations"] for node in rule["nodes"]]


def settled(page):
    """Waits until the page shows content: its heading is there and nothing is loading."""
    expect(page.get_by_role("heading", level=1).first).to_be_visible()
    expect(page.get_by_role("status", name="Loading")).to_have_count(0)
    # An old answer is grey until the new one is there.
    expect(page.locator(".answer.is-refreshing")).to_have_count(0)
    for chart in page.locator(".chart").all():
        expect(chart).to_have_attribute("data-ready", "true")


def overflows(page, selector):
    """By how many pixels the content of the elements is wider than they are, at most."""
    return max(page.locator(selector).evaluate_all("(all) => all.map((each) => each.scrollWidth - each.clientWidth)"), default=0)


def saving(page, button, name):
    """The dialog that saves the question of the page, with a name in it."""
    page.get_by_role("button", name=button).click()
    dialog = page.get_by_role("dialog", name=button)
    dialog.get_by_label("Name").fill(name)
    return dialog


def press(page, switch):
    """A switch of the mock, such as /api/v1/quiet/on, pressed as the signed-in person."""
    host = re.match(r"http://[^/]+", page.url)[0]
    csrf = page.request.get(host + "/api/v1/session").json()["csrf"]
    assert page.request.post(host + switch, headers={"X-CSRF-Token": csrf}).ok


@pytest.fixture(scope="session")
def kpi(browser, served, signed_in):
    """The address of a KPI that has a value and a breakdown, found on the scorecard."""
    context = browser.new_context(viewport=WIDE, storage_state=signed_in)
    page = context.new_page()
    page.goto(served.url + "/")
    settled(page)
    links = [link.get_attribute("href") for link in page.locator(".kpi-card:not(.quiet) h3 a").all()]
    for link in links:
        page.goto(served.url + link)
        settled(page)
        if page.locator(".breakdown").count():
            break
    context.close()
    return link
