import Engines
import Foundation
import Vocabulary

/// One import on one connection: tries, learns and tries again, each time in a transaction.
///
/// DuckDB's transactions have no save points, so what is learnt while loading (a column that must be
/// wider, a file that cannot be read) undoes the attempt, and the next one knows it from the start.
final class ImportRun {
    private let connection: DuckDBConnection
    private let request: ImportRequest
    private let now: Instant
    private let tracker: ImportTracker
    private let ledger: ImportLedger
    private let table: TableName
    private let zone: ZoneOffsets
    private let start = ContinuousClock.now
    private var digests: [String: FileDigest] = [:]
    private var stamps: [String: FileStamp] = [:]
    private var refused: [String: Failure] = [:]
    private var widened: [String: ColumnReading] = [:]

    init(
        _ connection: DuckDBConnection, _ request: ImportRequest, now: Instant,
        tracker: ImportTracker
    ) {
        self.connection = connection
        self.request = request
        self.now = now
        self.tracker = tracker
        ledger = ImportLedger(connection)
        table = SourceImporter.table(of: request.source)
        zone = KnownZones.shared.offsets(of: request.zone)
    }

    /// An attempt either comes to its end, or teaches something.
    private enum Attempt {
        case done(ImportReport)
        case learnt
    }

    func run() throws(Failure) -> ImportReport {
        try digestFiles()
        while true {
            tracker.restart()
            try connection.execute("begin transaction")
            do throws(Failure) {
                if case .done(let report) = try attempt() {
                    try connection.execute("commit")
                    return report
                }
                connection.rollBack()
            } catch {
                connection.rollBack()
                throw error
            }
        }
    }

    /// Reads every file once to know its content; a file that is not readable is refused.
    private func digestFiles() throws(Failure) {
        for file in request.files {
            do throws(Failure) {
                if let failure = file.failure { throw failure }
                guard let stamp = FileStamp(path: file.path) else {
                    throw Failure(.importMissingFile, "There is no file '\(file.label)'.")
                }
                stamps[file.path] = stamp
                digests[file.path] = try FileDigest(path: file.path) { () throws(Failure) in
                    try connection.checkStop()
                }
            } catch {
                try refuse(file, error)
            }
        }
    }

    /// Remembers that a file cannot be imported; throws where no other file is left.
    private func refuse(_ file: ImportFile, _ failure: Failure) throws(Failure) {
        guard failure.isFaultOfFile else { throw failure }
        refused[file.path] = failure
        if request.files.allSatisfy({ refused[$0.path] != nil }) {
            throw refused[request.files[0].path] ?? failure
        }
    }

    private func attempt() throws(Failure) -> Attempt {
        try ledger.prepare()
        let kept = try ledger.columns(of: request.source)
        let known = try ledger.files(of: request.source)
        var planner = FilePlanner(connection, request, columns: kept, widened: widened)
        var plans: [String: FilePlan] = [:]
        var contents = Set(known.map(\.digest))
        for file in request.files where refused[file.path] == nil {
            guard let digest = digests[file.path], contents.insert(digest.hex).inserted else {
                continue
            }
            do throws(Failure) {
                plans[file.path] = try planner.plan(file)
            } catch {
                try refuse(file, error.asImportFailure(file))
                return .learnt
            }
        }
        if !plans.isEmpty { try prepareTable(planner.columns, kept: kept) }
        return try load(plans, planner, known, isFirst: kept.isEmpty)
    }

    private func load(
        _ plans: [String: FilePlan], _ planner: FilePlanner, _ known: [ImportLedger.File],
        isFirst: Bool
    ) throws(Failure) -> Attempt {
        let bytes = plans.keys.reduce(1) { $0 + (digests[$1]?.bytes ?? 0) }
        var reports: [ImportReport.File] = []
        for file in request.files {
            if let failure = refused[file.path] {
                reports.append(.refused(file, failure))
            } else if let plan = plans[file.path], let digest = digests[file.path] {
                tracker.begin(share: Double(digest.bytes) / Double(bytes))
                let old = known.first { $0.label == file.label }
                let stored: FileLoad.Outcome?
                do throws(Failure) {
                    stored = try store(plan, digest, planner, old: old, isFirst: isFirst)
                } catch {
                    try refuse(file, error.asImportFailure(file))
                    return .learnt
                }
                guard let outcome = stored else { return .learnt }
                tracker.end(rows: outcome.read)
                reports.append(.loaded(file, outcome, isReplaced: old != nil, notes: plan.notes))
            } else {
                reports.append(.unchanged(file, known, digests[file.path]))
            }
        }
        return .done(try conclude(reports, planner, hasChanged: !plans.isEmpty))
    }

    /// Loads a file; nil where an attempt with wider columns is needed.
    private func store(
        _ plan: FilePlan, _ digest: FileDigest, _ planner: FilePlanner, old: ImportLedger.File?,
        isFirst: Bool
    ) throws(Failure) -> FileLoad.Outcome? {
        let file = plan.reader.file
        let id = try ledger.nextFile()
        if let old {
            try connection.execute(
                "delete from \(table.sql) where _file = $1", [.integer(Int64(old.id))])
        }
        let load = FileLoad(
            connection: connection, reader: plan.reader, columns: plan.columns,
            timeColumn: planner.timeColumn, table: table, zone: zone, id: id,
            mayWiden: isFirst ? widenable(plan, planner) : [])
        let outcome: FileLoad.Outcome
        switch try load.run() {
        case .loaded(let loaded): outcome = loaded
        case .tooNarrow(let readings):
            widened.merge(readings) { $1 }
            return nil
        }
        guard FileStamp(path: file.path) == stamps[file.path] else {
            throw Failure(
                .importFileChanged, "\(file.label) was changed while it was read.",
                hint: "Import it again when it is complete.")
        }
        try ledger.store(
            ImportLedger.File(
                id: id, label: file.label, bytes: digest.bytes, digest: digest.hex,
                rowsRead: outcome.read, rowsStored: outcome.stored, rowsRefused: outcome.refused,
                importedAt: now),
            of: request.source, insteadOf: old?.id)
        return outcome
    }

    /// The columns that may take a wider type: not pinned, not the time column.
    private func widenable(_ plan: FilePlan, _ planner: FilePlanner) -> Set<Int> {
        Set(
            plan.columns.filter { column in
                column.name != planner.timeColumn
                    && planner.pin(of: column.name, plan.reader) == nil
            }.map(\.index))
    }

    private func prepareTable(
        _ columns: [ImportLedger.Column], kept: [ImportLedger.Column]
    ) throws(Failure) {
        guard !kept.isEmpty else {
            let definitions = columns.map {
                "\(quotedName($0.name)) \($0.reading.storedType)"
            }
            try connection.execute(
                "create table \(table.sql) (\(definitions.joined(separator: ", ")), _file integer)")
            return
        }
        for column in columns {
            let old = kept.first { $0.name == column.name }
            let type = column.reading.storedType
            if old == nil {
                try connection.execute(
                    "alter table \(table.sql) add column \(quotedName(column.name)) \(type)")
            } else if old?.reading.storedType != type {
                try connection.execute(
                    "alter table \(table.sql) alter column \(quotedName(column.name)) set data type \(type)"
                )
            }
        }
    }

    private func conclude(
        _ files: [ImportReport.File], _ planner: FilePlanner, hasChanged: Bool
    ) throws(Failure) -> ImportReport {
        var version = try ledger.version(of: request.source)
        if hasChanged {
            version += 1
            try ledger.setVersion(version, of: request.source)
            try ledger.store(planner.columns, of: request.source)
        }
        let stored = try ledger.files(of: request.source).reduce(0) { $0 + $1.rowsStored }
        return ImportReport(
            source: request.source, files: files, rows: stored,
            seconds: (ContinuousClock.now - start) / .seconds(1), version: version)
    }
}

extension Failure {
    /// Whether the file is at fault, so that the other files of an import go on.
    fileprivate var isFaultOfFile: Bool {
        code.rawValue.hasPrefix("import/") && code != .importOption
    }

    /// What DuckDB says of a file's content, as a failure of that file.
    fileprivate func asImportFailure(_ file: ImportFile) -> Failure {
        guard [.engineInvalidValue, .engineFile].contains(code) else { return self }
        if message.contains("unicode") || message.contains("utf-8") {
            return Failure(
                .importEncoding, "\(file.label) is not in the encoding that is expected.",
                hint: "Set the option encoding to latin-1 or utf-16, or save the file as UTF-8.",
                details: [message] + details)
        }
        return Failure(
            .importUnreadable, "\(file.label) cannot be read: \(message)",
            hint: message.contains("state machine")
                ? "Give all lines the same line ends, and quote values as CSV does."
                : "Check that the file is complete and is what its name says.",
            details: details)
    }
}

extension ImportReport.File {
    fileprivate static func refused(_ file: ImportFile, _ failure: Failure) -> Self {
        let refusal = ImportReport.Refusal(
            line: nil, column: nil, reason: failure.message, text: failure.hint)
        return Self(
            file: file.label, state: .refused, rowsRead: 0, rowsStored: 0, rowsRefused: 0,
            refusals: [refusal], notes: [])
    }

    fileprivate static func loaded(
        _ file: ImportFile, _ outcome: FileLoad.Outcome, isReplaced: Bool, notes: [String]
    ) -> Self {
        Self(
            file: file.label, state: isReplaced ? .replaced : .stored, rowsRead: outcome.read,
            rowsStored: outcome.stored, rowsRefused: outcome.refused, refusals: outcome.refusals,
            notes: notes + outcome.notes)
    }

    fileprivate static func unchanged(
        _ file: ImportFile, _ known: [ImportLedger.File], _ digest: FileDigest?
    ) -> Self {
        let old = known.first { $0.digest == digest?.hex }
        let notes =
            old.map { $0.label == file.label ? [] : ["The content is that of \($0.label)."] }
            ?? ["The content is that of another file of this import."]
        return Self(
            file: file.label, state: .unchanged, rowsRead: 0, rowsStored: old?.rowsStored ?? 0,
            rowsRefused: 0, refusals: [], notes: notes)
    }
}
