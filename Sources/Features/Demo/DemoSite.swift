import Vocabulary

/// The web site: what visitors look at, a row an event and a row a visit.
extension DemoLedgers {
    /// Visits a day that are followed closely, for a company of 25,000 people; a small company
    /// follows a fifth of them, so that something happens every month.
    private static let visitsPerDay = 45.0

    func writeSite() throws(Failure) -> [DemoSummary.File] {
        var dice = dice(10)
        let events = try file("site_events.csv", "at,person_id,session_id,event")
        let sessions = try file(
            "site_sessions.csv",
            "at,person_id,session_id,page_views,duration_seconds,load_seconds,crashed")
        var people = 0
        for index in 0..<calendar.days {
            for _ in 0..<dice.poisson(DemoLedgers.visitsPerDay * max(scale, 0.2)) {
                // Three of five visitors are new; the others are among those of the last weeks.
                let isNew = people == 0 || dice.chance(0.6)
                if isNew { people += 1 }
                let person = isNew ? people : max(1, people - dice.below(min(people, 900)))
                try writeVisit(
                    of: person, isNew: isNew, on: calendar.day(index), &dice, events, sessions)
            }
        }
        return [try events.close(), try sessions.close()]
    }

    private func writeVisit(
        of person: Int, isNew: Bool, on day: Day, _ dice: inout DemoRandom, _ events: DemoFile,
        _ sessions: DemoFile
    ) throws(Failure) {
        let start = 25_200 + dice.below(50_000)
        let pages = 1 + dice.geometric(mean: 1.9, atMost: 20)
        var second = start
        func event(_ name: StaticString) throws(Failure) {
            events.field(day, second: second)
            events.field(person, prefix: 118)
            events.field(sessions.rows + 1, prefix: 115)
            events.field(name)
            try events.endRow()
        }
        for page in 0..<pages {
            if page > 0 { second += 5 + dice.below(140) }
            try event("page_viewed")
            guard dice.chance(0.4) else { continue }
            try event("shown")
            if dice.chance(0.12) { try event("clicked") }
        }
        let signsUp = dice.chance(isNew ? 0.05 : 0.03)
        if signsUp { try event("signed_up") }
        if dice.chance(signsUp ? 0.35 : isNew ? 0.01 : 0.05) {
            second += 30 + dice.below(300)
            try event("purchased")
        }
        sessions.field(day, second: start)
        sessions.field(person, prefix: 118)
        sessions.field(sessions.rows + 1, prefix: 115)
        sessions.field(pages)
        sessions.field(second - start)
        sessions.field(hundredths: Int(100 * dice.logNormal(median: 1.4, spread: 0.5)))
        sessions.field(dice.chance(0.008) ? "true" : "false")
        try sessions.endRow()
    }
}
