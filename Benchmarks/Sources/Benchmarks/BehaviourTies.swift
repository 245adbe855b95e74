import Behaviour
import Foundation
import Vocabulary

/// Twenty thousand people whose events mostly share their second with others: here ClickHouse's
/// `windowFunnel` and the index must agree in each of 200 groups of a hundred, for several windows.
struct BehaviourTies {
    private static let people = 20_000
    private let folder: URL
    private let peer: BehaviourPeer

    init(folder: URL, peer: BehaviourPeer) {
        self.folder = folder
        self.peer = peer
    }

    func run() async throws {
        let rows = folder.appending(path: "ties.rows")
        let events = Self.events()
        try Self.bytes(events).write(to: rows)
        let groups = ValueDictionary(
            name: "country", values: (0..<200).map { "\($0)" }, width: 1)
        let builder = BehaviourIndexBuilder(
            path: folder.appending(path: "ties.index").path,
            schema: IndexSchema(events: (0..<5).map { "\($0)" }, properties: [groups]))
        try builder.add(events)
        let index = try builder.finish(
            watermark: IndexWatermark(inboxOffset: 0, dataVersion: 0))
        for window in [0, 1, 3, 10, 40] {
            let all = Instant(seconds: 0)..<Instant(seconds: 4_000_000_000)
            let question = AttemptsQuestion(
                steps: (0..<4).map { EventSelection(events: [$0]) },
                windowMicroseconds: Int64(window) * 1_000_000, entered: all, property: 0)
            let answer = try await BehaviourSnapshot(index).answer(question)
            let theirs = try peer.ask("ties \(rows.absoluteURL.path) \(window)").rows
            let expected = theirs.map { $0.compactMap(Int.init) }
            let found = (0..<200).map {
                [$0] + BehaviourAsked.levels(answer, value: UInt16($0 + 2))
            }
            guard found == expected else {
                throw Failure(
                    "benchmark/differs", "A funnel of \(window) seconds with ties differs.")
            }
        }
        Report.note("      \(Self.people) people with ties: windowFunnel agrees for five windows")
    }

    /// Twelve events a person within forty seconds, five names of which four are steps.
    private static func events() -> EventColumns {
        var state: UInt64 = 7
        func next(_ bound: UInt64) -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return (state >> 33) % bound
        }
        let count = people * 12
        let persons = (0..<count).map { UInt32($0 / 12) }
        let times = (0..<count).map { _ in (1_767_225_600 + Int64(next(40))) * 1_000_000 }
        return EventColumns(
            persons: persons, times: times, events: (0..<count).map { _ in UInt16(next(5)) },
            properties: [persons.map { UInt16($0 % 200) + 2 }])
    }

    private static func bytes(_ events: EventColumns) -> Data {
        var data = Data(count: events.count * BehaviourData.rowBytes)
        data.withUnsafeMutableBytes { bytes in
            for row in 0..<events.count {
                let at = row * BehaviourData.rowBytes
                let seconds = UInt32(events.times[row] / 1_000_000)
                bytes.storeBytes(of: events.persons[row], toByteOffset: at, as: UInt32.self)
                bytes.storeBytes(of: seconds, toByteOffset: at + 4, as: UInt32.self)
                bytes.storeBytes(of: events.events[row], toByteOffset: at + 8, as: UInt16.self)
                bytes[at + 10] = UInt8(events.persons[row] % 200)
            }
        }
        return data
    }
}
