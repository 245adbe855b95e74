import CEmbedded
import Vocabulary

/// The KPIs that the program knows, each in its named variants.
public enum KPILibrary {
    /// All entries, by title and variant.
    public static var entries: [LibraryEntry] { read.entries }

    /// Which entries fit which goals, business models and stages, the most important first.
    public static var choices: [LibraryChoice] { read.choices }

    /// What is wrong with the library's own files; nothing, as a test sees to.
    static var problems: [Finding] { read.problems }

    private static let read: LibraryReading.Result = {
        let files = (0..<embedded_library_count()).map { index in
            let file = embedded_library_file(index)
            let bytes = UnsafeBufferPointer(start: file.bytes, count: file.count)
            return DefinitionFile(path: "library/\(index).yaml", bytes: Array(bytes))
        }
        return LibraryReading.read(files)
    }()

    /// The entry with a name.
    ///
    /// - Throws: `library/unknown-entry`.
    public static func entry(named id: String) throws(Failure) -> LibraryEntry {
        if let entry = entries.first(where: { $0.id == id }) { return entry }
        let near = nearestName(to: id, among: entries.map(\.id))
        let similar = entries.filter { $0.id.contains(id) }.map(\.id).prefix(5)
        throw Failure(
            .unknownLibraryEntry, "The library has no KPI named '\(shortened(id))'.",
            hint: near.map { "did you mean '\($0)'?" }
                ?? (similar.isEmpty
                    ? "yardstick library lists them all"
                    : "it has \(similar.joined(separator: ", "))"))
    }

    /// A definition that an entry writes.
    public struct File: Sendable {
        /// What it defines: `source`, `metric` or `kpi`.
        public let kind: String
        /// The name of what it defines.
        public let id: String
        /// What it holds.
        public let yaml: String

        /// Where it stands, relative to the workspace.
        public var path: String { "definitions/\(kind)s/\(id).yaml" }
    }

    /// The files that add an entry to a workspace, for the user to adapt.
    ///
    /// Several entries share metrics and derived sources, so one's file may be there already:
    /// leave it then.
    ///
    /// - Parameters:
    ///   - entry: The entry.
    ///   - binding: The user's sources and names.
    ///   - owner: Who answers for the KPI and its metrics; nil leaves that to the user.
    ///   - target: The KPI's target as the inside of `target:`; nil leaves that to the user.
    /// - Returns: The files; the KPI is the last.
    public static func files(
        for entry: LibraryEntry, _ binding: LibraryBinding, owner: String? = nil,
        target: String? = nil
    ) -> [File] {
        let ownerLine = owner.map { "owner: \($0)\n" } ?? ""
        let parts = entry.templates
            .filter { $0.kind == .metric || binding.sources[$0.id] == nil }
            .map { template in
                let bound = binding.bound(template.yaml)
                let isMetric = template.kind == .metric
                return File(
                    kind: template.kind.rawValue,
                    id: isMetric ? template.id : binding.source(template.id),
                    yaml: isMetric
                        ? bound.replacing("\nunit: ", with: "\n\(ownerLine)unit: ")
                        : bound)
            }
        return parts + [kpi(of: entry, ownerLine: ownerLine, target: target)]
    }

    private static func kpi(
        of entry: LibraryEntry, ownerLine: String, target: String?
    ) -> File {
        let guardrail = entries.first { $0.id == entry.guardrail }?.metric ?? entry.guardrail
        let targetLine =
            target.map { "target: \($0)" }
            ?? "# target: { from: { date: …, value: … }, by: { date: …, value: … } }"
        let yaml = """
            # From the KPI library: \(entry.title), \(entry.variant).
            # \(entry.use)
            # How it misleads: \(entry.misleads)
            # Source: \(entry.source).
            kpi: \(entry.id)
            title: "\(entry.title), \(entry.variant)"
            metric: \(entry.metric)
            \(ownerLine)review: \(entry.review.rawValue)
            status: proposed
            # To make it a KPI, say what it is for, where it should go, and what must not suffer:
            # objective: your-objective
            \(targetLine)
            # guardrail: \(guardrail)

            """
        return File(kind: "kpi", id: entry.id, yaml: yaml)
    }
}

extension LibraryEntry {
    /// How often it is worth a look: a month of money or of subscriptions monthly, the rest weekly.
    public var review: KPI.Review {
        if case .money = unit { return .monthly }
        let monthly = ["money", "subscriptions", "customers", "value", "acquisition"]
        return formula.contains("previous(") || id.contains("month") || monthly.contains(family.id)
            ? .monthly : .weekly
    }
}

extension Failure.Code {
    /// The KPI library has no such entry.
    public static let unknownLibraryEntry: Self = "library/unknown-entry"
}
