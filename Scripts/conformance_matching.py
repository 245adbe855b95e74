"""Compares answers of `yardstick ask --format json` with the numbers of an oracle."""

import datetime
import math
import re


class Oracle:
    """Expected numbers and how closely they must be met."""

    def __init__(self, content):
        self.expected = content.get("expected", {})
        self.tolerance = content.get("tolerance", {})
        self.inputs = [entry for entry in content.get("inputs", []) if isinstance(entry, dict)]

    def at(self, path):
        """The value at a path, a list of names and indices."""
        value = self.expected
        for name in path:
            try:
                value = value[int(name)] if isinstance(value, list) else value[name]
            except (KeyError, IndexError, TypeError, ValueError):
                raise ValueError(f"the oracle has no {'.'.join(path)}") from None
        return value

    def has(self, path):
        """Whether there is a value at a path."""
        try:
            self.at(path)
        except ValueError:
            return False
        return True

    def leaves(self):
        """The paths of all numbers, as texts."""
        return list(leaves_below([], self.expected))

    def tolerance_of(self, path, expected, own):
        """("rel" or "abs" or "exact", how much) for a number at a path."""
        if own == "exact":
            return "exact", 0
        if isinstance(own, dict):
            return next(iter(own.items()))
        for name in reversed(path):
            if self.tolerance.get(name) == "exact":
                return "exact", 0
            for kind in ("rel", "abs"):
                if f"{name}_{kind}" in self.tolerance:
                    return kind, self.tolerance[f"{name}_{kind}"]
        if self.tolerance.get("counts") == "exact" and isinstance(expected, int):
            return "exact", 0
        for kind in ("rel", "abs"):
            if f"default_{kind}" in self.tolerance:
                return kind, self.tolerance[f"default_{kind}"]
        return "rel", 1e-9


def leaves_below(path, value):
    if isinstance(value, (dict, list)):
        members = value.items() if isinstance(value, dict) else enumerate(value)
        for name, member in members:
            yield from leaves_below([*path, str(name)], member)
    elif not isinstance(value, str) or value == "inf":
        yield tuple(path)


def paths_read(expectation, oracle):
    """The paths of the oracle's numbers that an expectation compares with."""
    if "equals" in expectation:
        return [tuple(path_of(expectation["equals"]))]
    if "each" not in expectation:
        return []
    path = path_of(expectation["each"])
    star = path.index("*")
    group = oracle.at(path[:star])
    names = map(str, range(len(group))) if isinstance(group, list) else group
    left_out = expectation.get("skip_keys", [])
    return [(*path[:star], name, *path[star + 1 :]) for name in names if name not in left_out]


class Answer:
    """An answer's rows, with their cells by column name."""

    def __init__(self, content):
        self.columns = {column["name"]: column for column in content["columns"]}
        names = list(self.columns)
        self.rows = [dict(zip(names, row)) for row in content["rows"]]

    def is_period(self, column):
        return self.columns.get(column, {}).get("kind") == "period"


class Panels:
    """What `yardstick panels` shows of a number."""

    def __init__(self, content):
        self.panels = {panel["kind"]: panel for panel in reversed(content["panels"])}

    def at(self, kind, path):
        """The number at a path of a panel; a member of a list is picked by its name or its index."""
        value = self.panels[kind]
        for name in path:
            if isinstance(value, list):
                named = [member for member in value if isinstance(member, dict) and member.get("name") == name]
                value = named[0] if named else value[int(name)]
            else:
                value = value[name]
        return value


def check_panels(expectation, panels, oracle):
    """As check, for one number of a panel."""
    path = path_of(expectation["equals"])
    told = f"{expectation['panel']} {expectation['field']}"
    try:
        got = panels.at(expectation["panel"], path_of(expectation["field"]))
        problem = compare({**expectation, "field": "x"}, {"x": got}, path, oracle.at(path), oracle)
    except (KeyError, IndexError, ValueError) as missing:
        problem = f"there is no {missing}"
    return 1, [f"{told}: {problem}"] if problem else []


def check(expectation, answer, oracle):
    """How many numbers were compared, and a line for each that is wrong."""
    try:
        if "rows" in expectation:
            count = len(answer.rows)
            wrong = count != expectation["rows"]
            return 1, [f"expected {expectation['rows']} rows, got {count}"] if wrong else []
        rows = [row for row in answer.rows if row_fits(row, expectation, answer)]
        if "each" in expectation:
            return check_each(expectation, rows, answer, oracle)
        path = path_of(expectation["equals"]) if "equals" in expectation else []
        expected = oracle.at(path) if path else expectation["is"]
        if len(rows) > 1 or (not rows and not is_nothing(expected)):
            return 1, [f"{label(expectation)}: {len(rows)} rows fit, expected one"]
        problem = compare(expectation, rows[0] if rows else None, path, expected, oracle)
        return 1, [f"{label(expectation)}: {problem}"] if problem else []
    except (KeyError, ValueError) as problem:
        return 1, [f"{label(expectation)}: {problem}"]


def check_each(expectation, rows, answer, oracle):
    path = path_of(expectation["each"])
    star = path.index("*")
    group = oracle.at(path[:star])
    column = expectation["key"]
    if isinstance(group, list):
        keys = [(str(member[expectation["key_from"]]), str(i)) for i, member in enumerate(group)]
    else:
        keys = [(key, key) for key in group]
    skipped = set(expectation.get("skip_keys", []))
    problems = []
    matched = 0
    compared = 0
    for key, name in keys:
        if key in skipped:
            continue
        here = [*path[:star], name, *path[star + 1 :]]
        if expectation.get("if_there") and not oracle.has(here):
            continue
        expected = oracle.at(here)
        fitting = [row for row in rows if cell_fits(row, column, key, expectation, answer)]
        compared += 1
        told = f"{label(expectation)} of row {column}={key}"
        if len(fitting) > 1:
            problems.append(f"{told}: {len(fitting)} rows fit, expected one")
            continue
        matched += len(fitting)
        problem = compare(expectation, fitting[0] if fitting else None, here, expected, oracle)
        if problem:
            problems.append(f"{told}: {problem}")
    if not compared:
        problems.append(f"{label(expectation)}: the oracle has nothing at {'.'.join(path)}")
    if expectation.get("only") and matched < len(rows):
        compared += 1
        problems.append(f"{label(expectation)}: {len(rows) - matched} rows more than expected")
    return compared, problems


def compare(expectation, row, path, expected, oracle):
    """What is wrong with a row's number, or None."""
    if row is None:
        return None if is_nothing(expected) else f"expected {expected}, got no row"
    if expectation["field"] not in row:
        return f"the answer has no column {expectation['field']}"
    got = row[expectation["field"]]
    if expected is None or expected == "inf":
        return None if got is None else f"expected no value, got {got}"
    if isinstance(got, bool) or isinstance(expected, bool):
        return None if got == expected else f"expected {expected}, got {got}"
    if got is None:
        return f"expected {expected}, got no value"
    got = got * expectation.get("times", 1) / expectation.get("divide_by", 1)
    kind, limit = oracle.tolerance_of(path, expected, expectation.get("tolerance"))
    if kind == "rel":
        limit = limit * abs(expected) if expected else 1e-12
    if math.isfinite(got) and abs(got - expected) <= limit:
        return None
    return f"expected {expected}, got {got}"


def row_fits(row, expectation, answer):
    wanted = expectation.get("row", {})
    return all(cell_fits(row, column, key, expectation, answer) for column, key in wanted.items())


def cell_fits(row, column, key, expectation, answer):
    """Whether a row's cell is the one that a key names."""
    if column not in row:
        raise ValueError(f"the answer has no column {column}")
    cell = row[column]
    if answer.is_period(column):
        return period_fits(cell, str(key))
    if column == "part":
        return cell == key
    if key is None or key == "" or key == expectation.get("none"):
        if cell is None:
            return row.get("part") in (None, "none")
        return cell == key
    if cell is None or row.get("part") == "other":
        return False
    return same_text(cell, key)


def same_text(cell, key):
    if isinstance(cell, bool):
        return str(key).lower() == str(cell).lower()
    if isinstance(cell, (int, float)):
        try:
            return float(key) == cell
        except ValueError:
            return False
    return cell == str(key)


def period_fits(start, key):
    """Whether a period's start is the one that a key such as 2011-Q1 names."""
    if "T" in key or " " in key:
        key = key.replace(" ", "T")
        has_zone = re.search(r"(Z|[+-]\d\d:?\d\d)$", key[10:])
        if not has_zone:
            return start.replace(" ", "T")[:16] == key[:16].ljust(16, "0")
        return moment(start) == moment(key)
    return start[:10] == first_day(key) and start[10:].strip("T0:Z") == ""


def moment(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


def first_day(key):
    """The ISO day on which a named period begins."""
    if match := re.fullmatch(r"(\d{4})-?W(\d\d)", key):
        return datetime.date.fromisocalendar(int(match[1]), int(match[2]), 1).isoformat()
    if match := re.fullmatch(r"(\d{4})-?Q([1-4])", key):
        return f"{match[1]}-{int(match[2]) * 3 - 2:02}-01"
    if match := re.fullmatch(r"(\d{4})-?(\d\d)?-?(\d\d)?", key):
        return f"{match[1]}-{match[2] or '01'}-{match[3] or '01'}"
    return key


def is_nothing(expected):
    """Whether a missing row says the same: no value, or none of an additive count."""
    return expected is None or (isinstance(expected, int) and expected == 0)


def path_of(path):
    return [str(name) for name in path] if isinstance(path, list) else path.split(".")


def label(expectation):
    row = ", ".join(f"{column}={key}" for column, key in expectation.get("row", {}).items())
    return expectation.get("field", "rows") + (f" where {row}" if row else "")
