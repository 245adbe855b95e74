#!/usr/bin/env python3
"""Cuts the power while applications send events, again and again, and counts what is stored.

The program runs on a disk that knows what is durable (disk/disk.c). At a random moment everything
else is gone; the program starts again on the rest. The cuts take turns: nothing is left of what was
not durable, or by chance some of it, torn and in any order; names are durable by fsync of their
folder alone, or as with the journal of ext4.

    Tests/Faults/power_cut.py PROGRAM [--rounds 12] [--seed 1] [--weight 0]
    Tests/Faults/power_cut.py PROGRAM --liar       the disk ignores fsync: the count must go wrong
"""

import argparse
import random
import shutil
import signal
import time

from rig import Clients, Disk, Findings, Workspace, kept_folders, say, temporary_folder

ROUND_SECONDS = (0.3, 2.5)
# A slow fsync is more often cut off, when what it is to make durable is half there.
SYNC_MILLISECONDS = (0, 10, 40)
KINDS = [("none", True), ("some", True), ("some", False), ("none", False)]


class Cuts:
    """A workspace that goes from one disk to the next."""

    def __init__(self, words):
        self.words, self.chance = words, random.Random(words.seed)
        self.workspace = Workspace(words.program)
        self.clients = Clients(self.workspace, weight=words.weight)
        self.clients.pause()
        self.clients.start()
        self.kept, self.starts = self.workspace.folder, []

    def cut(self, number):
        """Runs for a moment, then loses the power."""
        how, names_need_sync = KINDS[0 if self.words.liar else number % len(KINDS)]
        disk = Disk(self.kept, *["names-need-sync"] * names_need_sync, *["ignore-sync"] * self.words.liar)
        disk.tell(f"slow {self.chance.choice(SYNC_MILLISECONDS)}")
        before, self.kept, self.workspace.folder = self.kept, temporary_folder(), disk.mount
        try:
            self.starts.append(self.workspace.start())
            self.clients.pause(False)
            time.sleep(self.chance.uniform(*ROUND_SECONDS))
        finally:
            disk.cut(self.kept, how, self.chance.randrange(1 << 30))
            self.clients.pause()
            if self.workspace.process:
                self.workspace.stop(signal.SIGKILL)
            disk.remove()
        shutil.rmtree(before)

    def count(self, findings):
        """Starts on what is left and holds it against what was acknowledged."""
        self.workspace.folder = self.kept
        self.starts.append(self.workspace.start())
        self.clients.pause(False)
        self.clients.stop()
        rows, messages = self.clients.check(findings)
        self.workspace.stop()
        say(
            f"{self.words.rounds} power cuts: {self.clients.acknowledged} events acknowledged, {rows} rows, {messages} different; "
            f"{self.clients.sent_again} batches sent again; slowest start {max(self.starts):.2f} s")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--rounds", type=int, default=12)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--weight", type=int, default=0, help="bytes of text that each event carries")
    parser.add_argument("--liar", action="store_true")
    words = parser.parse_args()
    Disk.require()
    findings, cuts, number = Findings(is_quiet=words.liar), Cuts(words), 0
    try:
        for number in range(words.rounds):
            cuts.cut(number)
        cuts.count(findings)
    except RuntimeError as error:
        findings.expect(False, f"after {number} cuts {error}")
    if words.liar:
        is_seen, findings = bool(findings.problems), Findings()
        findings.expect(is_seen, "the disk ignores fsync and nothing is missing: this test shows nothing")
        say("A disk that ignores fsync: the test sees that events are missing, as it should" if is_seen else "")
    if findings.problems:
        say(f"what the last cut left is in {cuts.kept}")
        kept_folders.add(cuts.kept)
        cuts.workspace.folder = temporary_folder()
    cuts.workspace.remove()
    findings.finish()


if __name__ == "__main__":
    main()
