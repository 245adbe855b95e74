"""Made-up answers about behaviour: funnels, retentions and their kin, events that came in, and what arrives now."""

import datetime
import math
import random

import mock_data as data

SOURCE = "app"
# A source that takes events, into which none has come.
SILENT = "second_app"
EVENTS = {"page_viewed": 48_210, "signed_up": 27_962, "product_viewed": 22_984, "added_to_cart": 9_607, "ordered": 7_983, "report_opened": 4_120, "coupon_used": 1_240, "legacy_click": 212}
ABOUT = {"signed_up": "An account was made.", "ordered": "An order was paid.", "product_viewed": "The page of a product was opened.", "added_to_cart": "A product was put into the cart."}
PROPERTIES = [("plan", "text", "pro", "What the person pays for.", True), ("amount", "number", "40", "In euros.", True), ("path", "text", "/products/12", None, True),
              ("country", "text", "DE", None, True), ("beta", "boolean", "true", None, True), ("theme", "text", "dark", None, False)]
VALUES = {"event_name": ["opened", "shared", "invited"], "plan": ["free", "pro", "team"], "country": ["DE", "FR", "US", "GB"], "tier": ["starter", "pro", "enterprise_with_priority_support"], "path": ["/", "/products/12", "/cart"], "beta": ["true", "false"]}


def wilson(count, of):
    if not of:
        return {"value": None, "low": None, "high": None, "numerator": count, "denominator": of}
    z, share = 1.959964, count / of
    middle, half = (share + z * z / (2 * of)) / (1 + z * z / of), z / (1 + z * z / of) * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return {"value": share, "low": max(0, middle - half), "high": min(1, middle + half), "numerator": count, "denominator": of}


def source():
    columns = [("person", "text"), ("event", "text"), ("time", "instant"), ("path", "text"), ("country", "text"), ("device", "text"), ("browser", "text"), ("plan", "text"), ("amount", "number"), ("beta", "boolean")]
    return {"name": SOURCE, "is": "What people do in the product.", "owner": "product", "rows": sum(EVENTS.values()), "watermark": "2026-06-28T09:59:41Z", "state": "fresh",
            "columns": [{"name": name, "type": kind} for name, kind in columns], "quality": [], "from": "events", "takes": "events", "imports": []}


def spend():
    columns = [("day", "date"), ("campaign_name", "text"), ("channel", "text"), ("spend", "number"), ("clicks", "integer"), ("impressions", "integer")]
    return {"name": "ad_spend", "is": "What advertising costs, a row a day and campaign.", "owner": "growth", "rows": 1_204, "watermark": "2026-06-27T22:00:00Z", "state": "fresh",
            "columns": [{"name": name, "type": kind} for name, kind in columns], "quality": [], "from": "imports/ad_spend*.csv", "takes": "files", "imports": []}


def behaviours():
    return [{"id": "sign_up_to_order", "kind": "funnel", "title": "Sign-up to order", "is": "From the sign-up to the first order.", "source": SOURCE},
            {"id": "power_users", "kind": "segment", "title": "Power users", "is": "Ordered three times within 30 days.", "source": SOURCE},
            {"id": "new_here", "kind": "segment", "title": "New here", "is": "Signed up in the last 14 days.", "source": SOURCE}]


def silent():
    return {**source(), "name": SILENT, "is": "A second product, which sends nothing yet.", "rows": 0, "watermark": None, "state": "empty"}


def silent_inventory():
    return {"source": SILENT, "planned": False, "events": []}


def inventory():
    def properties(event):
        unlike = event == "legacy_click"
        found = [{"name": name, "type": kind, "types": [kind, "text"] if name == "amount" and event == "added_to_cart" else [kind], "count": EVENTS[event] - at * 11, "example": example, "is": about,
                  "status": "wrong_type" if name == "amount" and event == "added_to_cart" else "unplanned" if not declared or unlike else "planned", "declared": declared}
                 for at, (name, kind, example, about, declared) in enumerate(PROPERTIES)]
        return found[: 5 if event != "ordered" else 6]
    events = [{"name": name, "kind": "track", "is": ABOUT.get(name), "count": count, "first": "2025-11-02T10:00:00Z", "last": "2026-06-28T09:59:41Z",
               "status": "unplanned" if name == "legacy_click" else "planned", "properties": properties(name)} for name, count in EVENTS.items()]
    events.append({"name": "refunded", "kind": "track", "is": "An order was paid back.", "count": 0, "first": None, "last": None, "status": "unseen", "properties": []})
    return {"source": SOURCE, "planned": True, "events": events}


def values(query):
    return {"values": [{"value": value, "count": 9000 // (at + 1)} for at, value in enumerate(VALUES.get(query.get("property"), []))]}


def receipt(name, count, of):
    return {"id": "r-behaviour", "metric": name, "definition": data.hash_of(name), "formula": name, "filters": [], "zone": "Europe/Berlin", "tzdata": "2026a",
            "range": {"start": "2026-04-05T22:00:00Z", "end": "2026-06-28T22:00:00Z"}, "watermark": "2026-06-28T09:59:41Z",
            "sources": [{"name": SOURCE, "version": "c01dbeef", "rows": sum(EVENTS.values()), "watermark": "2026-06-28T09:59:41Z"}],
            "numerator": count, "denominator": of, "value": count / of if of else None, "leftOut": [], "sql": [{"text": "SELECT count(*) FROM app WHERE event = $1", "values": [name]}]}


def steps_of(query):
    """The labels of the steps that a definition writes, read as roughly as a mock may."""
    text = query.get("definition", "")
    if not text:
        return ["signed_up", "product_viewed", "added_to_cart", "ordered"]
    block = text.split("steps:", 1)[1] if "steps:" in text else ""
    labels = []
    for line in block.splitlines():
        line = line.strip()
        if line.startswith("- "):
            line = line[2:].strip("{} ")
            labels.append(line.split("event:", 1)[1].split(",")[0].strip() if "event:" in line else line.strip("[]").replace(", ", " or "))
        elif labels:
            break
    return labels or ["signed_up", "ordered"]


def funnel_steps(labels, entries, dice):
    keep = [1.0] + [dice.choice([0.82, 0.78, 0.42, 0.83, 0.65]) for _ in labels[1:]]
    counts, steps = [entries], []
    for share in keep[1:]:
        counts.append(round(counts[-1] * share))
    for at, (label, count) in enumerate(zip(labels, counts)):
        step = {"step": at + 1, "label": label, "optional": False, "count": count, "conversion": wilson(count, entries)}
        if at:
            median = 3600 * at * 2.4
            times = {"p10": median / 6, "p25": median / 2.5, "median": median, "p75": median * 2.2, "p90": median * 5}
            step |= {"from_previous": wilson(count, counts[at - 1]), "dropped": counts[at - 1] - count, "seconds_from_first": times, "seconds_from_previous": times}
        steps.append(step)
    return counts, steps


def funnel(query):
    labels = steps_of(query)
    filtered = "where" in query
    counts, steps = funnel_steps(labels, 12_400 if filtered else 27_962, random.Random(f"{labels}"))
    drop = max(steps[1:], key=lambda step: step["dropped"])["label"] if len(steps) > 1 else None
    name = query.get("name", "explored")
    grain = query.get("grain", "week")
    starts = data.periods("last 12 weeks", "week") if grain == "week" else data.periods("last 6 months", "month")
    trend = []
    for at, start in enumerate(starts):
        entered = round(counts[0] / len(starts) * random.Random(f"{start}").uniform(0.85, 1.15))
        some = funnel_steps(labels, entered, random.Random(f"{labels}"))[0]
        censored = at >= len(starts) - 2
        if censored:
            some = [some[0]] + [round(count * 0.7) for count in some[1:]]
        trend.append({"period": start.isoformat(), "label": data.label(start, grain), "counts": some, "conversion": wilson(some[-1], some[0]), "censored": censored})
    answer = {"funnel": name, "title": "Sign-up to order" if name != "explored" else "Explored", "rules": {"order": "sequential", "counting": "people", "within_seconds": 604800, "definition": "funnel"},
              "range": "2026-04-06..2026-06-28", "zone": "Europe/Berlin", "entries": counts[0], "converted": counts[-1], "conversion": wilson(counts[-1], counts[0]), "steps": steps, "biggest_drop": drop, "trend": trend,
              "notes": ["Entries of the periods that are marked as censored may still convert, since their window has not passed."], "receipt": receipt(name, counts[-1], counts[0])}
    if query.get("by"):
        parts = []
        for at, value in enumerate([*VALUES.get(query["by"], ["a", "b", "c"]), None]):
            some, _ = funnel_steps(labels, counts[0] // (at + 2), random.Random(f"{labels}"))
            some[-1] = min(some[-2] if len(some) > 1 else some[-1], round(some[-1] * (1 + (at - 1) * 0.06)))
            gap = wilson(some[-1], some[0])["value"] - wilson(counts[-1], counts[0])["value"]
            parts.append({"value": value, "kind": "value" if value else "none", "counts": some, "conversion": wilson(some[-1], some[0]),
                          "difference": {"value": gap, "low": gap - 0.01, "high": gap + 0.01, "p": 0.004, "p_corrected": 0.02 if abs(gap) > 0.005 else 0.6, "beyond_noise": abs(gap) > 0.005}})
        answer |= {"dimension": query["by"], "parts": parts}
    if query.get("compare"):
        before = [round(count * (0.9 if at == 0 else 0.82)) for at, count in enumerate(counts)]
        answer["comparison"] = {"range": "2026-01-12..2026-04-05", "counts": before, "conversion": before[-1] / before[0], "change": {"value": counts[-1] / counts[0] - before[-1] / before[0], "low": 0.004, "high": 0.03, "within_noise": False}}
    if name != "explored":
        answer["yaml"] = "funnel: sign_up_to_order\nis: From the sign-up to the first order.\nfrom: app\nsteps:\n  - signed_up\n  - product_viewed\n  - added_to_cart\n  - ordered\nwithin: 7 days\n"
    return answer


def parts(query, of):
    """What a breakdown adds to an answer: the same for each value, scaled."""
    if not query.get("by"):
        return {}
    values = [*VALUES.get(query["by"], ["a", "b"]), None]
    return {"dimension": query["by"], "parts": [{"value": value, "kind": "value" if value else "none", **of(0.55 / (at + 1))} for at, value in enumerate(values)]}


def retention(query):
    ages, starts, cohorts = 12, data.periods("last 12 weeks", "week"), []
    for row, start in enumerate(starts):
        dice = random.Random(f"retention {start}")
        size, cells = dice.randint(1000, 1600), []
        for age in range(ages + 1):
            left = len(starts) - row - 1
            share = 1 if age == 0 else (0.19 + 0.42 * math.exp(-age / 2.2)) * dice.uniform(0.94, 1.06)
            count = round(size * share * (0.6 if age == left and age else 1)) if age <= left else 0
            cells.append({"age": str(age), "count": count, **{k: v for k, v in wilson(count, size).items() if k in ("value", "low", "high")}, "complete": age < left or (age == 0)})
        cohorts.append({"period": start.isoformat(), "label": data.label(start, "week"), "size": size, "cells": cells})
    if "starts: refunded" in query.get("definition", ""):
        # Nobody could have come back yet: all of them started today.
        cohorts = [{**cohorts[-1], "cells": [{**cell, "complete": False, "count": cell["count"] if not at else 0} for at, cell in enumerate(cohorts[-1]["cells"])]}]
    averages = []
    for age in range(ages + 1):
        complete = [cohort for cohort in cohorts if cohort["cells"][age]["complete"]]
        count, of = sum(c["cells"][age]["count"] for c in complete), sum(c["size"] for c in complete)
        share = wilson(count, of)
        averages.append({"age": str(age), "count": count, "of": of, "value": share["value"], "low": share["low"], "high": share["high"], "pooled": share["value"], "simple": share["value"], "mixpanel": share["value"]} if of else {"age": str(age), "pooled": None, "simple": None, "mixpanel": None})
    more = {}
    if query.get("compare"):
        more["comparison"] = {"range": "2026-01-12..2026-04-05", "averages": [
            {"age": each["age"], "value": each["pooled"] and each["pooled"] * 0.9, "change": each["pooled"] and {"value": each["pooled"] * 0.1, "low": each["pooled"] * 0.1 - 0.015, "high": each["pooled"] * 0.1 + 0.015, "within_noise": each["pooled"] * 0.1 < 0.015}} for each in averages]}

    def averages_of(factor):
        rows = []
        for each in averages:
            gap = (factor - 0.5) / 8
            share = wilson(round((each.get("count") or 0) * factor * (0.9 + gap)), round((each.get("of") or 0) * factor))
            rows.append({"age": each["age"], "share": share, "difference": {"value": gap, "low": gap - 0.02, "high": gap + 0.02, "p": 0.01, "p_corrected": 0.02 if abs(gap) > 0.01 else 0.6, "beyond_noise": abs(gap) > 0.01}})
        return {"size": round(17688 * factor), "averages": rows}
    return {**parts(query, averages_of), **more, "retention": query.get("name", "explored"), "title": "Explored", "definition": "retention", "range": "2026-04-06..2026-06-28", "age": "week", "mode": "calendar", "criterion": "on", "average": "pooled", "cohorts": cohorts,
            "averages": averages, "notes": ["Only returns that are later than the start itself count, at age 0 as well.", "Cells that are not complete are left out of the averages."], "receipt": receipt("retention", averages[1].get("count"), averages[1].get("of"))}


def span(start, grain, last):
    end = data.step(start, grain)
    return {"label": data.label(start, grain), "start": start.isoformat(), "end": end.isoformat(), "complete": not last}


def lifecycle(query):
    grain, before, periods = query.get("grain", "week"), 4000, []
    starts = data.periods("last 12 weeks", "week") if grain == "week" else data.periods("last 6 months", "month")
    for at, start in enumerate(starts):
        dice, last = random.Random(f"life {start}"), at == len(starts) - 1
        part = 0.4 if last else 1
        new, back, stay = (round(part * dice.randint(*span)) for span in ((700, 1100), (180, 320), (3000, 3400)))
        gone = max(0, before - stay)
        before = new + back + stay
        periods.append({**span(start, grain, last), "new": new, "current": stay, "resurrected": back, "dormant": gone, "active": before, "pulse": (new + back) / gone if gone else None})
    split = parts(query, lambda factor: {"periods": [{**each, **{key: round(each[key] * factor) for key in ("new", "current", "resurrected", "dormant", "active")}} for each in periods]})
    return {**split, "lifecycle": "explored", "title": "Explored", "entity": "person", "grain": grain, "periods": periods, "notes": [], "receipt": receipt("lifecycle", None, None)}


def activity(query):
    days = []
    for at in range(84):
        day = datetime.date(2026, 4, 6) + datetime.timedelta(days=at)
        dice = random.Random(f"dau {day}")
        dau = round((900 + at * 4) * (0.6 if day.weekday() > 4 else 1) * dice.uniform(0.93, 1.07))
        mau = 4200 + at * 22
        days.append({"day": day.isoformat(), "dau": dau, "complete": True, "wau": 2500 + at * 12, "mau": mau, "stickiness": wilson(dau, mau)})
    frequency = [{"days": n, "people": round(2400 / n ** 1.15 + (160 if n in (20, 21, 22) else 0))} for n in range(1, 29)]
    split = parts(query, lambda factor: {"days": [{**each, **{key: round(each[key] * factor) for key in ("dau", "wau", "mau")}} for each in days], "frequency": frequency})
    return {**split, "activity": "explored", "title": "Explored", "entity": "person", "days": days, "frequency": frequency, "notes": [], "receipt": receipt("activity", None, None)}


def adoption(query):
    grain = query.get("grain", "week")
    starts, periods = data.periods("last 12 weeks", "week") if grain == "week" else data.periods("last 6 months", "month"), []
    for at, start in enumerate(starts):
        dice, eligible = random.Random(f"adopt {start}"), 3000 + at * 60
        users = round(eligible * (0.12 + at * 0.012))
        periods.append({**span(start, grain, at == len(starts) - 1), "eligible": eligible, "users": users, "breadth": wilson(users, eligible), "uses": round(users * 3.4), "depth": 3.4, "days_per_user": 2.1,
                        "new_adopters": round(users * 0.3 * dice.uniform(0.8, 1.2)), "retained": wilson(round(users * 0.5), users)})
    labels = ["same day", "1–2 days", "3–6 days", "1–2 weeks", "2–4 weeks", "later"]
    split = parts(query, lambda factor: {"periods": [{**each, "eligible": round(each["eligible"] * factor), "users": round(each["users"] * factor * factor * 1.6), "breadth": wilson(round(each["users"] * factor * factor * 1.6), round(each["eligible"] * factor))} for each in periods]})
    return {**split, "adoption": "explored", "title": "Explored", "entity": "person", "grain": grain, "periods": periods, "notes": [], "receipt": receipt("adoption", periods[-2]["users"], periods[-2]["eligible"]),
            "time_to_adopt": {"adopters": 1834, "of": 5210, "median_seconds": 3.4 * 86400, "distribution": [{"label": label, "people": n} for label, n in zip(labels, (612, 388, 301, 240, 180, 113))]}}


def segment(query):
    text = query.get("definition", "")
    of, members = 27_962, 0 if "times: 99" in text else 1_240 if "times" in text else 4_820
    return {"segment": query.get("name", "explored"), "title": "Power users" if "name" in query else "Explored", "is": "Ordered three times within 30 days.", "entity": "person", "members": members, "of": of,
            "share": wilson(members, of), "notes": ["The events of this source begin on 2 November 2025.", f"Filters use it as in_segment('{query.get('name', 'explored')}')."], "receipt": receipt("segment", members, of)}


def paths(query):
    names = ["page_viewed", "product_viewed", "added_to_cart", "ordered", "report_opened", "…"]
    total, steps, links, ended = 12_840, [], [], []
    counts = {"page_viewed": 9200, "product_viewed": 2100, "report_opened": 1100, "…": 440}
    for position in range(1, 5):
        steps.append({"position": position, "nodes": [{"event": event, "count": count} for event, count in sorted(counts.items(), key=lambda each: -each[1])]})
        following, stopped = {}, 0
        for event, count in counts.items():
            dice, left = random.Random(f"{position}{event}"), count
            for other in names:
                part = round(count * dice.uniform(0.02, 0.24))
                if position < 4 and part > 20 and left > part and other != event:
                    links.append({"position": position, "from": event, "to": other, "count": part})
                    following[other] = following.get(other, 0) + part
                    left -= part
            stopped += left
        ended.append(stopped)
        counts = following
    top = [(["page_viewed", "product_viewed", "added_to_cart", "ordered"], 812), (["page_viewed", "report_opened"], 640), (["page_viewed", "product_viewed"], 590), (["product_viewed", "added_to_cart", "…"], 311)]
    ways = [{"events": events, "count": count, "share": wilson(count, total)} for events, count in top]
    more = {}
    if query.get("by"):
        values = [*VALUES.get(query["by"], ["a", "b"]), None]
        more = {"dimension": query["by"], "parts": [{"value": value, "kind": "value" if value else "none", "total": total // (at + 2), "top": [{**way, "count": way["count"] // (at + 2), "share": wilson(way["count"] // (at + 2), total // (at + 2))} for way in ways[at % 2:at % 2 + 3]]} for at, value in enumerate(values)]}
    if query.get("compare"):
        for at, way in enumerate(ways[:3]):
            gap = way["share"]["value"] - round(way["count"] * 0.7) / 10_900
            way |= {"before": round(way["count"] * 0.7), "change": {"value": gap, "low": gap - 0.004, "high": gap + 0.004, "within_noise": abs(gap) < 0.004}}
        more["previous"] = {"range": "2026-01-12..2026-04-05", "total": 10_900, "top": [{**way, "count": round(way["count"] * 0.7), "share": wilson(round(way["count"] * 0.7), 10_900)} for way in ways[:3]]}
    return {**more, "paths": "explored", "title": "Explored", "entity": "person", "counting": "sessions", "total": total, "steps": steps, "links": links, "ended": ended,
            "top": ways, "notes": [], "receipt": receipt("paths", None, None)}


def campaigns(query):
    def row(source, medium, campaign, visits, conversions, differs, cost=None, clicks=None):
        return {"source": source, "medium": medium, "campaign": campaign, "visits": visits, "people": round(visits * 0.8), "click_through": wilson(visits, clicks) if clicks else None, "conversions": conversions,
                "conversion": wilson(conversions, visits), "differs": differs, "value": conversions * 42.5, "cost": cost, "cost_per_conversion": cost / conversions if cost else None}
    rows = [row(None, None, None, 18_400, 1490, None), row("google", "cpc", "spring", 6_120, 588, "above", 4_210.0, 240_000), row("newsletter", "email", "june", 2_310, 301, "above"),
            row("partner", "referral", "blog", 1_480, 70, "below"), row("social", "paid_social", "enterprise_retargeting_q3_emea_decision_makers", 3_905, 210, "below", 3_120.0, 510_000)]
    total = row(None, None, None, sum(r["visits"] for r in rows), sum(r["conversions"] for r in rows), None, 7_330.0)
    more = {}
    if query.get("compare"):
        def before(one):
            return row(one["source"], one["medium"], one["campaign"], round(one["visits"] * 0.8), round(one["conversions"] * 0.7), None, one["cost"] and one["cost"] * 0.9)
        def change(one):
            gap = one["conversion"]["value"] - before(one)["conversion"]["value"]
            return {"value": gap, "low": gap - 0.008, "high": gap + 0.008, "within_noise": abs(gap) < 0.008}
        rows = [{**one, "before": before(one) if one["source"] != "social" else None, "change": change(one) if one["source"] != "social" else None} for one in rows]
        more["previous"] = {"range": "2026-01-12..2026-04-05", "total": before(total), "rows": []}
    if query.get("by"):
        more["by"] = query["by"]
        rows = [{**one, "part": value, "visits": round(one["visits"] * part), "conversions": round(one["conversions"] * part), "conversion": wilson(round(one["conversions"] * part), round(one["visits"] * part))}
                for one in rows[:3] for value, part in zip(VALUES.get(query["by"], ["a", "b"]), (0.6, 0.3, 0.1))]
    return {**more, "campaigns": "explored", "title": "Explored", "entity": "person", "total": total, "rows": rows, "notes": [], "receipt": receipt("campaigns", total["conversions"], total["visits"])}


def people(query):
    offset, total = int(query.get("offset", 0)), 6_120
    if query.get("definition", "").startswith("segment:") or query.get("name") in ("power_users", "new_here"):
        return {"entity": "person", "people": [{"id": f"u-{n}", "times": n % 4 + 3, "first": "2026-05-03T10:00:00Z", "last": "2026-06-21T08:12:44Z"} for n in range(1, 41)], "total": 40}
    return {"entity": "person", "people": [{"id": f"u-{n}", "entered": "2026-06-21T08:12:44Z", "times": n % 4 + 1} for n in range(offset + 1, min(total, offset + 100) + 1)], "total": total}


def found_people(query):
    search = query.get("search", "")
    all_people = [{"id": f"u-{n}", "ids": [f"u-{n}", f"anon-{n:04x}"], "first_seen": "2026-03-02T10:00:00Z", "last_seen": f"2026-06-28T09:{n % 60:02d}:00Z", "events": 320 - n} for n in range(1, 60)]
    all_people.insert(3, {**all_people[3], "id": "someone.with.a.very.long.address.4711@customer-success.example-company.co.uk"})
    hits = [person for person in all_people if search in person["id"]]
    return {"people": hits[:40], "total": len(hits)}


def person(query):
    before = query.get("before")
    start = datetime.datetime(2026, 6, 28, 9, 40) if not before else datetime.datetime(2026, 6, 26, 18, 0)
    events = ["page_viewed", "product_viewed", "added_to_cart", "ordered"]
    timeline = [{"time": (start - datetime.timedelta(minutes=37 * n)).isoformat() + "Z", "event": events[n % 4], "kind": "track", "path": f"/products/{n}" if n % 4 == 1 else None, "country": "DE",
                 "properties": {"plan": "pro", "amount": 40} if n % 4 == 3 else {}} for n in range(50 if not before else 12)]
    return {"id": query["id"], "ids": [query["id"], "anon-0042", "mira@example.org"], "first_seen": "2026-03-02T10:00:00Z", "last_seen": "2026-06-28T09:40:00Z", "events": 62, "traits": {"plan": "pro", "company": "Acme"},
            "timeline": timeline, "next": None if before else "2026-06-26T18:00:00Z"}


ANSWERS = {"segment": segment, "funnel": funnel, "retention": retention, "lifecycle": lifecycle, "activity": activity, "adoption": adoption, "paths": paths, "campaigns": campaigns}
