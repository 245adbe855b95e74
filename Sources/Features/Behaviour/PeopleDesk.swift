import Definitions
import Engines
import Planning
import Vocabulary

extension WorkspaceSession {
    /// The people of a source, those seen last first.
    ///
    /// - Parameters:
    ///   - source: The source.
    ///   - search: What one of a person's ids contains, whatever its case; nil lists all.
    ///   - limit: How many, at most 1,000.
    ///   - offset: How many are passed over.
    /// - Returns: `{"source", "entity", "people": [{"id", "ids", "first_seen", "last_seen",
    ///   "events"}], "total"}`.
    /// - Throws: `question/…`, `definition/unknown-entity`.
    public func people(
        source: String, search: String? = nil, limit: Int = 50, offset: Int = 0
    ) async throws(Failure) -> JSON {
        try requirePage(limit, offset)
        let desk = try PeopleDesk(self, source)
        var choice = search.map { PeoplePlan.Choice.containing($0) } ?? .all
        if let events = desk.events, let search {
            choice = .numbered(try await events.numbers(containing: search))
        }
        let frame = try await engine.run(
            desk.plan.list(choice, limit: limit, offset: offset))
        let listed = try await ListedPeople(desk.events, frame)
        return [
            "source": .text(source), "entity": .text(desk.plan.entity.name),
            "people": .list(
                (0..<frame.count).map { .object(PeopleDesk.seen(frame, $0, listed)) }),
            "total": .integer(frame.count > 0 ? frame.columns[4].integer(0) ?? 0 : 0),
        ]
    }

    /// What somebody did, the latest first.
    ///
    /// - Parameters:
    ///   - source: The source.
    ///   - id: Any id of the person.
    ///   - before: Only what happened before this instant; nil begins with the latest.
    ///   - limit: About how many rows, at most 1,000; what happened in one moment stays together.
    /// - Returns: `{"id", "ids", "first_seen", "last_seen", "events", "traits", "timeline",
    ///   "next"}`; `next` is the `before` of the rows that follow, null at the end.
    /// - Throws: `ingest/unknown-person`, `question/…`, `definition/unknown-entity`.
    public func person(
        source: String, id: String, before: String? = nil, limit: Int = 100
    ) async throws(Failure) -> JSON {
        try requirePage(limit, 0)
        let desk = try PeopleDesk(self, source)
        let moment = try before.map { text throws(Failure) in
            guard let moment = Instant(iso: text) else {
                throw Failure(
                    .badMoment, "'\(text)' is not a moment.",
                    hint: "Write it as 2026-06-30T12:00:00Z, or take 'next' of the last answer.")
            }
            return moment
        }
        let choice = try await desk.choice(of: id)
        let frame = try await engine.run(desk.plan.list(choice, limit: 1, offset: 0))
        guard frame.count == 1 else { throw Failure.unknownPerson(id) }
        let listed = try await ListedPeople(desk.events, frame)
        let timeline = PersonTimeline(desk.source, snapshot.facts[source] ?? .empty)
        let rows = try await engine.run(
            desk.plan.rows(of: choice, columns: timeline.columns, before: moment, limit: limit))
        return .object(
            PeopleDesk.seen(frame, 0, listed) + [
                ("source", .text(source)), ("entity", .text(desk.plan.entity.name)),
                ("traits", timeline.traits(rows)),
                ("timeline", .list((0..<rows.count).map { timeline.entry(rows, $0) })),
                ("next", rows.count < limit ? .null : PersonTimeline.time(rows, rows.count - 1)),
            ])
    }

    /// Fails for pages that are not possible.
    func requirePage(_ limit: Int, _ offset: Int) throws(Failure) {
        guard (1...1_000).contains(limit), offset >= 0 else {
            throw Failure(
                .badLimit, "\(limit) people after \(offset) are not possible.",
                hint: "Take a limit from 1 to 1000 and an offset of 0 or more.")
        }
    }
}

/// What questions about people need of a session.
private struct PeopleDesk {
    let plan: PeoplePlan
    let source: SourceDefinition?
    let events: EventPeople?

    init(_ session: WorkspaceSession, _ source: String) throws(Failure) {
        let snapshot = session.snapshot
        plan = try PeoplePlan(
            source, catalog: snapshot.catalog, facts: snapshot.facts, calendar: session.calendar)
        self.source = snapshot.catalog.sources[source]
        events = EventPeople(session, source: self.source, entity: plan.entity)
    }

    /// The person with an id.
    func choice(of id: String) async throws(Failure) -> PeoplePlan.Choice {
        guard let events else { return .named(id) }
        guard let number = try await events.number(of: id) else {
            throw Failure.unknownPerson(id)
        }
        return .numbered([number])
    }

    /// Who a row of a list is about, and when the person was seen.
    static func seen(
        _ frame: Frame, _ row: Int, _ listed: ListedPeople
    ) -> [(name: String, value: JSON)] {
        let ids = listed.ids(frame.columns[0].text(row))
        let time = { (column: Int) in
            frame.columns[column].integer(row).map {
                Instant(microseconds: Int64($0)).description
            }
        }
        return [
            ("id", .optional(ids.first)), ("ids", .list(ids.map(JSON.text))),
            ("first_seen", .optional(time(1))), ("last_seen", .optional(time(2))),
            ("events", .integer(frame.columns[3].integer(row) ?? 0)),
        ]
    }
}

/// The rows of a person as a timeline shows them.
private struct PersonTimeline {
    /// The columns that rows are read with.
    let columns: [String]
    private let source: SourceDefinition?

    init(_ source: SourceDefinition?, _ facts: SourceFacts) {
        self.source = source
        columns =
            source?.intake != nil
            ? ["event", "kind", "path", "country", "properties", "traits"]
            : facts.columns.map(\.name)
    }

    private var isOfEvents: Bool { source?.intake != nil }

    /// A column's value; nil where the rows have none such.
    private func value(_ name: String?, _ frame: Frame, _ row: Int) -> String? {
        guard let name, let place = columns.firstIndex(of: name) else { return nil }
        return frame.columns[place + 1].text(row)
    }

    static func time(_ frame: Frame, _ row: Int) -> JSON {
        .optional(
            frame.columns[0].integer(row).map { Instant(microseconds: Int64($0)).description })
    }

    func entry(_ frame: Frame, _ row: Int) -> JSON {
        let event = isOfEvents ? "event" : source?.event
        return [
            "time": PersonTimeline.time(frame, row),
            "event": .optional(value(event, frame, row)),
            "kind": .optional(isOfEvents ? value("kind", frame, row) : nil),
            "path": .optional(isOfEvents ? value("path", frame, row) : nil),
            "country": .optional(value("country", frame, row)),
            "properties": properties(frame, row),
        ]
    }

    /// What the client sent; for other rows all columns that have a value.
    private func properties(_ frame: Frame, _ row: Int) -> JSON {
        if isOfEvents { return JSONMembers.json(value("properties", frame, row) ?? "{}") }
        let values = columns.enumerated().map { index, name in
            (name: name, value: frame.columns[index + 1].json(row))
        }
        return .object(values.filter { $0.value != .null && $0.name != source?.time?.column })
    }

    /// The traits that were told last, of the rows that are shown.
    func traits(_ frame: Frame) -> JSON {
        guard isOfEvents,
            let row = (0..<frame.count).first(where: { value("traits", frame, $0) != nil })
        else { return [:] }
        return JSONMembers.json(value("traits", frame, row) ?? "{}")
    }
}

extension JSONMembers {
    /// A JSON object of a text; lists stay texts, and text that is no object has no members.
    fileprivate static func json(_ text: String, depth: Int = 0) -> JSON {
        let bytes = Array(text.utf8)
        return bytes.withUnsafeBufferPointer { buffer in
            var scanner = JSONMembers(buffer)
            var members: [(name: String, value: JSON)] = []
            while let member = scanner.next() {
                let text = scanner.text(member)
                let value: JSON =
                    switch member.kind {
                    case .null: .null
                    case .true: true
                    case .false: false
                    case .number: .optional(Double(text))
                    case .object: depth < 20 ? json(text, depth: depth + 1) : .text(text)
                    case .text, .list: .text(text)
                    }
                members.append((scanner.key(member), value))
            }
            return .object(members)
        }
    }
}

extension Failure.Code {
    /// A text is not a moment on the time line.
    public static let badMoment: Self = "question/moment"
}
