#!/usr/bin/env python3
"""A disk that is full, may not be written, is slow, or fails, under load: what is refused, and what is kept.

    Tests/Faults/disk_faults.py PROGRAM [full|read-only|slow|failing …]

Full and read-only: events are refused with 503 and Retry-After, questions are answered or refused with
a reason, and as soon as the disk takes bytes again both go on, without a restart. Failing: after an fsync
that failed nothing is taken any more, since nobody knows what the disk holds; after a restart all that
was acknowledged is there. Slow: what waits is bounded.
"""

import argparse
import contextlib
import time

from rig import Clients, Disk, Findings, Workspace, say

ROOM = 24 << 20


@contextlib.contextmanager
def served(program, weight=2_000, clients=3):
    """A workspace on a disk of its own, served and under load."""
    workspace = Workspace(program)
    folder = workspace.folder
    disk = Disk(folder)
    workspace.folder = disk.mount
    try:
        workspace.start()
        yield workspace, disk, Clients(workspace, clients, weight)
    finally:
        if workspace.process:
            workspace.stop()
        disk.remove()
        workspace.folder = folder
        workspace.remove()


def until(condition, seconds=20):
    """Seconds until something holds; nil where it never does."""
    begin = time.monotonic()
    while time.monotonic() - begin < seconds:
        if condition():
            return time.monotonic() - begin
        time.sleep(0.05)
    return None


def refused(workspace, findings, name):
    """Checks what a client is told while nothing can be written; the body, and how many were taken all the same.

    A disk that was full has room again for a moment when a file of the log is dropped.
    """
    taken = 0
    for number in range(20):
        status, headers, body = workspace.post(
            [{"id": f"probe-{name}-{number}", "event": "probed", "user": "probe", "properties": {"weight": "x" * 8_000}}])
        if status != 200:
            break
        taken += 1
        time.sleep(0.1)
    findings.expect(
        status == 503 and headers.get("Retry-After") and b'"code":"ingest/' in body.replace(b" ", b""),
        f"{name}: answered {status}, Retry-After {headers.get('Retry-After')}: {body[:200]!r}")
    findings.expect(workspace.get("/health")[0] == 200, f"{name}: the program is not well")
    return body, taken


def passing(program, findings, name, breaks, mends):
    """A fault that passes by itself."""
    with served(program) as (workspace, disk, clients):
        clients.start()
        time.sleep(1)
        disk.tell(breaks)
        findings.expect(until(lambda: clients.refusals.get(503)) is not None, f"{name}: nothing was refused")
        clients.others += refused(workspace, findings, name)[1]
        before = clients.acknowledged
        try:
            shown = workspace.value("rows")
        except RuntimeError as error:
            # A commit that can neither be made nor be taken back makes DuckDB give the database up.
            shown = "no"
            findings.expect("code  engine/" in str(error), f"{name}: a question fails without a reason: {str(error)[:300]}")
        time.sleep(2)
        disk.tell(mends)
        seconds = until(lambda: clients.acknowledged > before + 1_000)
        findings.expect(seconds is not None, f"{name}: no events are taken after it has passed")
        clients.stop()
        rows, _ = clients.check(findings)
        say(
            f"{name}: {before} events acknowledged before, {clients.refusals.get(503, 0)} batches answered 503, {shown} rows shown "
            f"meanwhile; taken again after {seconds or -1:.1f} s without a restart; {clients.acknowledged} acknowledged, {rows} rows")


def full(program, findings):
    passing(program, findings, "disk full", f"capacity {ROOM}", "capacity 0")


def read_only(program, findings):
    passing(program, findings, "disk read-only", "read-only", "writable")


def failing(program, findings):
    with served(program) as (workspace, disk, clients):
        clients.start()
        time.sleep(1)
        disk.tell("fail-sync")
        findings.expect(until(lambda: clients.refusals.get(503)) is not None, "failing: nothing was refused")
        disk.tell("keep-sync")
        time.sleep(0.5)
        before = clients.acknowledged
        body, _ = refused(workspace, findings, "failing")
        findings.expect(b"ingest/broken" in body, f"failing: events are not refused for good: {body[:200]!r}")
        time.sleep(1)
        findings.expect(clients.acknowledged == before, "failing: events were acknowledged after an fsync that failed")
        clients.pause()
        workspace.stop()
        workspace.start()
        clients.pause(False)
        time.sleep(1)
        clients.stop()
        rows, _ = clients.check(findings)
        say(
            f"fsync failed: {before} events acknowledged before, none after until the restart; "
            f"{clients.acknowledged} acknowledged, {rows} rows")


def slow(program, findings):
    with served(program, clients=16) as (workspace, disk, clients):
        disk.tell("slow 300")
        clients.start()
        time.sleep(6)
        longest = 0.0
        for _ in range(10):
            begin = time.monotonic()
            findings.expect(workspace.get("/health")[0] == 200, "slow: the program is not well")
            longest = max(longest, time.monotonic() - begin)
        memory = workspace.resident_megabytes()
        findings.expect(memory < 600, f"slow: {memory:.0f} MB of memory")
        disk.tell("slow 0")
        clients.stop()
        rows, _ = clients.check(findings)
        say(
            f"slow disk (0.3 s an fsync): {clients.acknowledged} events acknowledged, {rows} rows, refusals {clients.refusals}; "
            f"{memory:.0f} MB; /health answered in {longest * 1000:.0f} ms at most")


def main():
    kinds = {"full": full, "read-only": read_only, "failing": failing, "slow": slow}
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("kinds", nargs="*")
    words = parser.parse_args()
    Disk.require()
    findings = Findings()
    for kind in words.kinds or kinds:
        try:
            kinds[kind](words.program, findings)
        except (RuntimeError, OSError) as error:
            findings.expect(False, f"{kind}: {error}")
    findings.finish()


if __name__ == "__main__":
    main()
