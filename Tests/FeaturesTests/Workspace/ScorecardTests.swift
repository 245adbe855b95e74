import Definitions
import Features
import Planning
import Statistics
import Testing
import Vocabulary

@Suite("The scorecard")
struct ScorecardTests {
    @Test("each KPI shows its last complete period, its change, its path and its course")
    func statuses() async throws {
        let workspace = try TemporaryWorkspace()
        let session = try await workspace.open()
        _ = try await session.importFiles(source: "orders")

        let scorecard = try await session.scorecard()

        let revenue = try #require(scorecard.kpis.first { $0.kpi.id == "monthly-revenue" })
        #expect(revenue.period?.label == "June 2026")
        #expect(revenue.cell?.quantity.value == 240)
        // The path on 30 June: 200 + 200 × 180 / 364.
        let path = 200 + 200 * 180.0 / 364
        #expect(revenue.judgement.path == path)
        #expect(revenue.judgement.course == .atRisk)
        #expect(revenue.judgement.text == "19.7 % below its path")
        #expect(revenue.sparkline.last?.isComplete == false)
        #expect(revenue.freshness.state == .fresh)

        let cancellations = try #require(scorecard.kpis.first { $0.kpi.id == "cancellations" })
        #expect(cancellations.cell?.quantity.value == 0.2)
        #expect(cancellations.cell?.change?.unit == .percentagePoints)
        #expect(cancellations.cell?.change?.isWithinNoise == true)
        #expect(scorecard.objectives.map(\.id) == ["grow"])
        #expect(scorecard.attention.map(\.kpi).contains("monthly-revenue"))
        await session.close()
    }

    @Test("an unchanged scorecard is answered from memory")
    func unchanged() async throws {
        let workspace = try TemporaryWorkspace()
        let session = try await workspace.open()
        _ = try await session.importFiles(source: "orders")

        let first = try await session.scorecard().json
        let misses = session.cacheCounts.misses
        let second = try await session.scorecard().json

        #expect(first == second)
        #expect(session.cacheCounts.misses == misses)
        await session.close()
    }

    @Test("without data every KPI says so instead of showing a number")
    func withoutData() async throws {
        let workspace = try TemporaryWorkspace()
        let session = try await workspace.open()

        let scorecard = try await session.scorecard()

        #expect(scorecard.kpis.allSatisfy { $0.cell == nil && $0.judgement.course == .noData })
        #expect(scorecard.kpis.allSatisfy { $0.freshness.state == .empty })
        #expect(scorecard.attention.count == 2)
        await session.close()
    }

    @Test("the course of a value against a path, in both directions")
    func courses() throws {
        let up = Target(
            from: .init(day: Day(number: 0), value: 10),
            by: .init(day: Day(number: 100), value: 20),
            floor: 12, stretch: nil)
        let down = Target(
            from: .init(day: Day(number: 0), value: 20),
            by: .init(day: Day(number: 100), value: 10),
            floor: nil, stretch: nil)
        func course(
            _ value: Double?, _ target: Target?, _ better: Direction, _ interval: Interval? = nil
        ) -> Course {
            CourseJudgement(
                value: value, interval: interval, target: target, day: Day(number: 50),
                better: better, unit: .count
            ).course
        }

        #expect(course(15, up, .up) == .onCourse)
        #expect(course(14.9, up, .up) == .atRisk)
        #expect(course(11.9, up, .up) == .offCourse)
        #expect(course(11.9, up, .up, try Interval(low: 8, high: 16)) == .atRisk)
        #expect(course(15, down, .down) == .onCourse)
        #expect(course(15.9, down, .down) == .atRisk)
        #expect(course(16.1, down, .down) == .offCourse)
        #expect(course(nil, up, .up) == .noData)
        #expect(course(1, nil, .up) == .noTarget)
    }

    @Test("a target's path is level before its start and after its end")
    func path() {
        let target = Target(
            from: .init(day: Day(number: 10), value: 1), by: .init(day: Day(number: 20), value: 2),
            floor: nil, stretch: nil)

        #expect(target.value(on: Day(number: 0)) == 1)
        #expect(target.value(on: Day(number: 15)) == 1.5)
        #expect(target.value(on: Day(number: 30)) == 2)
    }
}
