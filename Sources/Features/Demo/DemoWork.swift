import Vocabulary

/// What people do in the product, and how it reaches the file of events.
extension DemoSimulation {
    /// Lets everybody who is active work, or stop for good.
    func work(on index: Int) throws(Failure) {
        let factor = calendar.activityFactor(index)
        let work = DemoActionKind.work
        var kept = 0
        for place in active.indices {
            let number = active[place]
            let person = people[number]
            let plan = accounts[person.account].plan
            if workDice.chance(parameters.stopsPerDay[plan.rawValue]) { continue }
            active[kept] = number
            kept += 1
            guard workDice.chance(person.workingDayShare * factor) else { continue }
            let isIncident = calendar.incident(index, platform: person.platform)
            let errors = isIncident ? parameters.incidentErrorShare : parameters.errorShare
            let country = accounts[person.account].country
            var second = workSecond(&workDice, country: country)
            append(.appOpened, number, second)
            for _ in 0..<workDice.poisson(parameters.actionsPerWorkingDay) {
                second = min(second + 10 + workDice.below(1_500), 75_599)
                let isError = workDice.chance(errors)
                let kind = isError ? .errorShown : work[workDice.below(work.count)]
                append(kind, number, second)
            }
            let tickets = parameters.ticketsPerWorkingDay * (isIncident ? 7 : 1)
            if supportDice.chance(tickets) {
                try openTicket(of: number, on: index, second: second, isIncident: isIncident)
            }
        }
        active.removeLast(active.count - kept)
    }

    /// Adds an action to today's.
    func append(_ kind: DemoActionKind, _ person: Int, _ second: Int) {
        today.append(DemoAction(second: Int32(second), person: Int32(person), kind: kind))
    }

    /// Writes today's events in the order of time, with the flaws that real data have.
    func writeEvents(on index: Int) throws(Failure) {
        addBots(on: index)
        // The place in the list breaks ties, so that the order does not depend on how it is sorted.
        let order = today.enumerated().map { Int64($1.second) << 32 | Int64($0) }.sorted()
        let day = calendar.day(index)
        for entry in order {
            let action = today[Int(entry & 0xFFFF_FFFF)]
            eventCount += 1
            let number = eventCount
            let isLate = flawDice.chance(parameters.lateShare)
            let delay = isLate ? 86_400 * (1 + flawDice.below(4)) + flawDice.below(40_000) : 1
            let fits = index + delay / 86_400 + 1 < parameters.days
            try writeEvent(action, number, day, delay: fits ? delay : 1)
            if flawDice.chance(parameters.duplicateShare) {
                try writeEvent(action, number, day, delay: fits ? delay + 30 : 31)
            }
        }
    }

    /// Bots are actions of nobody: a negative person tells which.
    private func addBots(on index: Int) {
        for _ in 0..<flawDice.poisson(parameters.botViewsPerDay * scale) {
            today.append(
                DemoAction(
                    second: Int32(flawDice.below(75_600)), person: Int32(-1 - flawDice.below(60)),
                    kind: .appOpened))
        }
    }

    private func writeEvent(
        _ action: DemoAction, _ number: Int, _ day: Day, delay: Int
    ) throws(Failure) {
        let file = files.events
        let second = Int(action.second)
        file.field(number, prefix: 101)
        file.field(day, second: second)
        file.field(day, second: second + delay)
        guard action.person >= 0 else {
            let bot = Int(-1 - action.person)
            file.field("page_viewed")
            file.field(bot + 1, prefix: 98)
            file.emptyField()
            file.field("web")
            file.field("US")
            file.emptyField()
            file.emptyField()
            switch bot % 3 {
            case 0: file.field("Googlebot/2.1")
            case 1: file.field("AhrefsBot/7.0")
            default: file.field("UptimeRobot/2.0")
            }
            try file.endRow()
            return
        }
        let person = people[Int(action.person)]
        let account = accounts[person.account]
        file.field(action.kind.name)
        file.field(Int(action.person) + 1, prefix: 112)
        file.field(person.account + 1, prefix: 97)
        file.field(files.names.platforms[person.platform])
        file.field(files.names.countries[account.country])
        if let channel = person.channel {
            file.field(files.names.channels[channel])
        } else {
            file.field("invitation")
        }
        file.field(account.plan.name)
        file.field(files.names.agents[person.platform])
        try file.endRow()
    }
}
