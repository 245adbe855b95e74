import Definitions
import Engines
import Planning
import Vocabulary

/// The ids by which the people of sources of events are known.
///
/// Rows have a number for each person, which several ids may have led to. Answers name people by
/// an id, known ones before anonymous ones, the earliest first.
struct EventPeople {
    private let engine: DuckDBEngine

    /// Nil for a source whose rows name people themselves.
    init?(_ session: WorkspaceSession, source: SourceDefinition?, entity: RecipeKey) {
        guard let source, source.intake != nil, entity.name == "person", entity.expression == nil
        else { return nil }
        engine = session.engine
    }

    /// The numbers of people one of whose ids contains a text, whatever its case; the first 10,000.
    func numbers(containing text: String) async throws(Failure) -> [Int] {
        try await numbers("contains(lower(a.id), $1)", text.lowercased())
    }

    /// The number of the person with an id; nil where nobody has it.
    func number(of id: String) async throws(Failure) -> Int? {
        try await numbers("a.id = $1", id).first
    }

    private func numbers(_ condition: String, _ text: String) async throws(Failure) -> [Int] {
        let frame = try await engine.run(
            Statement(
                """
                select distinct coalesce(m.person, a.actor) as person from events.actors a
                left join events.merges m on m.actor = a.actor
                where \(condition) order by person limit 10000
                """, [.text(text)]))
        return (0..<frame.count).compactMap { frame.columns[0].integer($0) }
    }

    /// The ids of people, by their numbers.
    func ids(of numbers: [Int]) async throws(Failure) -> [Int: [String]] {
        guard !numbers.isEmpty else { return [:] }
        let list = numbers.map(String.init).joined(separator: ", ")
        let frame = try await engine.run(
            Statement(
                """
                select coalesce(m.person, a.actor) as person, a.id from events.actors a
                left join events.merges m on m.actor = a.actor
                where coalesce(m.person, a.actor) in (\(list))
                order by person, a.is_user desc, a.first_seen, a.id
                """))
        var ids: [Int: [String]] = [:]
        for row in 0..<frame.count {
            guard let person = frame.columns[0].integer(row), let id = frame.columns[1].text(row)
            else { continue }
            if ids[person]?.contains(id) != true { ids[person, default: []].append(id) }
        }
        return ids
    }
}

/// The ids of the people that a statement lists, whatever their source.
struct ListedPeople {
    private let ids: [Int: [String]]?

    init(_ people: EventPeople?, _ frame: Frame) async throws(Failure) {
        guard let people else {
            ids = nil
            return
        }
        ids = try await people.ids(
            of: (0..<frame.count).compactMap { frame.columns[0].text($0).flatMap { Int($0) } })
    }

    /// All ids of a person that a row names, the one by which answers name the person first.
    func ids(_ entity: String?) -> [String] {
        guard let entity else { return [] }
        guard let ids, let number = Int(entity) else { return [entity] }
        return ids[number] ?? [entity]
    }
}
