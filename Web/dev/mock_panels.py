"""Made-up panels and rows for mock.py: each kind on the page of a number that would have it."""

import datetime
import math
import random

import mock_data as data

WORDS = [
    (10, "Our whole team plans in it now. The weekly board took ten minutes to set up."), (9, "Sharing a board with a client just works."),
    (3, "Importing our old boards failed twice and nobody could say why."), (8, "Good, but I miss a calendar view."),
    (6, "It became slow when the board passed two hundred cards."), (10, "Support answered within the hour, on a Sunday."),
    (2, "The new prices doubled our bill for the same five people."), (9, "Finally something the finance people open on their own."),
    (7, "Fine for small teams."), (5, "Notifications: either all of them or none."),
]


def head(kind, title, *notes):
    return {"kind": kind, "title": title, "receipt": data.hash_of(kind + title)[:12], "notes": [{"code": code, "message": text} for code, text in notes]}


def wilson(part, whole):
    if whole == 0:
        return None, None
    z, share = 1.96, part / whole
    middle, half = share + z * z / (2 * whole), z * math.sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole))
    return max(0.0, (middle - half) / (1 + z * z / whole)), min(1.0, (middle + half) / (1 + z * z / whole))


def quotient(name, query, above, below):
    grain = query.get("grain", "week")
    points = []
    for day in data.periods(query.get("over") or f"last 26 {grain}s", grain):
        made = data.point(name, day, grain)
        bottom = made["denominator"] or round(4000 + 900 * math.sin(day.toordinal() / 40) + random.Random(str(day)).random() * 200)
        points.append({"period": made["period"], "label": made["label"], "numerator": round(made["value"] * bottom), "denominator": bottom,
                       "value": made["value"], "complete": made["complete"]})
    return {**head("quotient", "What moves the ratio"), "numerator": {"title": above, "unit": "count"}, "denominator": {"title": below, "unit": "count"}, "points": points}


def bridge(query):
    level, customers, result = 1_204_300.0, 5_210, []
    for day in data.periods("last 14 months", "month"):
        dice = random.Random(f"bridge{day}")
        complete = data.step(day, "month") <= data.TODAY
        part = 1 if complete else 0.8
        moves = {"new": dice.uniform(38, 52), "reactivation": dice.uniform(2, 6), "expansion": dice.uniform(24, 36), "contraction": -dice.uniform(7, 13),
                 "churn": -dice.uniform(26, 36)}
        moves = {key: round(part * amount * 1000, 2) for key, amount in moves.items()}
        people = {"new": round(part * dice.uniform(190, 240)), "reactivated": round(part * dice.uniform(9, 22)), "lost": round(part * dice.uniform(130, 168))}
        closing = round(level + sum(moves.values()), 2)
        after = customers + people["new"] + people["reactivated"] - people["lost"]
        result.append({"period": day.isoformat(), "label": data.label(day, "month"), "complete": complete, "opening": level, **moves, "exchange": 0.0, "closing": closing,
                       "customers": {"opening": customers, **people, "closing": after}})
        level, customers = closing, after
    return {**head("bridge", "Movements of recurring revenue"), "unit": "money", "currency": "EUR", "grain": "month", "method": "movements", "periods": result}


def cohorts(query, ages=11):
    starts = data.periods(f"last {ages} months", "month")
    result = []
    for row, day in enumerate(starts):
        dice = random.Random(f"cohort{day}")
        size, cells = dice.randint(1180, 1560), []
        for age in range(len(starts) - row):
            share = 1.0 if age == 0 else (0.31 + 0.34 * math.exp(-age / 2.1) + row * 0.006) * dice.uniform(0.96, 1.04)
            complete = age < len(starts) - row - 1
            count = round(size * share * (1 if complete or age == 0 else 0.82))
            low, high = wilson(count, size)
            cells.append({"age": age, "count": count, "value": count / size, "low": low, "high": high, "complete": complete})
        result.append({"period": day.isoformat(), "label": data.label(day, "month"), "size": size, "cells": cells})
    pooled = []
    for age in range(ages):
        known = [(c["cells"][age]["count"], c["size"]) for c in result if len(c["cells"]) > age and c["cells"][age]["complete"]]
        count, of = sum(k[0] for k in known), sum(k[1] for k in known)
        low, high = wilson(count, of)
        pooled.append({"age": age, "value": count / of, "low": low, "high": high, "count": count, "of": of})
    return {**head("cohorts", "Retention by month of the start"), "ages": "month", "unit": "share", "grain": "month", "cohorts": result, "pooled": pooled}


def revenue_cohorts(ages=14):
    """Money is added up exactly: all cohorts at one age, and what of the last month is older than the table."""
    starts = data.periods(f"last {ages} months", "month")
    result = []
    for row, day in enumerate(starts):
        dice = random.Random(f"revenue{day}")
        size = dice.randint(190, 240)
        first, paying, cells, level = size * dice.uniform(205, 235), round(size * 0.985), [], 1.0
        for age in range(len(starts) - row - 1):
            if age > 0:
                level *= dice.uniform(0.955, 0.995) if row % 5 else dice.uniform(0.99, 1.03)
                paying = round(paying * dice.uniform(0.95, 0.985))
            until = data.step(day, "month", age + 1) - datetime.timedelta(days=1)
            cells.append({"age": age, "value": round(first * level, 2), "of": round(first, 2), "share": round(first * level, 2) / round(first, 2), "count": paying,
                          "until": until.isoformat(), "complete": True})
        end = data.step(day, "month") - datetime.timedelta(days=1)
        result.append({"period": day.isoformat(), "label": data.label(day, "month"), "range": f"{day}..{end}", "size": size, "cells": cells})
    pooled = []
    for age in range(ages - 1):
        old = [cohort for cohort in result if len(cohort["cells"]) > age]
        money, of = (sum(cohort["cells"][at]["value"] for cohort in old) for at in (age, 0))
        pooled.append({"age": age, "value": money, "of": of, "share": money / of, "count": sum(cohort["cells"][age]["count"] for cohort in old),
                       "size": sum(cohort["size"] for cohort in old)})
    last = sum(cohort["cells"][-1]["value"] for cohort in result if cohort["cells"])
    closing = {"period": starts[-2].isoformat(), "label": data.label(starts[-2], "month"), "value": last + 861_204.5, "earlier": 861_204.5}
    return {**head("cohorts", "What is left of revenue, by month of the start"), "ages": "month", "unit": "money", "currency": "EUR", "grain": "month", "source": "ledger",
            "cohorts": result, "pooled": pooled, "closing": closing}


def kaplan_meier(name, scale, count):
    dice, left, share, spread, points, events = random.Random(name), count, 1.0, 0.0, [], 0
    times = []
    for _ in range(count):
        life, watched = dice.weibullvariate(scale, 0.8), dice.uniform(40, 540)
        times.append((math.ceil(min(life, watched)), life <= watched))
    for time in sorted({time for time, _ in times}):
        gone, lost = sum(1 for t, ended in times if t == time and ended), sum(1 for t, ended in times if t == time and not ended)
        if gone:
            share *= 1 - gone / left
            spread += gone / (left * max(1, left - gone))
            events += gone
            half = 1.96 * math.sqrt(spread)
            bounds = (share ** math.exp(sign * half / math.log(share)) if 0 < share < 1 else share for sign in (-1, 1))
            low, high = sorted(bounds)
            points.append({"time": time, "value": share, "low": low, "high": high, "atRisk": left})
        left -= gone + lost
    median = next((point["time"] for point in points if point["value"] <= 0.5), None)
    return {"name": name, "customers": count, "events": events, "median": median, "points": points}


def survival():
    curves = [kaplan_meier("Business", 920, 310), kaplan_meier("Team", 480, 540), kaplan_meier("Starter", 210, 620)]
    return {**head("survival", "How long customers stay"), "ages": "day", "curves": curves, "logRank": {"chiSquare": 118.42, "degrees": 2, "p": 1.9e-26}}


def renewals():
    """The regular customers of Fader and Hardie (2007), with the parameters of their paper."""
    left, alpha, beta = [1000, 631, 468, 382, 326, 289, 262, 241], 0.7041, 1.182
    points, margin = [], lambda at: 0.031 - 0.0004 * at
    for year in range(1, 8):
        share = left[year] / 1000
        points.append({"time": year, "value": share, "low": share - margin(year), "high": share + margin(year), "atRisk": left[year - 1]})
    survival = lambda at: math.exp(math.lgamma(beta + at) - math.lgamma(beta) + math.lgamma(alpha + beta) - math.lgamma(alpha + beta + at))
    projected = [{"time": at, "value": survival(at), "low": survival(at) - margin(at) if at else None, "high": survival(at) + margin(at) if at else None} for at in range(15)]
    model = {"family": "sbg", "customers": 1000, "logLikelihood": -1680.27, "meanChurnProbability": alpha / (alpha + beta), "median": 2,
             "parameters": [{"name": "alpha", "value": alpha, "error": 0.0656}, {"name": "beta", "value": beta, "error": 0.1525}], "projected": projected}
    curve = {"name": "all", "customers": 1000, "events": 759, "median": 2, "points": points, "model": model}
    return {**head("survival", "How long they stay"), "ages": "renewal", "model": "sbg", "curves": [curve], "logRank": None}


def opinion():
    counts = [9, 4, 7, 11, 10, 24, 31, 58, 84, 79, 85]
    group = lambda score: "detractors" if score < 7 else "passives" if score < 9 else "promoters"
    n = sum(counts)
    groups = [(name, sum(c for s, c in enumerate(counts) if group(s) == name)) for name in ("detractors", "passives", "promoters")]
    verbatims = [{"at": (data.TODAY - datetime.timedelta(days=2 + 3 * k)).isoformat(), "score": score, "text": text} for k, (score, text) in enumerate(WORDS)]
    value = 100 * (groups[2][1] - groups[0][1]) / n
    return {**head("opinion", "What people answered"), "scale": "nps", "value": value, "low": value - 7.6, "high": value + 7.5, "n": n,
            "groups": [{"name": name, "count": count, "share": count / n} for name, count in groups],
            "scores": [{"score": score, "count": count, "group": group(score)} for score, count in enumerate(counts)],
            "verbatims": verbatims, "asked": 1731, "responseRate": n / 1731}


def lifetime():
    dice = random.Random("lifetime")
    worths = sorted(dice.lognormvariate(5.6, 0.75) for _ in range(4180))
    bins = [{"from": low, "to": low + 100, "customers": sum(1 for w in worths if low <= w < low + 100)} for low in range(0, 1600, 100)]
    actual = [1890, 902, 521, 318, 209, 131, 84, 125]
    expected = [1876.2, 934.8, 519.7, 310.1, 194.9, 127.4, 86.3, 130.6]
    return {**head("lifetime", "Customers’ future value"), "model": "bgnbd", "customers": 4180,
            "parameters": [{"name": name, "value": value, "error": error} for name, value, error in
                           (("r", 0.2426, 0.0126), ("alpha", 4.4136, 0.3782), ("a", 0.7929, 0.1857), ("b", 2.4259, 0.7054))],
            "logLikelihood": -9582.43, "aliveShare": 0.612, "expectedPurchases": 1.84, "horizon": "12 months", "distribution": bins,
            "reading": "clv", "check": [{"repeats": k, "actual": a, "expected": e, "orMore": k == 7} for k, (a, e) in enumerate(zip(actual, expected))],
            "fit": {"chiSquare": 4.03, "degrees": 4, "p": 0.402},
            "warnings": ["212 customers (5 %) bought only in the last week; their future rests on the others’ behaviour.",
                         "The model knows no season: a forecast across Christmas is too low before it and too high after."]}


def scatter():
    dice = random.Random("scatter")
    points = []
    for number in range(260):
        at = data.TODAY - datetime.timedelta(days=dice.randint(0, 178))
        part = dice.choices(["Feature", "Fix", "Chore"], [5, 4, 2])[0]
        points.append({"at": f"{at.isoformat()}T{dice.randint(8, 17):02}:15:00Z", "value": dice.lognormvariate({"Feature": 12.9, "Fix": 11.9, "Chore": 12.3}[part], 0.62),
                       "label": f"NIM-{1400 + number}", "part": part})
    points.sort(key=lambda point: point["at"])
    values = sorted(point["value"] for point in points)
    ranks = [{"rank": rank, "value": values[min(len(values) - 1, round(len(values) * rank / 100))]} for rank in (50, 85, 95)]
    return {**head("scatter", "Every item by its lead time"), "unit": "duration", "points": points, "percentiles": ranks, "total": 1042, "shown": len(points)}


def split(name, query, unit):
    by = query.get("by") or data.METRICS[name][12][0]
    rows = []
    for k, (part, weight) in enumerate(data.weights(by)):
        n = round(5200 * weight)
        value = {"ratio": 0.36, "money": 148.0, "share": 0.31}[unit] * (0.82 + 0.13 * k + random.Random(f"{by}{part}").random() * 0.1)
        half = value * 1.9 / math.sqrt(max(8, n / 9))
        rows.append({"name": None if part in ("other", None) else part, "part": {"other": "other", None: "none"}.get(part, "value"), "value": value,
                     "low": value - half, "high": value + half, "n": n, "numerator": round(value * n), "denominator": n})
    return {**head("split", {"ratio": "Tickets by part", "money": "Cost of a new customer"}.get(unit, "By part")), "dimension": by, "unit": unit,
            "currency": "EUR" if unit == "money" else None, "rows": rows}


def refused(kind, title):
    why = ("statistics/no-convergence", "The model's parameters cannot be told from this data.")
    return {**head("refused", title, why), "panel": kind, "receipt": None}


def panels(query):
    name = query.get("metric") or data.KPIS.get(query.get("kpi"), (None, None))[1]
    made = {
        "activation": lambda: [quotient("activation", query, "Activated accounts", "New accounts")],
        "weekly-active-teams": lambda: [cohorts(query)],
        "recurring-revenue": lambda: [bridge(query), revenue_cohorts()],
        "logo-churn": lambda: [survival()],
        "tickets-per-account": lambda: [split("tickets-per-account", query, "ratio"), quotient("tickets-per-account", query, "Tickets", "Active accounts")],
        "recommendation": lambda: [opinion()],
        "average-invoice": lambda: [lifetime(), renewals()],
        "time-to-first-value": lambda: [scatter()],
        "signups": lambda: [refused("lifetime", "What customers will bring"), split("signups", query, "money")],
    }.get(name)
    return {"panels": made() if made else []}


def rows(query):
    total, offset, limit = 1_243, int(query.get("offset", 0)), int(query.get("limit", 100))
    result = []
    for number in range(offset, min(total, offset + limit)):
        dice = random.Random(f"row{number}")
        at = data.TODAY - datetime.timedelta(days=8 + number // 60)
        result.append([f"acc_{48_000 + number}", f"{at.isoformat()}T{dice.randint(6, 20):02}:{dice.randint(0, 59):02}:00Z", dice.choice(["Germany", "France", "Spain", None]),
                       dice.choice(["Team", "Business", "Starter"]), round(dice.uniform(8, 940), 2), dice.random() > 0.4])
    columns = [("account", "text"), ("created_at", "instant"), ("country", "text"), ("plan", "text"), ("amount", "decimal"), ("activated", "boolean")]
    return {"source": "accounts", "columns": [{"name": name, "type": kind} for name, kind in columns], "rows": result, "total": total,
            "filters": ["is_bot is not true"] + ([query["where"]] if query.get("where") else [])}


def proposal(query):
    goal = query["goal"]
    chosen = [("revenue-growth" if goal == "monetise" else "monthly-active-users", "outcome", "It says whether people get enough to stay; everything else is a means to it."),
              ("stickiness-daily-monthly", "driver", "Habit comes months before renewal, so it moves first."),
              ("signups", "driver", "Without new accounts the rest has nothing to work on."),
              ("average-order-value", "driver", "What a purchase brings, beside how many there are."),
              ("refund-rate", "guardrail", "It would rise if things were pushed onto people who do not want them.")]
    warnings = ["There are 8 active KPIs already; with these it would be 13. Five to seven a team are enough: retire some first.",
                "Leave out vanity: registered users and logins in total rise whatever the team does."]
    return {"proposals": [{"entry": id, "why": why, "role": role} for id, role, why in chosen], "warnings": warnings}
