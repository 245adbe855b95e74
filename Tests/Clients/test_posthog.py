"""PostHog's library for Python, as an application uses it."""

import datetime
import logging

import posthog
import pytest

logging.getLogger("posthog").setLevel(logging.CRITICAL)
# Applications use what the library would like to drop.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


class Sender:
    """The library's client, with what it says of failures."""

    def __init__(self, key, host, **settings):
        self.errors = []
        self.client = posthog.Posthog(key, host=host, on_error=lambda error, items: self.errors.append(str(error)), **settings)

    def __enter__(self):
        return self.client

    def __exit__(self, *_):
        self.client.flush()
        self.client.shutdown()


def test_every_call_becomes_an_event_of_the_same_person(served):
    sender = Sender(served.key, served.url)
    with sender as client:
        client.capture("bought", distinct_id="p-1", properties={"price": 3, "note": "Größe 🦆", "$set": {"plan": "free"}})
        client.capture("$pageview", distinct_id="p-1", properties={"$current_url": "https://x.example/docs?utm_source=news"})
        client.set(distinct_id="p-1", properties={"name": "Per"})
        client.set_once(distinct_id="p-1", properties={"first": "2026"})
        client.group_identify("company", "acme", {"seats": 3}, distinct_id="p-1")
        client.alias("p-0", "p-1")
        client.capture("grouped by", distinct_id="p-1", groups={"company": "acme"})
        client.capture_exception(ValueError("broken"), distinct_id="p-1")
    assert sender.errors == []
    assert served.wait_for(served.rows_before + 8) == served.rows_before + 8
    ids, events = served.person("p-1")
    assert ids == {"p-0", "p-1"}
    named = [event["event"] for event in events]
    assert sorted(named) == sorted(
        ["bought", "page_viewed", "identified", "identified", "grouped", "aliased", "grouped by", "$exception"])
    by_name = {event["event"]: event for event in events}
    bought = by_name["bought"]
    assert bought["properties"]["price"] == 3 and bought["properties"]["note"] == "Größe 🦆"
    assert bought["traits"] == {"plan": "free"}
    assert bought["library"] == "posthog-python " + posthog.VERSION
    page = by_name["page_viewed"]
    assert (page["path"], page["campaign_source"]) == ("/docs", "news")
    assert (by_name["grouped"]["group_type"], by_name["grouped"]["group_id"]) == ("company", "acme")
    assert by_name["grouped by"]["group_id"] == "acme"


@pytest.mark.parametrize("packed", [False, True])
def test_a_thousand_events_are_all_there(served, packed):
    sender = Sender(served.key, served.url, gzip=packed)
    with sender as client:
        for number in range(1_000):
            client.capture("counted", distinct_id=f"p-many-{packed}-{number % 10}", properties={"number": number})
    assert sender.errors == []
    assert served.wait_for(served.rows_before + 1_000) == served.rows_before + 1_000
    _, events = served.person(f"p-many-{packed}-3")
    assert sorted(event["properties"]["number"] for event in events) == list(range(3, 1_000, 10))


@pytest.mark.parametrize("deed", ["drop", 503, 429])
def test_a_batch_that_is_sent_again_counts_once(served, relay, deed):
    bad = relay(deed, deed)
    sender = Sender(served.key, bad.url, timeout=5)
    with sender as client:
        for number in range(50):
            client.capture("sent again", distinct_id=f"p-again-{deed}", properties={"number": number})
    assert sender.errors == []
    assert bad.statuses[:2] == [deed, deed] and bad.statuses[2:]
    assert served.wait_for(served.rows_before + 50) == served.settled() == served.rows_before + 50
    _, events = served.person(f"p-again-{deed}")
    assert sorted(event["properties"]["number"] for event in events) == list(range(50))


def test_no_flag_is_on(served):
    sender = Sender(served.key, served.url)
    with sender as client:
        assert not client.feature_enabled("beta", "p-flags")
        assert client.get_feature_flag("beta", "p-flags") is None
        assert client.get_all_flags("p-flags") == {}
        assert client.get_feature_flag_payload("beta", "p-flags") is None
    assert sender.errors == []


def test_no_flag_is_on_where_the_client_decides_itself(served):
    sender = Sender(served.key, served.url, personal_api_key="phx_some", poll_interval=3_600)
    with sender as client:
        client.load_feature_flags()
        assert client.feature_flags == []
        assert not client.feature_enabled("beta", "p-flags", only_evaluate_locally=True)
    assert sender.errors == []


def test_events_of_the_past_keep_their_time(served):
    sender = Sender(served.key, served.url, historical_migration=True)
    then = datetime.datetime(2026, 1, 31, 23, 59, 59, 123_000, tzinfo=datetime.timezone.utc)
    with sender as client:
        client.capture("remembered", distinct_id="p-past", timestamp=then)
    assert sender.errors == []
    assert served.wait_for(served.rows_before + 1) == served.rows_before + 1
    _, (event,) = served.person("p-past")
    assert event["time"].startswith("2026-01-31 23:59:59.123")


def test_an_unknown_key_is_told_to_the_application(served):
    sender = Sender("yw_unknown", served.url)
    with sender as client:
        client.capture("lost", distinct_id="p-2")
    assert len(sender.errors) == 1 and "no write key" in sender.errors[0]
    assert served.settled() == served.rows_before
