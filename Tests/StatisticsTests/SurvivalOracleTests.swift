import Foundation
import Statistics
import Testing
import Vocabulary

@Suite("Survival of real customers and defects", .enabled(if: SharedData.isThere))
struct SurvivalOracleTests {
    @Test("telco customers agree with lifelines 0.30.3")
    func telco() throws {
        let rows = try SharedData.rows("open/subscriptions/telco_churn.csv.gz")
        let expected = [
            1.0: 0.945961319681, 6: 0.884826238933, 12: 0.843199553816, 24: 0.788736398371,
            48: 0.708840184346, 72: 0.592790152052,
        ]

        let all = try KaplanMeier(tenures(rows))
        let monthly = try KaplanMeier(tenures(rows) { $0 == "Month-to-month" })
        let groups = try LogRank([
            tenures(rows) { $0 == "Month-to-month" }, tenures(rows) { $0 == "Two year" },
        ])

        for (time, survival) in expected {
            #expect(abs(try #require(all.survival(at: time)) / survival - 1) < 1e-9)
        }
        let interval = try all.interval(at: 12)
        #expect(abs(interval.low / 0.834168685811 - 1) < 1e-9)
        #expect(abs(interval.high / 0.851783320693 - 1) < 1e-9)
        #expect(monthly.time() == 35)
        #expect(all.time() == nil)
        #expect(abs(groups.test.statistic / 1550.51030688 - 1) < 1e-9)
        // mpmath 1.3.0: log10 of the tail, which is zero as a Double.
        #expect(abs(groups.test.log10Probability + 338.3826121209) < 1e-6)
    }

    private func tenures(
        _ rows: [[String: String]], contract: (String) -> Bool = { _ in true }
    ) throws -> [SurvivalCount] {
        try rows.filter { contract($0["Contract"] ?? "") }.map { row in
            let churned = row["Churn"] == "Yes"
            return try SurvivalCount(
                time: SharedData.number(row, "tenure"),
                events: churned ? 1 : 0, censored: churned ? 0 : 1)
        }
    }

    @Test("the time to close an issue agrees with lifelines 0.30.3")
    func issues() throws {
        let expected = [
            1.0: 0.709475332811, 7: 0.555855466737, 30: 0.437633869475, 90: 0.365804171687,
            365: 0.246785284703,
        ]
        let format = Date.ISO8601FormatStyle(dateTimeSeparator: .space)
        let end = try format.parse("2024-10-01 00:00:00Z")

        let curve = try KaplanMeier(
            SharedData.rows("open/process/github_issues_facebook_react.csv.gz").map { row in
                let opened = try format.parse("\(row["created_at"] ?? "")Z")
                let closed = row["closed_at"].flatMap { try? format.parse("\($0)Z") }
                return try SurvivalCount(
                    time: (closed ?? end).timeIntervalSince(opened) / 86_400,
                    events: closed == nil ? 0 : 1, censored: closed == nil ? 1 : 0)
            })

        for (time, survival) in expected {
            #expect(abs(try #require(curve.survival(at: time)) / survival - 1) < 1e-9)
        }
        #expect(abs(try #require(curve.time()) / 14.376087963 - 1) < 1e-9)
    }
}
