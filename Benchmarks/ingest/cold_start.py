#!/usr/bin/env python3
"""How soon a program that is started on many events answers its first scorecard.

    Benchmarks/ingest/cold_start.py PROGRAM [--events 100000000]

The program makes the tables; a statement fills them (a year of events of a million people, which
takes some minutes and 4 GB of disk for 100 million). Then, three times, the file's pages are dropped
from the system's memory where that is allowed, the program is started, and its first scorecard asked.
"""

import argparse
import ctypes
import os
import pathlib
import statistics
import subprocess
import time

from measure import Served

ROOT = pathlib.Path(__file__).resolve().parents[2]
STARTS = 3
STATEMENTS = """
set memory_limit = '6GB';
set preserve_insertion_order = true;
insert into events.actors
select range::integer, 'user-' || range, true, timestamp '2025-11-01' + to_seconds(range // 12)
from range({people});
insert into events.app by name
select
    stamp as time, stamp as received, stamp as client_time,
    list_extract(['opened', 'opened', 'opened', 'searched', 'ordered', 'invited', 'signed_up'], 1 + drawn % 7) as event,
    'track' as kind, (drawn % {people})::integer as actor, 'user-' || (drawn % {people}) as user_id,
    'visit-' || (range // 20) as session_id, '/projects/' || (drawn % 40) || '/reports' as path,
    'https://app.example.com/projects/' || (drawn % 40) || '/reports' as url,
    list_extract(['Chrome', 'Firefox', 'Safari'], 1 + drawn % 3) as browser,
    list_extract(['Linux', 'macOS', 'Windows', 'Android'], 1 + drawn % 4) as system,
    list_extract(['DE', 'FR', 'GB', 'US', 'SE'], 1 + drawn % 5) as country,
    false as is_bot, 'load 1.0' as library, 'own' as format, 'message-' || range as message_id,
    '{{"plan":"' || list_extract(['free', 'pro', 'team'], 1 + drawn % 3) || '","amount":' || (drawn % 400) || '}}' as properties,
    list_extract(['free', 'pro', 'team'], 1 + drawn % 3) as plan, (drawn % 400)::double as amount, drawn % 12 as seats
from (
    select range, (range * 7919 + (range // 1000) * 104729) % 1000003 as drawn,
        timestamp '{begin}' + to_microseconds(range * ({seconds}::bigint * 1000000 // {events})) as stamp
    from range({events}));
update events.progress set next_actor = {people};
checkpoint;
"""


class DuckDB:
    """The library that the program uses, on its file."""

    def __init__(self, file):
        self.library = ctypes.CDLL(str(ROOT / ".deps/duckdb/libduckdb.so"))
        self.library.duckdb_result_error.restype = ctypes.c_char_p
        self.database, self.connection = ctypes.c_void_p(), ctypes.c_void_p()
        if self.library.duckdb_open(str(file).encode(), ctypes.byref(self.database)) or self.library.duckdb_connect(
                self.database, ctypes.byref(self.connection)):
            raise SystemExit(f"{file} cannot be opened.")

    def run(self, sql):
        result = ctypes.create_string_buffer(256)
        if self.library.duckdb_query(self.connection, sql.encode(), result):
            raise SystemExit(self.library.duckdb_result_error(result).decode())
        self.library.duckdb_destroy_result(result)

    def close(self):
        self.library.duckdb_disconnect(ctypes.byref(self.connection))
        self.library.duckdb_close(ctypes.byref(self.database))


def forget_pages(folder):
    """Drops what the system's memory holds of the files."""
    os.sync()
    for file in folder.rglob("*"):
        if file.is_file():
            descriptor = os.open(file, os.O_RDONLY)
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
            os.close(descriptor)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--events", type=int, default=100_000_000)
    parser.add_argument("--keep", type=pathlib.Path, help="a folder for the workspace, which stays and is used again")
    words = parser.parse_args()
    served = Served(words.program, words.keep)
    file = served.folder / "data/facts.duckdb"
    if served.value("events") < words.events:
        served.end()
        begin, year = time.monotonic(), 365 * 86_400
        database = DuckDB(file)
        first = time.strftime("%Y-%m-%d", time.gmtime(time.time() - year))
        for sql in STATEMENTS.format(events=words.events, people=max(1, words.events // 100), begin=first, seconds=year).split(";"):
            if sql.strip():
                database.run(sql)
        database.close()
        print(f"measure cold-start-made-s {time.monotonic() - begin:.1f}", flush=True)
        served.start()
    served.end()
    ready, scorecards, first = [], [], []
    for _ in range(STARTS):
        forget_pages(served.folder)
        begin = time.monotonic()
        served.start()
        ready.append(time.monotonic() - begin)
        served.run("status", "--format", "json")
        first.append(time.monotonic() - begin)
        again = time.monotonic()
        served.run("status", "--format", "json")
        scorecards.append(time.monotonic() - again)
        memory = served.status("VmHWM")
        served.end()
    print(f"measure cold-start-events {words.events}")
    print(f"measure cold-start-file-mb {file.stat().st_size / 1e6:.0f}")
    print(f"measure cold-start-ready-s {statistics.median(ready):.3f}")
    print(f"measure cold-start-first-scorecard-s {statistics.median(first):.3f}")
    print(f"measure cold-start-second-scorecard-s {statistics.median(scorecards):.3f}")
    print(f"measure cold-start-mb {memory:.0f}")
    served.remove()


if __name__ == "__main__":
    main()
