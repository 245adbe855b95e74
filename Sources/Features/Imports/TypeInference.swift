import Engines
import Vocabulary

/// Finds out how the columns of a text file are written, from its first rows.
struct TypeInference {
    /// How many rows are looked at.
    static let sampleRows = 5_000
    static let sampleTable = "yardstick_sample"

    let connection: DuckDBConnection
    let decimal: Character

    /// What is known of a column before its values are looked at.
    struct Wish {
        let index: Int
        let name: String
        /// DuckDB's type of the stored column where it must be this one.
        let storedType: String?
        /// Whether the column must hold times or days.
        let isTime: Bool
    }

    /// What the values of a column show.
    enum Finding {
        case reading(ColumnReading)
        /// The sample has no value.
        case empty
        /// Day and month cannot be told apart: both readings fit every value.
        case ambiguous(ColumnReading, ColumnReading)
        /// No reading that is allowed fits any value; the first value is given.
        case none(example: String)
    }

    /// Looks at a column of the sample, or of another relation with the same columns.
    func finding(_ wish: Wish, in relation: String) throws(Failure) -> Finding {
        let column = "v\(wish.index)"
        let first = try connection.run(
            Statement("select any_value(\(column)), count(\(column)) from (\(relation))"))
        guard let example = first.columns[0].text(0), let count = first.columns[1].integer(0) else {
            return .empty
        }
        let candidates = Self.candidates(for: example, decimal: decimal).filter {
            (wish.storedType == nil || $0.storedType == wish.storedType)
                && (!wish.isTime || ["DATE", "TIMESTAMP"].contains($0.storedType))
        }
        guard !candidates.isEmpty else {
            return wish.isTime || wish.storedType.map { $0 != "VARCHAR" } ?? false
                ? .none(example: example) : .reading(.text)
        }
        let bad = try misfits(candidates, column: column, relation: relation)
        let fitting = candidates.indices.filter { bad[$0] == 0 }.map { candidates[$0] }
        if let best = fitting.first {
            if let other = fitting.first(where: { Self.swapsDayAndMonth(best, $0) }) {
                return .ambiguous(best, other)
            }
            return .reading(best)
        }
        guard wish.isTime || wish.storedType != nil else { return .reading(.text) }
        let least = candidates.indices.min { bad[$0] < bad[$1] } ?? 0
        return bad[least] < count ? .reading(candidates[least]) : .none(example: example)
    }

    /// Whether a reading fits at least one value of a column, or there is none.
    func fitsSome(
        _ reading: ColumnReading, _ index: Int, in relation: String
    ) throws(Failure) -> Bool {
        let count =
            try connection.run(
                Statement("select count(v\(index)) from (\(relation))")
            ).columns[0].integer(0) ?? 0
        if count == 0 { return true }
        return try misfits([reading], column: "v\(index)", relation: relation)[0] < count
    }

    /// How many values each reading does not fit.
    private func misfits(
        _ candidates: [ColumnReading], column: String, relation: String
    ) throws(Failure) -> [Int] {
        let parsed = candidates.enumerated().map { index, reading in
            "\(reading.parse(column, decimal: decimal)) as p\(index)"
        }
        let counts = candidates.enumerated().map { index, reading in
            let plain = Self.isPlain(reading, text: column, decimal: decimal)
            let holds = reading.holds(parsed: "p\(index)", text: column)
            return
                "count(*) filter (where not coalesce(p\(index) is not null and \(holds) and \(plain), false))"
        }
        let frame = try connection.run(
            Statement(
                """
                select \(counts.joined(separator: ", ")) from (
                    select \(column), \(parsed.joined(separator: ", "))
                    from (\(relation)) where \(column) is not null)
                """))
        return frame.columns.map { $0.integer(0) ?? 0 }
    }

    /// A condition that a number must meet to be found a number: no leading zero, since codes have
    /// those, and not so many digits that some would be lost.
    static func isPlain(_ reading: ColumnReading, text: String, decimal: Character) -> String {
        guard reading == .number else { return "true" }
        let point = decimal == "," ? "," : "[.]"
        let group = decimal == "," ? "[.]?" : ""
        return """
            (regexp_full_match(trim(\(text)), \
            '[+-]?(0|[1-9](\(group)[0-9]){0,14})?(\(point)[0-9]*)?([eE][+-]?[0-9]+)?') \
            or regexp_full_match(trim(\(text)), '[+-]?(0|[1-9][0-9]*)(\(point)[0-9]*)([eE][+-]?[0-9]+)?'))
            """
    }

    private static func swapsDayAndMonth(_ one: ColumnReading, _ other: ColumnReading) -> Bool {
        guard let first = pattern(one), let second = pattern(other), first != second else {
            return false
        }
        return first.filter { $0 != "d" && $0 != "m" } == second.filter { $0 != "d" && $0 != "m" }
    }

    private static func pattern(_ reading: ColumnReading) -> String? {
        switch reading {
        case .date(let pattern), .localPattern(let pattern): pattern
        default: nil
        }
    }

    /// The readings worth trying for a column whose first value is this.
    private static func candidates(for example: String, decimal: Character) -> [ColumnReading] {
        let text = example.trimmed
        if ["true", "false"].contains(text.lowercased()) { return [.boolean] }
        guard let first = text.unicodeScalars.first,
            "0123456789+-.,".unicodeScalars.contains(first)
        else { return [] }
        let numeric = text.allSatisfy { "0123456789+-.,eE".contains($0) }
        let numbers: [ColumnReading] = numeric ? [.integer(isPinned: false), .number] : []
        let head = text.prefix(10)
        // Not the place of the first separator alone: 29/2/2016 has one there as well.
        let beginsWithYear = text.prefix(4).allSatisfy { "0"..."9" ~= $0 }
        if head.filter({ $0 == "-" }).count >= 2 {
            return beginsWithYear
                ? [.date(pattern: "%Y-%m-%d"), .local, .zoned]
                : dates("%d-%m-%Y") + dates("%m-%d-%Y")
        }
        if head.filter({ $0 == "/" }).count >= 2 {
            // Jira writes 21/Nov/26, with the month in letters.
            let month = text.split(separator: "/")[1]
            if month.allSatisfy(\.isLetter) { return dates("%d/%b/%y") + dates("%d/%b/%Y") }
            return beginsWithYear
                ? dates("%Y/%m/%d") : dates("%m/%d/%Y") + dates("%d/%m/%Y")
        }
        if head.filter({ $0 == "." }).count >= 2 {
            return (decimal == "," ? numbers : []) + dates("%d.%m.%Y")
        }
        return numbers
    }

    private static func dates(_ day: String) -> [ColumnReading] {
        let clocks = ["%H:%M", "%H:%M:%S", "%H:%M:%S.%f", "%I:%M %p", "%I:%M:%S %p"]
        return [.date(pattern: day)] + clocks.map { .localPattern(day + " " + $0) }
    }
}
