"""Checks that every link between the project's pages leads to a file and a heading.

Links to other sites are not followed.

Usage: check-links.py [PAGE ...]   (default: the pages at the top and those in docs)
"""

import pathlib
import re
import sys

FENCED_CODE = re.compile(r"^(```|~~~).*?^\1", re.DOTALL | re.MULTILINE)
INLINE_CODE = re.compile(r"`[^`\n]*`")
LINK = re.compile(r"\[[^\]\n]*\]\(([^)\s]+)(?:\s+\"[^\"]*\")?\)")
HEADING = re.compile(r"^#+\s+(.*?)\s*$", re.MULTILINE)


def pages(arguments):
    if arguments:
        return [pathlib.Path(argument) for argument in arguments]
    return [*pathlib.Path(".").glob("*.md"), *sorted(pathlib.Path("docs").rglob("*.md"))]


def anchors(page):
    """The names under which a page's headings can be linked to."""
    headings = HEADING.findall(FENCED_CODE.sub("", page.read_text()))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def problem(page, link):
    """What is wrong with a link, or nothing."""
    target, _, anchor = link.partition("#")
    file = page.parent / target if target else page
    if not file.exists():
        return "there is no such file"
    if anchor and file.suffix == ".md" and anchor not in anchors(file):
        return "that page has no such heading"
    return None


def main():
    checked = 0
    problems = []
    for page in pages(sys.argv[1:]):
        text = page.read_text()
        # Code is blanked and not cut out, so that line numbers stay right.
        text = FENCED_CODE.sub(lambda code: "\n" * code[0].count("\n"), text)
        for match in LINK.finditer(INLINE_CODE.sub("", text)):
            link = match[1]
            if re.match(r"[a-z]+:", link):
                continue
            checked += 1
            wrong = problem(page, link)
            if wrong:
                line = text.count("\n", 0, text.find(match[0])) + 1
                problems.append(f"{page}:{line}: {link}: {wrong}")
    print("\n".join([*problems, f"{checked} links checked, {len(problems)} broken"]))
    sys.exit(1 if problems else 0)


main()
