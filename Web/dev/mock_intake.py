"""Made-up answers about events on their way in: live numbers, intake, quarantine, write keys, saved definitions, the door."""

import datetime
import json
import random
import secrets

import mock_behaviour as behaviour


class Intake:
    """What the requests about intake share: keys, refused events, saved texts, and what pages sent to the door."""

    def __init__(self):
        self.keys = [{"id": 1, "label": "web shop", "source": "app", "origins": ["https://shop.example.com"], "site": None, "hint": "yw_9f3k", "made": "2026-05-04T08:00:00Z", "revoked": None}]
        self.refused = [{"id": 40 - n, "received": f"2026-06-28T09:{40 - n:02d}:12Z", "format": "yardstick" if n % 2 else "segment", "code": "events/no-person" if n % 3 else "events/bad-time",
                         "message": "The event does not say who acted." if n % 3 else "The event's time is no time.", "message_id": f"m-{n}", "raw": json.dumps({"event": "ordered", "properties": {"plan": "pro", "n": n}})} for n in range(12)]
        self.saved, self.taken, self.quiet, self.has_first = [], [], False, False

    def quarantine(self, query):
        before, limit = int(query.get("before", 1 << 30)), int(query.get("limit", 50))
        codes = {}
        for row in self.refused:
            codes[row["code"]] = codes.get(row["code"], 0) + 1
        return {"rows": [row for row in self.refused if row["id"] < before][:limit], "total": len(self.refused), "codes": [{"code": code, "count": count} for code, count in codes.items()]}

    def replay(self, ids):
        chosen = [row for row in self.refused if not ids or row["id"] in ids]
        taken = [row for row in chosen if row["code"] == "events/bad-time"]
        self.refused = [row for row in self.refused if row not in taken]
        return {"accepted": len(taken), "refused": len(chosen) - len(taken)}

    def remove(self, ids):
        before = len(self.refused)
        self.refused = [row for row in self.refused if ids and row["id"] not in ids]
        return {"removed": before - len(self.refused)}

    def make_key(self, form):
        secret = "yw_" + secrets.token_hex(16)
        key = {"id": len(self.keys) + 1, "label": form.get("label", ""), "source": form["source"], "origins": form.get("origins", "").split(), "site": form.get("site"), "hint": secret[:7], "made": "2026-06-28T10:00:00Z", "revoked": None}
        self.keys.append(key)
        return {"key": secret, "about": key}

    def revoke(self, number):
        for key in self.keys:
            if key["id"] == number:
                key["revoked"] = "2026-06-28T10:01:00Z"
                return key
        return None

    def save(self, yaml):
        kind, name = yaml.split("\n", 1)[0].split(":")
        self.saved.append(yaml)
        return {"file": f"definitions/{name.strip()}.yaml", "name": name.strip(), "kind": kind.strip()}

    def intake(self):
        start, dice = datetime.datetime(2026, 6, 26, 10), random.Random("volume")
        hours = [start + datetime.timedelta(hours=n) for n in range(48)]
        return {"source": "app", "last_received": "2026-06-28T09:59:41Z", "waiting_bytes": 18_240, "rows": sum(behaviour.EVENTS.values()), "duplicates": 1_204, "quarantined": len(self.refused), "failure": None,
                "volume": [{"start": hour.isoformat() + "Z", "events": round((140 if 7 < hour.hour < 22 else 30) * dice.uniform(0.7, 1.3))} for hour in hours]}

    @staticmethod
    def silence(source):
        """What is told of a source into which nothing has come."""
        start = datetime.datetime(2026, 6, 26, 10)
        return {"source": source, "last_received": None, "waiting_bytes": 0, "rows": 0, "duplicates": 0, "quarantined": 0, "failure": None,
                "volume": [{"start": (start + datetime.timedelta(hours=n)).isoformat() + "Z", "events": 0} for n in range(48)]}

    def live(self, beat):
        if self.quiet:
            return {"now": "2026-06-28T10:00:00Z", "active_5": 0, "active_30": 0, "minutes": [0] * 30, "pages": [], "referrers": [], "countries": [], "events": [], "latest": []}
        dice = random.Random("live")
        counted = lambda names: [{"name": name, "count": 1_180_000 // (at + 1) + beat % 3} for at, name in enumerate(names)]
        latest = [{"time": f"2026-06-28T09:59:{59 - n * 2:02d}Z", "event": ["page_viewed", "product_viewed", "ordered"][(n + beat) % 3], "person": f"u-{(n * 7 + beat) % 90}", "path": f"/products/{n}", "country": ["DE", "FR", "US"][n % 3], "device": ["desktop", "mobile"][n % 2]} for n in range(20)]
        return {"now": "2026-06-28T10:00:00Z", "active_5": 84 + beat % 5, "active_30": 312, "minutes": [dice.randint(40, 120) for _ in range(29)] + [beat % 60],
                "pages": counted(["/", "/docs/getting-started/installation-on-linux-without-an-internet-connection", "/products/12", "/cart", "/checkout", "/about"]), "referrers": counted(["google.com", None, "news.example.org", "partner.example.com"]),
                "countries": counted(["DE", "FR", "US", "GB", "NL"]), "events": counted(["page_viewed", "product_viewed", "added_to_cart", "ordered"]), "latest": latest}
