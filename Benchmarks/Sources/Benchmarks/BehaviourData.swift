import Behaviour
import Foundation
import Vocabulary

/// Events of an imagined product over ninety days, the same for the same number of events.
///
/// Forty-two events a person at the mean, of very uneven people; thirty names by Zipf's law with
/// habits of what follows what; sessions with a mean of eight events and half a minute between two.
/// Kept as rows in a file, in the order of time: 19 bytes each, as ClickHouse's `RowBinary`.
struct BehaviourData {
    static let rowBytes = 19
    /// 2026-01-01T00:00:00Z.
    static let start = 1_767_225_600
    static let days = 90
    private static let events = 30

    let people: Int
    let rows: Data
    /// The codes of each person's country and plan.
    let countries: [UInt16]
    let plans: [UInt16]

    var count: Int { rows.count / Self.rowBytes }

    /// Reads the rows from a folder, or makes them.
    init(events wanted: Int, folder: URL) throws {
        people = max(1, wanted / 42)
        let file = folder.appending(path: "events.rows")
        var countries: [UInt16] = []
        var plans: [UInt16] = []
        for person in 0..<people {
            var random = PersonRandom(person: person, stream: 1)
            countries.append(UInt16(random.pick(Self.countryOdds)) + 2)
            plans.append(UInt16(random.pick(Self.planOdds)) + 2)
        }
        self.countries = countries
        self.plans = plans
        if !FileManager.default.fileExists(atPath: file.path) {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let rows = Self.rows(wanted, people, countries, plans)
            try rows.write(to: folder.appending(path: "events.rows.new"))
            try FileManager.default.moveItem(
                at: folder.appending(path: "events.rows.new"), to: file)
        }
        rows = try Data(contentsOf: file, options: .alwaysMapped)
    }

    /// What the numbers mean in the index. Amounts are cents, each listed by its number.
    static let schema = IndexSchema(
        events: (0..<events).map { "event \($0 / 10)\($0 % 10)" },
        properties: [
            ValueDictionary(name: "country", values: countryNames, width: 1),
            ValueDictionary(
                name: "plan", values: ["free", "starter", "team", "business"], width: 1),
            ValueDictionary(name: "cents", values: (1...60_000).map { "\($0)" }, width: 2),
        ])

    static let countryNames = (0..<50).map { code in
        String(Array("ABCDE")[code / 10]) + String(Array("AEIOUKLMNR")[code % 10])
    }

    /// Some of the events as columns.
    func columns(_ range: Range<Int>) -> EventColumns {
        var columns = EventColumns(persons: [], times: [], events: [], properties: [[], [], []])
        rows.withUnsafeBytes { bytes in
            for row in range {
                let at = row * Self.rowBytes
                func number<Number: FixedWidthInteger>(_ offset: Int, _: Number.Type) -> Number {
                    bytes.loadUnaligned(fromByteOffset: at + offset, as: Number.self)
                }
                columns.persons.append(number(0, UInt32.self))
                columns.times.append(Int64(number(4, UInt32.self)) * 1_000_000)
                columns.events.append(number(8, UInt16.self))
                columns.properties[0].append(UInt16(number(10, UInt8.self)) + 2)
                columns.properties[1].append(UInt16(number(11, UInt8.self)) + 2)
                let cents = number(15, UInt32.self)
                columns.properties[2].append(cents == 0 ? 0 : UInt16(cents) + 1)
            }
        }
        return columns
    }

    private struct Row {
        let person: UInt32
        let time: UInt32
        let event: UInt16
        let device: UInt8
        let url: UInt16
        let cents: UInt32
    }

    private static func rows(
        _ wanted: Int, _ people: Int, _ countries: [UInt16], _ plans: [UInt16]
    ) -> Data {
        let weights = (0..<people).map { person in
            var random = PersonRandom(person: person, stream: 2)
            return random.habits().weight
        }
        let perWeight = Double(wanted) / 8 / weights.reduce(0, +)
        var rows: [Row] = []
        rows.reserveCapacity(wanted + wanted / 10)
        for person in 0..<people { addEvents(of: person, perWeight, to: &rows) }
        // A counting sort by second keeps the order of people within it.
        var next = [Int](repeating: 0, count: days * 86_400 + 1)
        for row in rows { next[Int(row.time) - start + 1] += 1 }
        for second in next.indices.dropFirst() { next[second] += next[second - 1] }
        var data = Data(count: rows.count * rowBytes)
        data.withUnsafeMutableBytes { bytes in
            for row in rows {
                let place = next[Int(row.time) - start]
                next[Int(row.time) - start] += 1
                let at = place * rowBytes
                bytes.storeBytes(of: row.person, toByteOffset: at, as: UInt32.self)
                bytes.storeBytes(of: row.time, toByteOffset: at + 4, as: UInt32.self)
                bytes.storeBytes(of: row.event, toByteOffset: at + 8, as: UInt16.self)
                bytes[at + 10] = UInt8(countries[Int(row.person)] - 2)
                bytes[at + 11] = UInt8(plans[Int(row.person)] - 2)
                bytes[at + 12] = row.device
                bytes.storeBytes(of: row.url, toByteOffset: at + 13, as: UInt16.self)
                bytes.storeBytes(of: row.cents, toByteOffset: at + 15, as: UInt32.self)
            }
        }
        return data
    }

    private static func addEvents(of person: Int, _ perWeight: Double, to rows: inout [Row]) {
        var random = PersonRandom(person: person, stream: 2)
        let (first, weight) = random.habits()
        let span = Double(days - first)
        let sessions = max(1, random.poisson(weight * perWeight))
        for session in 0..<sessions {
            // Half of the sessions cluster at the beginning, half spread over all days.
            var day =
                random.unit() < 0.5
                ? min(random.exponential(12), span - 0.001) : random.unit() * span
            if session == 0 { day = 0 }
            let hour = min(max(14.5 + 4 * random.normal(), 0), 23.99)
            var time = (Double(first) + day.rounded(.down)) * 86_400 + (hour * 3_600).rounded(.down)
            let device = UInt8(random.pick(deviceOdds))
            var event = 0
            for place in 0..<random.geometric(8) {
                time += place == 0 ? 0 : random.exponential(35).rounded(.down) + 1
                let isHabit = place > 0 && random.unit() < 0.3
                event = isHabit ? following[event] : random.pick(eventOdds)
                let price = (exp(3.2 + 0.8 * random.normal()) * 100).rounded()
                rows.append(
                    Row(
                        person: UInt32(person),
                        time: UInt32(start + min(Int(time), days * 86_400 - 1)),
                        event: UInt16(event), device: device, url: UInt16(random.pick(urlOdds)),
                        cents: event == 13 ? UInt32(min(max(price, 1), 60_000)) : 0))
            }
        }
    }

    private static let following = [
        1, 2, 0, 4, 9, 6, 0, 8, 14, 13, 11, 0, 1, 20, 7, 16, 0, 18, 0, 20, 0, 22, 0, 24, 0, 26, 0,
        28, 0, 0,
    ]
    private static let eventOdds = zipf(30, 1.05)
    private static let countryOdds = zipf(50, 1.1)
    private static let urlOdds = zipf(500, 0.9)
    private static let planOdds = [0.7, 0.88, 0.97, 1]
    private static let deviceOdds = [0.55, 0.93, 1]

    /// Odds up to each value.
    private static func zipf(_ count: Int, _ exponent: Double) -> [Double] {
        let odds = (1...count).map { pow(Double($0), -exponent) }
        let sum = odds.reduce(0, +)
        var total = 0.0
        return odds.map {
            total += $0 / sum
            return total
        }
    }
}

/// Random numbers of one person, the same on every machine.
private struct PersonRandom {
    private var state: UInt64

    init(person: Int, stream: Int) {
        state = UInt64(person) &* 0xD134_2543_DE82_EF95 &+ UInt64(stream) &* 0x9E37_79B9_7F4A_7C15
        for _ in 0..<4 { _ = unit() }
    }

    /// The first day of a person, and how much they use the product.
    mutating func habits() -> (first: Int, weight: Double) {
        let first = max(0, Int(unit() * 150) - 60)
        return (first, exp(1.3 * normal()) * pow(Double(BehaviourData.days - first), 0.6))
    }

    mutating func unit() -> Double {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return (Double((bits ^ (bits >> 31)) >> 11) + 0.5) / Double(1 << 53)
    }

    mutating func exponential(_ mean: Double) -> Double { -log(unit()) * mean }

    mutating func normal() -> Double { (-2 * log(unit())).squareRoot() * cos(2 * .pi * unit()) }

    mutating func geometric(_ mean: Double) -> Int {
        Int((log(unit()) / log(1 - 1 / mean)).rounded(.down)) + 1
    }

    mutating func poisson(_ mean: Double) -> Int {
        guard mean < 30 else { return Int((mean + mean.squareRoot() * normal()).rounded()) }
        let limit = exp(-mean)
        var count = 0
        var product = unit()
        while product > limit {
            count += 1
            product *= unit()
        }
        return count
    }

    /// A place by odds that go up to one.
    mutating func pick(_ odds: [Double]) -> Int {
        let value = unit()
        var (low, high) = (0, odds.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if odds[middle] < value { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
