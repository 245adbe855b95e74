import CEmbedded
import Vocabulary

/// The KPIs that the program knows, each in its named variants.
public enum KPILibrary {
    /// All entries, by title and variant.
    public static let entries: [LibraryEntry] = {
        let file = embedded_library_yaml()
        let bytes = UnsafeBufferPointer(start: file.bytes, count: file.count)
        return LibraryReading.entries(of: DefinitionFile(path: "library.yaml", bytes: Array(bytes)))
            .entries
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

    /// The files that add an entry to a workspace, for the user to adapt.
    ///
    /// Several entries share metrics, so a metric's file may be there already: leave it then.
    ///
    /// - Parameters:
    ///   - entry: The entry.
    ///   - source: The user's source that the metrics read.
    ///   - owner: Who answers for the KPI and its metrics; nil leaves that to the user.
    /// - Returns: Paths relative to the workspace, and what the files hold; the KPI is the last.
    public static func yaml(
        for entry: LibraryEntry, source: String, owner: String? = nil
    ) -> [(path: String, yaml: String)] {
        let ownerLine = owner.map { "owner: \($0)\n" } ?? ""
        let metrics = entry.metrics.map { id, yaml in
            let named = yaml.replacing("SOURCE", with: source)
            let owned = named.replacing("\nunit: ", with: "\n\(ownerLine)unit: ")
            return (path: "definitions/metrics/\(id).yaml", yaml: owned)
        }
        let note = """
            # From the KPI library: \(entry.title), \(entry.variant).
            # \(entry.use)
            # How it misleads: \(entry.misleads)
            # Source: \(entry.source).

            """
        let guardrail = entries.first { $0.id == entry.guardrail }?.metric ?? entry.guardrail
        let kpi = """
            kpi: \(entry.id)
            title: "\(entry.title), \(entry.variant)"
            metric: \(entry.metric)
            \(ownerLine)review: \(entry.review.rawValue)
            status: proposed
            # To make it a KPI, say what it is for, where it should go, and what must not suffer:
            # objective: your-objective
            # target: { from: { date: …, value: … }, by: { date: …, value: … } }
            # guardrail: \(guardrail)

            """
        return metrics + [(path: "definitions/kpis/\(entry.id).yaml", yaml: note + kpi)]
    }
}

extension LibraryEntry {
    /// How often it is worth a look: a rolling month or a month of money monthly, the rest weekly.
    fileprivate var review: KPI.Review {
        if case .money = unit { return .monthly }
        return formula.contains("previous(") || id.contains("month") || id.contains("margin")
            ? .monthly : .weekly
    }
}

extension Failure.Code {
    /// The KPI library has no such entry.
    public static let unknownLibraryEntry: Self = "library/unknown-entry"
}
