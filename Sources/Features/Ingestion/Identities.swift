import Engines
import Events
import Vocabulary

/// Who is who: every id has a number, its actor, and actors that are one person share a person.
///
/// An event keeps the actor that did it for ever; which person that is follows the rules as they
/// are known now. So what is learnt later counts for what came earlier, and a merge changes a few
/// rows of `events.merges` instead of millions of events.
///
/// The rules:
/// 1. Every id is one actor, and at first a person of its own.
/// 2. An event with a known and an anonymous id, and an identification with an earlier id, make the
///    anonymous one the known person, unless it is a known person already: a shared device does not
///    make two people one.
/// 3. An alias joins an earlier id with the later one, unless the earlier one belongs to another
///    known person. That the earlier id is known by itself does not keep it apart, so that it does
///    not matter whether the alias or the events come first.
/// 4. The known person stays, or the one that came first where neither is known.
struct Identities {
    /// Two actors that became one person.
    struct Merge: Equatable {
        /// The actors that changed to another person.
        let actors: [Int32]
        let person: Int32
        let time: Instant
        let message: String
        /// How many events that are stored count for another person now.
        fileprivate(set) var restated: Int
    }

    private var index = ActorIndex()
    private var people: [Int32] = []
    private var isUser: [Bool] = []
    /// The events of each actor since this was made.
    private var eventCounts: [UInt32] = []
    /// The events of each actor that were stored before, once a merge has asked for them: counting
    /// them reads the whole table.
    private var storedCounts: [UInt32]?
    /// How many actors there were when this was made.
    private var storedActors: Int32 = 0
    /// The actors of each person of more than one.
    private var members: [Int32: [Int32]] = [:]
    private var changes = Changes()
    /// How many merges a rule forbade.
    private(set) var guarded = 0

    private struct Changes {
        var firstNew: Int32 = 0
        var firstSeen: [Instant] = []
        var becameUsers: Set<Int32> = []
        var merges: [Merge] = []
        /// The actors that have a row in the table of merges which is not true any more.
        var replaced: Set<Int32> = []
    }

    init() {}

    /// How many ids have a number.
    var count: Int { index.count }

    /// The person of an actor.
    func person(of actor: Int32) -> Int32 { people[Int(actor)] }

    /// The actor of an id.
    func actor(of id: String) -> Int32? { index.number(of: id) }

    /// The actors that are one person with an id; empty where the id is not known.
    func actors(with id: String) -> [Int32] {
        guard let actor = actor(of: id) else { return [] }
        let person = person(of: actor)
        return members[person] ?? [person]
    }

    /// The merges since the last writing.
    var newMerges: [Merge] { changes.merges }

    /// Applies what an event says of who is who, and returns the actor that did it; the ids stand in
    /// the bytes.
    mutating func resolve(_ event: RecordedEvent, of bytes: UnsafeRawBufferPointer) -> Int32 {
        let received = event.received
        func cause() -> Cause {
            Cause(time: received, message: event.string(.id, of: bytes) ?? "")
        }
        let user = event.bytes(.user, of: bytes).map {
            number(of: $0, isUser: true, at: received)
        }
        let anonymous = event.bytes(.anonymous, of: bytes).map {
            number(of: $0, isUser: false, at: received)
        }
        if let user, let anonymous { identify(anonymous, as: user, by: cause) }
        let earlier = event.bytes(.previous, of: bytes)
        if let earlier, let later = user ?? anonymous {
            let previous = number(of: earlier, isUser: false, at: received)
            if event.kind == .alias {
                alias(previous, of: later, by: cause)
            } else {
                identify(previous, as: later, by: cause)
            }
        }
        let actor =
            user ?? anonymous ?? number(of: earlier ?? Self.nobody, isUser: false, at: received)
        eventCounts[Int(actor)] &+= 1
        return actor
    }

    /// The event that makes two actors one.
    private struct Cause {
        let time: Instant
        let message: String
    }

    private static var nobody: UnsafeRawBufferPointer { .init(start: nil, count: 0) }

    private mutating func number(
        of id: UnsafeRawBufferPointer, isUser known: Bool, at time: Instant
    ) -> Int32 {
        if let number = index.number(of: id) {
            if known, !isUser[Int(number)] {
                isUser[Int(number)] = true
                if number < changes.firstNew { changes.becameUsers.insert(number) }
            }
            return number
        }
        changes.firstSeen.append(time)
        return add(id, isUser: known)
    }

    /// Adds an id, or somebody who was forgotten.
    @discardableResult
    private mutating func add(_ id: UnsafeRawBufferPointer?, isUser known: Bool) -> Int32 {
        let number = Int32(index.count)
        if let id { index.add(id) } else { index.addNobody() }
        people.append(number)
        isUser.append(known)
        eventCounts.append(0)
        return number
    }

    private func known(_ person: Int32) -> [Int32] {
        (members[person] ?? [person]).filter { isUser[Int($0)] }
    }

    private mutating func identify(_ anonymous: Int32, as user: Int32, by cause: () -> Cause) {
        let (left, right) = (person(of: anonymous), person(of: user))
        guard left != right else { return }
        guard known(left).isEmpty else {
            guarded += 1
            return
        }
        merge(left, right, by: cause())
    }

    private mutating func alias(_ earlier: Int32, of later: Int32, by cause: () -> Cause) {
        let (left, right) = (person(of: earlier), person(of: later))
        guard left != right else { return }
        guard known(left).allSatisfy({ $0 == earlier }) else {
            guarded += 1
            return
        }
        merge(left, right, by: cause())
    }

    private mutating func merge(_ left: Int32, _ right: Int32, by cause: Cause) {
        let isRightKept = !known(right).isEmpty || (known(left).isEmpty && right < left)
        let (kept, gone) = isRightKept ? (right, left) : (left, right)
        let moved = members[gone] ?? [gone]
        for actor in moved { people[Int(actor)] = kept }
        changes.replaced.formUnion(moved.lazy.filter { $0 != gone })
        members[kept] = (members[kept] ?? [kept]) + moved
        members[gone] = nil
        changes.merges.append(
            Merge(
                actors: moved, person: kept, time: cause.time, message: cause.message,
                restated: moved.reduce(0) { $0 + Int(eventCounts[Int($1)]) }))
    }
}

extension Identities {
    /// Reads who is who from the database.
    init(_ connection: DuckDBConnection) throws(Failure) {
        self.init()
        let last = try connection.run(Statement("select next_actor from events.progress"))
        let next = last.columns[0].integer(0) ?? 0
        let actors = try connection.run(
            Statement("select actor, id, is_user::integer from events.actors order by actor"))
        for row in 0..<actors.count {
            // Numbers of people who were forgotten are nobody's.
            while index.count < actors.columns[0].integer(row) ?? 0 { add(nil, isUser: false) }
            let isUser = actors.columns[2].integer(row) == 1
            if var id = actors.columns[1].text(row) {
                id.withUTF8 { _ = add(UnsafeRawBufferPointer($0), isUser: isUser) }
            } else {
                add(nil, isUser: isUser)
            }
        }
        while index.count < next { add(nil, isUser: false) }
        let merges = try connection.run(Statement("select actor, person from events.merges"))
        for row in 0..<merges.count {
            guard let actor = merges.columns[0].integer(row),
                let person = merges.columns[1].integer(row), actor < count, person < count
            else { continue }
            people[actor] = Int32(person)
            members[Int32(person), default: [Int32(person)]].append(Int32(actor))
        }
        changes.firstNew = Int32(count)
        storedActors = Int32(count)
    }

    /// Adds the events that were stored before this was made to what the new merges restate; all
    /// events that were resolved must be in the tables of the sources.
    mutating func countStored(
        in sources: Set<String>, _ connection: DuckDBConnection
    ) throws(Failure) {
        let known = storedActors
        guard changes.merges.contains(where: { $0.actors.contains { $0 < known } }) else { return }
        let counts: [UInt32]
        if let storedCounts {
            counts = storedCounts
        } else {
            counts = try self.counts(in: sources, connection)
            storedCounts = counts
        }
        for index in changes.merges.indices {
            changes.merges[index].restated += changes.merges[index].actors.reduce(0) {
                $0 + ($1 < known ? Int(counts[Int($1)]) : 0)
            }
        }
    }

    private func counts(
        in sources: Set<String>, _ connection: DuckDBConnection
    ) throws(Failure) -> [UInt32] {
        var totals = [Int](repeating: 0, count: Int(storedActors))
        for source in sources {
            let counts = try connection.run(
                Statement(
                    "select actor, count(*) from \(EventTables.table(of: source).sql) group by 1"))
            for row in 0..<counts.count {
                guard let actor = counts.columns[0].integer(row), actor < totals.count else {
                    continue
                }
                totals[actor] += counts.columns[1].integer(row) ?? 0
            }
        }
        return totals.enumerated().map { UInt32(clamping: $1 - Int(eventCounts[$0])) }
    }

    /// Writes what has changed; part of the transaction that stores the events.
    func write(_ connection: DuckDBConnection) throws(Failure) {
        let actors = try DuckDBAppender(connection, TableName(schema: "events", name: "actors"))
        for (offset, time) in changes.firstSeen.enumerated() {
            let number = changes.firstNew + Int32(offset)
            actors.integer(number)
            actors.text(index.id(of: number))
            actors.boolean(isUser[Int(number)])
            actors.instant(time)
            try actors.endRow()
        }
        try actors.finish()
        if !changes.becameUsers.isEmpty {
            try connection.execute(
                """
                update events.actors set is_user = true
                where actor in (\(Self.list(changes.becameUsers)))
                """)
        }
        try writeMerges(connection)
    }

    /// The row of an actor tells the latest merge that moved it.
    private func writeMerges(_ connection: DuckDBConnection) throws(Failure) {
        guard !changes.merges.isEmpty else { return }
        var latest: [Int32: Merge] = [:]
        for merge in changes.merges { for actor in merge.actors { latest[actor] = merge } }
        if !changes.replaced.isEmpty {
            try connection.execute(
                "delete from events.merges where actor in (\(Self.list(changes.replaced)))")
        }
        let rows = try DuckDBAppender(connection, TableName(schema: "events", name: "merges"))
        for (actor, merge) in latest.sorted(by: { $0.key < $1.key }) {
            rows.integer(actor)
            rows.integer(merge.person)
            rows.instant(merge.time)
            rows.text(merge.message)
            rows.bigInteger(Int64(merge.restated))
            try rows.endRow()
        }
        try rows.finish()
    }

    /// Forgets what has changed, since it is stored now.
    mutating func noteWritten() {
        changes = Changes()
        changes.firstNew = Int32(count)
    }

    private static func list(_ numbers: some Sequence<Int32>) -> String {
        numbers.map(String.init).joined(separator: ", ")
    }
}
