import Definitions
import Foundation
import TestSupport
import Testing
import Vocabulary

@Suite("Rarer mistakes")
struct RareMistakesTests {
    /// Files that are wrong in one way each.
    private static let files: [(what: String, text: String)] = [
        ("a tag", "metric: !!binary aGk=\n"), ("a key twice", "metric: a\nis: A.\nis: B.\n"),
        ("no text", "metric: a\0b\n"), ("too deep", String(repeating: "- ", count: 80) + "a\n"),
        ("a list", "- metric: a\n"), ("a second workspace", "workspace: Other\n"),
        ("a list for a text", "objective: a\ntitle: [a, b]\n"),
        ("a known column", "source: app\nis: A.\nfrom: events\ncolumns: { event: text }\n"),
        (
            "an event of files",
            """
            event: ordered
            is: Somebody bought something.
            from: orders
            properties: { plan: { type: word }, seats: number }
            ---
            event: paid
            is: Somebody paid.
            from: orders
            """
        ),
        ("an unknown currency", metric("a", "unit: money EUP\nformula: { sum: x, from: orders }")),
        (
            "a chain",
            (1...60).map { index in
                metric("m\(index)", "unit: number\nformula: { derived: m\(index + 1) }")
            }.joined(separator: "---\n") + "---\n"
                + metric("m61", "unit: number\nformula: { sum: x, from: orders }")
        ),
        (
            "a late target",
            kpi(
                "target: { from: { date: 2026-01-01, value: 1 }, by: { date: 2027-12-31, value: 2 } }"
            )
        ),
        (
            "no direction",
            """
            kpi: growth
            metric: growth
            owner: finance
            objective: bigger-baskets
            guardrail: orders
            benchmark: { value: 1.1 }
            target: { from: { date: 2026-01-01, value: 1 }, by: { date: 2026-12-31, value: 2 } }
            """
        ),
        ("the same metric", kpi("benchmark: { value: 50 }")),
        (
            "recipes",
            """
            source: both
            is: Files and a recipe.
            from: { each: customer, of: orders, csv: "imports/orders.csv" }
            ---
            source: chicken
            is: Made from eggs.
            from: { rows: egg }
            ---
            source: egg
            is: Made from chickens.
            from: { rows: chicken }
            """
        ),
        (
            "funnels",
            """
            source: pages
            is: Pages without a time.
            from: { csv: "imports/pages.csv" }
            entities: { person: person }
            ---
            funnel: untimed
            is: Steps that nothing orders.
            from: pages
            steps: [ { where: page = 'a' }, { where: page = 'b' } ]
            ---
            funnel: mixed
            is: Optional steps in strict order.
            from: pages
            order: strict
            steps: [ { where: page = 'a' }, { where: page = 'b', optional: true }, { where: x > 1 } ]
            """
        ),
        (
            "funnels as metrics",
            """
            funnel: steps
            is: Steps of orders.
            from: orders
            by: customer
            steps: [opened, { event: looked, optional: true }, paid]
            ---
            metric: too_far
            is: A step that there is not.
            unit: share
            better: up
            formula: { funnel: steps, step: 4 }
            ---
            metric: on_the_way
            is: A step that need not be taken.
            unit: share
            better: up
            formula: { funnel: steps, step: 2 }
            ---
            metric: backwards
            is: A step before another.
            unit: share
            better: up
            formula: { funnel: steps, step: 3, after: 3 }
            ---
            metric: nowhere
            is: A funnel that there is not.
            unit: share
            better: up
            formula: { funnel: stepz }
            """
        ),
        (
            "other behaviour as metrics",
            """
            retention: again
            is: Who buys again.
            from: orders
            by: customer
            over: 60 days
            criterion: [0, 1-30, 31-60]
            ---
            metric: again_between
            is: A bracket that there is not.
            unit: share
            better: up
            formula: { retention: again, age: 1-60 }
            ---
            metric: again_counted
            is: A share that is counted.
            unit: count
            better: up
            formula: { ratio: { of: { retention: again, age: 0 }, to: { retention: agin, age: 0 } } }
            ---
            metric: pulse
            is: A lifecycle that there is not.
            unit: count
            better: up
            formula: { lifecycle: again, state: pulse }
            """
        ),
        (
            "other behaviour",
            """
            paths: both_ends
            is: From one event to another.
            from: orders
            starts: a
            ends: b
            ---
            adoption: nothing
            is: Nothing is used.
            from: orders
            eligible: { where: country = 'DE' }
            ---
            campaigns: costly
            is: Costs that no campaign has.
            from: orders
            converts: { where: total > 0 }
            cost: { from: orders, amount: total }
            ---
            lifecycle: unknown
            is: Nobody knows the source.
            from: ordrs
            ---
            activity: nameless
            is: Events in a source without any.
            from: orders
            events: [opened]
            """
        ),
        (
            "segments",
            """
            segment: said_nothing
            is: Nothing is said of them.
            from: orders
            by: customer
            ---
            segment: hurried
            is: A time without a number.
            from: orders
            by: customer
            did: placed
            within: 2 days
            ---
            segment: often
            is: Too often, in a range that is none.
            from: orders
            by: customer
            did: placed
            times: 0
            over: all
            ---
            segment: buyers
            is: Who buys.
            from: orders
            by: customer
            did: placed
            ---
            segment: better_buyers
            is: Buyers who are made of buyers.
            from: orders
            by: customer
            did: { event: placed, where: "in_segment('buyers') and country = 'DE'" }
            ---
            segment: somebody
            is: Nobody knows who.
            from: orders
            did: placed
            ---
            metric: buyers_orders
            is: Orders of a segment that is written wrongly.
            owner: finance
            unit: count
            better: up
            formula: { count: rows, from: orders, where: "not in_segment('byers')" }
            """
        ),
    ]

    private static func metric(_ id: String, _ rest: String) -> String {
        "metric: \(id)\nis: A metric.\nowner: finance\n\(rest)\n"
    }

    private static func kpi(_ rest: String) -> String {
        """
        kpi: another
        metric: average_order_value
        owner: finance
        objective: bigger-baskets
        guardrail: orders
        \(rest)
        """
    }

    private static let expressions = [
        "a $ b", "a == b", "'open", "1e999", "date '2026-02-30'", "a in (b)", "a +", "a = null",
        String(repeating: "(", count: 100), String(repeating: "a", count: 10_001), "lowr(a)",
        "substring(a)", "year('x')", "1 + 'a'", "not 5", "case when a then 1 else 'x' end",
        "coalesce(a, b", "true = 1", "in_segment(country)", "in_segment('lately')",
        "in_segment('somewhere_else')",
    ]

    /// For the expressions: a segment whose days are counted from today.
    private static let segment = """
        segment: lately
        is: Who orders these days.
        from: orders
        by: customer
        did: placed
        over: last 30 days
        """

    @Test("are told as clearly as the others")
    func texts() throws {
        var text = ""
        for file in Self.files {
            let loaded = CatalogLoader.load(SampleWorkspace.files(more: file.text))
            let today = Day(number: 20_650)
            let found = (loaded.findings + check(loaded.catalog, facts: [:], today: today))
            text += "# \(file.what)\n\n\(printed(found.sortedByPlace()))\n"
        }
        text += "# no workspace\n\n\(printed(CatalogLoader.load([]).findings))\n"
        let source = try #require(
            CatalogLoader.load(SampleWorkspace.files(more: Self.segment))
                .catalog.sources["orders"])
        let scope = ExpressionScope(source: source, facts: .empty)
        for expression in Self.expressions {
            let failure = #expect(throws: Failure.self, "\(expression)") {
                try ExpressionTyper().typed(Expression(parsing: expression), in: scope)
            }
            text += "# \(expression.prefix(40))\n\n\(failure.map(\.description) ?? "")\n\n"
        }

        try expectGolden(text, named: "rare-mistakes.txt")
    }

    @Test("and all others have a text that somebody has read")
    func everyCode() throws {
        let root = RepositoryFiles.root
        let golden = root.appendingPathComponent("Tests/DefinitionsTests/Golden")
            .resolvingSymlinksInPath()
        let names = try FileManager.default.contentsOfDirectory(atPath: golden.path)
        let texts = try names.map {
            try String(contentsOf: golden.appendingPathComponent($0), encoding: .utf8)
        }.joined()
        // Told by tests of their own: too many KPIs, and entries of the library.
        let elsewhere: Set = ["kpi/too-many", "library/unknown-entry"]
        let codes = try ErrorCodesTests.codes().subtracting(elsewhere)

        let missing = codes.filter { !texts.contains("  code  \($0)\n") }.sorted()
        #expect(missing.isEmpty, "\(missing.joined(separator: "\n"))")
    }
}
