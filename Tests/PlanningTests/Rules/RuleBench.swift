import Definitions
import Planning
import Testing
import Vocabulary

/// Tests of rules ask entries of the KPI library, or metrics of their own, over rows that are
/// written out, so that each number can be counted by hand.
extension Bench {
    /// A database with the tables of some sources, and the metrics of the library's entries of
    /// some names, bound to the sources, with further metrics.
    init(
        library: [String], _ binding: LibraryBinding, metrics: String = "", tables: [String],
        sources: String, zone: String = "UTC"
    ) async throws {
        var written: [String: String] = [:]
        for id in library {
            let entry = try KPILibrary.entry(named: id)
            for file in KPILibrary.files(for: entry, binding) where file.kind != "kpi" {
                written[file.path] = file.yaml
            }
        }
        let texts = written.sorted { $0.key < $1.key }.map(\.value)
        try await self.init(
            metrics: (texts + (metrics.isEmpty ? [] : [metrics])).joined(separator: "\n---\n"),
            setUp: tables, definitions: sources, zone: zone)
    }

    /// A statement that makes a table from rows of SQL constants.
    static func table(_ name: String, _ columns: String, _ rows: [String]) -> String {
        "create table source.\(name) as select * from (values "
            + rows.map { "(\($0))" }.joined(separator: ", ") + ") t(\(columns))"
    }

    /// A definition of a metric that is named after its place: `m1`, `m2`.
    static func metrics(_ formulas: [(unit: String, formula: String)]) -> String {
        formulas.enumerated().map { index, metric in
            "metric: m\(index + 1)\nis: Metric \(index + 1).\nowner: t\nunit: \(metric.unit)\n"
                + "formula: \(metric.formula)\n"
        }.joined(separator: "---\n")
    }

    /// The values of metrics over one range, in their order.
    func numbers(_ metrics: [String], over: String, filters: [String] = []) async throws
        -> [Double?]
    {
        try await answer(question(metrics, over: over, filters: filters)).rows[0].cells
            .map(\.quantity.value)
    }

    /// The values of a metric, period by period.
    func series(_ metric: String, over: String, by grain: Grain) async throws -> [Double?] {
        try await answer(question([metric], over: over, grain: grain)).rows
            .map { $0.cells[0].quantity.value }
    }
}

/// Expects the same numbers in the same places, to the twelfth digit.
func expectNumbers(
    _ found: [Double?], _ expected: [Double?], sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(found.count == expected.count, sourceLocation: sourceLocation)
    for (index, pair) in zip(found, expected).enumerated() {
        let isSame =
            if let number = pair.0, let hand = pair.1 {
                abs(number - hand) <= 1e-12 * max(1, abs(hand))
            } else { pair.0 == nil && pair.1 == nil }
        #expect(
            isSame, "number \(index + 1) is \(pair.0 ?? .nan), by hand \(pair.1 ?? .nan)",
            sourceLocation: sourceLocation)
    }
}
