"""Writes the icons that the web app names as one TypeScript module.

The list has one name a line; `#` starts a comment. The module is written only when it
would change, so that nothing is rebuilt for an unchanged list.

Usage: web-icons.py LIST DATABASE MODULE
"""

import json
import pathlib
import re
import sqlite3
import sys


def names_in(list_file):
    lines = (line.split("#")[0].strip() for line in list_file.read_text().splitlines())
    return sorted({line for line in lines if line})


def body(svg):
    """What is inside the `<svg>` element, on one line."""
    inner = re.search(r"<svg[^>]*>(.*)</svg>", svg, re.DOTALL)[1]
    return re.sub(r"\s+", " ", inner).strip()


def module(names, database):
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    found = dict(connection.execute("SELECT name, svg FROM icons"))
    unknown = [name for name in names if name not in found]
    if unknown:
        sys.exit(f"Web/icons.txt: Lucide has no icon named {', '.join(unknown)}")
    entries = "".join(f"  {json.dumps(name)}: {json.dumps(body(found[name]))},\n" for name in names)
    return (
        "// Lucide icons (ISC), made by Scripts/web-icons.py from Web/icons.txt.\n"
        f"export const icons = {{\n{entries}}} as const;\n"
        "export type IconName = keyof typeof icons;\n"
    )


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    list_file, database, output = map(pathlib.Path, sys.argv[1:])
    text = module(names_in(list_file), database)
    if not output.exists() or output.read_text() != text:
        output.write_text(text)


main()
