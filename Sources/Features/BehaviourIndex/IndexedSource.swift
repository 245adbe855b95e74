import Definitions
import Engines
import Vocabulary

/// A source of events as far as an index of its histories needs to know it.
struct IndexedSource: Hashable, Sendable {
    /// A column that may be chosen.
    struct Column: Hashable, Sendable {
        let name: String
        let type: ValueType
        /// Whether the definition declares it.
        let isDeclared: Bool
    }

    /// The source's name.
    let name: String
    /// Whether events of programs do not count.
    let dropsBots: Bool
    /// The columns that may be chosen, those that matter most first.
    let candidates: [Column]

    /// Why a source of events may have no index.
    static let obstacle = "the source takes its times or events from other columns"
    /// Grows when an index is made in another way, so that older ones are made anew.
    private static let form = 1
    /// The columns that every source of events has and by which people filter.
    private static let context = [
        "country", "device", "browser", "system", "language", "kind", "campaign_source",
        "campaign_medium", "campaign_name", "referrer_host", "path",
    ]

    /// Describes a source; nil where its rows are no events, or where its definition takes another
    /// column than usual for the time or the event.
    init?(_ source: SourceDefinition) {
        guard let intake = source.intake, source.time?.column == "time", source.event == "event"
        else { return nil }
        name = source.name
        dropsBots = intake.actors == .people
        let declared = source.columnTypes.sorted { $0.key < $1.key }
            .filter { [.text, .boolean, .integer].contains($0.value) }
            .map { Column(name: $0.key, type: $0.value, isDeclared: true) }
        candidates =
            declared
            + Self.context.map { Column(name: $0, type: .text, isDeclared: false) }
    }

    /// Changes whenever an index made before must not be used.
    var fingerprint: String {
        let columns = candidates.filter(\.isDeclared).map { "\($0.name) \($0.type.rawValue)" }
        return ContentHash.hex(
            ["\(Self.form)", name, "\(dropsBots)", columns.joined(separator: ", ")], length: 32)
    }

    /// The table of all its events, those of programs included.
    var table: String { EventTables.table(of: name).sql }

    /// The type of a column of the table.
    func type(of column: String) -> ValueType? {
        candidates.first { $0.name == column }?.type
    }

    /// Whether a row does not count, as SQL.
    var isLeftOut: String { dropsBots ? "coalesce(is_bot, true)" : "false" }
}
