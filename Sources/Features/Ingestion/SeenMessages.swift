import Engines
import Vocabulary

/// Remembers which messages came within a window, in 16 to 32 bytes each.
///
/// A message is known by 64 bits of its source and id, and by the second in which it was received.
/// Equal bits do not make two messages the same: whoever asks looks into the table at the seconds
/// that are named, which its statistics make a matter of a few thousand rows. The memory holds
/// nothing that is not in the tables, from which it is made anew when the program starts.
struct SeenMessages {
    /// The days by number, in no order; a window has few.
    private var days: [(number: Int, day: SeenDay)] = []
    private let hash = SeededHash()
    private(set) var count = 0

    /// How much memory is in use.
    var bytes: Int { days.reduce(0) { $0 + $1.day.bytes } }

    /// The bits by which a message is known, of this start of the program.
    func fingerprint(source: Int, id: UnsafeRawBufferPointer) -> UInt64 {
        max(hash.value(of: id, number: source), 1)
    }

    /// The seconds since 1970 in which a message with these bits was received.
    func seconds(of fingerprint: UInt64) -> [UInt32] {
        var found: [UInt32] = []
        for index in days.indices { days[index].day.find(fingerprint, into: &found) }
        return found
    }

    mutating func insert(_ fingerprint: UInt64, received: Instant) {
        let seconds = UInt32(clamping: received.seconds)
        let number = Int(seconds) / 86_400
        let index = days.lastIndex { $0.number == number } ?? days.count
        if index == days.count { days.append((number, SeenDay())) }
        days[index].day.insert(fingerprint, seconds)
        count += 1
    }

    /// Forgets days that are wholly before an instant.
    mutating func forget(before instant: Instant) {
        let first = Int(UInt32(clamping: instant.seconds)) / 86_400
        for (number, day) in days where number < first { count -= day.count }
        days.removeAll { $0.number < first }
    }

    /// Reads what a table holds from an instant on, an hour at a time.
    mutating func read(
        _ table: TableName, source: Int, since start: Instant,
        on connection: DuckDBConnection
    ) throws(Failure) {
        let span = try connection.run(
            Statement(
                "select min(received), max(received) from \(table.sql) where received >= $1",
                [.instant(start)]))
        guard let first = span.columns[0].instant(0), let last = span.columns[1].instant(0) else {
            return
        }
        var hour = first
        while hour <= last {
            let next = hour.adding(seconds: 3_600)
            var found: [(UInt64, Instant)] = []
            let now = self
            try connection.scanTexts(
                Statement(
                    """
                    select message_id, received from \(table.sql)
                    where received >= $1 and received < $2
                    """, [.instant(hour), .instant(next)])
            ) { id, received in
                found.append(
                    (now.fingerprint(source: source, id: id), Instant(microseconds: received)))
            }
            for (fingerprint, received) in found { insert(fingerprint, received: received) }
            hour = next
        }
    }
}

/// The messages of a day: a table with open addressing, at most three quarters full.
private struct SeenDay {
    private var fingerprints = [UInt64](repeating: 0, count: 1 << 8)
    private var seconds = [UInt32](repeating: 0, count: 1 << 8)
    private(set) var count = 0

    var bytes: Int { fingerprints.count * 12 }

    func find(_ fingerprint: UInt64, into found: inout [UInt32]) {
        let mask = fingerprints.count - 1
        var place = Int(truncatingIfNeeded: fingerprint) & mask
        while fingerprints[place] != 0 {
            if fingerprints[place] == fingerprint { found.append(seconds[place]) }
            place = (place + 1) & mask
        }
    }

    mutating func insert(_ fingerprint: UInt64, _ second: UInt32) {
        if (count + 1) * 4 > fingerprints.count * 3 { grow() }
        put(fingerprint, second)
        count += 1
    }

    private mutating func put(_ fingerprint: UInt64, _ second: UInt32) {
        let mask = fingerprints.count - 1
        var place = Int(truncatingIfNeeded: fingerprint) & mask
        while fingerprints[place] != 0 { place = (place + 1) & mask }
        fingerprints[place] = fingerprint
        seconds[place] = second
    }

    private mutating func grow() {
        let (oldFingerprints, oldSeconds) = (fingerprints, seconds)
        fingerprints = [UInt64](repeating: 0, count: oldFingerprints.count * 2)
        seconds = [UInt32](repeating: 0, count: oldFingerprints.count * 2)
        for (fingerprint, second) in zip(oldFingerprints, oldSeconds) where fingerprint != 0 {
            put(fingerprint, second)
        }
    }
}
