import Vocabulary

/// Reads how long something takes: `{ duration: { from: started, to: done, percentile: 85 },
/// in: items }`.
struct DurationReading {
    let reader: NodeReader

    func formula() -> Formula? {
        let rows = FormulaRows(reader, key: "in", example: "items")
        guard let duration = reader.mapping("duration", what: "duration") else { return nil }
        let from = duration.required("from", example: "started_at")
        let to = duration.required("to", example: "finished_at")
        let rank = duration.has("percentile") ? duration.rank("percentile", example: "85") : nil
        let isAverage = duration.word("average", of: [("true", true)])
        if duration.has("percentile") == duration.has("average") {
            duration.report(
                .missingKey, "A duration is told by a percentile or by its average.",
                at: duration.place, hint: "write percentile: 85, or average: true")
        }
        duration.finish()
        guard let rows, let from, let to else { return nil }
        let seconds = Expression.call(.timeBetween, [from, to])
        if let rank { return rows.aggregate(.percentile(rank, seconds)) }
        return isAverage == nil ? nil : rows.aggregate(.average(seconds))
    }
}

extension YAMLNode {
    /// Which number of durations is told.
    var durationVariant: String {
        guard case .mapping(let entries) = content else { return "" }
        let rank = entries.first { $0.key == "percentile" }?.value.scalar
        return rank.map { "percentile \($0)" } ?? "average"
    }
}
