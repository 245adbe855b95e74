import CDuckDB
import Vocabulary

extension Failure.Code {
    /// Another program has the database open.
    public static let engineInUse: Self = "engine/in-use"
    /// The database file cannot be opened.
    public static let engineCannotOpen: Self = "engine/cannot-open"
    /// The engine was closed before the statement ran.
    public static let engineClosed: Self = "engine/closed"
    /// The caller stopped the statement.
    public static let engineCancelled: Self = "engine/cancelled"
    /// The statement ran longer than the workspace allows.
    public static let engineTimeout: Self = "engine/timeout"
    /// The statement needs more memory than the workspace allows.
    public static let engineOutOfMemory: Self = "engine/out-of-memory"
    /// The text holds no statement, or several.
    public static let engineOneStatement: Self = "engine/one-statement"
    /// A statement that changes something was given where only reading is allowed.
    public static let engineReadOnly: Self = "engine/read-only"
    /// The statement reaches outside the workspace.
    public static let engineForbidden: Self = "engine/forbidden"
    /// The database does not understand the statement.
    public static let engineInvalidStatement: Self = "engine/invalid-statement"
    /// A value cannot be turned into the type that is asked for.
    public static let engineInvalidValue: Self = "engine/invalid-value"
    /// A rule of a table forbids the change.
    public static let engineConstraint: Self = "engine/constraint"
    /// Two changes at the same time touch the same rows.
    public static let engineConflict: Self = "engine/conflict"
    /// A file cannot be read or written.
    public static let engineFile: Self = "engine/file"
    /// A result has a type that a frame cannot hold.
    public static let engineUnsupportedType: Self = "engine/unsupported-type"
    /// The database itself is at fault.
    public static let engineBroken: Self = "engine/broken"
}

/// Turns what DuckDB says into a failure with a code and a way forward.
enum DuckDBFailure {
    static func make(
        _ type: duckdb_error_type, _ text: String, reason: StopReason? = nil
    ) -> Failure {
        let said = lines(of: text)
        let details = Array(said.dropFirst())
        let message = sentence(said.first ?? "DuckDB gave no reason.")
        func failure(_ code: Failure.Code, _ hint: String?) -> Failure {
            Failure(code, message, hint: hint, details: details)
        }
        switch type {
        case DUCKDB_ERROR_INTERRUPT:
            return (reason ?? .cancelled).failure
        case DUCKDB_ERROR_OUT_OF_MEMORY:
            return failure(
                .engineOutOfMemory,
                "Ask for a shorter range or fewer parts, or raise limits.memory in yardstick.yaml.")
        case DUCKDB_ERROR_PERMISSION:
            return failure(
                .engineForbidden,
                "Statements may only touch the workspace's own data and its imports.")
        case DUCKDB_ERROR_INVALID_CONFIGURATION where text.contains("locked"),
            DUCKDB_ERROR_INVALID_INPUT where text.contains("configuration has been locked"):
            return failure(
                .engineForbidden, "Settings of the database are in yardstick.yaml, under limits.")
        case DUCKDB_ERROR_CATALOG, DUCKDB_ERROR_BINDER, DUCKDB_ERROR_PARSER, DUCKDB_ERROR_SYNTAX,
            DUCKDB_ERROR_NOT_IMPLEMENTED, DUCKDB_ERROR_INVALID_CONFIGURATION:
            return failure(.engineInvalidStatement, nil)
        case DUCKDB_ERROR_CONVERSION, DUCKDB_ERROR_OUT_OF_RANGE, DUCKDB_ERROR_INVALID_INPUT,
            DUCKDB_ERROR_MISMATCH_TYPE:
            return failure(.engineInvalidValue, nil)
        case DUCKDB_ERROR_CONSTRAINT:
            return failure(.engineConstraint, nil)
        case DUCKDB_ERROR_TRANSACTION:
            return failure(.engineConflict, "Try again once the other change is done.")
        case DUCKDB_ERROR_IO:
            return failure(.engineFile, "Check that the file is there and the disk is not full.")
        case DUCKDB_ERROR_MISSING_EXTENSION, DUCKDB_ERROR_AUTOLOAD:
            return failure(.engineForbidden, "Extensions of DuckDB cannot be loaded.")
        case DUCKDB_ERROR_FATAL, DUCKDB_ERROR_INTERNAL:
            return failure(
                .engineBroken, "Restart the program; report it if it happens again.")
        default:
            return failure(.engineInvalidStatement, nil)
        }
    }

    /// What could not be prepared or appended tells its kind of error only in words.
    static func kind(ofError text: String) -> duckdb_error_type {
        let kinds: [(String, duckdb_error_type)] = [
            ("Permission", DUCKDB_ERROR_PERMISSION), ("IO", DUCKDB_ERROR_IO),
            ("Out of Memory", DUCKDB_ERROR_OUT_OF_MEMORY),
            ("Conversion", DUCKDB_ERROR_CONVERSION),
            ("Invalid Input", DUCKDB_ERROR_INVALID_INPUT),
            ("Missing Extension", DUCKDB_ERROR_MISSING_EXTENSION),
            ("INTERRUPT", DUCKDB_ERROR_INTERRUPT), ("FATAL", DUCKDB_ERROR_FATAL),
            ("INTERNAL", DUCKDB_ERROR_INTERNAL),
        ]
        return kinds.first { text.hasPrefix($0.0) }?.1 ?? DUCKDB_ERROR_BINDER
    }

    /// What opening a database said; a held lock is told with the process that holds it.
    static func opening(_ path: String, _ text: String) -> Failure {
        if let holder = lockHolder(in: text) { return .inUse(path, by: holder) }
        let said = lines(of: text)
        return Failure(
            .engineCannotOpen,
            "The database \(path) cannot be opened: \(sentence(said.first ?? "no reason given"))",
            hint: text.contains("version")
                ? "It was made by another release of DuckDB; use the release that made it."
                : "Check that the file is a database of this workspace and may be written.",
            details: Array(said.dropFirst()))
    }

    /// Reads `Conflicting lock is held in /usr/bin/yardstick (PID 123)`; nil if it says no such thing.
    static func lockHolder(in text: String) -> String? {
        guard text.contains("Could not set lock on file") else { return nil }
        guard let held = text.firstRange(of: "held in "),
            let end = text[held.upperBound...].firstRange(of: ")")
        else { return "another process" }
        let parts = text[held.upperBound..<end.lowerBound].split(separator: "(PID ", maxSplits: 1)
        guard parts.count == 2 else { return "another process" }
        let program = parts[0].split(separator: "/").last.map { $0.filter { $0 != " " } }
        return "\(program ?? "a program"), process \(parts[1])"
    }

    /// DuckDB's text without the name of its kind, in lines, the pointers to the column left out.
    private static func lines(of text: String) -> [String] {
        var text = Substring(text)
        if let mark = text.firstRange(of: "Error: ") {
            let kind = text[..<mark.lowerBound]
            if kind.allSatisfy({ $0.isLetter || $0 == " " }) { text = text[mark.upperBound...] }
        }
        return text.split(separator: "\n").map { String($0).trimmed }.filter { !$0.isEmpty }
    }

    private static func sentence(_ text: String) -> String {
        guard let last = text.last else { return text }
        return ".!?".contains(last) ? text : text + "."
    }
}

extension Failure {
    /// The database of a path is held by another program.
    static func inUse(_ path: String, by holder: String) -> Failure {
        Failure(
            .engineInUse, "\(path) is in use by \(holder).",
            hint: "Stop that program first; one program at a time may use a workspace.")
    }
}

/// Why a statement was told to stop.
enum StopReason: Sendable {
    case cancelled
    case timeout(seconds: Double)

    var failure: Failure {
        switch self {
        case .cancelled:
            Failure(.engineCancelled, "The statement was cancelled.")
        case .timeout(let seconds):
            Failure(
                .engineTimeout,
                "The statement took longer than \(seconds.formattedPlainly) seconds.",
                hint: "Ask for a shorter range or raise limits.seconds in yardstick.yaml.")
        }
    }
}

extension Double {
    /// The number without `.0` where it is whole.
    fileprivate var formattedPlainly: String {
        self == rounded() && abs(self) < 1e15 ? "\(Int(self))" : "\(self)"
    }
}

extension String {
    /// The text without white space around it.
    fileprivate var trimmed: String {
        let start = drop { $0.isWhitespace }
        return String(start.reversed().drop { $0.isWhitespace }.reversed())
    }
}
