#!/usr/bin/env python3
"""What happens to a workspace's folder and its clock: two programs, copies, a stop, time that jumps.

    Tests/Faults/folder.py PROGRAM [two|twice|stop|copy|clock …]
"""

import argparse
import http.client
import json
import os
import random
import shutil
import signal
import struct
import subprocess
import threading
import time

from rig import Clients, Findings, Workspace, built, free_port, say, temporary_folder


def two(program, findings):
    """A second program on the same folder is refused, says who has it, and does no harm."""
    workspace = Workspace(program)
    workspace.start()
    clients = Clients(workspace, 2).start()
    for _ in range(3):
        second = subprocess.run(
            [program, "serve", "--port", str(free_port()), "--workspace", str(workspace.folder)],
            capture_output=True, text=True, timeout=30)
        names_it = str(workspace.process.pid) in second.stdout + second.stderr
        findings.expect(second.returncode == 1 and names_it, f"a second program: {second.returncode} {second.stderr[:300]}")
    port = subprocess.run(
        [program, "serve", "--port", str(workspace.port), "--workspace", str(workspace.folder)],
        capture_output=True, text=True, timeout=30)
    findings.expect(port.returncode == 1, f"a second program on the same port ended with {port.returncode}")
    rows = workspace.value("rows")
    findings.expect(rows > 0, "commands do not reach the program that runs")
    clients.stop()
    rows, _ = clients.check(findings)
    workspace.remove()
    say(f"two programs on one folder: the second is refused with the first one's number; {clients.acknowledged} events, {rows} rows")


def twice(program, findings):
    """The same batches again, out of order, changed in size, on several connections at once, before and after a restart."""
    chance, workspace = random.Random(1), Workspace(program)
    workspace.start()
    events = [
        {"id": f"e{number}", "event": "clicked", "user": f"u{number % 90}", "time": 1_790_000_000 + chance.randrange(1_000_000)}
        for number in range(6_000)
    ]
    wrong, lock = [], threading.Lock()

    def send(seed):
        own = random.Random(seed)
        mine = own.sample(events, len(events))
        begin = 0
        while begin < len(mine):
            count = own.randrange(1, 400)
            batch = mine[begin:begin + count] + own.sample(mine[:begin + count], min(5, begin + count))
            status, _, body = workspace.post(batch)
            if status != 200 or json.loads(body)["accepted"] != len(batch):
                with lock:
                    wrong.append(f"{status} {body[:200]!r}")
            begin += count

    for part in range(2):
        threads = [threading.Thread(target=send, args=(10 * part + number,)) for number in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        rows, messages = workspace.settled(), workspace.value("messages")
        findings.expect(
            rows == messages == len(events), f"{len(events)} events sent {6 * (part + 1)} times: {rows} rows, {messages} different")
        workspace.stop(signal.SIGKILL)
        workspace.start()
    for text in wrong[:3]:
        findings.expect(False, f"a batch sent again is answered {text}")
    persons = workspace.value("persons")
    findings.expect(persons == 90, f"{persons} persons of 90")
    say(f"{len(events)} events, each sent 12 times in any order on 6 connections: {rows} rows, {persons} persons")
    workspace.remove()


class Once(threading.Thread):
    """Sends batches until something goes wrong, and never again."""

    def __init__(self, workspace, number):
        super().__init__(daemon=True)
        self.workspace, self.number, self.acknowledged, self.unanswered = workspace, number, 0, 0

    def run(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.workspace.port, timeout=20)
        for count in range(1_000_000):
            body = json.dumps([{"id": f"{self.number}-{count}-{index}", "event": "e", "user": "u"} for index in range(20)])
            try:
                connection.request("POST", "/api/v1/events", body, {"Authorization": f"Bearer {self.workspace.key}"})
            except OSError:
                return
            try:
                answer = connection.getresponse()
                answer.read()
                if answer.status != 200:
                    return
                self.acknowledged += 20
            except (OSError, http.client.HTTPException):
                self.unanswered += 1
                return


def stop(program, findings, rounds=5):
    """Told to stop, it answers what it has accepted: nothing is stored that nobody was told of."""
    for number in range(rounds):
        workspace = Workspace(program)
        workspace.start()
        clients = [Once(workspace, number) for number in range(8)]
        for client in clients:
            client.start()
        time.sleep(1 + 0.3 * number)
        code, seconds = workspace.stop()
        for client in clients:
            client.join(timeout=30)
        acknowledged = sum(client.acknowledged for client in clients)
        unanswered = sum(client.unanswered for client in clients)
        rows = workspace.value("rows")
        findings.expect(code == 0 and seconds < 10, f"told to stop, it ended with {code} after {seconds:.1f} s")
        findings.expect(rows == acknowledged, f"told to stop: {acknowledged} events acknowledged, {rows} stored")
        say(f"told to stop under load: {acknowledged} acknowledged = {rows} rows, {unanswered} requests came too late, end after {seconds:.2f} s")
        workspace.remove()


def copy(program, findings, rounds=6):
    """Copies of the folder, while the program runs and after it stopped, open again with all that was acknowledged before."""
    workspace = Workspace(program)
    workspace.start()
    clients = Clients(workspace, 2, 3_000).start()
    opened = 0
    for number in range(rounds):
        time.sleep(1.5)
        target = temporary_folder()
        before = clients.acknowledged
        subprocess.run(["cp", "-r", f"{workspace.folder}/.", str(target)], stderr=subprocess.DEVNULL, check=False)
        opened += look_at_copy(program, target, before, findings, f"copy {number} under load")
        shutil.rmtree(target)
    clients.stop()
    clients.check(findings)
    workspace.stop()
    target = temporary_folder()
    subprocess.run(["cp", "-r", f"{workspace.folder}/.", str(target)], check=True)
    findings.expect(
        look_at_copy(program, target, clients.acknowledged, findings, "the copy after a stop"), "the copy after a stop does not open")
    say(f"{rounds} copies by cp under load: {opened} open with all acknowledged before, the others are refused with a reason; after a stop it opens")
    shutil.rmtree(target)
    workspace.remove()


def look_at_copy(program, folder, acknowledged, findings, what):
    """Whether it opens; a copy may be refused with a reason, and may never have less than what was acknowledged before."""
    for name in ("serve.json", "serve.sock"):
        (folder / "data" / name).unlink(missing_ok=True)
    copied = Workspace.__new__(Workspace)
    copied.__dict__.update(
        program=program, folder=folder, environment=dict(os.environ), port=free_port(), process=None,
        printed=temporary_folder() / "printed.txt", key="")
    try:
        copied.start()
        copied.wait_for(acknowledged)
        rows, messages = copied.settled(), copied.value("messages")
    except RuntimeError as error:
        findings.expect("code  " in str(error), f"{what}: refused without a reason: {str(error)[:300]}")
        say(f"  {what}: {str(error)[-400:].strip()}")
        return False
    finally:
        if copied.process:
            copied.stop()
        shutil.rmtree(copied.printed.parent)
    findings.expect(rows >= acknowledged and rows == messages, f"{what}: {acknowledged} acknowledged before, {rows} rows, {messages} different")
    return rows >= acknowledged


def clock(program, findings):
    """Time jumps ahead and back under load, by up to three days: each event once, and the program lives."""
    hours = temporary_folder() / "offset"
    hours.write_bytes(bytes(8))
    workspace = Workspace(program)
    clean = workspace.environment
    preloaded = {**clean, "LD_PRELOAD": str(built("clock", ["-shared", "-fPIC"])), "CLOCK_OFFSET": str(hours)}
    workspace.environment = preloaded
    workspace.start()
    workspace.environment = clean
    clients = Clients(workspace).start()
    jumps = [1, 0, -2, 72, -72, 0, 24]
    for jump in jumps:
        time.sleep(0.8)
        with open(hours, "r+b") as file:
            file.write(struct.pack("=q", jump * 3600))
        status, _, _ = workspace.post([])
        findings.expect(status < 500, f"after a jump of the clock to {jump} h: answered {status}")
    clients.stop()
    rows, _ = clients.check(findings)
    by_day = json.loads(workspace.run("ask", "rows", "--over", "all", "--grain", "day", "--format", "json"))["rows"]
    code, seconds = workspace.stop()
    findings.expect(code == 0, f"after jumps of the clock it ended with {code}")
    findings.expect(len(by_day) >= 6, "the program did not notice that the clock jumps: this test shows nothing")
    say(
        f"the clock jumps to {', '.join(f'{jump:+} h' for jump in jumps)}: {clients.acknowledged} events acknowledged, {rows} rows, "
        f"of {len(by_day)} days; end after {seconds:.2f} s")
    workspace.remove()
    shutil.rmtree(hours.parent)


def main():
    kinds = {"two": two, "twice": twice, "stop": stop, "copy": copy, "clock": clock}
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("kinds", nargs="*")
    words = parser.parse_args()
    findings = Findings()
    for kind in words.kinds or kinds:
        try:
            kinds[kind](words.program, findings)
        except (RuntimeError, OSError, subprocess.SubprocessError) as error:
            findings.expect(False, f"{kind}: {error}")
    findings.finish()


if __name__ == "__main__":
    main()
