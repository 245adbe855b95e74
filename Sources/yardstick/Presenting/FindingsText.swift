import Definitions
import Vocabulary

/// What `check` found, in the shape of all failures.
struct FindingsText {
    private let findings: [Finding]

    /// Takes findings in the order in which they are told.
    init(_ findings: [Finding]) { self.findings = findings }

    /// Whether a definition is broken.
    var hasErrors: Bool { count(.error) > 0 }

    /// Writes each finding, a blank line after it, and then a sum in one line.
    func write(to output: Output, catalog: Catalog) {
        let hasColor = output.terminal.hasColor && output.terminal.isTerminal
        for finding in findings {
            let word = finding.severity.rawValue + ":"
            output.line(
                style(of: finding.severity).painted(word, in: hasColor) + " "
                    + printable(finding.failure.description))
            output.line()
        }
        output.line(findings.isEmpty ? FindingsText.praise(catalog) : sum)
    }

    /// The findings and how many there are of each severity.
    var json: JSON {
        [
            "findings": .list(findings.map(FindingsText.json)), "errors": .integer(count(.error)),
            "warnings": .integer(count(.warning)), "advice": .integer(count(.advice)),
        ]
    }

    /// The columns of `--format csv`.
    static let csvColumns = ["severity", "code", "message", "hint", "file", "line", "column"]

    /// The rows of `--format csv`, a finding a row.
    var csvRows: [[JSON]] {
        findings.map { finding in
            let failure = finding.failure
            return [
                .text(finding.severity.rawValue), .text(failure.code.rawValue),
                .text(failure.message), .optional(failure.hint), .optional(failure.place?.file),
                .optional(failure.place?.line), .optional(failure.place?.column),
            ]
        }
    }

    private static func json(_ finding: Finding) -> JSON {
        guard case .object(var members) = finding.failure.json else { return .null }
        members.insert(("severity", .text(finding.severity.rawValue)), at: min(1, members.count))
        return .object(members)
    }

    private func count(_ severity: Finding.Severity) -> Int {
        findings.count { $0.severity == severity }
    }

    private var sum: String {
        let files = Set(findings.compactMap(\.failure.place?.file)).count
        let parts = [
            counted(count(.error), "error"), counted(count(.warning), "warning"),
            "\(count(.advice)) advice",
        ]
        return parts.joined(separator: ", ") + " in " + counted(files, "file")
    }

    private static func praise(_ catalog: Catalog) -> String {
        let parts = [
            counted(catalog.writtenSources.count, "source"),
            counted(catalog.metrics.count, "metric"),
            counted(catalog.kpis.count, "KPI"), counted(catalog.objectives.count, "objective"),
        ]
        return "All is well: " + parts.joined(separator: ", ") + "."
    }

    private func style(of severity: Finding.Severity) -> Style {
        switch severity {
        case .error: .bad
        case .warning: .warning
        case .advice: .dim
        }
    }
}

/// A number of things with the right form of their name: `1 row`, `2 rows`.
func counted(_ count: Int, _ name: String) -> String {
    grouped(Double(count), decimals: 0) + " " + name + (count == 1 ? "" : "s")
}
