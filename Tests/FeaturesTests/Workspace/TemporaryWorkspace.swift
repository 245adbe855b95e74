import Features
import Foundation
import Testing
import Vocabulary

/// A workspace in a temporary folder, with a shop's orders of the first half of 2026.
struct TemporaryWorkspace: ~Copyable {
    let folder: URL
    /// Noon of 1 July 2026, UTC.
    static let clock = FixedClock(Instant(seconds: 1_782_907_200))

    static let definitions = [
        "yardstick.yaml": "workspace: Shop\nzone: Europe/Berlin\ncurrency: EUR\n",
        "definitions/orders.yaml": """
        source: orders
        is: One row per order.
        owner: shop
        from: { csv: "imports/orders.csv" }
        time: ordered
        entities: { customer: customer }
        dimensions: { country: country }
        quality: [ { unique: [id] }, { not_null: [customer] } ]
        complete_through: 2026-07-01
        """,
        "definitions/metrics.yaml": """
        metric: revenue
        is: Value of orders.
        owner: shop
        unit: money
        better: up
        formula: { sum: amount, from: orders, where: "state != 'cancelled'" }
        ---
        metric: cancellation
        is: Share of orders that are cancelled.
        owner: shop
        unit: share
        better: down
        formula: { ratio: { of: { count: rows, from: orders, where: "state = 'cancelled'" }, to: { count: rows, from: orders } } }
        """,
        "definitions/kpis.yaml": """
        objective: grow
        title: The shop grows
        is: More revenue from the same people.
        owner: shop
        starts: 2026-01-01
        by: 2026-12-31
        achievable: It grew by as much last year.
        relevant: The company wants to be profitable.
        ---
        kpi: monthly-revenue
        metric: revenue
        objective: grow
        owner: shop
        target: { from: { date: 2026-01-01, value: 200 }, by: { date: 2026-12-31, value: 400 }, floor: 100 }
        benchmark: { value: 350, source: "survey" }
        guardrail: cancellation
        review: monthly
        status: active
        ---
        kpi: cancellations
        metric: cancellation
        objective: grow
        owner: shop
        target: { from: { date: 2026-01-01, value: 30% }, by: { date: 2026-12-31, value: 1% }, floor: 5% }
        guardrail: revenue
        review: monthly
        status: active
        """,
    ]

    init(_ files: [String: String] = definitions, orders: Int = 181) throws {
        folder = FileManager.default.temporaryDirectory
            .appending(path: "yardstick-\(UUID().uuidString)", directoryHint: .isDirectory)
        for (path, text) in files { try write(text, to: path) }
        try write(TemporaryWorkspace.orders(orders), to: "imports/orders.csv")
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func write(_ text: String, to path: String) throws {
        let file = folder.appending(path: path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    func open() async throws -> WorkspaceSession {
        try await WorkspaceSession.open(folder, clock: TemporaryWorkspace.clock)
    }

    /// An order a day from 1 January 2026 at noon, of 10 each; every fifth is cancelled.
    static func orders(_ count: Int) -> String {
        let first = Day(year: 2026, month: 1, day: 1) ?? Day(number: 0)
        let countries = ["DE", "FR", ""]
        let lines = (0..<count).map { index in
            let state = index % 5 == 0 ? "cancelled" : "shipped"
            return "\(index),\(first.adding(days: index)) 12:00:00,c\(index % 40),"
                + "\(countries[index % 3]),10.00,\(state)"
        }
        return "id,ordered,customer,country,amount,state\n" + lines.joined(separator: "\n") + "\n"
    }
}
