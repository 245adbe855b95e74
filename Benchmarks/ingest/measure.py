#!/usr/bin/env python3
"""Events under load: how many a second the built program takes, keeps and counts, beside a scorecard.

    Benchmarks/ingest/measure.py PROGRAM [--seconds 60] [--connections 32]

wrk posts batches of 20 events over loopback as fast as they are acknowledged, on the same cores, while
`yardstick status` is asked every second. Prints lines `measure NAME VALUE`, and fails where an
acknowledged event is missing or stored twice.
"""

import argparse
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
import urllib.request

HERE = pathlib.Path(__file__).parent
BATCH, READY_SECONDS, APPLIED_SECONDS = 20, 60, 120


class Served:
    """The program on a workspace of its own."""

    def __init__(self, program, folder=None):
        self.program, self.is_kept = program, folder is not None
        self.folder = folder or pathlib.Path(tempfile.mkdtemp(prefix="yardstick-ingest-"))
        shutil.copytree(HERE / "workspace", self.folder, dirs_exist_ok=True)
        self.key = self.run("key", "make", "app").strip()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.url = f"http://127.0.0.1:{probe.getsockname()[1]}"
        self.start()

    def start(self):
        port = self.url.rsplit(":", 1)[1]
        self.process = subprocess.Popen(
            [self.program, "serve", "--port", port, "--workspace", str(self.folder)], stdout=subprocess.DEVNULL)
        end = time.monotonic() + READY_SECONDS
        while True:
            try:
                urllib.request.urlopen(self.url + "/ready", timeout=5).close()
                return
            except OSError:
                if time.monotonic() > end or self.process.poll() is not None:
                    raise SystemExit("The program is not ready.") from None
                time.sleep(0.02)

    def run(self, *words):
        command = [self.program, *words, "--workspace", str(self.folder)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=300)
        if done.returncode != 0:
            raise SystemExit(f"'{' '.join(words)}' ended with {done.returncode}: {done.stdout}{done.stderr}")
        return done.stdout

    def value(self, metric):
        command = [self.program, "ask", metric, "--over", "all", "--format", "json", "--workspace", str(self.folder)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=300)
        if "There is no data yet" in done.stderr:
            return 0
        answer = json.loads(done.stdout)
        return int(answer["rows"][0][[column["name"] for column in answer["columns"]].index("value")])

    def status(self, name):
        for line in pathlib.Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith(name + ":"):
                return int(line.split()[1]) / 1024
        return 0.0

    def processor_seconds(self):
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(") ", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=120)

    def remove(self):
        if not self.is_kept:
            shutil.rmtree(self.folder)


class Scorecard(threading.Thread):
    """Asks for the scorecard every second, and notes how long it takes."""

    def __init__(self, served):
        super().__init__(daemon=True)
        self.served, self.milliseconds, self.ends = served, [], threading.Event()

    def run(self):
        while not self.ends.wait(max(0.0, 1 - (self.milliseconds[-1] / 1000 if self.milliseconds else 0))):
            begin = time.monotonic()
            self.served.run("status", "--format", "json")
            self.milliseconds.append((time.monotonic() - begin) * 1000)


def load(served, seconds, connections, run):
    """One run of wrk; its figures."""
    done = subprocess.run(
        ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s", "-s", str(HERE / "batches.lua"),
         served.url, "--", served.key, run],
        capture_output=True, text=True, timeout=seconds + 60)
    for line in done.stdout.splitlines():
        if line.startswith("figures "):
            return json.loads(line[8:])
    raise SystemExit(f"wrk failed: {done.stdout}{done.stderr}")


def settled(served, least=0):
    """The rows once there are so many and they do not change any more, and the seconds until then."""
    begin = last = time.monotonic()
    before, found = -1, served.value("events")
    while time.monotonic() - last < 3 and time.monotonic() - begin < APPLIED_SECONDS:
        time.sleep(0.25)
        before, found = found, served.value("events")
        if found != before or found < least:
            last = time.monotonic()
    return found, last - begin


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--connections", type=int, default=32)
    words = parser.parse_args()
    if not shutil.which("wrk"):
        raise SystemExit("wrk is missing: Debian's package wrk.")
    served = Served(words.program)
    load(served, 2, words.connections, "warm")
    before, _ = settled(served)
    scorecard = Scorecard(served)
    scorecard.start()
    processor = served.processor_seconds()
    figures = load(served, words.seconds, words.connections, "run")
    processor = served.processor_seconds() - processor
    scorecard.ends.set()
    scorecard.join()
    acknowledged = figures["requests"] * BATCH - figures["wrong"] * BATCH
    lag = acknowledged - (served.value("events") - before)
    rows, seconds = settled(served, before + acknowledged)
    messages, memory = served.value("messages"), served.status("VmHWM")
    measures = {
        "ingest-events-per-s": acknowledged / figures["seconds"], "ingest-p50-ms": figures["p50"], "ingest-p99-ms": figures["p99"],
        "ingest-max-ms": figures["max"], "ingest-refused-requests": figures["wrong"],
        "ingest-microseconds-an-event": processor / max(acknowledged, 1) * 1e6, "ingest-behind-events": lag,
        "ingest-applied-after-s": seconds, "ingest-most-mb": memory,
        "ingest-scorecard-ms": sorted(scorecard.milliseconds)[len(scorecard.milliseconds) // 2],
        "ingest-scorecard-worst-ms": max(scorecard.milliseconds),
    }
    for name, value in measures.items():
        print(f"measure {name} {value:.3f}", flush=True)
    # wrk counts an answer when it is there; the batches that it had not seen answered when it ended were stored as well.
    unseen = words.connections * BATCH
    code = served.end()
    served.remove()
    if not acknowledged <= rows - before <= acknowledged + unseen or rows != messages or code != 0:
        raise SystemExit(f"{acknowledged} events acknowledged, {rows - before} rows, {messages} different of {rows}; it ended with {code}")


if __name__ == "__main__":
    main()
