#!/usr/bin/env python3
"""Kills the program while applications send events, again and again, and counts what is stored.

Every client repeats a batch until the program says that it has it, as real clients do. In the end
each event must be there exactly once: not one lost that was acknowledged, not one twice.

    Tests/Faults/crash.py PROGRAM [--rounds 25] [--seed 1] [--signal KILL|TERM] [--weight 0]

Told to stop (TERM), the program answers what it has accepted, and ends in time without an error.
Heavy events (--weight 12000) fill the log so fast that the database tidies up, and files of the log
begin and are dropped, every few seconds: the kills come in between.
"""

import argparse
import random
import signal
import time

from rig import STOP_SECONDS, Clients, Findings, Workspace, say

ROUND_SECONDS = (0.2, 2.0)
CHECKPOINT_BYTES = 64 << 20


def tidied(workspace):
    """The offset at which the log of events begins, which moves after each checkpoint."""
    return min((int(file.stem) for file in workspace.folder.glob("data/events/*.log")), default=0)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--rounds", type=int, default=25)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--signal", choices=["KILL", "TERM"], default="KILL")
    parser.add_argument("--weight", type=int, default=0, help="bytes of text that each event carries")
    words = parser.parse_args()
    chance, findings = random.Random(words.seed), Findings()
    how = getattr(signal, f"SIG{words.signal}")
    workspace = Workspace(words.program)
    starts, stops = [workspace.start()], []
    clients = Clients(workspace, weight=words.weight).start()
    for _ in range(words.rounds):
        time.sleep(chance.uniform(*ROUND_SECONDS))
        code, seconds = workspace.stop(how)
        stops.append(seconds)
        if words.signal == "TERM":
            findings.expect(
                code == 0 and seconds < STOP_SECONDS, f"told to stop, it ended with {code} after {seconds:.1f} s")
        starts.append(workspace.start())
    clients.stop()
    rows, messages = clients.check(findings)
    drops = tidied(workspace) // CHECKPOINT_BYTES
    workspace.stop()
    say(
        f"{words.rounds} × SIG{words.signal}: {clients.acknowledged} events acknowledged, {rows} rows, {messages} different; "
        f"{clients.sent_again} batches sent again; files of the log dropped up to {drops} × 64 MiB; "
        f"slowest start {max(starts):.2f} s, slowest end {max(stops):.2f} s")
    workspace.remove()
    findings.finish()


if __name__ == "__main__":
    main()
