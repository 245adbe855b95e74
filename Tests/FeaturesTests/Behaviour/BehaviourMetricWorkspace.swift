import TestSupport
import Vocabulary

/// People who come in bursts, questions about what they do, and metrics of the questions' numbers.
enum BehaviourMetricWorkspace {
    /// A retention, the cells whose metrics are asked for, and ranges of whole cohorts.
    struct Case {
        let name: String
        let rules: String
        let cells: [String]
        let ranges: [String]
    }

    static let retentions = [
        Case(
            name: "weekly", rules: "starts: opened, returns: [used, opened], over: 6 weeks",
            cells: ["0", "1", "4"], ranges: ["2026-01-05..2026-03-01", "2026-02-02..2026-06-28"]),
        Case(
            name: "rolling",
            rules: "starts: used, returns: used, over: 10 days, mode: rolling, cohorts: recurring",
            cells: ["0", "3"], ranges: ["2026-02", "2026-06"]),
        Case(
            name: "monthly",
            rules: "over: 3 months, criterion: on_or_after, where: \"plan != 'trial'\"",
            cells: ["0", "2"], ranges: ["2026-01..2026-05", "2026-02"]),
        Case(
            name: "bracketed",
            rules: "starts: { event: opened, where: plan = 'pro' }, returns: exported, "
                + "over: 30 days, criterion: [0, 1-3, 4-30]",
            cells: ["0", "1-3", "4-30"], ranges: ["2026-03", "2026-01..2026-06"]),
        Case(
            name: "sofar",
            rules: "starts: used, returns: [opened, exported], over: 4 weeks, "
                + "cohorts: recurring, criterion: on_or_before",
            cells: ["0", "3"], ranges: ["2026-03-02..2026-05-31"]),
        Case(
            name: "months",
            rules: "starts: used, over: 2 months, mode: rolling, criterion: [0, 1-2]",
            cells: ["1-2"], ranges: ["2026-01..2026-04"]),
    ]

    /// The source of the rows, with further dimensions.
    static func source(_ dimension: String) -> String {
        """
        source: app
        is: What people do.
        owner: app
        from: { csv: "imports/app.csv" }
        time: moment
        event: name
        entities: { person: person }
        dimensions: { country: country, \(dimension) }
        """
    }

    static func metric(_ name: String, _ unit: String, _ formula: String) -> String {
        "metric: \(name)\nis: A number.\nowner: app\nunit: \(unit)\nbetter: up\nformula: \(formula)"
    }

    static func id(_ retention: String, _ cell: String) -> String {
        "\(retention)_at_\(cell.replacing("-", with: "_"))"
    }

    static var definitions: [String: String] {
        var documents = [source("plan: plan")]
        for asked in retentions {
            documents.append(
                "{ retention: \(asked.name), is: Back., owner: app, from: app, \(asked.rules) }")
            documents += asked.cells.map {
                metric(id(asked.name, $0), "share", "{ retention: \(asked.name), age: \($0) }")
            }
        }
        documents += [
            "{ lifecycle: people, is: All., owner: app, from: app, events: [opened, used] }",
            "{ activity: use, is: Use., owner: app, from: app, where: \"country != 'US'\" }",
            "{ adoption: exports, is: Exports., owner: app, from: app, feature: exported }",
            "{ adoption: paid, is: Paid., owner: app, from: app, feature: exported, "
                + "eligible: { where: plan = 'pro' } }",
            metric("pulse", "ratio", "{ lifecycle: people, state: pulse }"),
            metric("stickiness", "share", "{ activity: use, kind: stickiness }"),
            metric("german", "count", "{ lifecycle: people, state: new, where: country = 'DE' }"),
        ]
        documents += ["new", "current", "resurrected", "dormant", "active"].map {
            metric($0, "count", "{ lifecycle: people, state: \($0) }")
        }
        documents += ["dau", "wau", "mau"].map {
            metric($0, "count", "{ activity: use, kind: \($0) }")
        }
        for name in ["exports", "paid"] {
            documents.append(metric(name, "share", "{ adoption: \(name) }"))
            documents += ["users", "eligible"].map {
                metric("\(name)_\($0)", "count", "{ adoption: \(name), number: \($0) }")
            }
        }
        documents.append(
            "{ objective: stay, title: People stay, is: More stay., owner: app, "
                + "starts: 2026-01-01, by: 2026-12-31, achievable: Yes., relevant: Yes. }")
        for (name, metric, low, high) in kpis {
            documents.append(
                """
                kpi: \(name)
                metric: \(metric)
                objective: stay
                owner: app
                target:
                  from: { date: 2026-01-01, value: \(low) }
                  by: { date: 2026-12-31, value: \(high) }
                guardrail: new
                review: monthly
                status: active
                """)
        }
        return [
            "yardstick.yaml": "workspace: App\nzone: Europe/Berlin\n",
            "definitions/all.yaml": documents.joined(separator: "\n---\n"),
            "imports/app.csv": rows(),
        ]
    }

    /// KPIs by name: the metric, and the path of its target.
    static let kpis = [
        ("come-back", "weekly_at_1", "1%", "99%"),
        ("come-after-months", "monthly_at_2", "1%", "2%"),
        ("exporting", "exports", "1%", "99%"), ("pulse", "pulse", "0.1", "9.5"),
        ("people", "mau", "1", "9000"),
    ]

    /// People of one country each who come in bursts, with a plan that changes.
    static func rows() -> String {
        var generator = SeededGenerator(seed: 41)
        let first = Instant(iso: "2026-01-03T22:30:00Z") ?? Instant(seconds: 0)
        var rows: [(time: Instant, text: String)] = []
        for person in 0..<70 {
            let country = ["DE", "FR", "US", ""][person % 4]
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let day = Int.random(in: 0..<165, using: &generator)
                let plan = ["free", "pro", "trial", ""].randomElement(using: &generator) ?? ""
                for _ in 0..<Int.random(in: 1...12, using: &generator) {
                    let minutes = day * 1_440 + Int.random(in: 0..<14_400, using: &generator)
                    let time = first.adding(seconds: 60 * minutes)
                    let event =
                        ["opened", "opened", "used", "exported"].randomElement(using: &generator)
                        ?? ""
                    rows.append((time, "\(time),p\(person),\(event),\(country),\(plan)"))
                }
            }
        }
        rows.sort { ($0.time, $0.text) < ($1.time, $1.text) }
        return "moment,person,name,country,plan\n" + rows.map(\.text).joined(separator: "\n")
            + "\n"
    }
}
