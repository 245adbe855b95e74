import Definitions
import TestSupport
import Testing
import Vocabulary

@testable import yardstick

@Suite("What commands print")
struct PresentingTests {
    @Test("an answer is a table with its interval, its change and its rest rows")
    func answer() throws {
        let fields = [
            "value", "low", "high", "n", "complete", "previous", "change", "change_unit",
            "within_noise",
        ]
        let columns: [JSON] =
            [
                ["name": "period", "kind": "period"], ["name": "country", "kind": "dimension"],
                ["name": "part", "kind": "part"],
            ]
            + fields.map {
                [
                    "name": .text($0), "kind": "number", "unit": "share", "metric": "activation",
                    "field": .text($0),
                ]
            }
        let json: JSON = [
            "question": ["grain": "month"], "columns": .list(columns),
            "rows": [
                [
                    "2026-01-01", "DE", "value", .number(0.31), .number(0.29), .number(0.33), 2000,
                    true, .number(0.3), .number(0.01), "pp", true,
                ],
                [
                    "2026-01-01", .null, "other", .number(0.4), .number(0.3), .number(0.5), 90,
                    true, .number(0.2), .number(0.2), "pp", false,
                ],
                [
                    "2026-02-01", .null, "none", .null, .null, .null, 3, false, .null, .null, "pp",
                    .null,
                ],
            ],
            "notes": [["code": "answer/incomplete", "message": "February is not over."]],
        ]

        try expectGolden(
            printed { AnswerText(json).write(to: $0, currency: "EUR") }, named: "answer.txt")
    }

    @Test("the scorecard groups KPIs by objective and says what needs attention")
    func scorecard() throws {
        try expectGolden(
            printed { ScorecardText(Samples.scorecard).write(to: $0) }, named: "scorecard.txt")
    }

    @Test("a narrow terminal gets lines that fit")
    func narrowScorecard() throws {
        let captured = CapturedOutput(terminal: .plain(columns: 80))

        ScorecardText(Samples.scorecard).write(to: captured.output)

        #expect(captured.text.split(separator: "\n").allSatisfy { displayWidth(String($0)) <= 80 })
    }

    @Test("an empty scorecard says what to do")
    func emptyScorecard() {
        let text = printed { ScorecardText(["kpis": []]).write(to: $0) }

        #expect(text.contains("yardstick kpi add NAME"))
    }

    @Test("the scorecard as CSV has a row a KPI and a field a column")
    func scorecardRows() {
        let scorecard = ScorecardText(Samples.scorecard)

        #expect(scorecard.csvRows.count == 3)
        #expect(scorecard.csvRows.allSatisfy { $0.count == ScorecardText.csvColumns.count })
    }

    @Test("campaigns show what they are split by, and what they were in the range before")
    func campaigns() {
        let members: [(name: String, value: JSON)] = [
            ("source", "google"), ("medium", "cpc"), ("campaign", "brand"), ("visits", 12),
            ("people", 9), ("conversions", 3),
            (
                "conversion",
                ["value": .number(0.25), "low": .number(0.09), "high": .number(0.53)]
            ),
        ]
        let visits = JSON.object(members)
        let row = JSON.object(members + [("part", "DE"), ("before", visits), ("change", .null)])
        let json: JSON = [
            "title": "Marketing", "range": "2026-06-01..2026-06-30", "definition": "{ }",
            "by": "country", "total": visits, "rows": [row],
            "previous": ["range": "2026-05-02..2026-05-31", "total": visits], "notes": [],
        ]

        let text = printed { BehaviourText(.campaigns, json).write(.table, to: $0) }
        let rows = printed { BehaviourText(.campaigns, json).write(.csv, to: $0) }

        let head = text.split(separator: "\n").first { $0.contains("visits before") } ?? ""
        #expect(head.contains("country") && head.contains("share before"))
        #expect(text.contains("Before, 2026-05-02..2026-05-31"))
        #expect(rows.contains("before_visits") && rows.contains("DE"))
    }

    @Test("an import tells what it stored and what it refused")
    func importReport() throws {
        let json: JSON = [
            "source": "orders", "rows": 1_250_000, "seconds": .number(12.5),
            "files": [
                [
                    "file": "imports/orders-1.csv.gz", "state": "stored", "rowsRead": 1_250_003,
                    "rowsStored": 1_250_000, "rowsRefused": 3,
                    "refusals": [
                        [
                            "line": 17, "column": "quantity", "reason": "is not a number",
                            "text": "1O",
                        ],
                        [
                            "line": 99, "column": .null, "reason": "has 7 fields instead of 8",
                            "text": "a,b\u{1B}[2J",
                        ],
                    ], "notes": ["The column 'note' is new."],
                ],
                [
                    "file": "imports/orders-2.csv.gz", "state": "unchanged", "rowsRead": 0,
                    "rowsStored": 0, "rowsRefused": 0, "refusals": [], "notes": [],
                ],
            ],
        ]

        try expectGolden(printed { ImportText(json).write(to: $0) }, named: "import.txt")
        #expect(!ImportText(json).isRefused)
    }

    @Test("an explanation goes from the definition to the receipt")
    func explanation() throws {
        try expectGolden(
            printed { ExplanationText(Samples.explanation).write(to: $0) }, named: "explanation.txt"
        )
        #expect(!ExplanationText(Samples.explanation).differs)
    }

    @Test("cohorts of revenue are a triangle of shares, of money and of customers")
    func revenueCohorts() {
        let text = printed { PanelsText(Samples.cohorts).write(to: $0) }

        #expect(
            text == """
                What is left of revenue
                  Share of the first revenue that is left, by months since the start
                    began     size        0       1
                    all          5  100.0 %  90.0 %
                    Jan 2026     2  100.0 %  90.0 %
                    Feb 2026     3  100.0 %
                  Revenue, EUR, by months since the start
                    began     size      0   1
                    all          5  1,060  36
                    Jan 2026     2     40  36
                    Feb 2026     3  1,020
                  Customers who pay, by months since the start
                    began     size  0  1
                    all          5  4  1
                    Jan 2026     2  2  1
                    Feb 2026     3  2
                  At the end of Feb 2026 revenue is 1,156.00 EUR, of which customers pay 100.00 EUR \
                who began before the first row.

                """)
    }

    @Test("a narrow terminal gets the first ages of cohorts")
    func narrowCohorts() {
        let captured = CapturedOutput(terminal: .plain(columns: 30))

        PanelsText(Samples.cohorts).write(to: captured.output)

        #expect(captured.text.contains("    Jan 2026     2  100.0 %\n"))
    }

    private func printed(_ body: (Output) -> Void) -> String {
        let captured = CapturedOutput()
        body(captured.output)
        return captured.text
    }
}

/// What the layers below hand over, as JSON.
private enum Samples {
    /// Two months of starts, of which the first has reached its second end.
    static let cohorts: JSON = {
        func cell(_ age: Int, _ value: Double, of first: Double, _ count: Int) -> JSON {
            [
                "age": .integer(age), "value": .number(value), "of": .number(first),
                "share": .number(value / first), "count": .integer(count), "complete": true,
            ]
        }
        return [
            "panels": [
                [
                    "kind": "cohorts", "title": "What is left of revenue", "ages": "month",
                    "unit": "money", "currency": "EUR",
                    "cohorts": [
                        [
                            "label": "Jan 2026", "size": 2,
                            "cells": [cell(0, 40, of: 40, 2), cell(1, 36, of: 40, 1)],
                        ],
                        ["label": "Feb 2026", "size": 3, "cells": [cell(0, 1_020, of: 1_020, 2)]],
                    ],
                    "pooled": [cell(0, 1_060, of: 1_060, 4), cell(1, 36, of: 40, 1)],
                    "closing": ["label": "Feb 2026", "value": 1_156, "earlier": 100], "notes": [],
                ]
            ]
        ]
    }()

    static let scorecard: JSON = [
        "asOf": "2026-06-29T08:00:00Z",
        "objectives": [
            ["id": "teams-succeed", "title": "New teams succeed", "by": "2026-12-31"],
            ["id": "unused", "title": "Nothing serves this", "by": .null],
        ],
        "kpis": [
            [
                "kpi": "activation-rate", "title": "Activation rate", "owner": "growth",
                "objective": "teams-succeed", "unit": "share", "currency": .null,
                "period": [
                    "label": "week of 22 Jun 2026", "start": "2026-06-22", "end": "2026-06-29",
                ],
                "value": .number(0.342), "low": .number(0.31), "high": .number(0.371), "n": 1234,
                "change": [
                    "previous": .number(0.33), "value": .number(0.012), "unit": "pp",
                    "withinNoise": true, "direction": "better",
                ],
                "target": ["path": .number(0.33), "by": "2026-12-31", "value": .number(0.4)],
                "course": "on_course",
                "freshness": [
                    "watermark": "2026-06-29T06:00:00Z", "state": "fresh", "text": "2 hours ago",
                ],
                "sparkline": [
                    ["value": .number(0.3)], ["value": .null], ["value": .number(0.342)],
                ],
            ],
            [
                "kpi": "revenue", "title": "Weekly revenue of all countries", "owner": .null,
                "objective": .null, "unit": "money", "currency": "EUR",
                "period": ["label": "week of 22 Jun 2026"], "value": .number(12_345.6),
                "low": .null, "high": .null, "n": 321,
                "change": [
                    "previous": 14_000, "value": .number(-0.118), "unit": "%",
                    "withinNoise": false, "direction": "worse",
                ],
                "target": ["path": .null, "by": "2026-12-31", "value": 20_000],
                "course": "off_course", "freshness": ["state": "stale", "text": "9 days ago"],
                "sparkline": [["value": 14_000], ["value": .number(12_345.6)]],
            ],
            [
                "kpi": "nps", "title": "NPS", "objective": .null, "unit": "points",
                "course": "no_data",
            ],
        ],
        "attention": [["kpi": "revenue", "text": "Off course, 26 weeks left."]],
    ]

    static let explanation: JSON = [
        "definition": [
            "yaml": "metric: revenue\nis: Value of orders.\nformula: { sum: amount, from: orders }",
            "hash": "0123456789abcdef0123", "file": "definitions/revenue.yaml",
        ],
        "plan": "total\n  read orders\n    sum amount",
        "sql": [
            [
                "text": "select sum(amount)\nfrom source.orders\nwhere at >= ?",
                "values": ["2026-01-01"],
            ]
        ],
        "receipt": [
            "id": "a1b2c3d4e5f6", "metric": "revenue", "formula": "sum amount from orders",
            "filters": ["customer_id is not null"], "zone": "Europe/Berlin", "tzdata": "2025b",
            "range": ["start": "2026-01-01", "end": "2026-02-01"],
            "watermark": "2026-06-29T06:00:00Z", "numerator": .null, "denominator": .null,
            "value": .number(12_345.67),
            "sources": [["name": "orders", "version": 3, "rows": 541_909]],
            "leftOut": [["reason": "customer_id is null", "rows": 135_080]],
        ],
        "recomputed": ["same": true, "value": .number(12_345.67)],
    ]
}
