import Vocabulary

/// A number of a target or benchmark, with the form it was written in; whether it fits is known
/// only with the metric's unit.
struct TargetNumber {
    /// Its path in the definition, for example `target.by.value`.
    let path: String
    /// The number.
    let number: WrittenNumber
}

/// Reads a KPI.
final class KPIReading {
    private let reader: NodeReader
    private var numbers: [TargetNumber] = []

    init(reader: NodeReader) { self.reader = reader }

    func kpi(named id: String, origin: Origin) -> (kpi: KPI, numbers: [TargetNumber])? {
        let title = reader.text("title") ?? titled(id)
        let metric = reader.text("metric", required: true, example: "revenue")
        let objective = reader.text("objective")
        let owner = reader.text("owner")
        let team = reader.text("team")
        let target = target()
        let benchmark = benchmark()
        let review = reader.word("review", as: KPI.Review.self) ?? .weekly
        let guardrail = reader.text("guardrail")
        let status = reader.word("status", as: KPI.Status.self) ?? .proposed
        reader.finish()
        guard let metric else { return nil }
        let kpi = KPI(
            id: id, title: title, metric: metric, objective: objective, owner: owner, team: team,
            target: target, benchmark: benchmark, review: review, guardrail: guardrail,
            status: status, origin: origin)
        return (kpi, numbers)
    }

    private func target() -> Target? {
        guard let target = reader.mapping("target", what: "target") else { return nil }
        let from = target.mapping("from", what: "baseline").flatMap { point($0, "target.from") }
        let by = target.mapping("by", what: "target's end").flatMap { point($0, "target.by") }
        if !target.has("by") {
            target.missing("by", example: "{ date: 2026-12-31, value: 40% }")
        }
        let floor = number("floor", in: target, path: "target.floor")
        let stretch = number("stretch", in: target, path: "target.stretch")
        target.finish()
        return by.map { Target(from: from, by: $0, floor: floor, stretch: stretch) }
    }

    private func point(_ reader: NodeReader, _ path: String) -> Target.Point? {
        let day = reader.day("date", required: true)
        let value = number("value", in: reader, path: path + ".value", required: true)
        reader.finish()
        guard let day, let value else { return nil }
        return Target.Point(day: day, value: value)
    }

    private func benchmark() -> Benchmark? {
        guard let benchmark = reader.mapping("benchmark", what: "benchmark") else { return nil }
        let value = number("value", in: benchmark, path: "benchmark.value", required: true)
        let source = benchmark.text("source")
        let seen = benchmark.day("seen")
        benchmark.finish()
        return value.map { Benchmark(value: $0, source: source, seen: seen) }
    }

    private func number(
        _ key: String, in reader: NodeReader, path: String, required: Bool = false
    ) -> Double? {
        let number = reader.value(
            key, required: required, is: "a number", example: "1200, 45k, 31% or 2 days",
            make: { WrittenNumber($0) })
        guard let number else { return nil }
        numbers.append(TargetNumber(path: path, number: number))
        return number.value
    }
}

/// Reads an objective.
struct ObjectiveReading {
    let reader: NodeReader

    func objective(named id: String, origin: Origin) -> Objective {
        let objective = Objective(
            id: id, title: reader.text("title") ?? titled(id), meaning: reader.text("is"),
            owner: reader.text("owner"), starts: reader.day("starts"), by: reader.day("by"),
            achievable: reader.text("achievable"), relevant: reader.text("relevant"),
            origin: origin)
        reader.finish()
        return objective
    }
}
