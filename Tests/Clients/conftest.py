"""The built program with an empty workspace, and a relay that makes the way to it bad."""

import contextlib
import http.client
import http.server
import json
import os
import pathlib
import sys
import threading

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = os.environ.get("YARDSTICK_BINARY", str(ROOT / ".build/release/yardstick"))
sys.path.insert(0, str(ROOT / "Tests/Faults"))

from rig import Workspace  # noqa: E402


class Served(Workspace):
    """A workspace that applications send to."""

    url = property(lambda self: f"http://127.0.0.1:{self.port}")

    def person(self, id_):
        """The ids of a person, and the events in their order; properties and traits are read."""
        export = json.loads(self.run("export", id_))
        events = [json.loads(event) if isinstance(event, str) else event for event in export["events"].get("app", [])]
        for event in events:
            for name in ("properties", "traits"):
                if isinstance(event[name], str):
                    event[name] = json.loads(event[name])
        return set(export["ids"]), sorted(events, key=lambda event: event["client_time"] or "")


@pytest.fixture(scope="session")
def running():
    workspace = Served(BINARY)
    workspace.start()
    yield workspace
    code, _ = workspace.stop()
    workspace.remove()
    assert code == 0


@pytest.fixture
def served(running):
    """The workspace, with the rows that were there before the test."""
    running.rows_before = running.settled()
    return running


class Relay(http.server.ThreadingHTTPServer):
    """Stands between a client and the program, and does to the first requests what it is told.

    `drop`: the program gets the request, and the client no answer; a number: the client gets this status,
    and the program nothing; `pass`: as if it were not there. Requests after the last are passed.
    """

    daemon_threads = True

    def __init__(self, target, *deeds):
        super().__init__(("127.0.0.1", 0), Passing)
        self.target, self.deeds, self.statuses, self.lock = target, list(deeds), [], threading.Lock()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    url = property(lambda self: f"http://127.0.0.1:{self.server_port}")

    def next(self):
        with self.lock:
            return self.deeds.pop(0) if self.deeds else "pass"

    def handle_error(self, request, client_address):
        """A client that has gone is no news."""


class Passing(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body, deed = self.rfile.read(int(self.headers.get("Content-Length", 0))), self.server.next()
        self.server.statuses.append(deed)
        if isinstance(deed, int):
            self.send_response(deed)
            self.send_header("Retry-After", "0")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        connection = http.client.HTTPConnection("127.0.0.1", self.server.target.port, timeout=20)
        headers = {name: value for name, value in self.headers.items() if name.lower() != "connection"}
        connection.request(self.command, self.path, body or None, headers)
        answer = connection.getresponse()
        content = answer.read()
        if deed == "drop":
            self.close_connection = True
            return
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in ("connection", "transfer-encoding", "content-length", "date"):
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST

    def log_message(self, *words):
        """Says nothing."""


@pytest.fixture
def relay(served):
    """Makes relays to the program."""
    with contextlib.ExitStack() as made:
        def make(*deeds):
            relay = Relay(served, *deeds)
            made.callback(relay.server_close)
            made.callback(relay.shutdown)
            return relay
        yield make
