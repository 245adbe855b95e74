import CSodium
import Vocabulary

/// Names a version of a metric's calculation.
///
/// The name changes with everything that changes numbers: the formula, the metrics and sources it
/// rests on, and the workspace's calendar. A new title, owner or sentence does not change it, nor
/// does another name for a metric on the way.
public struct Fingerprint: Sendable {
    private let catalog: Catalog

    /// Prepares for a catalogue.
    public init(_ catalog: Catalog) { self.catalog = catalog }

    /// The fingerprint of a metric: 64 hexadecimal digits; empty if there is no such metric.
    public func fingerprint(of metric: String) -> String {
        guard let metric = catalog.metrics[metric] else { return "" }
        var known: [String: String] = [:]
        return digest(of: metric, includesUnit: true, &known)
    }

    /// As ``fingerprint(of:)``, the unit left aside: equal for two metrics that calculate the same.
    func calculation(of metric: Metric) -> String {
        var known: [String: String] = [:]
        return digest(of: metric, includesUnit: false, &known)
    }

    private func digest(
        of metric: Metric, includesUnit: Bool, _ known: inout [String: String]
    ) -> String {
        if let digest = known[metric.id] { return digest }
        var lines = ["metric 1", "calendar \(calendar)"]
        if includesUnit { lines.append("unit \(metric.unit)") }
        lines.append("empty \(metric.empty?.rawValue ?? "by kind")")
        lines.append("formula \(text(of: metric.formula, &known))")
        let own = Set(metric.formula.aggregates.map(\.source))
        let sources = own.union(own.flatMap(catalog.upstream)).compactMap { catalog.sources[$0] }
        for source in sources.sorted(by: { name(of: $0) < name(of: $1) }) {
            lines += sourceLines(source)
        }
        let written = lines
        for source in sources { lines += source.segments.lines(usedIn: written) }
        let digest = sha256(lines.joined(separator: "\n"))
        known[metric.id] = digest
        return digest
    }

    private var calendar: String {
        let settings = catalog.settings
        let fiscal =
            switch settings.fiscal {
            case .months(let first): "months \(first)"
            case .weeks(let first, let pattern): "weeks \(first) \(pattern.rawValue)"
            }
        return "\(settings.zone) \(settings.firstWeekday.name) \(fiscal)"
    }

    /// The formula with the fingerprints of other metrics for their names.
    private func text(of formula: Formula, _ known: inout [String: String]) -> String {
        switch formula {
        case .aggregate(let aggregate):
            return aggregate.canonicalText(
                source: catalog.sources[aggregate.source].map(name) ?? aggregate.source)
        case .ratio(let of, let to):
            return "ratio (\(text(of: of, &known))) (\(text(of: to, &known)))"
        case .derived(let arithmetic): return "derived \(text(of: arithmetic, &known))"
        case .cumulative(let operand, .window(let span)):
            return "cumulative (\(text(of: operand, &known))) window \(span)"
        case .cumulative(let operand, .toDate(let grain)):
            return "cumulative (\(text(of: operand, &known))) to_date \(grain?.rawValue ?? "all")"
        }
    }

    private func text(of operand: Operand, _ known: inout [String: String]) -> String {
        switch operand {
        case .metric(let name): digest(of: name, &known)
        case .formula(let formula): text(of: formula, &known)
        }
    }

    private func digest(of name: NameReference, _ known: inout [String: String]) -> String {
        guard let metric = catalog.metrics[name.name] else { return "missing \(name.name)" }
        return digest(of: metric, includesUnit: true, &known)
    }

    private func text(of arithmetic: Arithmetic, _ known: inout [String: String]) -> String {
        switch arithmetic {
        case .number(let value): "\(value)"
        case .metric(let name): digest(of: name, &known)
        case .formula(let formula): "(\(text(of: formula, &known)))"
        case .previous(let operand, 1): "previous \(text(of: operand, &known))"
        case .previous(let operand, let periods):
            "previous \(periods) \(text(of: operand, &known))"
        case .overDays(let joining, let operand):
            "\(joining.rawValue) \(text(of: operand, &known))"
        case .negated(let inner): "- (\(text(of: inner, &known)))"
        case .bounded(let bounds, let inner): "\(bounds.rawValue) (\(text(of: inner, &known)))"
        case .power(let left, let right):
            "(\(text(of: left, &known))) ^ (\(text(of: right, &known)))"
        case .binary(let joined, let left, let right):
            "(\(text(of: left, &known))) \(joined.rawValue) (\(text(of: right, &known)))"
        }
    }

    /// The source's name; what a metric brought along is named after what it is made of, so that
    /// two metrics that bring along the same calculate the same.
    private func name(of source: SourceDefinition) -> String {
        guard source.isImplicit, let recipe = source.recipe else { return source.name }
        return "made by \(recipe)"
    }

    /// What of a source changes numbers.
    private func sourceLines(_ source: SourceDefinition) -> [String] {
        var lines = ["source \(name(of: source))"]
        if let time = source.time {
            lines.append("time \(time.column) \(time.format.text) \(time.zone ?? "workspace")")
        }
        lines += source.columnTypes.map { "column \($0.key) \($0.value.rawValue)" }.sorted()
        lines += source.entities.map { "entity \($0.key) \($0.value)" }.sorted()
        lines += source.dimensions.map { "dimension \($0.key) \($0.value.expression)" }.sorted()
        lines.append("event \(source.event ?? "none")")
        lines.append("complete \(source.completeThrough?.description ?? "by data")")
        lines.append("lateness \(source.lateness?.description ?? "none")")
        if let recipe = source.recipe { lines.append("recipe \(recipe)") }
        if let intake = source.intake { lines.append("events of \(intake.actors.rawValue)") }
        return lines
    }
}

extension TimeColumn.Format {
    fileprivate var text: String {
        switch self {
        case .inferred: "inferred"
        case .epochSeconds: "epoch_seconds"
        case .epochMilliseconds: "epoch_milliseconds"
        case .pattern(let pattern): Value.text(pattern).written
        }
    }
}

extension Aggregate {
    fileprivate func canonicalText(source: String) -> String {
        let events = events.map { Value.text($0).written }.sorted().joined(separator: ",")
        return "\(function) from \(source) where \(filter?.description ?? "true") events \(events)"
    }
}

extension AggregateFunction: CustomStringConvertible {
    /// The function as a definition writes it.
    public var description: String {
        switch self {
        case .count(let value): "count: \(value?.description ?? "rows")"
        case .distinct(let value): "distinct: \(value)"
        case .both(let value, let one, let other): "both: \(value), having: \(one), and: \(other)"
        case .new(let value): "new: \(value)"
        case .sum(let value): "sum: \(value)"
        case .average(let value): "average: \(value)"
        case .percentile(let rank, let value): "percentile: \(printedNumber(rank)), of: \(value)"
        case .min(let value): "min: \(value)"
        case .max(let value): "max: \(value)"
        case .stock(let value, let per): "stock: \(value)" + (per.map { ", per: \($0)" } ?? "")
        case .active(let value, .rolling(let days)): "active: \(value), window: \(days) days"
        case .active(let value, .calendar(let grain)):
            "active: \(value), window: calendar \(grain.rawValue)"
        case .deviation(let value): "deviation: \(value)"
        case .promoters(let value, let weight):
            "nps: \(value)" + (weight.map { ", weight: \($0)" } ?? "")
        case .open(let open): open.written
        case .survival(let survival): survival.written
        case .transition(let transition, let entity, let amount):
            "transition: \(transition.rawValue), of: \(entity)"
                + (amount.map { ", amount: \($0)" } ?? "")
        case .lifecycle(let stage, let entity):
            "lifecycle: \(stage.rawValue), of: \(entity)"
        case .lifetime(let model): model.written
        case .concentration(let few):
            "top_share: \(few.value)" + (few.entity.map { ", per: \($0)" } ?? "")
                + ", top: \(few.percent)"
        }
    }
}

extension OpenRows {
    fileprivate var written: String {
        let what =
            switch measure {
            case .count: "rows"
            case .averageAge: "average_age"
            case .percentileAge(let rank): "percentile, rank: \(printedNumber(rank))"
            }
        return "open: \(what), started: \(started), ended: \(ended)"
    }
}

extension Survival {
    fileprivate var written: String {
        let rest =
            switch reading {
            case .share(let time): ", at: \(printedNumber(time))"
            case .median: ""
            case .lifetime(let until, let discount): ", until: \(until), discount: \(discount)"
            }
        return "\(kind): \(duration), \(outcome.written)\(rest)"
            + (model.map { ", model: \($0.rawValue)" } ?? "")
    }
}

extension Survival.Outcome {
    fileprivate var written: String {
        switch self {
        case .ended(let condition): "ended: \(condition)"
        case .counts(let lost, let kept): "lost: \(lost), kept: \(kept)"
        }
    }
}

extension LifetimeModel {
    fileprivate var written: String {
        "lifetime: \(reading.rawValue), model: \(family.rawValue), by: \(entity), "
            + (value.map { "value: \($0), " } ?? "")
            + "horizon: \(horizon), discount: \(discount), margin: \(margin), "
            + "unit: \(step.rawValue)"
            + (customers == .all ? "" : ", customers: \(customers.rawValue)")
    }
}

/// The SHA-256 of a text in UTF-8, as 64 hexadecimal digits.
func sha256(_ text: String) -> String {
    let bytes = Array(text.utf8)
    var digest = [UInt8](repeating: 0, count: Int(crypto_hash_sha256_bytes()))
    crypto_hash_sha256(&digest, bytes, UInt64(bytes.count))
    return digest.map { byte in
        let digits = String(byte, radix: 16)
        return digits.count == 1 ? "0" + digits : digits
    }.joined()
}
