import Definitions
import Engines
import Planning
import Synchronization
import Vocabulary

/// The names of the events of a source, and of the properties that came with each.
struct NamesThatCame: Sendable {
    /// The properties of each event; none where the source is not of events of applications.
    fileprivate let events: [String: Set<String>]
    /// Whether other names may have come as well.
    private let hasOthers: Bool
    private let source: SourceDefinition

    /// Of so many names others are not known.
    private static let namesMax = 10_000
    /// What names beyond the limit of the inventory are counted as.
    private static let other = "…"

    /// Reads the inventory of a source of events, or which events other rows have.
    fileprivate init(
        _ scope: ExpressionScope, hasInventory: Bool, _ engine: DuckDBEngine
    ) async throws(Failure) {
        source = scope.source
        var events: [String: Set<String>] = [:]
        if source.intake != nil {
            guard hasInventory else {
                (self.events, hasOthers) = ([:], false)
                return
            }
            let frame = try await engine.run(
                Statement(
                    "SELECT DISTINCT event, property FROM events.seen WHERE source = $1",
                    [.text(source.name)]))
            for row in 0..<frame.count {
                let event = frame.columns[0].text(row) ?? ""
                events[event, default: []].formUnion(frame.columns[1].text(row).map { [$0] } ?? [])
            }
            hasOthers = events.removeValue(forKey: Self.other) != nil
        } else if let column = source.event.flatMap({ scope.column(named: $0) }) {
            let frame = try await engine.run(
                Statement(
                    """
                    SELECT DISTINCT CAST(\(quotedName(column.name)) AS VARCHAR)
                    FROM \(SourceImporter.table(of: source.name).sql) LIMIT \(Self.namesMax + 1)
                    """))
            for row in 0..<frame.count {
                if let event = frame.columns[0].text(row) { events[event] = [] }
            }
            hasOthers = events.count > Self.namesMax
        } else {
            hasOthers = true
        }
        self.events = events
    }

    /// What of a question has never come, as notes.
    ///
    /// - Parameters:
    ///   - mentions: What the question names.
    ///   - plan: The tracking plan; what it has may stand in questions before it comes.
    /// - Returns: A note for each name.
    func notes(on mentions: BehaviourMentions, plan: TrackingPlan) -> [String] {
        guard !hasOthers else { return [] }
        guard !events.isEmpty else {
            return mentions.events.isEmpty ? [] : ["No event came to '\(source.name)' so far."]
        }
        return mentions.events.filter { events[$0] == nil }.map { note(event: $0, plan) }
            + mentions.columns.filter(lacks).map(note)
    }

    private func note(event: String, _ plan: TrackingPlan) -> String {
        let start =
            source.intake == nil
            ? "No row of '\(source.name)' has the event '\(event)'"
            : "No event '\(event)' came to '\(source.name)' so far"
        if plan.names.contains(event) { return "\(start); the tracking plan has it." }
        if let near = nearestName(to: event, among: Set(events.keys).union(plan.names)) {
            return "\(start); did you mean '\(near)'?"
        }
        return source.intake == nil
            ? "\(start); there are \(Self.listed(events.keys))."
            : "\(start); 'yardstick events list \(source.name)' shows those that did."
    }

    /// Whether a column of a property is looked at on events that all came, but never with it.
    private func lacks(_ column: BehaviourMentions.Column) -> Bool {
        guard source.intake != nil, source.columnTypes[column.name] != nil else { return false }
        guard !column.events.isEmpty else {
            return !events.values.contains { $0.contains(column.name) }
        }
        let came = column.events.compactMap { events[$0] }
        return !came.isEmpty && !came.contains { $0.contains(column.name) }
    }

    private func note(_ column: BehaviourMentions.Column) -> String {
        let name = column.name
        let which = column.events.filter { events[$0] != nil }.map { "'\($0)'" }
        let start =
            which.isEmpty
            ? "No event of '\(source.name)' came with a property '\(name)' so far"
            : "No \(which.joined(separator: " or ")) came with a property '\(name)' so far"
        let own = column.events.isEmpty ? Array(events.keys) : column.events
        let properties = own.reduce(into: Set<String>()) { $0.formUnion(events[$1] ?? []) }
        if let near = nearestName(to: name, among: properties) {
            return "\(start); did you mean '\(near)'?"
        }
        let others = events.filter { $0.value.contains(name) }.keys
        return others.isEmpty ? "\(start)." : "\(start); it came with \(Self.listed(others))."
    }

    /// A few names, and how many there are.
    static func listed(_ names: some Collection<String>) -> String {
        let more = names.count > 5 ? ", … (\(names.count) in all)" : ""
        return names.sorted().prefix(5).map { "'\($0)'" }.joined(separator: ", ") + more
    }
}

/// The names that came to sources, each read once for a state of its rows.
final class NamesThatCameMemory: Sendable {
    private struct Known {
        let facts: SourceFacts
        let source: SourceDefinition
        let names: NamesThatCame
    }

    private let known = Mutex<[String: Known]>([:])

    /// The names that came to a source.
    ///
    /// - Parameters:
    ///   - scope: The source and what is known of it.
    ///   - hasInventory: Whether any application has sent anything.
    ///   - engine: The database.
    ///   - rereads: Whether they are read even if they were for the rows that are known: rows of
    ///     events are in the tables a moment before that is known.
    /// - Returns: The names.
    /// - Throws: `engine/…`.
    func names(
        _ scope: ExpressionScope, hasInventory: Bool, _ engine: DuckDBEngine, rereads: Bool
    ) async throws(Failure) -> NamesThatCame {
        let (source, facts) = (scope.source, scope.facts)
        let found = known.withLock { $0[source.name] }
        if !rereads, let found, found.facts == facts, found.source == source {
            return found.names
        }
        let names = try await NamesThatCame(scope, hasInventory: hasInventory, engine)
        known.withLock {
            $0[source.name] = Known(facts: facts, source: source, names: names)
        }
        return names
    }
}

extension BehaviourDesk {
    /// What a question names and has never come to its source: it counts as nothing, which may be
    /// since it is written in another way.
    ///
    /// - Throws: `engine/…`.
    func unseen(
        _ definition: some BehaviourDefinition, _ question: Question
    ) async throws(Failure) -> [String] {
        guard let source = snapshot.catalog.sources[definition.source] else { return [] }
        let scope = ExpressionScope(
            source: source, facts: snapshot.facts[source.name] ?? .empty, others: snapshot.facts)
        let mentions = BehaviourMentions(
            definition, filters: question.filters, dimension: words.by, in: scope)
        let plan = snapshot.trackingPlans[source.name] ?? .empty
        var notes: [String] = []
        for rereads in [false, true] where !rereads || !notes.isEmpty && source.intake != nil {
            notes = try await session.namesThatCame.names(
                scope, hasInventory: session.intake.present != nil, session.engine,
                rereads: rereads
            ).notes(on: mentions, plan: plan)
        }
        for mention in mentions.texts {
            guard let values = await session.histories.values(of: mention.column, source),
                !values.isEmpty, !values.contains(mention.text)
            else { continue }
            let start = "No event of '\(source.name)' has '\(mention.text)' as '\(mention.column)'"
            let near = nearestName(to: mention.text, among: values)
            notes.append(
                near.map { "\(start); did you mean '\($0)'?" }
                    ?? "\(start); there are \(NamesThatCame.listed(values)).")
        }
        let more = notes.count - Self.unseenMax
        guard more > 0 else { return notes }
        return notes.prefix(Self.unseenMax) + ["\(more) more names of the question never came."]
    }

    private static let unseenMax = 6
}
