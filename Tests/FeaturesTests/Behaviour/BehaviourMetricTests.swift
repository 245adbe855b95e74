import Definitions
import Planning
import Statistics
import Testing
import Vocabulary

@testable import Features

@Suite("Numbers of behaviour as metrics")
struct BehaviourMetricTests {
    private func with(_ body: (WorkspaceSession) async throws -> Void) async throws {
        let workspace = try TemporaryWorkspace(BehaviourMetricWorkspace.definitions)
        let session = try await workspace.open()
        #expect(session.snapshot.loadFindings.filter { $0.severity == .error }.isEmpty)
        _ = try await session.importFiles(source: "app")
        try await body(session)
        await session.close()
    }

    private func value(of part: Part) -> JSON? {
        guard case .value(let text)? = part.values.first else { return .null }
        return .text(text)
    }

    private func answer(
        _ session: WorkspaceSession, _ metrics: [String], over: String, grain: String? = nil,
        by: [String] = []
    ) async throws -> Answer {
        try await session.answer(
            session.question(QuestionWords(metrics: metrics, by: by, over: over, grain: grain)))
    }

    @Test("K39: a retention's number is its pooled share, whole and by part")
    func retention() async throws {
        try await with { session in
            var seen = 0.0
            for asked in BehaviourMetricWorkspace.retentions {
                let name = asked.name
                for over in asked.ranges {
                    let json = try await session.retention(
                        BehaviourWords(name: name, over: over, by: "plan"))
                    let averages = json["averages"].items
                    for cell in asked.cells {
                        let what = "\(name) \(cell) over \(over)"
                        let id = BehaviourMetricWorkspace.id(name, cell)
                        let expected = try #require(averages.first { $0["age"] == .text(cell) })
                        let whole = try await answer(session, [id], over: over)
                        let quantity = whole.rows[0].cells[0].quantity
                        #expect(
                            quantity.numerator ?? 0 == expected["count"]?.number ?? 0, "\(what)")
                        #expect(
                            quantity.denominator ?? 0 == expected["of"]?.number ?? 0, "\(what)")
                        #expect(quantity.interval?.low == expected["low"]?.number, "\(what)")
                        seen += quantity.numerator ?? 0
                        let split = try await answer(session, [id], over: over, by: ["plan"])
                        for part in json["parts"].items {
                            let share = part["averages"].items.first { $0["age"] == .text(cell) }?[
                                "share"]
                            let row = split.rows.first { value(of: $0.part) == part["value"] }
                            let own = row?.cells[0].quantity
                            #expect(
                                own?.numerator ?? 0 == share?["numerator"]?.number, "\(what)")
                            #expect(
                                own?.denominator ?? 0 == share?["denominator"]?.number, "\(what)")
                        }
                    }
                }
            }
            #expect(seen > 300)
        }
    }

    @Test("K40: periods of a retention's number are its cohorts, and as complete")
    func cohorts() async throws {
        try await with { session in
            let asked = [
                ("weekly", "4", "week", "2026-01-05..2026-06-28"),
                ("rolling", "3", "day", "2026-06"), ("monthly", "2", "month", "2026-01..2026-06"),
                ("bracketed", "4-30", "day", "2026-05"),
            ]
            for (name, cell, grain, over) in asked {
                let json = try await session.retention(BehaviourWords(name: name, over: over))
                let answer = try await answer(
                    session, [BehaviourMetricWorkspace.id(name, cell)], over: over, grain: grain)
                var kinds: Set<Bool> = []
                for cohort in json["cohorts"].items {
                    let row = try #require(
                        answer.rows.first { .text($0.period.key) == cohort["period"] })
                    let expected = try #require(
                        cohort["cells"].items.first { $0["age"] == .text(cell) })
                    let own = row.cells[0]
                    let what = "\(name) \(cell) \(row.period.key)"
                    #expect(.boolean(own.isComplete) == expected["complete"], "\(what)")
                    kinds.insert(own.isComplete)
                    if own.isComplete {
                        #expect(own.quantity.numerator == expected["count"]?.number, "\(what)")
                        #expect(own.quantity.denominator == cohort["size"]?.number, "\(what)")
                    } else {
                        #expect(own.quantity.value == nil, "\(what)")
                    }
                }
                #expect(kinds == [true, false], "\(name) \(cell)")
            }
        }
    }

    @Test("K24: a lifecycle's numbers are those of its periods, whole and by part")
    func lifecycle() async throws {
        try await with { session in
            let names = ["new", "current", "resurrected", "dormant", "active", "pulse"]
            let ranges = [("week", "2026-01-05..2026-06-28"), ("month", "2026-01..2026-05")]
            for (grain, over) in ranges {
                let json = try await session.behaviour(
                    .lifecycle,
                    BehaviourWords(name: "people", over: over, grain: grain, by: "country"))
                let whole = try await answer(session, names, over: over, grain: grain)
                try compare(json["periods"].items, whole.rows, names)
                let split = try await answer(
                    session, names, over: over, grain: grain, by: ["country"])
                for part in json["parts"].items {
                    let rows = split.rows.filter { value(of: $0.part) == part["value"] }
                    try compare(part["periods"].items, rows, names)
                }
                let german = try await answer(session, ["german"], over: over, grain: grain)
                let germans = json["parts"].items.first { $0["value"] == .text("DE") }
                #expect(
                    german.rows.map(\.cells[0].quantity.value)
                        == (germans?["periods"]).items.map { $0["new"]?.number })
            }
        }
    }

    /// Compares the numbers of periods; rows of periods without any are not in the answer.
    private func compare(_ periods: [JSON], _ rows: [AnswerRow], _ names: [String]) throws {
        #expect(periods.count > 4)
        for period in periods {
            let row = rows.first { .text($0.period.key) == period["period"] }
            for (index, name) in names.enumerated() {
                let expected = period[name]?.number
                let own = row?.cells[index].quantity.value
                #expect(own ?? 0 == expected ?? 0, "\(name) \(period["label"] ?? .null)")
            }
        }
    }

    @Test("K22: activity's numbers are those of its days, and the means of longer periods")
    func activity() async throws {
        try await with { session in
            let names = ["dau", "wau", "mau", "stickiness"]
            let json = try await session.behaviour(
                .activity, BehaviourWords(name: "use", over: "2026-04..2026-05", by: "country"))
            let days = json["days"].items
            let daily = try await answer(session, names, over: "2026-04..2026-05", grain: "day")
            for (day, row) in zip(days, daily.rows) {
                #expect(day["day"] == .text(row.period.key))
                for (index, name) in names.prefix(3).enumerated() {
                    #expect(row.cells[index].quantity.value == day[name]?.number, "\(name)")
                }
                #expect(row.cells[3].quantity.value == day["stickiness"]?["value"]?.number)
            }
            #expect(days.count == 61 && daily.rows.count == 61)
            let monthly = try await answer(
                session, names, over: "2026-04..2026-05", grain: "month")
            let may = Array(days.suffix(31))
            let cells = monthly.rows[1].cells
            let mean = { (values: [Double]) in values.reduce(0, +) / Double(values.count) }
            #expect(cells[0].quantity.value == mean(may.compactMap { $0["dau"]?.number }))
            #expect(cells[1].quantity.value == may[30]["wau"]?.number)
            #expect(cells[2].quantity.value == may[30]["mau"]?.number)
            let shares = may.compactMap { $0["stickiness"]?["value"]?.number }
            let stickiness = try #require(cells[3].quantity.value)
            #expect(abs(stickiness - mean(shares)) < 1e-12)
            let split = try await answer(
                session, ["wau"], over: "2026-05", grain: "day", by: ["country"])
            for part in json["parts"].items {
                let rows = split.rows.filter { value(of: $0.part) == part["value"] }
                #expect(
                    rows.map { $0.cells[0].quantity.value ?? 0 }
                        == part["days"].items.suffix(31).map { $0["wau"]?.number })
            }
        }
    }

    @Test("K47: an adoption's numbers are those of its periods, whole and by part")
    func adoption() async throws {
        try await with { session in
            for name in ["exports", "paid"] {
                let names = [name, "\(name)_users", "\(name)_eligible"]
                for (grain, over) in [("month", "2026-01..2026-05"), ("quarter", "2026-Q2")] {
                    let json = try await session.behaviour(
                        .adoption,
                        BehaviourWords(name: name, over: over, grain: grain, by: "country"))
                    let whole = try await answer(session, names, over: over, grain: grain)
                    compareAdoption(json["periods"].items, whole.rows)
                    let split = try await answer(
                        session, names, over: over, grain: grain, by: ["country"])
                    for part in json["parts"].items {
                        compareAdoption(
                            part["periods"].items,
                            split.rows.filter { value(of: $0.part) == part["value"] })
                    }
                }
            }
        }
    }

    private func compareAdoption(_ periods: [JSON], _ rows: [AnswerRow]) {
        #expect(!periods.isEmpty && !rows.isEmpty)
        for period in periods {
            let cells = rows.first { .text($0.period.key) == period["period"] }?.cells
            #expect(cells?[0].quantity.value == period["breadth"]?["value"]?.number)
            #expect(cells?[0].interval?.high == period["breadth"]?["high"]?.number)
            #expect(cells?[1].quantity.value ?? 0 == period["users"]?.number)
            #expect(cells?[2].quantity.value ?? 0 == period["eligible"]?.number)
        }
    }

    @Test("each is a KPI with a target, judged by the last month whose number can be known")
    func targets() async throws {
        try await with { session in
            let scorecard = try await session.scorecard()
            for (name, metric, _, _) in BehaviourMetricWorkspace.kpis {
                let status = try #require(scorecard.kpis.first { $0.kpi.id == name })
                // Who began in March can come back after two months until the end of May.
                let month = name == "come-after-months" ? "2026-03" : "2026-05"
                let expected = try await answer(session, [metric], over: month).rows[0].cells[0]
                #expect(status.period?.range.start.description == "\(month)-01", "\(name)")
                #expect(status.cell?.quantity.value == expected.quantity.value, "\(name)")
                #expect(expected.quantity.value != nil && status.judgement.path != nil, "\(name)")
            }
        }
    }

    @Test("receipts name the question whose number it is")
    func receipts() async throws {
        try await with { session in
            let metrics = ["weekly_at_4", "pulse", "mau", "paid"]
            let answer = try await answer(session, metrics, over: "2026-05")
            let named = ["retention weekly", "lifecycle people", "activity use", "adoption paid"]
            for (receipt, name) in zip(answer.receipts, named) {
                #expect(receipt.formula.contains("of the \(name)"), "\(receipt.formula)")
            }
        }
    }
}
