import Definitions
import Engines
import Vocabulary

/// Which events a source has had, with which properties, and how that fits the tracking plan.
public struct EventInventory: Sendable {
    /// How what came and what is planned fit.
    public enum Status: String, Sendable {
        /// It is as planned, or nothing is planned at all.
        case planned
        /// It came without being planned.
        case unplanned
        /// It is planned and never came.
        case unseen
        /// It came with values of another type than planned.
        case wrongType = "wrong_type"
        /// The plan requires it, and some events came without it.
        case missing
    }

    /// An event and what is known of it.
    public struct Entry: Sendable {
        /// The name that applications send.
        public let name: String
        /// When it happens, as the plan says.
        public let meaning: String?
        /// How many came.
        public let count: Int
        /// When it happened first.
        public let first: Instant?
        /// When it happened last.
        public let last: Instant?
        /// Whether it is planned.
        public let status: Status
        /// Its properties, by name.
        public let properties: [Property]
    }

    /// A property of an event.
    public struct Property: Sendable {
        /// Its name.
        public let name: String
        /// What it says, as the plan says.
        public let meaning: String?
        /// The types of its values, the commonest first.
        public let types: [String]
        /// How many events have it.
        public let count: Int
        /// A value that it had.
        public let example: String?
        /// Whether it is as planned.
        public let status: Status
        /// The type of the source's column of its name; nil where the source declares none.
        public let columnType: ValueType?

        /// Whether it is a column of the source.
        public var isColumn: Bool { columnType != nil }
    }

    /// The source.
    public let source: String
    /// Whether the source has a tracking plan.
    public let isPlanned: Bool
    /// The events, the commonest first, then those that never came.
    public let events: [Entry]

    /// Makes an inventory of the rows of `events.seen_names`: event, property, type, count, first,
    /// last, example.
    init(source: SourceDefinition, plan: TrackingPlan, seen frame: Frame) {
        self.source = source.name
        isPlanned = !plan.isEmpty
        var rows: [String: [Int]] = [:]
        for row in 0..<frame.count {
            rows[frame.columns[0].text(row) ?? "", default: []].append(row)
        }
        let names = plan.names.union(rows.keys)
        events = names.map { name in
            EventInventory.entry(
                name, of: frame, rows: rows[name] ?? [], definition: plan.definition(of: name),
                source: source, isPlanned: !plan.isEmpty)
        }.sorted { $0.count == $1.count ? $0.name < $1.name : $0.count > $1.count }
    }

    private static func entry(
        _ name: String, of frame: Frame, rows: [Int], definition: EventDefinition?,
        source: SourceDefinition, isPlanned: Bool
    ) -> Entry {
        var byProperty: [String: [Int]] = [:]
        var own: Int?
        for row in rows {
            if let property = frame.columns[1].text(row) {
                byProperty[property, default: []].append(row)
            } else {
                own = row
            }
        }
        let count = own.flatMap { frame.columns[3].integer($0) } ?? 0
        let planned = definition?.properties ?? [:]
        let properties = Set(byProperty.keys).union(planned.keys).map { property in
            EventInventory.property(
                property, of: frame, rows: byProperty[property] ?? [], plan: planned[property],
                events: count, columnType: source.columnTypes[property],
                isJudged: definition != nil)
        }.sorted { $0.count == $1.count ? $0.name < $1.name : $0.count > $1.count }
        return Entry(
            name: name, meaning: definition?.meaning, count: count,
            first: own.flatMap { frame.columns[4].instant($0) },
            last: own.flatMap { frame.columns[5].instant($0) },
            status: own == nil
                ? .unseen : isPlanned && definition == nil ? .unplanned : .planned,
            properties: properties)
    }

    private static func property(
        _ name: String, of frame: Frame, rows: [Int], plan: EventDefinition.Property?, events: Int,
        columnType: ValueType?, isJudged: Bool
    ) -> Property {
        let rows = rows.sorted {
            frame.columns[3].integer($0) ?? 0 > frame.columns[3].integer($1) ?? 0
        }
        let types = rows.map { frame.columns[2].text($0) ?? "" }
        let count = rows.reduce(0) { $0 + (frame.columns[3].integer($1) ?? 0) }
        var status = Status.planned
        if let plan {
            if types.contains(where: { !plan.fits(seen: $0) }) {
                status = .wrongType
            } else if rows.isEmpty {
                status = plan.isRequired && events > 0 ? .missing : .unseen
            } else if plan.isRequired, count < events {
                status = .missing
            }
        } else if isJudged, !name.hasPrefix("$") {
            status = .unplanned
        }
        return Property(
            name: name, meaning: plan?.meaning, types: types, count: count,
            example: rows.first.flatMap { frame.columns[6].text($0) }, status: status,
            columnType: columnType)
    }
}

extension EventInventory {
    /// The inventory as the API gives it.
    public var json: JSON {
        [
            "source": .text(source), "planned": .boolean(isPlanned),
            "events": .list(
                events.map { event in
                    [
                        "name": .text(event.name), "is": .optional(event.meaning),
                        "count": .integer(event.count),
                        "first": .optional(event.first?.description),
                        "last": .optional(event.last?.description),
                        "status": .text(event.status.rawValue),
                        "properties": .list(event.properties.map(\.json)),
                    ]
                }),
        ]
    }
}

extension EventInventory.Property {
    fileprivate var json: JSON {
        [
            "name": .text(name), "is": .optional(meaning),
            "type": .optional(types.first { $0 != "null" } ?? types.first),
            "types": .list(types.map(JSON.text)), "count": .integer(count),
            "example": .optional(example), "status": .text(status.rawValue),
            "declared": .boolean(isColumn),
        ]
    }
}
