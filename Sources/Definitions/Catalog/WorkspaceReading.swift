import Foundation
import Vocabulary

/// Reads `yardstick.yaml`.
struct WorkspaceReading {
    let reader: NodeReader

    func settings(title: String) -> WorkspaceSettings {
        var settings = WorkspaceSettings(title: title)
        if let zone = reader.zone("zone") { settings.zone = zone }
        let weekdays = Weekday.allCases.map { ($0.name, $0) }
        if let day = reader.word("first_weekday", of: weekdays) { settings.firstWeekday = day }
        if let fiscal = fiscal() { settings.fiscal = fiscal }
        let currency = reader.value(
            "currency", is: "an ISO 4217 code", example: "EUR",
            make: { CurrencyCodes.all.contains($0) ? $0 : nil })
        if let currency { settings.currency = currency }
        if let count = reader.count("minimum_n") { settings.minimumCount = count }
        settings.limits = limits()
        if let git = reader.mapping("git", what: "git setting") {
            settings.gitFolders = git.names("allow")
            git.finish()
        }
        reader.finish()
        return settings
    }

    private func fiscal() -> FiscalRule? {
        guard let fiscal = reader.mapping("fiscal", what: "fiscal year") else { return nil }
        let months = WorkspaceReading.months.enumerated().map { ($0.element, $0.offset + 1) }
        let first = fiscal.word("first_month", of: months) ?? 1
        let pattern = fiscal.word("pattern", as: FiscalRule.WeekPattern.self)
        fiscal.finish()
        return pattern.map { .weeks(first: first, pattern: $0) } ?? .months(first: first)
    }

    private static let months = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september",
        "october", "november", "december",
    ]

    private func limits() -> QuestionLimits {
        var limits = QuestionLimits()
        guard let written = reader.mapping("limits", what: "limits") else { return limits }
        limits.memoryBytesMax = written.value(
            "memory", is: "a size", example: "4GB", make: WorkspaceReading.bytes)
        limits.threadsMax = written.count("threads")
        if let rows = written.count("rows") { limits.rowsMax = rows }
        if let seconds = written.count("seconds") { limits.secondsMax = seconds }
        written.finish()
        return limits
    }

    /// Reads `512MB` or `4GB`, in powers of 1,000 as DuckDB does.
    static func bytes(_ text: String) -> Int? {
        let compact = text.uppercased().filter { $0 != " " }
        let scales = [("KB", 1_000), ("MB", 1_000_000), ("GB", 1_000_000_000)]
        guard let (suffix, scale) = scales.first(where: { compact.hasSuffix($0.0) }),
            let number = Int(compact.dropLast(suffix.count)), (1...1_000_000).contains(number)
        else { return nil }
        return number * scale
    }
}

extension NodeReader {
    /// A whole number from 1 on.
    func count(_ key: String) -> Int? {
        value(
            key, is: "a whole number from 1 on", example: "5",
            make: { text in Int(text).flatMap { (1...1_000_000_000).contains($0) ? $0 : nil } })
    }

    /// A time zone that this machine knows.
    func zone(_ key: String) -> String? {
        guard let name = text(key) else { return nil }
        if name == "UTC" || (name.contains("/") && TimeZone(identifier: name) != nil) {
            return name
        }
        let near = nearestName(to: name, among: TimeZone.knownTimeZoneIdentifiers)
        report(
            .unknownZone, "There is no time zone named '\(shortened(name))'.", at: node(key)?.place,
            hint: near.map { "did you mean '\($0)'?" }
                ?? "write an IANA name, such as Europe/Berlin or UTC")
        return nil
    }
}

extension Failure.Code {
    /// A time zone's name is not known.
    public static let unknownZone: Self = "definition/unknown-zone"
}
