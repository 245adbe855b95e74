import Definitions
import TestSupport
import Testing
import Vocabulary

@Suite("Reading formulas")
struct FormulaReadingTests {
    private func load(_ formula: String, unit: String = "number") -> LoadedCatalog {
        CatalogLoader.load(SampleWorkspace.files(more: metric(formula, unit: unit)))
    }

    private func metric(_ formula: String, unit: String) -> String {
        "metric: x\nis: X.\nowner: x\nunit: \(unit)\nformula: \(formula)\n"
    }

    private func function(_ formula: String) throws -> AggregateFunction {
        let loaded = load(formula)
        let metric = try #require(loaded.catalog.metrics["x"], "\(printed(loaded.findings))")
        return try #require(metric.formula.aggregates.first).function
    }

    private func expression(_ text: String) throws -> Expression { try Expression(parsing: text) }

    @Test("reads what is open")
    func open() throws {
        let (started, ended) = (try expression("a"), try expression("b"))
        let cases: [(String, OpenRows.Measure)] = [
            ("rows", .count), ("average_age", .averageAge),
            ("percentile, rank: 85", .percentileAge(85)),
        ]
        for (text, measure) in cases {
            #expect(
                try function("{ open: \(text), started: a, ended: b, from: orders }")
                    == .open(OpenRows(measure, started: started, ended: ended)))
        }
    }

    @Test("reads survival at a time and its median")
    func survival() throws {
        let (days, ended) = (try expression("days"), try expression("gone = 'yes'"))

        #expect(
            try function("{ survival: days, ended: gone = 'yes', at: 365, from: orders }")
                == .survival(Survival(.share(at: 365), duration: days, ended: ended)))
        #expect(
            try function("{ survival_median: days, ended: gone = 'yes', from: orders }")
                == .survival(Survival(.median, duration: days, ended: ended)))
    }

    @Test("reads survival of groups, and projected by a model of renewals")
    func renewals() throws {
        let year = try expression("year")
        let groups = Survival.Outcome.counts(
            lost: try expression("before - active"), kept: try expression("k"))

        #expect(
            try function("{ survival: year, lost: before - active, kept: k, at: 5, from: orders }")
                == .survival(Survival(.share(at: 5), duration: year, outcome: groups)))
        #expect(
            try function("{ survival: year, ended: gone, at: 8, model: sbg, from: orders }")
                == .survival(
                    Survival(
                        .share(at: 8), duration: year, outcome: .ended(try expression("gone")),
                        model: .sbg)))
        #expect(
            try function(
                "{ survival_lifetime: year, lost: before - active, kept: k, until: 12, "
                    + "discount: 10%, model: sbg, from: orders }")
                == .survival(
                    Survival(
                        .lifetime(until: 12, discount: 0.1), duration: year, outcome: groups,
                        model: .sbg)))
        #expect(
            try function(
                "{ survival_median: year, lost: before - active, kept: k, model: sbg, "
                    + "from: orders }")
                == .survival(Survival(.median, duration: year, outcome: groups, model: .sbg)))
    }

    @Test("reads changes between two moments")
    func changes() throws {
        let customer = try expression("customer")
        for transition in Transition.allCases {
            #expect(
                try function(
                    "{ transition: \(transition.rawValue), of: customer, amount: x, from: orders }")
                    == .transition(transition, of: customer, amount: try expression("x")))
        }
        for stage in LifecycleStage.allCases {
            #expect(
                try function("{ lifecycle: \(stage.rawValue), of: customer, from: orders }")
                    == .lifecycle(stage, of: customer))
        }
    }

    @Test("reads what few have of all, and asks how few", arguments: ["7%", "0.07"])
    func concentration(top: String) throws {
        let few = Concentration(
            try expression("amount"), per: try expression("customer"), part: 0.07)
        let rows = Concentration(try expression("amount"), per: nil, part: 0.07)

        #expect(
            try function("{ top_share: amount, per: customer, top: \(top), from: orders }")
                == .concentration(few))
        #expect(
            try function("{ top_share: amount, top: \(top), from: orders }")
                == .concentration(rows))
        #expect(
            AggregateFunction.concentration(few).description
                == "top_share: amount, per: customer, top: 7%")
        for mistake in [
            "{ top_share: amount, from: orders }", "{ top_share: amount, top: 2, from: orders }",
            "{ top_share: amount, per: custmer, top: 10%, from: orders }",
        ] {
            let loaded = load(mistake, unit: "share")
            let found = loaded.findings + check(loaded.catalog, facts: [:], today: Day(number: 1))
            #expect(found.contains { $0.severity == .error }, "\(mistake)")
        }
    }

    @Test("reads promoters and deviations")
    func opinion() throws {
        #expect(
            try function("{ nps: score, weight: w, from: orders }")
                == .promoters(try expression("score"), weight: try expression("w")))
        #expect(
            try function("{ deviation: score, from: orders }")
                == .deviation(try expression("score")))
    }

    @Test("reads lifetimes, shares in either form", arguments: ["60%", "0.6"])
    func lifetime(margin: String) throws {
        let model = LifetimeModel(
            .clv, family: .bgnbd, entity: try expression("customer"),
            value: try expression("amount"), horizon: Span(months: 12), discount: 0.01,
            margin: 0.6, step: .day)

        let repeating = LifetimeModel(
            .alive, family: .bgnbd, entity: try expression("customer"), horizon: Span(days: 0),
            customers: .repeating)
        #expect(
            try function(
                "{ lifetime: alive, model: bgnbd, by: customer, customers: repeat, from: orders }")
                == .lifetime(repeating))
        #expect(
            try function(
                "{ lifetime: clv, model: bgnbd, by: customer, value: amount, horizon: 1 year, "
                    + "discount: 1%, margin: \(margin), unit: day, from: orders }")
                == .lifetime(model))
        #expect(
            try function("{ lifetime: alive, model: bgbb, by: customer, from: orders }")
                == .lifetime(
                    LifetimeModel(
                        .alive, family: .bgbb, entity: try expression("customer"),
                        horizon: Span(days: 0))))
    }

    /// Formulas that are wrong in one way each, and the unit of their metric.
    private static let mistakes: [(formula: String, unit: String)] = [
        ("{ open: row, started: a, ended: b, from: orders }", "count"),
        ("{ open: percentile, started: a, ended: b, from: orders }", "duration"),
        ("{ open: percentile, rank: 101, started: a, ended: b, from: orders }", "duration"),
        ("{ open: rows, started: a, from: orders }", "count"),
        ("{ open: rows, started: a, ended: b, from: orders }", "duration"),
        ("{ open: average_age, started: a, ended: b, from: orders }", "number"),
        ("{ survival: days, ended: gone, from: orders }", "share"),
        ("{ survival: days, ended: gone, at: -1, from: orders }", "share"),
        ("{ survival: days, at: 30, from: orders }", "share"),
        ("{ survival: days, ended: gone, at: 30, from: orders }", "ratio"),
        ("{ survival_median: days, ended: quantity + 1, from: orders }", "number"),
        ("{ survival: days, ended: gone, lost: l, kept: k, at: 5, from: orders }", "share"),
        ("{ survival: days, lost: l, at: 5, from: orders }", "share"),
        ("{ survival: days, lost: l, kept: lower(country), at: 5, from: orders }", "share"),
        ("{ survival: days, ended: gone, at: 8, model: sgb, from: orders }", "share"),
        ("{ survival: days, ended: gone, at: 8.5, model: sbg, from: orders }", "share"),
        ("{ survival_lifetime: days, ended: gone, until: 12, from: orders }", "number"),
        ("{ survival_lifetime: days, ended: gone, model: sbg, from: orders }", "number"),
        (
            "{ survival_lifetime: days, ended: gone, until: 12, discount: 10, model: sbg, "
                + "from: orders }", "number"
        ),
        (
            "{ survival_lifetime: days, ended: gone, until: 12, model: sbg, from: orders }",
            "share"
        ),
        ("{ transition: churned, of: customer, from: orders }", "count"),
        ("{ transition: churn, amount: x, from: orders }", "money"),
        ("{ transition: churn, of: custmer, from: orders }", "count"),
        ("{ transition: churn, of: customer, from: orders }", "money"),
        ("{ lifecycle: lost, of: customer, from: orders }", "count"),
        ("{ nps: score, from: orders }", "share"),
        ("{ nps: , from: orders }", "points"),
        ("{ deviation: lower(country), from: orders }", "number"),
        ("{ lifetime: clv, model: bgnbd, by: customer, horizon: 1 year, from: orders }", "money"),
        ("{ lifetime: clv, model: bgnb, by: customer, value: q, from: orders }", "money"),
        ("{ lifetime: purchases, by: customer, horizon: soon, from: orders }", "number"),
        (
            "{ lifetime: purchases, model: bgnbd, by: customer, horizon: 1 year, margin: 60%, "
                + "from: orders }", "number"
        ),
        (
            "{ lifetime: clv, model: bgnbd, by: customer, value: q, horizon: 1 year, margin: 60, "
                + "from: orders }", "money"
        ),
        ("{ lifetime: alive, model: bgnbd, by: customer, from: orders }", "number"),
        ("{ lifetme: alive, model: bgnbd, by: customer, from: orders }", "number"),
        ("{ retention: weekly_return }", "share"),
        ("{ retention: weekly_return, age: 4, on: day 7 }", "share"),
        ("{ lifecycle: people_by_week }", "count"),
        ("{ lifecycle: people_by_week, state: lost }", "count"),
        ("{ activity: product_use, kind: map }", "count"),
        ("{ adoption: report_sharing, number: depth }", "share"),
        ("{ adoption: report_sharing, number: users, from: orders }", "count"),
    ]

    @Test("tells what is wrong, where, and what to write")
    func mistakes() throws {
        var text = ""
        for (formula, unit) in Self.mistakes {
            let loaded = load(formula, unit: unit)
            let found =
                loaded.findings + check(loaded.catalog, facts: [:], today: Day(number: 20_650))
            text += "# \(formula) in \(unit)\n\n\(printed(found.sortedByPlace()))\n"
        }

        try expectGolden(text, named: "formula-mistakes.txt")
    }
}
