import Definitions
import Vocabulary

/// Tables, times, periods and parts.
extension ReadWriter {
    /// The source's table.
    var table: String { "\(quotedName("source")).\(quotedName(read.source))" }

    /// The column that says when rows happen; the range's first day where the source has none.
    var timeName: String {
        read.time.column.map(quotedName)
            ?? "DATE '\(read.bucketing.dayBorders.first ?? Day(number: 0))'"
    }

    /// The first border and the last one.
    var start: Value { borders.first ?? .null }
    var end: Value { borders.last ?? .null }

    private var borders: [Value] {
        read.time.isDay
            ? read.bucketing.dayBorders.map(Value.day)
            : read.bucketing.instantBorders.map(Value.instant)
    }

    /// How many borders a time has reached.
    ///
    /// Runs of equally long stretches (the hours of a year, the weeks between two changes of the
    /// clock) are divided; between the runs a search tree of comparisons decides. Both cost less
    /// than truncating dates. Rows before the first border are in bucket 0 where they are read,
    /// and are not looked for otherwise.
    mutating func bucket(of time: String, fromBeginning: Bool = false) -> String {
        let runs = BorderRun.runs(borderNumbers)
        guard !runs.isEmpty else { return "1" }
        var starts: [String] = []
        var leaves: [String] = []
        if fromBeginning {
            starts.append(bind(start))
            leaves.append("0")
        }
        for (index, run) in runs.enumerated() {
            if index > 0 { starts.append(bind(border(run.start))) }
            leaves.append(leaf(run, time: time))
        }
        return tree(starts, name: time, low: 0, high: leaves.count - 1) { leaves[$0] }
    }

    /// The bucket of a time that lies in a run.
    private mutating func leaf(_ run: BorderRun, time: String) -> String {
        guard run.count > 1 else { return String(run.firstBucket) }
        let base = bind(.integer(run.start))
        let length = bind(.integer(run.length))
        let number =
            read.time.isDay ? "(\(time) - DATE '1970-01-01')" : "epoch_us(\(time))"
        return "(\(number) - \(base)) // \(length) + \(run.firstBucket)"
    }

    /// The borders as numbers: microseconds, or days, since 1970.
    private var borderNumbers: [Int64] {
        read.time.isDay
            ? read.bucketing.dayBorders.map { Int64($0.number) }
            : read.bucketing.instantBorders.map(\.microseconds)
    }

    private func border(_ number: Int64) -> Value {
        read.time.isDay
            ? .day(Day(number: Int(number))) : .instant(Instant(microseconds: number))
    }

    /// The smallest of some ordered borders that a name has not reached.
    func search(_ places: [String], name: String) -> String {
        tree(places, name: name, low: 0, high: places.count - 1) { places[$0] }
    }

    private func tree(
        _ places: [String], name: String, low: Int, high: Int, leaf: (Int) -> String
    ) -> String {
        if low >= high { return leaf(low) }
        let middle = (low + high + 1) / 2
        let left = tree(places, name: name, low: low, high: middle - 1, leaf: leaf)
        let right = tree(places, name: name, low: middle, high: high, leaf: leaf)
        return "CASE WHEN \(name) < \(places[middle - 1]) THEN \(left) ELSE \(right) END"
    }

    /// The rows of the stretches that pass the conditions.
    mutating func whereClause(fromBeginning: Bool = false, extra: [String] = []) -> String {
        var conditions: [String] = []
        if !fromBeginning { conditions.append("\(timeName) >= \(bind(start))") }
        conditions.append("\(timeName) < \(bind(end))")
        if !fromBeginning { conditions += gapConditions() }
        for condition in read.conditions { conditions.append(expression(condition)) }
        return "WHERE " + (conditions + extra).joined(separator: " AND ")
    }

    /// Rows between the stretches belong to no period. Where the gaps are few they are left out
    /// before anything is counted: a month and the same month a year before skip eleven.
    private mutating func gapConditions() -> [String] {
        let gaps = read.bucketing.gaps
        guard gaps.count <= ReadWriter.gapsMax else { return [] }
        return gaps.map { gap in
            let from: Value = read.time.isDay ? .day(gap.days.start) : .instant(gap.time.start)
            let to: Value = read.time.isDay ? .day(gap.days.end) : .instant(gap.time.end)
            return "(\(timeName) < \(bind(from)) OR \(timeName) >= \(bind(to)))"
        }
    }

    private static let gapsMax = 3

    /// The names of the key columns.
    var keyNames: [String] {
        ["period"] + read.parts.indices.flatMap { ["part\($0 + 1)", "rest\($0 + 1)"] }
    }

    /// The period, and for each part its shown value and whether it is the rest.
    ///
    /// `values` names part values that were computed before; without it they are computed here.
    mutating func keyColumns(
        bucket: String, values: ((Int) -> String)? = nil
    ) -> KeyColumns {
        var columns = ["\(bucket) AS period"]
        var constants: Set<Int> = Int(bucket) == nil ? [] : [1]
        for (index, part) in read.parts.enumerated() {
            let value = values?(index) ?? text(of: part)
            let number = index + 1
            guard let kept = part.kept else {
                columns += ["\(value) AS part\(number)", "FALSE AS rest\(number)"]
                constants.insert(columns.count)
                continue
            }
            let places = kept.map { bind($0) }
            let isKept =
                places.isEmpty ? "FALSE" : "\(value) IN (\(places.joined(separator: ", ")))"
            columns += [
                "CASE WHEN \(isKept) THEN \(value) END AS part\(number)",
                "(\(value) IS NOT NULL AND NOT \(isKept)) AS rest\(number)",
            ]
        }
        return KeyColumns(columns: columns, constants: constants)
    }

    /// A part's value as text.
    mutating func text(of part: PartKey) -> String {
        let value = expression(part.value)
        return part.value.type == .text ? value : "CAST(\(value) AS VARCHAR)"
    }

    mutating func aggregate(_ measure: Measure) -> String {
        let call: String
        switch measure.kind {
        case .rows: call = "count(*)"
        case .present(let value): call = "count(\(expression(value)))"
        case .distinct(let value): call = "count(DISTINCT \(expression(value)))"
        case .sum(let value): call = "sum(\(expression(value)))"
        case .squares(let value):
            let text = expression(value)
            call = "sum(CAST(\(text) AS DOUBLE) * CAST(\(text) AS DOUBLE))"
        case .products(let left, let right):
            let (x, y) = (expression(left), expression(right))
            call = "sum(CAST(\(x) AS DOUBLE) * CAST(\(y) AS DOUBLE))"
        case .percentile(let rank, let value):
            call = "quantile_cont(CAST(\(expression(value)) AS DOUBLE), \(rank / 100))"
        case .deviation(let value):
            call = "stddev_samp(CAST(\(expression(value)) AS DOUBLE))"
        case .min(let value): call = "min(\(expression(value)))"
        case .max(let value): call = "max(\(expression(value)))"
        }
        guard !measure.conditions.isEmpty else { return call }
        let conditions = measure.conditions.map { expression($0) }.joined(separator: " AND ")
        return "\(call) FILTER (WHERE \(conditions))"
    }
}

/// The key columns of a statement, as they are selected.
struct KeyColumns {
    /// The expressions with their names.
    let columns: [String]
    /// The numbers of those that are the same for every row.
    let constants: Set<Int>

    /// The numbers of all columns, for grouping what was selected before.
    var ordinals: String { (1...columns.count).map(String.init).joined(separator: ", ") }

    /// Groups by the columns that vary; a group without rows is no row of the result.
    var grouping: String {
        let varying = (1...columns.count).filter { !constants.contains($0) }
        guard !varying.isEmpty else { return "HAVING count(*) > 0" }
        return "GROUP BY " + varying.map(String.init).joined(separator: ", ")
    }
}
