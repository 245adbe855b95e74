#!/usr/bin/env python3
"""Kills the program while applications send events, again and again, and counts what is stored.

Every client repeats a batch until the program says that it has it, as real clients do. In the end
each event must be there exactly once: not one lost that was acknowledged, not one twice.

    Tests/Faults/crash.py PROGRAM [--rounds 25] [--seed 1] [--signal KILL|TERM]
"""

import argparse
import http.client
import json
import pathlib
import random
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time

DEFINITIONS = """
source: app
is: What the clients of this test send.
from: events
entities: { person: person, message: message_id }
---
metric: rows
is: Events that are stored.
unit: count
better: up
formula: { count: rows, from: app }
---
metric: messages
is: Different events that are stored.
unit: count
better: up
formula: { distinct: message, from: app }
"""
CLIENTS, BATCH, ROUND_SECONDS, STOP_SECONDS = 4, 20, (0.2, 2.0), 10


class Workspace:
    """A workspace of its own, and the program that serves it."""

    def __init__(self, program):
        self.program = program
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="yardstick-faults-"))
        (self.folder / "definitions").mkdir()
        (self.folder / "yardstick.yaml").write_text("workspace: Faults\nzone: UTC\n")
        (self.folder / "definitions/app.yaml").write_text(DEFINITIONS)
        self.key = self.run("key", "make", "app").strip()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.process = None

    def run(self, *words):
        command = [self.program, *words, "--workspace", str(self.folder)]
        return subprocess.run(command, check=True, capture_output=True, text=True, timeout=300).stdout

    def start(self):
        """Seconds until the program accepts requests."""
        begin = time.monotonic()
        self.process = subprocess.Popen(
            [self.program, "serve", "--port", str(self.port), "--workspace", str(self.folder)],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while time.monotonic() - begin < 60:
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
                connection.request("GET", "/ready")
                if connection.getresponse().status == 200:
                    return time.monotonic() - begin
            except OSError:
                time.sleep(0.01)
        raise SystemExit("The program was not ready after 60 seconds.")

    def stop(self, how):
        """Sends a signal; the exit code and the seconds until the end."""
        begin = time.monotonic()
        self.process.send_signal(how)
        code = self.process.wait(timeout=60)
        return code, time.monotonic() - begin

    def value(self, metric):
        answer = json.loads(self.run("ask", metric, "--over", "all", "--format", "json"))
        names = [column["name"] for column in answer["columns"]]
        return answer["rows"][0][names.index(f"{metric}.value") if f"{metric}.value" in names else names.index("value")]


class Client(threading.Thread):
    """Sends batches one after the other, each until it is acknowledged."""

    def __init__(self, workspace, number):
        super().__init__(daemon=True)
        self.workspace, self.number = workspace, number
        self.acknowledged, self.sent_again, self.wrong = 0, 0, []
        self.ends = threading.Event()

    def run(self):
        batch = 0
        connection = None
        while not self.ends.is_set():
            events = [
                {"id": f"{self.number}-{batch}-{index}", "event": "clicked", "user": f"u{random.randrange(500)}"}
                for index in range(BATCH)
            ]
            body = json.dumps(events)
            headers = {"Authorization": f"Bearer {self.workspace.key}"}
            while True:
                try:
                    connection = connection or http.client.HTTPConnection("127.0.0.1", self.workspace.port, timeout=20)
                    connection.request("POST", "/api/v1/events", body, headers)
                    answer = connection.getresponse()
                    text = answer.read()
                    if answer.status == 200 and json.loads(text)["accepted"] == BATCH:
                        self.acknowledged += BATCH
                        break
                    if answer.status not in (429, 503):
                        self.wrong.append(f"{answer.status} {text[:200]}")
                        return
                except (OSError, http.client.HTTPException, ValueError):
                    connection = None
                self.sent_again += 1
                time.sleep(0.02)
            batch += 1


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--rounds", type=int, default=25)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--signal", choices=["KILL", "TERM"], default="KILL")
    words = parser.parse_args()
    chance = random.Random(words.seed)
    how = getattr(signal, f"SIG{words.signal}")
    workspace = Workspace(words.program)
    starts, problems = [workspace.start()], []
    clients = [Client(workspace, number) for number in range(CLIENTS)]
    for client in clients:
        client.start()
    for _ in range(words.rounds):
        time.sleep(chance.uniform(*ROUND_SECONDS))
        code, seconds = workspace.stop(how)
        if words.signal == "TERM" and (code != 0 or seconds > STOP_SECONDS):
            problems.append(f"told to stop, it ended with {code} after {seconds:.1f} s")
        starts.append(workspace.start())
    for client in clients:
        client.ends.set()
    for client in clients:
        client.join(timeout=60)
    workspace.stop(signal.SIGTERM)
    acknowledged = sum(client.acknowledged for client in clients)
    rows, messages = workspace.value("rows"), workspace.value("messages")
    problems += [text for client in clients for text in client.wrong]
    if rows != acknowledged or messages != acknowledged:
        problems.append(f"{acknowledged} acknowledged, {rows:.0f} rows, {messages:.0f} different")
    print(
        f"{words.rounds} × SIG{words.signal}: {acknowledged} events acknowledged, {rows:.0f} rows, {messages:.0f} different; "
        f"{sum(client.sent_again for client in clients)} batches sent again; slowest start {max(starts):.2f} s")
    shutil.rmtree(workspace.folder)
    for problem in problems:
        print(f"FAILED: {problem}")
    raise SystemExit(1 if problems else 0)


if __name__ == "__main__":
    main()
