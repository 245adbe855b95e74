"""Segment's library for Python, as an application uses it."""

import datetime
import decimal
import logging

import pytest
import segment.analytics as segment

logging.getLogger("segment").setLevel(logging.CRITICAL)


class Sender:
    """The library's client, with what it says of failures."""

    def __init__(self, key, host, **settings):
        self.errors = []
        self.client = segment.Client(key, host=host, on_error=lambda error, items: self.errors.append(str(error)), **settings)

    def __enter__(self):
        return self.client

    def __exit__(self, *_):
        if self.client.consumers:
            self.client.flush()
            self.client.join()


def test_every_call_becomes_an_event_of_the_same_person(served):
    sender = Sender(served.key, served.url)
    with sender as client:
        client.track(anonymous_id="s-device", event="Looked")
        client.identify("s-1", {"plan": "pro", "since": datetime.datetime(2026, 1, 2)}, anonymous_id="s-device")
        client.track(
            "s-1", "Order Completed", {"total": decimal.Decimal("12.50"), "items": [{"sku": "x"}], "note": "Größe 🦆", "paid": True},
            context={"campaign": {"source": "news", "medium": "email"}, "page": {"url": "https://x.example/cart?a=1"}})
        client.page("s-1", "Docs", "Guide", {"url": "https://x.example/docs"})
        client.screen("s-1", "App", "Home")
        client.group("s-1", "acme", {"seats": 5})
        client.alias("s-0", "s-1")
    assert sender.errors == []
    assert served.wait_for(served.rows_before + 7) == served.rows_before + 7
    ids, events = served.person("s-1")
    assert ids == {"s-0", "s-1", "s-device"}
    by_name = {event["event"]: event for event in events}
    assert set(by_name) == {"Looked", "identified", "Order Completed", "page_viewed", "screen_viewed", "grouped", "aliased"}
    order = by_name["Order Completed"]
    assert order["properties"] == {"total": 12.5, "items": [{"sku": "x"}], "note": "Größe 🦆", "paid": True}
    assert (order["campaign_source"], order["campaign_medium"], order["path"]) == ("news", "email", "/cart")
    assert order["library"] == "analytics-python " + segment.version.VERSION
    assert by_name["identified"]["traits"] == {"plan": "pro", "since": "2026-01-02T00:00:00"}
    assert (by_name["page_viewed"]["title"], by_name["page_viewed"]["path"]) == ("Guide", "/docs")
    assert (by_name["grouped"]["group_id"], by_name["grouped"]["traits"]) == ("acme", {"seats": 5})


def test_a_thousand_events_in_packed_batches_are_all_there(served):
    sender = Sender(served.key, served.url, gzip=True)
    with sender as client:
        for number in range(1_000):
            client.track(f"s-many-{number % 10}", "Counted", {"number": number})
    assert sender.errors == []
    assert served.wait_for(served.rows_before + 1_000) == served.rows_before + 1_000
    _, events = served.person("s-many-3")
    assert sorted(event["properties"]["number"] for event in events) == list(range(3, 1_000, 10))


@pytest.mark.parametrize("deed", ["drop", 503, 429])
def test_a_batch_that_is_sent_again_counts_once(served, relay, deed):
    bad = relay(deed, deed)
    sender = Sender(served.key, bad.url, timeout=5)
    with sender as client:
        for number in range(50):
            client.track(f"s-again-{deed}", "Sent again", {"number": number})
    assert sender.errors == []
    assert bad.statuses[:2] == [deed, deed] and bad.statuses[2:]
    assert served.wait_for(served.rows_before + 50) == served.settled() == served.rows_before + 50
    _, events = served.person(f"s-again-{deed}")
    assert sorted(event["properties"]["number"] for event in events) == list(range(50))


def test_each_call_by_itself_and_a_time_of_last_year(served):
    sender = Sender(served.key, served.url, sync_mode=True)
    then = datetime.datetime(2026, 1, 31, 23, 59, 59, 123_000, tzinfo=datetime.timezone.utc)
    with sender as client:
        client.track("s-sync", "Remembered", timestamp=then)
    assert served.wait_for(served.rows_before + 1) == served.rows_before + 1
    _, (event,) = served.person("s-sync")
    assert event["client_time"].startswith("2026-01-31 23:59:59.123")


def test_what_is_wrong_is_told_to_the_application(served):
    unknown = Sender("yw_unknown", served.url)
    with unknown as client:
        client.track("s-2", "Lost")
    assert len(unknown.errors) == 1 and "ingest/unknown-key" in unknown.errors[0]
    no_number = Sender(served.key, served.url)
    with no_number as client:
        client.track("s-2", "Not a number", {"ratio": float("nan")})
    assert len(no_number.errors) == 1 and "events/bad-json" in no_number.errors[0]
    assert served.settled() == served.rows_before
