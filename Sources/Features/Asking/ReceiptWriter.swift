import CSodium
import Definitions
import Planning
import Vocabulary

/// Writes down how a metric's numbers were made.
struct ReceiptWriter {
    let plan: QuestionPlan
    let statements: [Statement]
    let catalog: Catalog
    let facts: [String: SourceFacts]
    let fingerprints: [String: String]

    /// The receipt of a metric of the question, by its position.
    func receipt(_ index: Int, answer: Answer) -> Receipt {
        let metric = plan.metrics[index]
        let own = Set(
            metric.plan.tallies.compactMap { plan.placements[$0] }.flatMap(\.reads).map(\.read))
        let cell = answer.rows.last?.cells[index]
        let completeness = Completeness(
            catalog: catalog, facts: facts, calendar: plan.timeline.calendar)
        let upstream = metric.sources.flatMap { catalog.upstream(of: $0) }
        let names = metric.sources + Set(upstream).subtracting(metric.sources).sorted()
        let sources = names.map { name in
            Receipt.ReceiptSource(
                name: name, version: facts[name]?.version ?? 0, rows: facts[name]?.rows ?? 0,
                watermark: completeness.watermark(of: name))
        }
        var receipt = Receipt(
            id: "", metric: metric.metric.id, definition: fingerprints[metric.metric.id] ?? "",
            formula: metric.metric.formula.description,
            filters: filters(metric.metric.formula, depth: 0)
                + plan.question.filters.map(\.description),
            zone: plan.timeline.calendar.zone.name, zoneRules: Zone.rulesVersion,
            range: plan.question.range,
            instants: plan.timeline.calendar.instants(of: plan.question.range),
            watermark: metric.sources.compactMap { completeness.watermark(of: $0) }.min(),
            sources: sources,
            numerator: cell?.quantity.numerator, denominator: cell?.quantity.denominator,
            value: cell?.quantity.value, leftOut: nil,
            statements: statements.indices.filter(own.contains).map { statements[$0] })
        let texts = receipt.filters + [receipt.formula]
        let segments = metric.sources.flatMap {
            catalog.sources[$0]?.segmentLines(usedIn: texts) ?? []
        }
        receipt.id = ContentHash.hex(
            [plan.question.json.line, receipt.metric, receipt.definition, receipt.zoneRules]
                + sources.map { "\($0.name) \($0.version)" } + segments, length: 12)
        return receipt
    }

    /// The filters of a formula and of the metrics that it builds on.
    private func filters(_ formula: Formula, depth: Int) -> [String] {
        guard depth < 24 else { return [] }
        switch formula {
        case .aggregate(let aggregate):
            var filters = aggregate.filter.map { ["\($0)"] } ?? []
            if !aggregate.events.isEmpty {
                filters.append("event in (\(aggregate.events.joined(separator: ", ")))")
            }
            return filters
        case .ratio(let of, let to):
            let both = filters(of, depth: depth) + filters(to, depth: depth)
            return both.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
        case .derived(let arithmetic):
            return arithmetic.operands.flatMap { filters($0, depth: depth) }
                .reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
        case .cumulative(let operand, _): return filters(operand, depth: depth)
        }
    }

    private func filters(_ operand: Operand, depth: Int) -> [String] {
        switch operand {
        case .metric(let name): filters(of: name.name, depth: depth)
        case .formula(let formula): filters(formula, depth: depth + 1)
        }
    }

    private func filters(of metric: String, depth: Int) -> [String] {
        catalog.metrics[metric].map { filters($0.formula, depth: depth + 1) } ?? []
    }
}

/// Names of things by what they are.
enum ContentHash {
    /// The first hexadecimal digits of the SHA-256 of some texts.
    static func hex(_ texts: [String], length: Int) -> String {
        let bytes = Array(texts.joined(separator: "\u{0}").utf8)
        var digest = [UInt8](repeating: 0, count: 32)
        crypto_hash_sha256(&digest, bytes, UInt64(bytes.count))
        let digits = digest.map { byte in
            let text = String(byte, radix: 16)
            return text.count == 1 ? "0" + text : text
        }
        return String(digits.joined().prefix(length))
    }
}
