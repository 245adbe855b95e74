import Definitions
import Planning
import Vocabulary

/// What behavioural questions need of a session.
struct BehaviourDesk {
    let session: WorkspaceSession
    let snapshot: WorkspaceSession.Snapshot
    let words: BehaviourWords

    init(_ session: WorkspaceSession, _ words: BehaviourWords) {
        self.session = session
        let today = words.asOf.flatMap { Day(iso: $0) }
        snapshot = today.map { session.snapshot.on($0) } ?? session.snapshot
        self.words = words
    }

    /// A definition by its name or from its text.
    func definition<Definition: BehaviourDefinition>(
        _ type: Definition.Type
    ) throws(Failure) -> Definition {
        try words.requireUsed(by: Definition.kind)
        if let yaml = words.yaml { return try Definition(yaml: yaml) }
        let known = snapshot.catalog.behaviours(type)
        let kind = Definition.kind
        guard let name = words.name, !name.isEmpty else {
            throw Failure(
                .unnamedBehaviour, "The question does not say which \(kind.rawValue) it is about.",
                hint: "\(Self.known(known.keys, kind)), or give a definition (--definition FILE)")
        }
        if let found = known[name] { return found }
        throw Failure(
            .unknownBehaviour,
            "There \(kind.isPlural ? "are" : "is") no \(kind.rawValue) named '\(name)'.",
            hint: nearestName(to: name, among: known.keys).map { "did you mean '\($0)'?" }
                ?? Self.known(known.keys, kind))
    }

    /// What there is to be named, for a hint.
    private static func known(_ names: some Collection<String>, _ kind: BehaviourKind) -> String {
        guard !names.isEmpty else {
            return "define one, with \(kind.rawValue): NAME as its first line"
        }
        let more = names.count > 8 ? ", … (\(names.count) in all)" : ""
        return "name one of \(names.sorted().prefix(8).joined(separator: ", "))\(more)"
    }

    /// The words understood as a question without metrics; its range is that of the source.
    func question(source: String) throws(Failure) -> Question {
        if let cause = snapshot.derivationFailures[source] {
            throw Failure(
                .derivationFailed,
                "The source '\(source)' has no rows, since it could not be made: \(cause.message)",
                hint: cause.hint, place: cause.place, details: cause.details)
        }
        var question = try session.question(
            QuestionWords(
                metrics: [], over: "today", grain: words.grain, filters: words.filters,
                compare: words.compare, limit: words.limit, zone: words.zone, asOf: words.asOf))
        let ranges = RangeText(
            calendar: question.calendar, today: question.range.start,
            covered: covered(source, question.calendar))
        question.range = try words.over.map(ranges.range) ?? ranges.usual
        return question
    }

    /// The days of a source's rows.
    func covered(_ source: String, _ calendar: WorkCalendar) -> TimeRange? {
        snapshot.facts[source]?.days(of: snapshot.catalog.sources[source], in: calendar.zone)
    }

    /// Up to when the rows of a source are known.
    func known(_ source: String, _ calendar: WorkCalendar) -> Instant? {
        Completeness(catalog: snapshot.catalog, facts: snapshot.facts, calendar: calendar)
            .watermark(of: source)
    }

    /// An answer with what all of them have beside their numbers: the definition's text, and notes
    /// of names that never came and of rows that all lie outside of the range.
    ///
    /// - Parameters:
    ///   - json: The answer.
    ///   - definition: What it answers.
    ///   - question: The question as it was understood.
    ///   - added: What else it gets, such as the receipt.
    /// - Returns: The whole answer.
    /// - Throws: `engine/…`.
    func finished(
        _ json: JSON, _ definition: some BehaviourDefinition, _ question: Question,
        adding added: [(name: String, value: JSON)]
    ) async throws(Failure) -> JSON {
        let outside = covered(definition.source, question.calendar).flatMap {
            DataOutsideRange(of: "'\(definition.source)'", days: $0, asked: question.range)
        }
        let unseen = try await unseen(definition, question)
        return json.noting(unseen + (outside.map { [$0.message] } ?? []))
            .adding([("yaml", .text(definition.origin.yaml))] + added)
    }

    /// How the numbers were made.
    func receipt(
        _ name: String, source: String, and others: [String] = [], formula: String,
        question: Question, share: (numerator: Int, denominator: Int)?, statements: [Statement],
        path: BehaviourPath? = nil
    ) -> JSON {
        let sources = ([source] + others).map { name in
            let facts = snapshot.facts[name] ?? .empty
            return Receipt.ReceiptSource(
                name: name, version: facts.version, rows: facts.rows,
                watermark: known(name, question.calendar))
        }
        let texts = [formula] + question.filters.map(\.description)
        let segments = snapshot.catalog.sources[source]?.segmentLines(usedIn: texts) ?? []
        let definition = ContentHash.hex([formula] + segments, length: 12)
        let id = ContentHash.hex(
            [
                name, definition, question.json.line, Zone.rulesVersion,
                sources.map { "\($0.name) \($0.version)" }.joined(separator: " "),
            ],
            length: 12)
        return Receipt(
            id: id, metric: name, definition: definition, formula: formula,
            filters: question.filters.map(\.description), zone: question.calendar.zone.name,
            zoneRules: Zone.rulesVersion, range: question.range,
            instants: question.calendar.instants(of: question.range),
            watermark: sources[0].watermark, sources: sources,
            numerator: share.map { Double($0.numerator) },
            denominator: share.map { Double($0.denominator) },
            value: share.flatMap {
                $0.denominator > 0 ? Double($0.numerator) / Double($0.denominator) : nil
            }, leftOut: nil, statements: statements
        ).json.adding(path?.members ?? [])
    }
}

extension Question {
    /// The range with which a question as a whole compares; nil where it compares with none.
    var counterpart: Period? {
        guard comparison != nil else { return nil }
        var whole = self
        whole.grain = nil
        return Timeline(whole).counterparts.first ?? nil
    }
}

extension JSON {
    /// An object with further members.
    func adding(_ added: [(name: String, value: JSON)]) -> JSON {
        guard case .object(let members) = self else { return self }
        return .object(members + added)
    }

    /// An answer with further notes, the first to be read.
    func noting(_ added: [String]) -> JSON {
        guard !added.isEmpty, case .object(let members) = self else { return self }
        return .object(
            members.map { member in
                guard member.name == "notes", case .list(let notes) = member.value else {
                    return member
                }
                return (member.name, .list(added.map(JSON.text) + notes))
            })
    }
}

extension BehaviourKind {
    /// Whether its name stands for several things.
    fileprivate var isPlural: Bool { [.paths, .campaigns].contains(self) }
}
