"""What real clients sent, byte for byte, to the running program.

The recordings are not part of the project: `YARDSTICK_CAPTURES`, else `shared/captures` beside it.
Each is a request as it stood on the wire, and beside it what a recorder read of it.
"""

import base64
import contextlib
import gzip
import http.client
import json
import os
import pathlib
import random
import socket
import subprocess
import zlib

import pytest

from conftest import BINARY, ROOT, Served

CAPTURES = pathlib.Path(os.environ.get("YARDSTICK_CAPTURES", ROOT.parent / "shared/captures"))
pytestmark = pytest.mark.skipif(not CAPTURES.is_dir(), reason="The folder shared/captures is not there.")
# The keys that the recorded clients were given.
KEYS = ["WK_web", "WK_test", "WK_node", "phc_test", "phc", "ex.com", "b59e9c65-ae32-47f1-8400-119fcf4861c4"]
CLIENTS = ["segment", "segment_node", "posthog", "browser"]
# Clients of these formats give their events no id, so that nothing tells a retry from a new event.
WITHOUT_IDS = ["plausible", "umami"]


class Capture:
    """A request as it was sent, and what its recorder read."""

    def __init__(self, file):
        self.name, self.raw = str(file.relative_to(CAPTURES)), file.read_bytes()
        recording = json.loads(file.with_suffix(".json").read_text())
        self.method, self.target = recording["method"], recording["target"]
        self.path = self.target.split("?")[0]
        self.headers = {name.lower(): value for name, value in recording["headers"]}
        self.recorded = (recording.get("response") or {}).get("status")
        self.has_ids = not any(f"/{name}/" in self.name for name in WITHOUT_IDS)
        self.is_events = self.method == "POST" and not self.path.startswith("/flags")

    def ids(self):
        """The ids of the events, read from the bytes by Python's libraries alone.

        An alias of somebody to themselves says nothing, and is no event.
        """
        body = self.raw.split(b"\r\n\r\n", 1)[1]
        if body[:2] == b"\x1f\x8b":
            body = gzip.decompress(body)
        elif body[:4] == b"\x28\xb5\x2f\xfd":
            body = subprocess.run(["zstd", "-dcq"], input=body, check=True, capture_output=True).stdout
        elif self.headers.get("content-encoding") == "deflate":
            with contextlib.suppress(zlib.error):
                body = zlib.decompress(body)
        if body.startswith(b"data="):
            body = base64.b64decode(http.client.urllib.parse.unquote(body[5:].decode()))
        said = json.loads(body)
        events = said if isinstance(said, list) else said.get("batch", [said])
        return [
            event.get("messageId") or event.get("uuid") or event["properties"]["$insert_id"] for event in events
            if event.get("type") != "alias" or event["previousId"] != event.get("userId", event.get("anonymousId"))]


def captures():
    """The requests of the clients that send events."""
    files = [file for client in CLIENTS for file in sorted((CAPTURES / client).rglob("*.raw"))]
    return [Capture(file) for file in files] if CAPTURES.is_dir() else []


def send(served, capture):
    """Status, headers and body of the answer to the very bytes of a recording."""
    with socket.create_connection(("127.0.0.1", served.port), timeout=30) as connection:
        connection.sendall(capture.raw)
        answer = http.client.HTTPResponse(connection, method=capture.method)
        answer.begin()
        return answer.status, answer.headers, answer.read()


@pytest.fixture(scope="module")
def keyed():
    """A workspace whose keys are those that the recorded clients had."""
    workspace = Served(BINARY)
    for key in KEYS:
        workspace.run("key", "make", "app", "--site", key)
    workspace.start()
    yield workspace
    code, _ = workspace.stop()
    workspace.remove()
    assert code == 0


def test_every_recorded_event_is_stored_once_however_often_it_is_sent(keyed):
    requests = [capture for capture in captures() if capture.is_events]
    again = [capture for capture in requests if capture.has_ids]
    random.Random(4).shuffle(again)
    for capture in requests + again:
        status, headers, body = send(keyed, capture)
        assert status == (202 if "plausible" in capture.name else 200), (capture.name, status, body[:200])
        if "origin" in capture.headers:
            assert headers["Access-Control-Allow-Origin"] in (capture.headers["origin"], "*"), capture.name
        if "plausible" not in capture.name:
            json.loads(body)
    ids = {identifier for capture in again for identifier in capture.ids()}
    without_ids = sum(not capture.has_ids for capture in requests)
    assert len(ids) > 300 and without_ids == 10
    assert keyed.wait_for(len(ids) + without_ids) == len(ids) + without_ids
    assert keyed.settled() == len(ids) + without_ids


def test_clients_that_ask_for_flags_and_settings_are_told_that_there_are_none(keyed):
    asked = [capture for capture in captures() if not capture.is_events]
    assert len(asked) >= 14
    for capture in asked:
        status, _, body = send(keyed, capture)
        if capture.path.startswith("/static/") or capture.path.endswith("/remote_config"):
            assert status == 404, capture.name
            continue
        assert status == 200, (capture.name, status, body[:200])
        if capture.path.startswith("/flags/") and capture.method == "POST":
            said = json.loads(body)
            assert said.get("flags", said.get("featureFlags")) in ({}, []), capture.name
            assert said["errorsWhileComputingFlags"] is False, capture.name
