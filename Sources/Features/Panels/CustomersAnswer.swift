import Definitions
import Engines
import Planning
import Statistics
import Vocabulary

/// The customers behind what a model of purchases expects, those first of whom most is expected.
struct CustomersAnswer {
    let session: WorkspaceSession
    let behind: CustomersBehind

    /// A customer and what the model says of the customer.
    private struct Row {
        let name: String
        let history: PurchaseHistory
        let expectation: Double
    }

    /// The customers of a question's end, in the form of rows.
    func json(_ question: Question, limit: Int, offset: Int) async throws(Failure) -> JSON {
        let snapshot = session.snapshot(for: question)
        let run = try await session.asker(snapshot).ran(question)
        let fit = try run.assembly.lifetime(of: behind)
        let rows = try rows(try await session.engine.run(behind.statement), fit)
        var shown: [JSON] = []
        for row in rows.dropFirst(offset).prefix(limit) {
            shown.append(.list(try cells(row, fit)))
        }
        let range = "\(question.range)"
        return [
            "source": .text(behind.source), "range": .text(range),
            "columns": .list(columns(fit).map { ["name": .text($0), "type": .text($1.rawValue)] }),
            "rows": .list(shown), "total": .integer(rows.count),
            "filters": .list(behind.filters.map(JSON.text)),
        ]
    }

    /// Those who count, by what is expected of them; equal ones by their names.
    private func rows(_ frame: Frame, _ fit: LifetimeFit) throws(Failure) -> [Row] {
        var known: [PurchaseHistory: Double] = [:]
        var rows: [Row] = []
        for index in 0..<frame.count {
            guard let name = frame.columns[0].text(index),
                let history = behind.history(frame, row: index)
            else { continue }
            guard fit.counts(history) else { continue }
            let expectation: Double
            if let value = known[history] {
                expectation = value
            } else {
                expectation = try fit.expectation(of: history)
                known[history] = expectation
            }
            rows.append(Row(name: name, history: history, expectation: expectation))
        }
        return rows.sorted {
            ($1.expectation, $0.name) < ($0.expectation, $1.name)
        }
    }

    private func columns(_ fit: LifetimeFit) -> [(String, ValueType)] {
        let unit = fit.asked.step == .day ? "days" : "weeks"
        let always: [(String, ValueType)] = [
            (behind.entity, .text), ("purchases", .integer), ("recency_\(unit)", .number),
            ("age_\(unit)", .number), ("alive", .number),
        ]
        switch fit.asked.reading {
        case .alive: return always
        case .purchases: return always + [("expected_purchases", .number)]
        case .clv:
            return always + [
                ("expected_purchases", .number), ("average_value", .number),
                ("expected_value", .number),
            ]
        }
    }

    private func cells(_ row: Row, _ fit: LifetimeFit) throws(Failure) -> [JSON] {
        let purchases = row.history.purchases
        let always: [JSON] = [
            .text(row.name), .integer(purchases.frequency + 1), .number(purchases.recency),
            .number(purchases.age), .number(try fit.aliveProbability(of: row.history)),
        ]
        switch fit.asked.reading {
        case .alive: return always
        case .purchases: return always + [.number(row.expectation)]
        case .clv:
            return always + [
                .number(try fit.purchases(of: row.history)),
                .optional(row.history.spend?.meanValue), .number(row.expectation),
            ]
        }
    }
}
