#!/usr/bin/env python3
"""Tears the end off the log of events and flips bytes in it and in the database's log, between two runs.

    Tests/Faults/log_damage.py PROGRAM [--seed 1] [--rounds 6]

The log is damaged where the database does not have its events yet, which is made by taking the
database away: then all events come from the log alone. Each damage may cost the request it hit, never
another one; it is told, what could not be read is kept, and sending again brings the rest back.
"""

import argparse
import os
import random
import shutil
import signal

from rig import Findings, Workspace, say, temporary_folder

BATCH, BATCHES = 20, 400


def batch(number):
    return [
        {"id": f"{number}-{index}", "event": "clicked", "user": f"u{number % 50}", "properties": {"client": number}}
        for index in range(BATCH)
    ]


def fill(program):
    """A workspace whose log holds every event, as kill -9 leaves it."""
    workspace = Workspace(program)
    workspace.start()
    for number in range(BATCHES):
        status, _, body = workspace.post(batch(number))
        assert status == 200, body
    workspace.wait_for(BATCH * BATCHES)
    workspace.stop(signal.SIGKILL)
    return workspace


def copy(workspace, with_database):
    """A copy of it to be damaged."""
    folder = temporary_folder()
    shutil.copytree(workspace.folder, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.sock"))
    if not with_database:
        for file in folder.glob("data/facts.duckdb*"):
            file.unlink()
    found = Workspace.__new__(Workspace)
    found.__dict__.update(workspace.__dict__)
    found.folder = folder
    found.printed = temporary_folder() / "printed.txt"
    return found


def log_file(workspace):
    return max(workspace.folder.glob("data/events/*.log"))


def flip(file, chance, count, begin=24):
    """Changes bytes; the places."""
    places = sorted(chance.sample(range(begin, file.stat().st_size), count))
    with open(file, "r+b") as content:
        for place in places:
            content.seek(place)
            byte = content.read(1)[0]
            content.seek(place)
            content.write(bytes([byte ^ (1 << chance.randrange(8))]))
    return places


def look(workspace, findings, what, lost_batches_max, is_told):
    """Starts on a damaged folder: what is left, what is told, and that sending again brings all back."""
    try:
        seconds = workspace.start()
        rows = workspace.settled()
    except RuntimeError as error:
        findings.expect(False, f"{what}: {str(error)[:400]}")
        return workspace.remove()
    total = BATCH * BATCHES
    findings.expect(total - rows <= lost_batches_max * BATCH, f"{what}: {rows} rows of {total}")
    findings.expect(rows % BATCH == 0, f"{what}: a part of a request is stored: {rows} rows")
    told = "warning:" in workspace.printed.read_text()
    findings.expect(told or not is_told, f"{what}: nobody is told")
    kept = len(list(workspace.folder.glob("data/**/*.damaged")))
    findings.expect(kept or not is_told, f"{what}: nothing was kept")
    for number in range(BATCHES):
        status, _, body = workspace.post(batch(number))
        findings.expect(status == 200, f"{what}: sent again, answered {status} {body[:100]!r}")
    again, messages = workspace.wait_for(total), workspace.value("messages")
    findings.expect(again == messages == total, f"{what}: sent again, {again} rows, {messages} different, {total} sent")
    say(f"{what}: {rows} of {total} rows, {kept} files kept, {'told' if told else 'not told'}, start {seconds:.1f} s; all there when sent again")
    workspace.remove()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=3)
    words = parser.parse_args()
    chance, findings = random.Random(words.seed), Findings()
    whole = fill(words.program)
    look(copy(whole, False), findings, "no database, the log as it was", 0, False)
    for _ in range(words.rounds):
        torn = copy(whole, True)
        size = log_file(torn).stat().st_size
        place = chance.randrange(24, size)
        os.truncate(log_file(torn), place)
        look(torn, findings, f"the log torn at {place} of {size}, with the database", 0, False)
        torn = copy(whole, False)
        os.truncate(log_file(torn), place)
        records = size / BATCHES
        look(torn, findings, f"the log torn at {place} of {size}, no database", int((size - place) / records) + 2, False)
        for count in (1, 10):
            flipped = copy(whole, False)
            flip(log_file(flipped), chance, count)
            look(flipped, findings, f"{count} bytes of the log flipped, no database", count, True)
        flipped = copy(whole, True)
        flip(log_file(flipped), chance, 10)
        look(flipped, findings, "10 bytes of the log flipped, with the database", 0, False)
        tail = copy(whole, True)
        with open(log_file(tail), "ab") as content:
            content.write(chance.randbytes(chance.randrange(1, 5_000)))
        look(tail, findings, "noise behind the end of the log", 0, True)
        wal = copy(whole, True)
        file = wal.folder / "data/facts.duckdb.wal"
        if file.exists():
            flip(file, chance, 3, begin=file.stat().st_size // 2)
            look(wal, findings, "3 bytes of the database's log flipped", 0, True)
    whole.remove()
    findings.finish()


if __name__ == "__main__":
    main()
