"""What the tests of faults share: a workspace, the program that serves it, clients, and a disk."""

import atexit
import contextlib
import http.client
import json
import os
import pathlib
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

DEFINITIONS = """
source: app
is: What the clients of this test send.
from: events
entities: { person: person, message: message_id }
columns: { weight: text, client: integer }
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
---
metric: persons
is: People who did something.
unit: count
better: up
formula: { distinct: person, from: app }
"""
READY_SECONDS, STOP_SECONDS, COMMAND_SECONDS = 60, 10, 300


class Findings:
    """What went wrong; the end of a script prints it and says so with its exit code."""

    def __init__(self, is_quiet=False):
        self.problems, self.is_quiet = [], is_quiet

    def expect(self, is_right, text):
        if not is_right:
            self.problems.append(text)
            if not self.is_quiet:
                say(f"  FAILED: {text}")
        return is_right

    def finish(self):
        if self.problems:
            say(f"FAILED: {len(self.problems)} of the checks above")
        raise SystemExit(1 if self.problems else 0)


def say(text):
    print(text, flush=True)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def temporary_folder():
    """A folder that is gone when the script ends, unless it is kept for a look."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="yardstick-faults-"))
    atexit.register(lambda: folder in kept_folders or shutil.rmtree(folder, ignore_errors=True))
    return folder


kept_folders = set()
# What a script started, and ends with it however it ends.
started = []


@atexit.register
def end_started():
    for process in started:
        if process.poll() is None:
            process.kill()
            process.wait()


class Workspace:
    """A workspace, and the program that serves it."""

    def __init__(self, program, definitions=DEFINITIONS):
        self.program, self.folder, self.environment = program, temporary_folder(), dict(os.environ)
        self.port, self.process = free_port(), None
        self.printed = temporary_folder() / "printed.txt"
        (self.folder / "definitions").mkdir(exist_ok=True)
        (self.folder / "yardstick.yaml").write_text("workspace: Faults\nzone: UTC\n")
        (self.folder / "definitions/app.yaml").write_text(definitions)
        self.key = self.run("key", "make", "app").strip()

    def run(self, *words):
        """What a command prints."""
        command = [self.program, *words, "--workspace", str(self.folder)]
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=COMMAND_SECONDS, env=self.environment)
        if done.returncode != 0:
            raise RuntimeError(f"'{' '.join(words)}' ended with {done.returncode}: {done.stdout}{done.stderr}")
        return done.stdout

    def start(self, prefix=()):
        """Seconds until the program accepts requests."""
        begin = time.monotonic()
        with open(self.printed, "w") as printed:
            self.process = subprocess.Popen(
                [*prefix, self.program, "serve", "--port", str(self.port), "--workspace", str(self.folder)],
                stdout=printed, stderr=printed, env=self.environment)
        started.append(self.process)
        while time.monotonic() - begin < READY_SECONDS:
            if self.process.poll() is not None:
                code, self.process = self.process.returncode, None
                raise RuntimeError(f"the program ended with {code}: {self.printed.read_text()[-2000:]}")
            with contextlib.suppress(OSError, http.client.HTTPException):
                if self.get("/ready")[0] == 200:
                    return time.monotonic() - begin
            time.sleep(0.01)
        raise RuntimeError(f"the program was not ready after {READY_SECONDS} seconds")

    def stop(self, how=signal.SIGTERM):
        """Sends a signal; the exit code and the seconds until the end."""
        begin = time.monotonic()
        self.process.send_signal(how)
        try:
            code = self.process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            code = f"nothing for a minute ({self.process.wait()})"
        self.process = None
        return code, time.monotonic() - begin

    def get(self, path, timeout=5):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def post(self, body, path="/api/v1/events", headers=None, timeout=30):
        """Status, headers and body of the answer to events."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            body = body if isinstance(body, bytes) else json.dumps(body).encode()
            connection.request("POST", path, body, {"Authorization": f"Bearer {self.key}", **(headers or {})})
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()
        finally:
            connection.close()

    def value(self, metric):
        """What a metric is worth over everything; through the server where one runs."""
        try:
            answer = json.loads(self.run("ask", metric, "--over", "all", "--format", "json"))
        except RuntimeError as error:
            if "There is no data yet" in str(error):
                return 0
            raise
        names = [column["name"] for column in answer["columns"]]
        named = f"{metric}.value" if f"{metric}.value" in names else "value"
        return int(answer["rows"][0][names.index(named)] or 0) if answer["rows"] else 0

    def wait_for(self, rows, seconds=20):
        """The rows, once there are so many, or none were added for so long."""
        last, before = time.monotonic(), -1
        while True:
            try:
                found = self.value("rows")
            except RuntimeError:
                # What passes by itself may take a moment to pass.
                if time.monotonic() > last + seconds:
                    raise
                found = before
            if found >= rows or time.monotonic() > last + seconds:
                return found
            if found != before:
                last, before = time.monotonic(), found
            time.sleep(0.1)

    def settled(self):
        """The rows, once they do not change any more."""
        before, found = -1, self.value("rows")
        while found != before:
            time.sleep(0.7)
            before, found = found, self.value("rows")
        return found

    def resident_megabytes(self):
        for line in pathlib.Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS"):
                return int(line.split()[1]) / 1024
        return 0

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def remove(self):
        if self.process:
            self.stop(signal.SIGKILL)
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.rmtree(self.printed.parent, ignore_errors=True)


class Client(threading.Thread):
    """Sends batches one after the other, each until it is acknowledged, as real clients do."""

    BATCH = 20

    def __init__(self, workspace, number, weight=0):
        super().__init__(daemon=True)
        self.workspace, self.number, self.weight = workspace, number, "x" * weight
        self.acknowledged, self.sent_again, self.refusals, self.wrong = 0, 0, {}, []
        self.pause, self.ends = threading.Event(), threading.Event()

    def batch(self, count):
        return [
            {
                "id": f"{self.number}-{count}-{index}", "event": "clicked", "user": f"u{random.randrange(500)}",
                "properties": {"client": self.number, "weight": self.weight},
            }
            for index in range(self.BATCH)
        ]

    def run(self):
        count, connection = 0, None
        headers = {"Authorization": f"Bearer {self.workspace.key}"}
        while not self.ends.is_set():
            body = json.dumps(self.batch(count))
            while True:
                while self.pause.is_set() and not self.ends.is_set():
                    time.sleep(0.01)
                try:
                    connection = connection or http.client.HTTPConnection("127.0.0.1", self.workspace.port, timeout=20)
                    connection.request("POST", "/api/v1/events", body, headers)
                    answer = connection.getresponse()
                    text = answer.read()
                    if answer.status == 200 and json.loads(text)["accepted"] == self.BATCH:
                        self.acknowledged += self.BATCH
                        break
                    self.refusals[answer.status] = self.refusals.get(answer.status, 0) + 1
                    if answer.status not in (429, 503) or not answer.getheader("Retry-After"):
                        self.wrong.append(f"client {self.number} was answered {answer.status} {text[:200]}")
                        return
                except (OSError, http.client.HTTPException, ValueError):
                    connection = None
                self.sent_again += 1
                time.sleep(0.02)
            count += 1


class Clients:
    """Several clients; after ``stop`` each has what it sent last acknowledged."""

    def __init__(self, workspace, count=4, weight=0):
        self.workspace = workspace
        self.list = [Client(workspace, number, weight) for number in range(count)]
        # Events that were acknowledged to somebody else.
        self.others = 0

    def start(self):
        for client in self.list:
            client.start()
        return self

    def pause(self, is_paused=True):
        for client in self.list:
            client.pause.set() if is_paused else client.pause.clear()

    def stop(self):
        for client in self.list:
            client.ends.set()
        for client in self.list:
            client.join(timeout=60)

    @property
    def acknowledged(self):
        return sum(client.acknowledged for client in self.list) + self.others

    @property
    def sent_again(self):
        return sum(client.sent_again for client in self.list)

    @property
    def refusals(self):
        sums = {}
        for client in self.list:
            for status, count in client.refusals.items():
                sums[status] = sums.get(status, 0) + count
        return sums

    def check(self, findings):
        """Holds what is stored against what was acknowledged: none lost, none twice."""
        for client in self.list:
            for text in client.wrong:
                findings.expect(False, text)
            findings.expect(not client.is_alive(), f"client {client.number} is still waiting for an answer")
        rows, messages = self.workspace.wait_for(self.acknowledged, seconds=60), self.workspace.value("messages")
        findings.expect(
            rows == self.acknowledged == messages,
            f"{self.acknowledged} events acknowledged, {rows} rows, {messages} different")
        return rows, messages


def pkg_config(library):
    return subprocess.run(["pkg-config", "--cflags", "--libs", library], check=True, capture_output=True, text=True).stdout.split()


def built(folder, options):
    """The program or library of the C files in a folder beside this file, compiled where it is not new."""
    here = pathlib.Path(__file__).parent
    target = here.parents[1] / ".build/faults" / folder
    sources = [str(file) for file in (here / folder).glob("*.c")]
    newest = max(file.stat().st_mtime for file in (here / folder).iterdir())
    if not target.exists() or target.stat().st_mtime < newest:
        target.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(["cc", "-O2", "-Wall", "-o", str(target), *sources, *options], check=True)
    return target


class Disk:
    """The disk of ``disk/disk.c``, mounted; it holds its content in memory."""

    def __init__(self, content, *options):
        self.mount = temporary_folder()
        self.process = subprocess.Popen([str(built("disk", pkg_config("fuse3"))), str(content), str(self.mount), *options])
        self.is_mounted = False
        atexit.register(self.unmount)
        end = time.monotonic() + 10
        while not os.path.ismount(self.mount):
            if self.process.poll() is not None or time.monotonic() > end:
                raise RuntimeError("the disk could not be mounted")
            time.sleep(0.01)
        self.is_mounted = True

    @staticmethod
    def require():
        """Ends the script, saying why, where nothing can be mounted."""
        reason = None
        if not os.access("/dev/fuse", os.R_OK | os.W_OK):
            reason = "/dev/fuse is missing or may not be opened"
        elif os.geteuid() != 0 and not shutil.which("fusermount3"):
            reason = "fusermount3 is missing (Debian's package fuse3)"
        elif subprocess.run(["pkg-config", "--exists", "fuse3"]).returncode != 0:
            reason = "libfuse3-dev is missing"
        if reason:
            say(f"NOT RUN: no file system can be mounted here: {reason}")
            sys.exit(0)

    def tell(self, command):
        """Changes how it behaves; the commands stand in ``disk/disk.c``."""
        file = os.open(self.mount / ".disk", os.O_WRONLY)
        try:
            os.write(file, command.encode())
        finally:
            os.close(file)

    def cut(self, target, how, seed):
        """Cuts the power: what is left goes into a folder, and every call fails from now on."""
        self.tell(f"cut {target} {how} {seed}")

    def unmount(self):
        if self.is_mounted:
            self.is_mounted = False
            command = ["umount", "-l"] if os.geteuid() == 0 else ["fusermount3", "-u", "-z"]
            subprocess.run([*command, str(self.mount)], check=False)

    def remove(self):
        """Unmounts it, even while it is in use, and ends its process."""
        self.unmount()
        try:
            self.process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.mount.rmdir()
