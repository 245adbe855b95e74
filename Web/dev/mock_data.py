"""Made-up answers for mock.py: a subscription product with three objectives and eight KPIs."""

import datetime
import hashlib
import math
import random

from mock_library import LIBRARY

Day = datetime.date

WORKSPACE = {"title": "Nimbus", "zone": "Europe/Berlin", "currency": "EUR", "firstWeekday": "monday",
             "today": "2026-06-26", "version": "0.1.0+mock"}
TODAY = Day(2026, 6, 26)
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def say(day):
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def hash_of(text):
    return hashlib.sha256(text.encode()).hexdigest()


# id: title, is, owner, unit, better, formula, kind, source, start value, end value, noise, n, dimensions
METRICS = {
    "activation": ("Activation", "Share of new accounts that invite a colleague within 7 days.", "growth", "share", "up",
                   "activated accounts / new accounts", "ratio", "accounts", 0.29, 0.345, 0.012, 1450, ["country", "plan", "channel"]),
    "weekly-active-teams": ("Weekly active teams", "Teams with at least one edit in the week.", "product", "count", "up",
                            "distinct team from events", "distinct", "events", 3100, 5240, 90, None, ["plan", "platform", "country"]),
    "time-to-first-value": ("Time to first value", "Median time from sign-up to the first shared board.", "growth", "duration", "down",
                            "median of seconds_to_value", "median", "accounts", 9800, 7400, 420, 1310, ["channel", "platform"]),
    "recurring-revenue": ("Recurring revenue", "Monthly value of all running subscriptions.", "finance", "money", "up",
                          "stock of amount per subscription", "stock", "subscriptions", 1_180_000, 1_742_000, 9_000, None, ["plan", "country"]),
    "net-revenue-retention": ("Net revenue retention", "Revenue of last year's customers now, over what they paid then.", "finance", "share",
                              "up", "revenue now / revenue a year before", "ratio", "subscriptions", 1.02, 1.094, 0.006, None, ["plan"]),
    "logo-churn": ("Logo churn", "Share of paying customers who left in the month.", "success", "share", "down",
                   "left customers / customers", "ratio", "subscriptions", 0.027, 0.0295, 0.0018, 6120, ["plan", "country"]),
    "tickets-per-account": ("Support tickets per account", "Tickets of the period for each active account.", "success", "ratio", "down",
                            "tickets / active accounts", "ratio", "tickets", 0.42, 0.36, 0.02, 5010, ["topic", "plan"]),
    "recommendation": ("Recommendation score", "Promoters less detractors among those asked.", "product", "points", "up",
                       "promoters − detractors", "derived", "answers", 31, 38, 2.4, 402, ["plan", "platform"]),
    "signups": ("Sign-ups", "Accounts created.", "growth", "count", "up", "count of rows", "count", "accounts", 1210, 1460, 60, None,
                ["country", "channel"]),
    "invoiced": ("Invoiced revenue", "Sum of invoice lines, credit notes subtracted.", "finance", "money", "up", "sum of quantity × price",
                 "sum", "invoices", 262_000, 391_000, 12_000, None, ["plan", "country"]),
    "average-invoice": ("Average invoice", "Mean value of an invoice.", None, "money", "up", "average of amount", "average", "invoices",
                        212.4, 238.9, 4.5, 1640, ["plan"]),
    "page-load": ("Slow page loads", "95th percentile of the time until the board is usable.", "platform", "duration", "down",
                  "95th percentile of seconds", "percentile", "events", 4.1, 2.9, 0.2, 88_000, ["platform"]),
    "deploys": ("Releases", "Releases to production.", "platform", "count", "up", "count of rows", "count", "releases", 9, 16, 2, None, []),
}
# id: title, metric, objective, owner, review, from, by, floor, stretch, benchmark, course override
KPIS = {
    "activation-rate": ("Activation rate", "activation", "first-week", "growth", "weekly", 0.30, 0.40, 0.33, 0.44,
                        {"value": 0.36, "source": "peer survey 2025", "seen": "2026-02-01"}),
    "time-to-first-value": ("Time to first value", "time-to-first-value", "first-week", "growth", "weekly", 9600, 6600, 8400, 5400, None),
    "active-teams": ("Weekly active teams", "weekly-active-teams", "first-week", "product", "weekly", 3700, 6000, None, None, None),
    "recurring-revenue": ("Recurring revenue", "recurring-revenue", "grow-with-customers", "finance", "weekly", 1_350_000, 2_000_000, 1_700_000, 2_200_000, None),
    "net-revenue-retention": ("Net revenue retention", "net-revenue-retention", "grow-with-customers", "finance", "monthly", 1.05, 1.12, None, None,
                              {"value": 1.04, "source": "Series B median", "seen": "2026-01-15"}),
    "logo-churn": ("Logo churn, monthly", "logo-churn", "grow-with-customers", "success", "monthly", 0.028, 0.02, 0.027, None, None),
    "recommendation": ("Recommendation score", "recommendation", "calm-support", "product", "monthly", None, None, None, None, None),
    "tickets": ("Support tickets per account", "tickets-per-account", "calm-support", "success", "weekly", 0.42, 0.34, None, None, None),
}
OBJECTIVES = {
    "first-week": ("New teams succeed in their first week", "Teams that succeed early stay; most that leave never saw the value.", "growth"),
    "grow-with-customers": ("Revenue grows with our customers", "Growth that does not leak is the growth that lasts.", "finance"),
    "calm-support": ("Help is rarely needed and always good", "Fewer questions, better answers.", "success"),
}
PARTS = {
    "country": ["Germany", "France", "Netherlands", "Spain", "Poland", "other", None],
    "plan": ["Business", "Team", "Starter", None], "channel": ["Search", "Referral", "Campaign", "Partner", "other"],
    "platform": ["Web", "macOS", "Windows", "iOS", "Android"], "topic": ["Billing", "Sharing", "Import", "Access", "other", None],
}
GRAINS = {"weekly": "week", "monthly": "month", "quarterly": "quarter"}


def start_of(day, grain):
    if grain == "week":
        return day - datetime.timedelta(days=day.weekday())
    if grain == "month":
        return day.replace(day=1)
    if grain == "quarter":
        return Day(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    if grain == "year":
        return Day(day.year, 1, 1)
    return day


def step(day, grain, count=1):
    if grain in ("day", "week"):
        return day + datetime.timedelta(days=count * (7 if grain == "week" else 1))
    months = day.year * 12 + day.month - 1 + count * {"month": 1, "quarter": 3, "year": 12}[grain]
    return Day(months // 12, months % 12 + 1, 1)


def label(day, grain):
    if grain == "week":
        return f"week of {say(day)}"
    if grain == "month":
        return f"{MONTHS[day.month - 1]} {day.year}"
    if grain == "quarter":
        return f"Q{(day.month + 2) // 3} {day.year}"
    return str(day.year) if grain == "year" else say(day)


def periods(over, grain):
    running = start_of(TODAY, grain)
    if over.startswith("last "):
        count = int(over.split()[1])
        return [step(running, grain, -k) for k in range(count, -1, -1)]
    if ".." in over:
        first, last = (Day.fromisoformat(text) for text in over.split(".."))
    else:
        first, last = Day(2025, 1, 1), TODAY
    days, at = [], start_of(first, grain)
    while at <= min(last, TODAY):
        days.append(at)
        at = step(at, grain)
    return days


def value_at(metric, day, grain, part=""):
    _, _, _, unit, _, _, _, _, low, high, noise, _, _ = METRICS[metric]
    share = (day - Day(2025, 1, 1)).days / 541
    dice = random.Random(f"{metric}{day}{part}")
    season = math.sin(day.toordinal() / 58.1 + len(metric)) * noise * 1.3
    value = low + (high - low) * share + season + dice.gauss(0, noise * 0.55)
    if metric in ("activation", "signups", "weekly-active-teams") and Day(2026, 3, 2) <= day <= Day(2026, 3, 15):
        value -= noise * 4
    scale = {"day": 1 / 7, "week": 1, "month": 4.35, "quarter": 13, "year": 52}[grain]
    return value * scale if metric in ("signups", "invoiced", "deploys") else value


def point(metric, day, grain, part="", weight=1.0):
    n = METRICS[metric][11]
    unit = METRICS[metric][3]
    value = value_at(metric, day, grain, part) * weight
    complete = step(day, grain) <= TODAY
    if not complete and metric in ("signups", "invoiced", "weekly-active-teams", "deploys"):
        value *= 0.55
    result = {"period": day.isoformat(), "label": label(day, grain), "value": value, "low": None, "high": None, "n": None,
              "numerator": None, "denominator": None, "complete": complete}
    if unit == "count":
        result["value"] = float(round(value))
    if n:
        n = round(n * {"day": 1 / 7, "week": 1, "month": 4.3, "quarter": 13, "year": 52}[grain] * (0.9 + random.Random(str(day)).random() * 0.2))
        half = 1.96 * (math.sqrt(max(value * (1 - value), 0.0001) / n) if unit == "share" else METRICS[metric][10] * 0.9)
        result |= {"low": value - half, "high": value + half, "n": n}
        if unit == "share":
            result |= {"numerator": round(value * n), "denominator": n}
    return result


def path_of(kpi, day):
    first, last = KPIS[kpi][5], KPIS[kpi][6]
    if first is None:
        return None
    share = (day - Day(2026, 1, 1)).days / 364
    return first + (last - first) * min(1, max(0, share))


def status(kpi):
    title, metric, objective, owner, review, first, last, floor, stretch, benchmark = KPIS[kpi]
    entry, grain = METRICS[metric], GRAINS[review]
    start = step(start_of(TODAY, grain), grain, -1)
    now, before = point(metric, start, grain), point(metric, step(start, grain, -1), grain)
    path, up = path_of(kpi, step(start, grain)), entry[4] == "up"
    change = now["value"] - before["value"] if entry[3] in ("share", "points") else now["value"] / before["value"] - 1
    unit = {"share": "pp", "points": "points"}.get(entry[3], "%")
    noise = entry[10] * (1 if entry[3] in ("share", "points") else 1 / before["value"])
    quiet = abs(change) < noise and now["n"] is not None
    course, text = "no_target", "No target is set"
    if path is not None:
        gap = now["value"] / path - 1
        good = gap if up else -gap
        course = "on_course" if good >= -0.004 else "at_risk" if good > -0.05 else "off_course"
        size = f"{abs(now['value'] - path) * 100:.1f} pp" if entry[3] == "share" else f"{abs(gap) * 100:.1f} %"
        text = f"{size} {'above' if gap >= 0 else 'below'} its path"
    return {
        "kpi": kpi, "title": title, "metric": metric, "owner": owner, "team": owner, "objective": objective, "unit": entry[3],
        "currency": "EUR" if entry[3] == "money" else None, "better": entry[4], "review": review, "status": "active",
        "period": {"start": start.isoformat(), "end": step(start, grain).isoformat(), "label": label(start, grain), "grain": grain},
        **{key: now[key] for key in ("value", "low", "high", "n", "numerator", "denominator")},
        "change": {"previous": before["value"], "value": change, "unit": unit, "low": change - noise * 1.2 if now["n"] else None,
                   "high": change + noise * 1.2 if now["n"] else None, "withinNoise": quiet,
                   "direction": "same" if change == 0 else "better" if (change > 0) == up else "worse",
                   "comparedWith": label(step(start, grain, -1), grain)},
        "target": None if path is None else {"path": path, "by": "2026-12-31", "value": last, "floor": floor, "stretch": stretch},
        "course": course, "courseText": text, "benchmark": benchmark,
        "freshness": {"watermark": "2026-06-26T07:42:00Z", "state": "stale" if entry[7] == "answers" else "fresh",
                      "text": "4 days ago" if entry[7] == "answers" else "2 hours ago"},
        "sparkline": [{"period": day.isoformat(), "value": point(metric, day, grain)["value"], "complete": step(day, grain) <= TODAY}
                      for day in (step(start_of(TODAY, grain), grain, -k) for k in range(26 if grain == "week" else 14, -1, -1))],
        "receipt": hash_of(kpi)[:12],
    }


def no_data():
    made = status("tickets")
    return {**made, "kpi": "answer-time", "title": "First answer time", "unit": "duration", "value": None, "low": None, "high": None, "n": None,
            "change": None, "target": None, "course": "no_data", "courseText": "No complete period yet", "sparkline": [], "period": None,
            "freshness": {"watermark": None, "state": "empty", "text": "no rows imported"}}


def objective(id):
    title, about, owner = OBJECTIVES[id]
    return {"id": id, "title": title, "is": about, "owner": owner, "by": "2026-12-31", "kpis": [k for k in KPIS if KPIS[k][2] == id]}


def scorecard():
    kpis = [status(kpi) for kpi in KPIS] + [no_data()]
    attention = []
    for course, words in (("off_course", "is {0} and needs a decision this week."), ("at_risk", "is {0}; the last weeks point the wrong way.")):
        attention += [{"kpi": k["kpi"], "text": words.format(k["courseText"])} for k in kpis if k["course"] == course]
    attention += [{"kpi": "answer-time", "text": "has no data: import tickets."}, {"kpi": "recommendation", "text": "has no target, so nobody can say whether it is on course."}]
    return {"asOf": TODAY.isoformat(), "objectives": [objective(id) for id in OBJECTIVES], "kpis": kpis, "attention": attention}


def finding(severity, code, message, hint, file, line):
    return {"code": code, "severity": severity, "message": message, "hint": hint, "place": {"file": file, "line": line, "column": 1}}


FINDINGS = {
    "activation-rate": [finding("advice", "linter/no-guardrail", "The KPI 'activation-rate' names no guardrail.", "Name a metric that would suffer if this one were gamed.",
                                "definitions/kpis/activation-rate.yaml", 1)],
    "recommendation": [finding("warning", "linter/no-target", "The KPI 'recommendation' has no target.", "Add `target: { by: { date: …, value: … } }`.",
                               "definitions/kpis/recommendation.yaml", 1)],
    "average-invoice": [finding("warning", "linter/no-owner", "The metric 'average-invoice' has no owner.", "Add `owner:`, so that somebody answers for it.",
                                "definitions/metrics/average-invoice.yaml", 1)],
}


def metric(id, added):
    if id in added:
        entry = next(e for e in LIBRARY if e["id"] == id)
        return {"id": id, "title": entry["title"], "is": entry["is"], "owner": None, "unit": entry["unit"], "currency": None, "better": entry["better"],
                "formula": entry["formula"], "kind": "ratio", "source": "events", "dependsOn": [], "usedBy": [], "dimensions": [],
                "file": f"definitions/metrics/{id}.yaml", "hash": hash_of(id), "health": "warning", "findings": []}
    if id not in METRICS:
        return None
    title, about, owner, unit, better, formula, kind, source, _, _, _, _, dimensions = METRICS[id]
    found = FINDINGS.get(id, [])
    return {"id": id, "title": title, "is": about, "owner": owner, "unit": unit, "currency": "EUR" if unit == "money" else None, "better": better,
            "formula": formula, "kind": kind, "source": source, "dependsOn": ["signups"] if id == "activation" else [],
            "usedBy": [k for k in KPIS if KPIS[k][1] == id], "dimensions": dimensions, "file": f"definitions/metrics/{id}.yaml",
            "hash": hash_of(id), "health": "warning" if found else "good", "findings": found}


def metric_yaml(id):
    entry = METRICS.get(id)
    if entry is None:
        return next(e for e in LIBRARY if e["id"] == id)["yaml"]
    return (f"metric: {id}\nis: {entry[1]}\nowner: {entry[2]}\nunit: {entry[3]}\nbetter: {entry[4]}\n"
            f"formula: {{ ratio: {{ of: activated-accounts, to: signups }} }}\n")


def kpi_yaml(id):
    title, name, goal, owner, review, first, last, floor, stretch, benchmark = KPIS[id]
    lines = [f"kpi: {id}", f"title: {title}", f"metric: {name}", f"objective: {goal}", f"owner: {owner}"]
    if first is not None:
        lines.append(f"target: {{ from: {{ date: 2026-01-01, value: {first} }}, by: {{ date: 2026-12-31, value: {last} }} }}")
    if benchmark:
        lines.append(f"benchmark: {{ value: {benchmark['value']}, source: {benchmark['source']}, seen: {benchmark['seen']} }}")
    return "\n".join([*lines, f"review: {review}", "guardrail: tickets-per-account   # must not rise with it", "status: active", ""])


def kpi_detail(id):
    yaml = kpi_yaml(id)
    return {"status": status(id), "definition": {"yaml": yaml, "hash": hash_of(yaml), "file": f"definitions/kpis/{id}.yaml"},
            "metric": metric(KPIS[id][1], []), "objective": objective(KPIS[id][2]), "findings": FINDINGS.get(id, [])}


def weights(by):
    names = PARTS[by]
    raw = [1 / (k + 1.3) for k in range(len(names))]
    return [(name, size / sum(raw)) for name, size in zip(names, raw)]


def trend(query):
    kpi = query.get("kpi")
    name = KPIS[kpi][1] if kpi else query["metric"]
    entry = METRICS.get(name) or METRICS["signups"]
    name = name if name in METRICS else "signups"
    grain = query.get("grain") or (GRAINS[KPIS[kpi][4]] if kpi else "week")
    days = periods(query.get("over") or f"last 26 {grain}s", grain)
    additive = entry[3] in ("count", "money") and name != "average-invoice"
    if query.get("by"):
        series = [{"name": {"other": "All others", None: "None"}.get(part, part), "role": "part",
                   "points": [point(name, day, grain, str(part), weight if additive else 1 + (k - 2) * 0.06) for day in days]}
                  for k, (part, weight) in enumerate(weights(query["by"]))]
    else:
        series = [{"name": "Actual", "role": "actual", "points": [point(name, day, grain) for day in days]}]
        if query.get("compare"):
            back = -1 if query["compare"] == "previous" else {"day": -364, "week": -52, "month": -12, "quarter": -4, "year": -1}[grain]
            series.append({"name": "Period before" if back == -1 else "Year before", "role": "comparison",
                           "points": [point(name, step(day, grain, back), grain) for day in days]})
    target = None
    if kpi and KPIS[kpi][5] is not None and not query.get("by"):
        target = {"points": [["2026-01-01", KPIS[kpi][5]], ["2026-12-31", KPIS[kpi][6]]], "floor": KPIS[kpi][7], "stretch": KPIS[kpi][8]}
    return {"kind": "trend", "title": KPIS[kpi][0] if kpi else entry[0], "unit": entry[3], "currency": "EUR" if entry[3] == "money" else None,
            "better": entry[4], "grain": grain, "zone": WORKSPACE["zone"], "series": series, "target": target,
            "benchmark": KPIS[kpi][9] if kpi else None,
            "annotations": [{"at": "2026-03-04", "label": "Sign-in outage", "detail": "Android, 9 hours"}, {"at": "2026-04-20", "label": "Pricing v2", "detail": "Team plan split in two"}],
            "notes": [], "receipt": hash_of(name)[:12]}


def ask(query):
    name = query["metric"] if query["metric"] in METRICS else "signups"
    by, entry = query.get("by"), METRICS[name]
    over = query.get("over", "all")
    day = periods("last 1 weeks" if over == "all" else over, "week")[0]
    additive = entry[3] in ("count", "money") and name != "average-invoice"
    rows = []
    for k, (part, weight) in enumerate(weights(by) if by else [("all", 1)]):
        scale = weight if additive or not by else 1 + (k - 2) * 0.06
        now, before = (point(name, at, "week", str(part), scale) for at in (day, step(day, "week", -1)))
        if now["n"]:
            wide = 1 / math.sqrt(weight)
            now["low"], now["high"] = (now["value"] + (now[key] - now["value"]) * wide for key in ("low", "high"))
        change = now["value"] - before["value"] if entry[3] == "share" else now["value"] / before["value"] - 1
        rows.append([None if part in (None, "other") else part, {"other": "other", None: "none"}.get(part, "value"), now["value"], now["low"], now["high"],
                     round(now["n"] * weight) if now["n"] else None, None, None, True, before["value"], change, None, None,
                     "pp" if entry[3] == "share" else "%", bool(now["n"]) and abs(change) < entry[10] * 2])
    names = "value low high n numerator denominator complete previous change change_low change_high change_unit within_noise".split()
    columns = [{"name": by, "kind": "dimension"}, {"name": "part", "kind": "part"}]
    columns += [{"name": n, "kind": "number", "unit": entry[3], "metric": name, "field": n} for n in names]
    if not by:
        columns, rows = columns[2:], [row[2:] for row in rows]
    return {"question": query, "columns": columns, "rows": rows, "receipts": [receipt(name)], "notes": []}


SQL = """SELECT date_trunc('week', "created_on") AS "period",
       count(*) FILTER (WHERE "activated_on" IS NOT NULL) AS "numerator",
       count(*) AS "denominator"
FROM "accounts"
WHERE "created_on" >= $1 AND "created_on" < $2 AND "is_bot" IS DISTINCT FROM $3
GROUP BY 1
ORDER BY 1"""


def receipt(name):
    start = step(start_of(TODAY, "week"), "week", -1)
    now = point(name, start, "week")
    return {"id": hash_of(name)[:12], "metric": name, "definition": hash_of(name), "formula": METRICS[name][5], "filters": ["is_bot is not true"],
            "zone": WORKSPACE["zone"], "tzdata": "2026a", "range": {"start": start.isoformat(), "end": step(start, "week").isoformat()},
            "watermark": "2026-06-26T07:42:00Z", "sources": [{"name": METRICS[name][7], "version": hash_of("v")[:16], "rows": 184_220, "watermark": "2026-06-26T07:42:00Z"}],
            "numerator": now["numerator"], "denominator": now["denominator"], "leftOut": [{"reason": "the filter says bot", "rows": 212}, {"reason": "created_on is missing", "rows": 3}],
            "sql": [{"text": SQL, "values": [start.isoformat(), step(start, "week").isoformat(), True]}], "value": now["value"]}


def explain(query):
    name = KPIS[query["kpi"]][1] if "kpi" in query else query.get("metric", "activation")
    name = name if name in METRICS else "signups"
    made = receipt(name)
    return {"definition": {"yaml": metric_yaml(name), "hash": hash_of(name), "file": f"definitions/metrics/{name}.yaml"},
            "plan": "ratio\n├─ count activated_on\n│  └─ filter is_bot is not true\n│     └─ read accounts\n└─ count rows\n   └─ filter is_bot is not true\n      └─ read accounts",
            "sql": made["sql"], "receipt": made}


def catalogue(added):
    kpis = [{"id": id, "title": k[0], "metric": k[1], "objective": k[2], "owner": k[3], "team": k[3], "review": k[4], "status": "active",
             "file": f"definitions/kpis/{id}.yaml", "findings": FINDINGS.get(id, [])} for id, k in KPIS.items()]
    kpis += [{"id": id, "title": next(e["title"] for e in LIBRARY if e["id"] == id), "metric": id, "objective": None, "owner": None, "status": "draft",
              "file": f"definitions/kpis/{id}.yaml", "findings": []} for id in added]
    return {"metrics": [metric(id, added) for id in [*METRICS, *added]], "kpis": kpis, "objectives": [objective(id) for id in OBJECTIVES],
            "sources": [{"name": s["name"]} for s in sources({})], "dimensions": [{"name": d} for d in PARTS],
            "findings": [f for each in FINDINGS.values() for f in each]}


def sources(imports):
    def source(name, about, owner, rows, state, columns, quality, files):
        return {"name": name, "is": about, "owner": owner, "rows": rows, "watermark": None if rows == 0 else "2026-06-26T07:42:00Z", "state": state,
                "columns": [{"name": c.split()[0], "type": c.split()[1]} for c in columns], "quality": quality, "from": f"imports/{name}*.csv.gz", "takes": "files",
                "imports": imports.get(name, []) + [{"file": f, "rows": n, "refused": r, "at": at} for f, n, r, at in files]}
    passed = {"check": "unique account", "state": "passed", "text": "no row is there twice"}
    return [
        source("accounts", "One row per account that signed up.", "growth", 184_220, "fresh",
               ["account text", "created_on date", "activated_on date", "country text", "plan text", "channel text", "seconds_to_value integer"],
               [passed, {"check": "fresh within 2 days", "state": "passed", "text": "newest row 2 hours ago"},
                {"check": "not null country", "state": "warning", "text": "212 rows (0.1 %) have no country"}],
               [("accounts-2026-06.csv.gz", 11_482, 3, "2026-06-26T07:43:12Z"), ("accounts-2026-05.csv.gz", 12_019, 0, "2026-06-01T06:12:44Z")]),
        source("events", "What people do in the product.", "product", 1_512_306, "fresh", ["event_name text", "person text", "team text", "at instant", "platform text"],
               [{"check": "unique event id", "state": "passed", "text": "1 204 late copies dropped"}], [("events-2026-06.parquet", 261_940, 0, "2026-06-26T07:44:02Z")]),
        source("answers", "Survey answers.", "product", 5_208, "stale", ["person text", "asked_on date", "score integer"],
               [{"check": "fresh within 2 days", "state": "failed", "text": "newest row 4 days ago"}], [("answers.jsonl", 5_208, 41, "2026-06-22T09:00:00Z")]),
        source("tickets", "Support tickets.", None, 0, "empty", ["ticket text", "opened_at instant", "topic text"], [], []),
    ]


def import_report(source, file, body):
    rows = max(0, body.count(b"\n") - 1)
    refusals = [{"line": number + 1, "column": "created_on", "reason": "This is no date.", "text": line.decode(errors="replace")[:80]}
                for number, line in enumerate(body.split(b"\n")) if b"not-a-date" in line]
    return {"source": source, "rows": rows - len(refusals), "seconds": 0.84, "version": hash_of(file)[:12],
            "files": [{"file": file, "state": "stored", "rowsRead": rows, "rowsStored": rows - len(refusals), "rowsRefused": len(refusals), "refusals": refusals[:5]}]}
