import Engines
import Vocabulary

/// Which actors are one person, as the table of merges has it.
///
/// Merges are only ever added, but for an erasure, after which an index is made anew. So what is
/// new is read alone, and a sum over the table tells whether that was enough.
struct PeopleOwners: Sendable {
    /// By actor: the person; actors beyond the end are people of their own.
    private(set) var people: [UInt32] = []
    private var count = 0
    private var sum: Int64 = 0
    private var lastRow: Int64 = -1

    /// The person of an actor.
    func person(of actor: UInt32) -> UInt32 {
        Int(actor) < people.count ? people[Int(actor)] : actor
    }

    /// The actors that belong to somebody else.
    var moved: [(actor: UInt32, person: UInt32)] {
        people.indices.compactMap { index in
            people[index] == UInt32(index) ? nil : (UInt32(index), people[index])
        }
    }

    /// Reads what is new.
    ///
    /// - Returns: The actors that belong to another person than before.
    mutating func update(_ connection: DuckDBConnection) throws(Failure) -> [UInt32] {
        let frame = try connection.run(
            Statement(
                """
                select count(*), coalesce(sum((actor::bigint * 1000003 + person::bigint * 8191)
                    % 2147483647), 0)::bigint
                from events.merges
                """))
        let expected = (frame.columns[0].integer(0) ?? 0, Int64(frame.columns[1].integer(0) ?? 0))
        guard expected != (count, sum) else { return [] }
        var changed = try read(after: lastRow, connection)
        if (count, sum) != expected {
            let before = people
            (people, count, sum, lastRow) = ([], 0, 0, -1)
            _ = try read(after: -1, connection)
            changed = (0..<max(before.count, people.count)).map { UInt32($0) }.filter {
                person(of: $0) != (Int($0) < before.count ? before[Int($0)] : $0)
            }
        }
        guard (count, sum) == expected,
            people.allSatisfy({ Int($0) >= people.count || people[Int($0)] == $0 })
        else {
            throw Failure(
                .behaviourIndexBehind, "The people of the source changed while they were read.")
        }
        return changed
    }

    private mutating func read(
        after row: Int64, _ connection: DuckDBConnection
    ) throws(Failure) -> [UInt32] {
        var changed: [UInt32] = []
        let statement = Statement(
            """
            select actor::bigint, person::bigint, rowid from events.merges where rowid > $1
            order by rowid
            """, [.integer(row)])
        try connection.scanNumbers(statement) { rows throws(Failure) in
            for index in 0..<rows.count {
                let actor = UInt32(truncatingIfNeeded: rows.columns[0][index])
                let person = UInt32(truncatingIfNeeded: rows.columns[1][index])
                while people.count <= Int(actor) { people.append(UInt32(people.count)) }
                if people[Int(actor)] != actor {
                    count -= 1
                    sum -= Self.term(actor, people[Int(actor)])
                }
                people[Int(actor)] = person
                count += 1
                sum += Self.term(actor, person)
                lastRow = max(lastRow, rows.columns[2][index])
                changed.append(actor)
            }
        }
        return changed
    }

    private static func term(_ actor: UInt32, _ person: UInt32) -> Int64 {
        (Int64(actor) * 1_000_003 + Int64(person) * 8_191) % 2_147_483_647
    }
}

extension Failure.Code {
    /// An index does not know everything that the tables have.
    public static let behaviourIndexBehind: Self = "behaviour/index-behind"
}
