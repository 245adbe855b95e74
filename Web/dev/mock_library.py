"""The made-up entries of the library, each with an example."""


def library_entry(id, title, variant, about, formula, unit, better, use, misleads, guardrail, source, needs):
    return {"id": id, "title": title, "variant": variant, "is": about, "formula": formula, "unit": unit, "better": better, "use": use, "misleads": misleads,
            "guardrail": guardrail, "source": source, "needs": needs, "yaml": f"metric: {id}\nis: {about}\nunit: {unit}\nbetter: {better}\nformula: {{ {formula} }}\n",
            "family": {"id": FAMILY.get(source, ("use", ""))[0], "title": FAMILY.get(source, ("use", "Use of the product"))[1]}, "entity": None,
            "roles": ["source", "costs"] if id == "revenue-growth" else ["source"], "related": RELATED.get(id, []), "oracle": "counted by hand; agrees with pandas 2.2",
            "example": {"over": "2026-03", "grain": "month", "value": 3.0 if unit == "count" else 0.5, "because": "ann, bob and cid did something in March; dan only in February.",
                        "tables": [{"role": "source", "is": "Who did what when", "columns": ["person", "day", "event"],
                                    "rows": [["ann", "2026-03-02", "edit"], ["bob", "2026-03-09", "view"], ["cid", "2026-03-30", ""], ["dan", "2026-02-27", "edit"]]}]}}


FAMILY = {"events": ("use", "Use of the product"), "orders": ("money", "Money"), "invoices": ("money", "Money"), "accounts": ("growth", "New people")}
RELATED = {"monthly-active-users": ["monthly-active-users-calendar", "stickiness-daily-monthly"], "refund-rate": ["average-order-value"]}


LIBRARY = [
    library_entry("monthly-active-users", "Active users", "rolling 28 days", "People who did something in the last 28 days.", "active person, window 28 days", "count", "up",
                  "To see the size of the used product without the calendar's ups and downs.", "Counts a single glance like a day of work; grows with every campaign.",
                  "retention", "events", ["event", "person"]),
    library_entry("monthly-active-users-calendar", "Active users", "calendar month", "People who did something in the calendar month.", "active person, window calendar month", "count", "up",
                  "Where reports are monthly and must agree with invoices.", "Months have 28 to 31 days, so February always falls.", "retention", "events", ["event", "person"]),
    library_entry("stickiness-daily-monthly", "Stickiness", "daily over monthly", "Average daily active people over monthly active people.", "ratio daily active to monthly active", "share", "up",
                  "For products that are meant for every day.", "Punishes products that are rightly used once a week.", None, "events", ["event", "person"]),
    library_entry("average-order-value", "Average order value", "net", "Net order value for each order.", "ratio net value to orders", "money", "up",
                  "To see whether baskets grow, beside the number of orders.", "A few big orders move it; look at the median as well.", "orders", "orders", ["order", "amount"]),
    library_entry("revenue-growth", "Revenue growth", "period over period", "Revenue now against the period before.", "derived revenue / previous(revenue) - 1", "share", "up",
                  "For steady businesses without a season.", "Seasons look like growth; compare with the year before.", "logo-churn", "invoices", ["amount"]),
    library_entry("refund-rate", "Refund rate", "by value", "Refunded value over sold value.", "ratio refunds to revenue", "share", "down",
                  "As the guardrail of every revenue KPI.", "Refunds come weeks after the sale, so the newest weeks look too good.", None, "orders", ["amount", "refund"]),
    library_entry("signups", "Sign-ups", "accounts", "Accounts created.", "count rows", "count", "up", "At the top of the funnel.", "Says nothing of what they do next.", "activation", "accounts", ["account"]),
]
