import Engines
import Vocabulary

/// How one file is going to be read: which of its columns go where, and how they are written.
struct FilePlan {
    let reader: FileReader
    var columns: [FileLoad.Column]
    var notes: [String]
}

/// Makes the plans of an import, and keeps the columns that the source will have afterwards.
struct FilePlanner {
    let connection: DuckDBConnection
    let request: ImportRequest
    /// The columns of the source, in the order of the table.
    private(set) var columns: [ImportLedger.Column]
    /// Readings that an earlier attempt of the first import has found to be needed.
    let widened: [String: ColumnReading]
    private let hadColumns: Bool

    init(
        _ connection: DuckDBConnection, _ request: ImportRequest, columns: [ImportLedger.Column],
        widened: [String: ColumnReading]
    ) {
        self.connection = connection
        self.request = request
        self.columns = columns
        self.widened = widened
        hadColumns = !columns.isEmpty
    }

    /// The stored column that places rows in time; nil where the source has none.
    var timeColumn: String? {
        request.time.flatMap { time in columns.first { Self.same($0.name, time.column) }?.name }
    }

    /// Looks at a file and plans how it is read.
    mutating func plan(_ file: ImportFile) throws(Failure) -> FilePlan {
        let reader = try FileReader(file, request, on: connection)
        try checkColumns(of: reader)
        try connection.execute(
            """
            create or replace temp table \(TypeInference.sampleTable) as
            select * from (\(reader.relation(.sample))) limit \(TypeInference.sampleRows)
            """)
        var plan = FilePlan(reader: reader, columns: [], notes: [])
        for (index, column) in reader.columns.enumerated() {
            let reading = try reading(of: column, index, reader, &plan.notes)
            let name = try keep(column, reading, reader, &plan.notes)
            let chosen = reading ?? kept(name)?.reading ?? .text
            plan.columns.append(
                FileLoad.Column(
                    index: index, name: name, reading: chosen,
                    likely: chosen.isLocal ? try likelySpan(index, chosen) : nil))
        }
        try connection.execute("drop table if exists \(TypeInference.sampleTable)")
        let present = Set(plan.columns.map { $0.name.lowercased() })
        let missing = columns.filter { !present.contains($0.name.lowercased()) }
        if !missing.isEmpty {
            let names = missing.map { "'\($0.name)'" }.joined(separator: ", ")
            plan.notes.append("The file does not have \(names); these values are absent.")
        }
        return plan
    }

    /// Where the times of a file probably lie: from a month before its first rows to two years after.
    private func likelySpan(
        _ index: Int, _ reading: ColumnReading
    ) throws(Failure) -> ClosedRange<Int>? {
        let parsed = reading.parse("v\(index)", decimal: request.options.decimal)
        let frame = try connection.run(
            Statement(
                """
                select min(t), max(t) from (select \(parsed) as t from \(TypeInference.sampleTable))
                where t between timestamp '1900-01-01' and timestamp '2100-01-01'
                """))
        guard let first = frame.columns[0].instant(0), let last = frame.columns[1].instant(0)
        else { return nil }
        return first.adding(seconds: -30 * 86_400)
            .seconds...last.adding(seconds: 730 * 86_400).seconds
    }

    private func kept(_ name: String) -> ImportLedger.Column? {
        columns.first { Self.same($0.name, name) }
    }

    /// Small and capital letters, spaces and underscores do not count.
    static func same(_ one: String, _ other: String) -> Bool { key(one) == key(other) }

    private static func key(_ name: String) -> String {
        String(name.lowercased().map { $0 == " " ? "_" : $0 })
    }

    /// The type that a person has set for a column, or else that the layout of the file gives it.
    func pin(of name: String, _ reader: FileReader) -> ValueType? {
        request.pins.first { Self.same($0.key, name) }?.value ?? reader.layout?.columnTypes[name]
    }

    private func checkColumns(of reader: FileReader) throws(Failure) {
        let names = reader.columns.map(\.name)
        if hadColumns, !names.contains(where: { kept($0) != nil }) {
            throw Failure(
                .importOtherColumns,
                "\(reader.file.label) has none of the columns of the source '\(request.source)'.",
                hint: "Check that the file belongs to this source and begins with its header.",
                details: ["columns of the file: " + names.prefix(20).joined(separator: ", ")])
        }
        if let time = request.time, !names.contains(where: { Self.same($0, time.column) }) {
            let near = nearestName(to: time.column, among: names)
            throw Failure(
                .importTimeColumn,
                "\(reader.file.label) does not have the time column '\(time.column)'.",
                hint: near.map { "Did you mean '\($0)'?" }
                    ?? "Name a column of the file under `time` of the source.")
        }
    }

    /// How a column of the file is written; nil where the file has no value in it.
    private func reading(
        of column: FileReader.Column, _ index: Int, _ reader: FileReader, _ notes: inout [String]
    ) throws(Failure) -> ColumnReading? {
        let isTime = request.time.map { Self.same($0.column, column.name) } ?? false
        let known = kept(column.name)
        if let widened = widened[column.name.lowercased()] { return widened }
        if isTime, let format = request.time?.format { return ColumnReading(timeFormat: format) }
        let pin = pin(of: column.name, reader)
        if let type = column.type,
            let typed = ColumnReading(fileType: type, pin: pin, kept: known?.reading.storedType)
        {
            return typed
        }
        let pinned = pin.flatMap { ColumnReading(pin: $0) }
        if let pinned, known == nil || known?.isPinned == true { return pinned }
        let sample = "select * from \(TypeInference.sampleTable)"
        if let known, known.isKnown {
            return try again(known, index, in: sample, isTime: isTime) ?? known.reading
        }
        return try first(
            TypeInference.Wish(
                index: index, name: column.name,
                storedType: pin == .day ? "DATE" : pin == .instant ? "TIMESTAMP" : nil,
                isTime: isTime || pin == .day || pin == .instant),
            reader, in: sample, &notes)
    }

    /// A column whose type is kept, in a file that may write it in another way.
    private func again(
        _ known: ImportLedger.Column, _ index: Int, in sample: String, isTime: Bool
    ) throws(Failure) -> ColumnReading? {
        guard ["DATE", "TIMESTAMP"].contains(known.reading.storedType) else { return nil }
        let inference = TypeInference(connection: connection, decimal: request.options.decimal)
        if try inference.fitsSome(known.reading, index, in: sample) { return nil }
        let wish = TypeInference.Wish(
            index: index, name: known.name, storedType: known.reading.storedType, isTime: isTime)
        if case .reading(let reading) = try inference.finding(wish, in: sample) { return reading }
        return nil
    }

    /// A column that is new, or has had no value so far.
    private func first(
        _ wish: TypeInference.Wish, _ reader: FileReader, in sample: String,
        _ notes: inout [String]
    ) throws(Failure) -> ColumnReading? {
        let inference = TypeInference(connection: connection, decimal: request.options.decimal)
        var finding = try inference.finding(wish, in: sample)
        if case .ambiguous = finding {
            finding = try inference.finding(wish, in: reader.relation(.again))
        }
        // A file that names its time's format writes other times alike.
        if case .ambiguous(let one, let other) = finding, let format = request.time?.format,
            let alike = [one, other].first(where: { $0.pattern == format })
        {
            return alike
        }
        switch finding {
        case .reading(let reading): return reading
        case .empty: return nil
        case .ambiguous where !wish.isTime:
            notes.append(
                "Day and month of '\(wish.name)' cannot be told apart, so it is kept as a text.")
            return .text
        case .ambiguous(let one, let other):
            throw Failure(
                .importAmbiguousDate,
                "Day and month of '\(wish.name)' in \(reader.file.label) cannot be told apart.",
                hint:
                    "Set `format` of the time column to \(one.pattern ?? "") or \(other.pattern ?? "")."
            )
        case .none(let example):
            throw Failure(
                .importTimeColumn,
                "The column '\(wish.name)' of \(reader.file.label) holds no times, but '\(example.prefix(60))'.",
                hint:
                    "Set `format` of the time column, for example \"%d.%m.%Y %H:%M\" or epoch_seconds."
            )
        }
    }

    /// Remembers a column of the file; returns the name of the stored column.
    private mutating func keep(
        _ column: FileReader.Column, _ reading: ColumnReading?, _ reader: FileReader,
        _ notes: inout [String]
    ) throws(Failure) -> String {
        if let index = columns.firstIndex(where: { Self.same($0.name, column.name) }) {
            if !columns[index].isKnown, let reading {
                columns[index].reading = reading
                columns[index].isKnown = true
            }
            return columns[index].name
        }
        if hadColumns { notes.append("The column '\(column.name)' is new.") }
        columns.append(
            ImportLedger.Column(
                name: column.name, reading: reading ?? .unseen(pin: pin(of: column.name, reader)),
                isKnown: reading != nil, isPinned: pin(of: column.name, reader) != nil))
        return column.name
    }
}

extension ColumnReading {
    /// The reading of a column that has had no value so far: a pin still decides its type.
    fileprivate static func unseen(pin: ValueType?) -> ColumnReading {
        switch pin {
        case .instant: .local
        case .day: .date(pattern: "%Y-%m-%d")
        default: .text
        }
    }

    /// The pattern of a date or a local time.
    fileprivate var pattern: String? {
        switch self {
        case .date(let pattern), .localPattern(let pattern): pattern
        default: nil
        }
    }

    /// How a typed column of a file is read into a column whose stored type may be kept already.
    fileprivate init?(fileType: String, pin: ValueType?, kept: String?) {
        guard let reading = ColumnReading(fileType: fileType, pin: pin) else { return nil }
        if let kept, case .typed(_, let file) = reading {
            self = .typed(stored: kept, file: file)
        } else {
            self = reading
        }
    }
}
