import Foundation
import Testing

@testable import Features
import Vocabulary

@Suite("The demo company's true parameters")
struct DemoParametersTests {
    let parameters = DemoParameters()
    let first = DemoFixture.lastDay.adding(days: 1 - DemoParameters().days)

    @Test("the reference page names every parameter and its value")
    func pageIsComplete() throws {
        let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../docs/reference/demo-parameters.md")
        let text = try String(contentsOf: page, encoding: .utf8)

        for property in Mirror(reflecting: parameters).children {
            let value = DemoParametersTests.spelt(property.value)
            let row = "| `\(property.label ?? "")` | \(value) |"
            #expect(text.contains(row), "\(row)")
        }
    }

    @Test("activation is recovered for each channel, before and after the guide")
    func activation() throws {
        let accounts = try #require(DemoFixture.full["accounts.csv"])
        let created = accounts["created_at"].map(index)
        let channels = accounts["channel"]
        let invited = accounts["days_to_first_invite"].map { Int($0) ?? 99 }
        let android = accounts["platform"].map { $0 == "android" }

        for (channel, name) in parameters.channels.enumerated() {
            for (range, lift) in [
                (0..<parameters.onboardingDay, 1.0),
                (parameters.onboardingDay..<539, parameters.onboardingLift),
            ] {
                let rows = created.indices.filter {
                    channels[$0] == name && range.contains(created[$0])
                        && !(android[$0] && isIncident(created[$0]))
                }
                let hits = rows.count { invited[$0] < 7 }
                #expect(
                    agrees(hits, of: rows.count, with: parameters.activation[channel] * lift),
                    "\(name) from day \(range.lowerBound)")
            }
        }
    }

    @Test("sign-ups follow the week")
    func signUpWeek() throws {
        let accounts = try #require(DemoFixture.full["accounts.csv"])
        var counts = [Int](repeating: 0, count: 7)
        for day in accounts["created_at"].map(index) { counts[day % 7] += 1 }

        // The first day of the data is a Monday, and the data are whole weeks.
        for weekday in 0..<7 {
            let share = parameters.signUpWeekdayFactors[weekday] / 7
            #expect(agrees(counts[weekday], of: accounts.count, with: share))
        }
    }

    @Test("the campaign lifts the sign-ups of its channel, and of no other")
    func campaign() throws {
        let accounts = try #require(DemoFixture.full["accounts.csv"])
        let created = accounts["created_at"].map(index)
        let channels = accounts["channel"]
        let during =
            parameters.campaignStart..<parameters.campaignStart + parameters.campaignDays
        let target = Substring(parameters.channels[parameters.campaignChannel])

        // Other channels tell how many sign-ups the days would have brought without it.
        let share = parameters.channelShares[parameters.campaignChannel]
        let rows = created.indices.filter { during.contains(created[$0]) }
        let hits = rows.count { channels[$0] == target }
        let lifted = share * parameters.campaignLift
        #expect(agrees(hits, of: rows.count, with: lifted / (lifted + 1 - share)))
        let before = created.indices.filter { created[$0] < during.lowerBound }
        #expect(agrees(before.count { channels[$0] == target }, of: before.count, with: share))
    }

    @Test("customers that pay by the month cancel at the hazard of their plan")
    func cancellations() throws {
        let table = try #require(DemoFixture.full["subscriptions.csv"])
        let (ids, changes, plans) = (table["subscription_id"], table["change"], table["plan"])
        let (payments, days) = (table["payment"], table["changed_at"].map(index))
        var starts: [Substring: (day: Int, plan: Int)] = [:]
        var months = [0, 0]
        var cancellations = [0, 0]
        func count(_ start: (day: Int, plan: Int), until end: Int) {
            var step = 1
            let day = first.adding(days: start.day)
            while day.adding(months: step).number - first.number <= end {
                months[start.plan] += 1
                step += 1
            }
        }
        for row in ids.indices where payments[row] == "monthly" {
            if changes[row] == "started" {
                starts[ids[row]] = (days[row], plans[row] == "business" ? 1 : 0)
            } else if changes[row] == "canceled", let start = starts.removeValue(forKey: ids[row]) {
                count(start, until: days[row])
                cancellations[start.plan] += 1
            }
        }
        for start in starts.values { count(start, until: parameters.days - 1) }

        for plan in 0...1 {
            let hazard = parameters.cancelsPerMonth[plan]
            #expect(agrees(cancellations[plan], of: months[plan], with: hazard))
        }
    }

    @Test("promoters and detractors are recovered in each wave")
    func promoters() throws {
        let table = try #require(DemoFixture.full["survey_answers.csv"])
        let days = table["asked_at"].map(index)
        let scores = table["score"].map { Int($0) }

        for wave in parameters.promoterShares.indices {
            let asked = days.indices.filter { days[$0] == 45 + 91 * wave }
            let answers = asked.compactMap { scores[$0] }
            #expect(agrees(answers.count, of: asked.count, with: parameters.askedAndAnswers[1]))
            #expect(
                agrees(
                    answers.count { $0 >= 9 }, of: answers.count,
                    with: parameters.promoterShares[wave]))
            #expect(
                agrees(
                    answers.count { $0 <= 6 }, of: answers.count,
                    with: parameters.detractorShares[wave]))
        }
    }

    @Test("releases take the stated time, fail and break as stated")
    func releases() throws {
        let table = try #require(DemoFixture.full["releases.csv"])
        let hours = table["cycle_seconds"].compactMap { Double($0) }.map { $0 / 3_600 }
        let defects = table["defects"].compactMap { Int($0) }
        let failed = table["failed"].count { $0 == "true" }

        // Half of the releases are quicker than the median of the distribution.
        let quick = hours.count { $0 < parameters.cycleHours[0] }
        #expect(agrees(quick, of: hours.count, with: 0.5))
        #expect(agrees(failed, of: hours.count, with: parameters.releaseFails))
        let found = Double(defects.reduce(0, +) - 3 * failed)
        let expected = parameters.defectsPerRelease * Double(hours.count)
        #expect(abs(found - expected) < 4 * expected.squareRoot())
        let count = parameters.releasesPerWeekday * Double(parameters.days) * 5 / 7
        #expect(abs(Double(hours.count) - count) < 4 * count.squareRoot())
    }

    @Test("visits and costs follow the channels")
    func visits() throws {
        let visits = try #require(DemoFixture.full["visits.csv"])
        let accounts = try #require(DemoFixture.full["accounts.csv"])
        let channels = accounts["channel"]

        for (place, name) in parameters.channels.enumerated() {
            let rows = visits["channel"].indices.filter { visits["channel"][$0] == name }
            let counts = visits["visits"]
            let costs = visits["cost_eur"]
            let seen = rows.reduce(0) { $0 + (Int(counts[$1]) ?? 0) }
            let cost = rows.reduce(0.0) { $0 + (Double(costs[$1]) ?? 0) }
            let came = channels.count { $0 == name }
            #expect(agrees(came, of: seen, with: parameters.visitToAccount[place]))
            let price = parameters.costPerHundredVisits[place]
            #expect(abs(cost / Double(seen) * 100 - price) <= price * 0.02)
        }
    }

    @Test("errors rise on the platform of the incident while it lasts")
    func incident() throws {
        let table = try #require(DemoFixture.small["events.csv"])
        let (events, platforms) = (table["event"], table["platform"])
        let work = Set(DemoActionKind.work.map { Substring(String(describing: $0.name)) })
        var actions = [0, 0]
        var errors = [0, 0]
        for (row, time) in table["time"].enumerated() {
            let isError = events[row] == "error_shown"
            guard isError || work.contains(events[row]) else { continue }
            let kind = platforms[row] == "android" && isIncident(index(time)) ? 1 : 0
            actions[kind] += 1
            errors[kind] += isError ? 1 : 0
        }

        #expect(agrees(errors[0], of: actions[0], with: parameters.errorShare))
        #expect(agrees(errors[1], of: actions[1], with: parameters.incidentErrorShare))
    }

    @Test("ratings of support are as good as stated")
    func satisfaction() throws {
        let table = try #require(DemoFixture.small["survey_answers.csv"])
        let scores = zip(table["survey"], table["score"]).compactMap {
            $0 == "csat" ? Int($1) : nil
        }

        #expect(
            agrees(
                scores.count { $0 >= 4 }, of: scores.count, with: parameters.ratedAndSatisfied[1]))
    }

    private func index(_ time: Substring) -> Int {
        (Day(iso: time.prefix(10))?.number ?? 0) - first.number
    }

    private func isIncident(_ index: Int) -> Bool {
        (parameters.incidentStart..<parameters.incidentStart + parameters.incidentDays)
            .contains(index)
    }

    /// A value as the reference page writes it.
    static func spelt(_ value: Any) -> String {
        switch value {
        case let list as [Double]: list.map { "\($0)" }.joined(separator: ", ")
        case let list as [Int]: list.map { "\($0)" }.joined(separator: ", ")
        case let list as [String]: list.joined(separator: ", ")
        default: "\(value)"
        }
    }
}
