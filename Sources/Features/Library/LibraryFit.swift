import Definitions
import Vocabulary

/// What a workspace lacks for an entry of the library.
public struct LibraryGap: Hashable, Sendable {
    /// What is needed.
    public let need: LibraryNeed
    /// The user's source that should have it; nil where the source itself is missing.
    public let source: String?
    /// Names that the workspace has and that may be meant.
    public let near: [String]

    /// What is missing and what could be meant, in a sentence.
    public var text: String {
        let what: String
        switch (need.kind, source) {
        case (.source, _), (_, nil):
            let part = need.role.lowercased()
            what = "no source plays the part '\(part)': \(need.meaning)"
        case (.time, let source?): what = "'\(source)' has no time: \(need.meaning)"
        case (let kind, let source?):
            let type = need.type.map { " (\($0.rawValue))" } ?? ""
            what = "'\(source)' has no \(kind.rawValue) '\(need.name)'\(type): \(need.meaning)"
        }
        guard let hint else { return what }
        return "\(what); \(hint)"
    }

    /// How to say what is meant.
    private var hint: String? {
        switch need.kind {
        case .time: return "add time: COLUMN to the source"
        case .source:
            let names = near.isEmpty ? "NAME" : near.joined(separator: " or ")
            return "name it with --source \(need.role.lowercased())=\(names)"
        case .entity where near.isEmpty: return "add entities: { \(need.name): COLUMN } to it"
        case .entity, .column, .event:
            guard let first = near.first else { return nil }
            let others = near.dropFirst()
            return "if it is '\(first)', add --\(need.kind.rawValue) \(need.name)=\(first)"
                + (others.isEmpty ? "" : " (also near: \(others.joined(separator: ", ")))")
        }
    }
}

/// Compares what an entry needs with what a workspace has.
struct LibraryFit {
    let catalog: Catalog
    let facts: [String: SourceFacts]
    /// The events that occur in a source's data, where it names an event column.
    let events: [String: [String]]

    /// What is missing of an entry's needs, in their order.
    func gaps(of entry: LibraryEntry, _ binding: LibraryBinding) -> [LibraryGap] {
        let needs = Set(entry.writtenRoles(binding))
        return entry.needs.filter { needs.contains($0.role) }.compactMap { gap($0, binding) }
    }

    private func gap(_ need: LibraryNeed, _ binding: LibraryBinding) -> LibraryGap? {
        let bound = binding.sources[need.role] ?? ""
        guard let source = catalog.sources[bound] else {
            let names = catalog.writtenSources.map(\.name)
            let near = nearestName(to: need.role.lowercased(), among: names).map { [$0] } ?? []
            return need.kind == .source || need.role == LibraryNeed.mainRole
                ? LibraryGap(need: need, source: nil, near: near) : nil
        }
        let name = binding.names[need.name] ?? need.name
        let isMet: Bool
        let others: [String]
        switch need.kind {
        case .source: return nil
        case .time: (isMet, others) = (source.time != nil, [])
        case .entity:
            (isMet, others) = (source.entities[name] != nil, source.entities.keys.sorted())
        case .column: (isMet, others) = column(name, need.type, of: source)
        case .event:
            others = events[source.name] ?? []
            isMet = source.event != nil && (others.isEmpty || others.contains(name))
        }
        return isMet
            ? nil : LibraryGap(need: need, source: source.name, near: near(name, need, others))
    }

    private func column(
        _ name: String, _ type: ValueType?, of source: SourceDefinition
    ) -> (isMet: Bool, others: [String]) {
        let stored = facts[source.name] ?? .empty
        let scope = ExpressionScope(source: source, facts: stored)
        let fitting = stored.columns.filter { $0.type.canStand(for: type) }.map(\.name)
        if source.dimensions[name] != nil || source.entities[name] != nil { return (true, fitting) }
        guard let column = scope.column(named: name) else { return (false, fitting) }
        return (column.type == .unknown || column.type.canStand(for: type), fitting)
    }

    /// Names that share a word with what is wanted, or are spelt nearly so; else, where only a few
    /// could be meant, those.
    private func near(_ name: String, _ need: LibraryNeed, _ others: [String]) -> [String] {
        let words = Set(name.lowercased().split(separator: "_"))
        var near = others.filter { other in
            let parts = other.lowercased().split { !$0.isLetter && !$0.isNumber }
            return !words.isDisjoint(with: parts)
        }
        if let spelt = nearestName(to: name, among: others), !near.contains(spelt) {
            near.insert(spelt, at: 0)
        }
        return near.isEmpty && others.count <= 4 ? others : Array(near.prefix(4))
    }
}

extension ValueType {
    /// Whether a column of this type can be used where another is asked for.
    fileprivate func canStand(for wanted: ValueType?) -> Bool {
        guard let wanted, wanted != self else { return true }
        let numbers: Set<ValueType> = [.integer, .number, .decimal]
        let times: Set<ValueType> = [.day, .instant]
        return (numbers.contains(self) && numbers.contains(wanted))
            || (times.contains(self) && times.contains(wanted))
    }
}
