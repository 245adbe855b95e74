import Foundation
import Testing

@testable import Features
import Vocabulary

@Suite("The demo company's data")
struct DemoCompanyTests {
    @Test("the same seed gives the same bytes, on every machine")
    func sameSeedSameBytes() throws {
        let first = try #require(DemoFixture.make("first", people: 120) { _ in })
        let second = try #require(DemoFixture.make("second", people: 120) { _ in })
        let other = try #require(DemoFixture.make("other", people: 120, seed: 7) { _ in })
        defer { [first, second, other].forEach { try? FileManager.default.removeItem(at: $0) } }

        let digest = try DemoFixture.digest(of: first)

        // Written down when the company was last changed; a new number means other data.
        #expect(digest == 11_745_518_766_431_720_880)
        #expect(try DemoFixture.digest(of: second) == digest)
        #expect(try DemoFixture.digest(of: other) != digest)
    }

    @Test("a company of full size has 25,000 people, of whom 10,000 made an account")
    func counts() throws {
        let people = try #require(DemoFixture.full["people.csv"])
        let accounts = try #require(DemoFixture.full["accounts.csv"])

        #expect(abs(people.count - 25_000) < 700)
        #expect(abs(accounts.count - 10_000) < 400)
        #expect(people["role"].count { $0 == "founder" } == accounts.count)
        #expect(Set(people["person_id"]).count == people.count)
    }

    @Test("a company of full size would leave 1.5 million events in 18 months")
    func eventCount() throws {
        let events = try #require(DemoFixture.small["events.csv"])
        let times = events["time"]

        let scaled = Double(events.count) * 25_000 / 1_500

        #expect(abs(scaled - 1_500_000) < 150_000)
        #expect(times.first?.hasPrefix("2025-05-19") == true)
        #expect(times.last?.hasPrefix("2026-11-15") == true)
        #expect(zip(times, times.dropFirst()).allSatisfy { $0 <= $1 })
    }

    @Test("some events arrive late, some twice, and bots name themselves")
    func flaws() throws {
        let events = try #require(DemoFixture.small["events.csv"])
        let parameters = DemoParameters()

        let late = zip(events["time"], events["received_at"]).count {
            $0.prefix(10) < $1.prefix(10)
        }
        let doubles = events.count - Set(events["event_id"]).count
        let bots = zip(events["event"], events["user_agent"]).count {
            $0 == "page_viewed" && $1.lowercased().contains("bot")
        }

        #expect(agrees(late, of: events.count, with: parameters.lateShare))
        #expect(agrees(doubles, of: events.count, with: parameters.duplicateShare))
        #expect(bots == events["event"].count { $0 == "page_viewed" })
        let expected = parameters.botViewsPerDay * 546 * 1_500 / 25_000
        #expect(abs(Double(bots) - expected) < 4 * expected.squareRoot() + 20)
    }

    @Test("revenue added up from the changes agrees with the daily snapshots to the cent")
    func revenueAgrees() throws {
        let changes = try #require(DemoFixture.full["subscriptions.csv"])
        let daily = try #require(DemoFixture.full["daily_mrr.csv"])
        var latest: [Substring: Int] = [:]
        for (account, amount) in zip(changes["account_id"], changes["mrr_eur"]) {
            latest[account] = Int(amount.filter { $0 != "." })
        }
        var snapshot = 0
        for (day, amount) in zip(daily["day"], daily["mrr_eur"]) where day == "2026-11-15" {
            snapshot += Int(amount.filter { $0 != "." }) ?? 0
        }

        #expect(latest.values.reduce(0, +) == snapshot)
        #expect(snapshot > 4_000_000)
    }

    @Test("a folder that is not empty is refused")
    func refusesFullFolder() throws {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("yardstick-demo-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data().write(to: folder.appendingPathComponent("notes.txt"))

        let failure = #expect(throws: Failure.self) {
            try DemoWorkspace.write(to: folder, lastDay: DemoFixture.lastDay)
        }

        #expect(failure?.code == .demoFolderNotEmpty)
    }

    @Test("the last Sunday before a Sunday is a week earlier")
    func lastSunday() {
        #expect(DemoCompany.lastSunday(before: DemoFixture.lastDay).description == "2026-11-08")
        let wednesday = DemoFixture.lastDay.adding(days: 3)
        #expect(DemoCompany.lastSunday(before: wednesday) == DemoFixture.lastDay)
    }
}
