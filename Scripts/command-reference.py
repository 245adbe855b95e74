"""Prints the reference of the commands, made of the help texts of the program itself.

Usage: command-reference.py PROGRAM
"""

import json
import subprocess
import sys

INTRODUCTION = """\
# Commands

The help texts of `yardstick`, as `yardstick help COMMAND` prints them. Written by `make docs`.
"""


def output(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def commands(program):
    """The words of each command, such as ["kpi", "add"], in the order of the help text."""

    def below(command, words):
        for child in command.get("subcommands", []):
            name = child["commandName"]
            if name == "help" or not child.get("shouldDisplay", True):
                continue
            yield [*words, name]
            yield from below(child, [*words, name])

    description = json.loads(output(program, "--experimental-dump-help"))
    yield from below(description["command"], [])


def section(program, words):
    title = " ".join(["yardstick", *words])
    help_text = output(program, *words, "--help").rstrip()
    return f"## {title}\n\n```text\n{help_text}\n```\n"


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    program = sys.argv[1]
    sections = [section(program, words) for words in [[], *commands(program)]]
    print("\n".join([INTRODUCTION, *sections]), end="")


main()
