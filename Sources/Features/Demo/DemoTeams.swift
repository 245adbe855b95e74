import Vocabulary

/// How the company's teams work: items, changes, deployments, launches and defects.
extension DemoLedgers {
    func writeWork() throws(Failure) -> [DemoSummary.File] {
        var dice = dice(12)
        let items = try file(
            "work_items.csv", "item_id,created_at,started_at,finished_at,in_iteration")
        let changes = try file(
            "code_changes.csv",
            "change_id,service,first_commit_at,opened_at,reviewed_at,merged_at,deployed_at")
        let deployments = try file(
            "deployments.csv", "deployment_id,service,deployed_at,failed,restored_at,is_rework")
        for index in 0..<calendar.days where calendar.day(index).weekday.rawValue <= 5 {
            for _ in 0..<dice.poisson(5) { try writeItem(from: index, &dice, items) }
            for _ in 0..<dice.poisson(4) { try writeChange(until: index, &dice, changes) }
            try writeDeployments(on: index, &dice, deployments)
        }
        return [
            try items.close(), try changes.close(), try deployments.close(), try writeLaunches(),
        ]
    }

    /// An instant so many hours after a day's nine o'clock, if the data reach so far.
    private func write(
        _ index: Int, hours: Double?, to file: DemoFile
    ) {
        guard let hours, index + Int(9 + hours) / 24 < calendar.days else {
            return file.emptyField()
        }
        file.field(calendar.day(index), second: Int((9 + hours) * 3_600))
    }

    private func writeItem(
        from index: Int, _ dice: inout DemoRandom, _ file: DemoFile
    ) throws(Failure) {
        let wait = dice.logNormal(median: 120, spread: 0.9)
        let work = dice.logNormal(median: 60, spread: 0.9)
        file.field(file.rows + 1, prefix: 105)
        write(index, hours: 0, to: file)
        write(index, hours: wait, to: file)
        write(index, hours: wait + work, to: file)
        file.field(dice.chance(0.8) ? "true" : "false")
        try file.endRow()
    }

    private func writeChange(
        until index: Int, _ dice: inout DemoRandom, _ file: DemoFile
    ) throws(Failure) {
        let coding = dice.logNormal(median: 9, spread: 0.8)
        let pickup = dice.logNormal(median: 3, spread: 0.9)
        let review = dice.logNormal(median: 8, spread: 0.9)
        let deploy = dice.logNormal(median: 2, spread: 0.7)
        let total = coding + pickup + review + deploy
        let start = max(0, index - Int(total / 24) - 1)
        file.field(file.rows + 1, prefix: 103)
        file.field(file.rows % 3 == 0 ? "web" : "core")
        for hours in [0, coding, coding + pickup, coding + pickup + review, total] {
            file.field(calendar.day(start), second: Int((9 + hours) * 3_600))
        }
        try file.endRow()
    }

    private func writeDeployments(
        on index: Int, _ dice: inout DemoRandom, _ file: DemoFile
    ) throws(Failure) {
        for _ in 0..<dice.poisson(2.2) {
            let second = 32_400 + dice.below(21_600)
            let hasFailed = dice.chance(0.09)
            let repair = Int(3_600 * dice.logNormal(median: 1.5, spread: 0.7))
            for isRework in hasFailed ? [false, true] : [false] {
                file.field(file.rows + 1, prefix: 100)
                file.field(file.rows % 3 == 0 ? "web" : "core")
                file.field(calendar.day(index), second: second + (isRework ? repair : 0))
                file.field(hasFailed && !isRework ? "true" : "false")
                if hasFailed, !isRework {
                    file.field(calendar.day(index), second: second + repair)
                } else {
                    file.emptyField()
                }
                file.field(isRework ? "true" : "false")
                try file.endRow()
            }
        }
    }

    /// Three launches a month, each some months after its idea was approved.
    private func writeLaunches() throws(Failure) -> DemoSummary.File {
        var dice = dice(13)
        let file = try file("launches.csv", "product_id,idea_at,released_at")
        for index in 0..<calendar.days where [5, 15, 25].contains(calendar.day(index).parts.day) {
            let days = Int(dice.logNormal(median: 80, spread: 0.5))
            file.field(file.rows + 1, prefix: 108)
            file.field(calendar.day(index - days), second: 36_000)
            file.field(calendar.day(index), second: 36_000)
            try file.endRow()
        }
        return try file.close()
    }

    func writeDefects() throws(Failure) -> [DemoSummary.File] {
        var dice = dice(14)
        let defects = try file(
            "defects.csv", "defect_id,reported_at,resolved_at,was_reopened,found_in")
        let events = try file("defect_events.csv", "at,defect_id,event")
        for index in 0..<calendar.days {
            for _ in 0..<dice.poisson(1.8) {
                let hours = dice.chance(0.93) ? dice.logNormal(median: 90, spread: 1) : nil
                let isFinished = hours.map { index + Int(9 + $0) / 24 < calendar.days } ?? false
                defects.field(defects.rows + 1, prefix: 102)
                write(index, hours: 0, to: defects)
                write(index, hours: hours, to: defects)
                defects.field(isFinished && dice.chance(0.07) ? "true" : "false")
                defects.field(dice.chance(0.3) ? "production" : "test")
                try defects.endRow()
                try writeEvent("reported", of: defects.rows, index, hours: 0, events)
                guard isFinished, let hours else { continue }
                try writeEvent("resolved", of: defects.rows, index, hours: hours, events)
            }
        }
        return [try defects.close(), try events.close()]
    }

    private func writeEvent(
        _ name: StaticString, of defect: Int, _ index: Int, hours: Double, _ file: DemoFile
    ) throws(Failure) {
        write(index, hours: hours, to: file)
        file.field(defect, prefix: 102)
        file.field(name)
        try file.endRow()
    }

    /// The profit and loss account, two lines a month.
    func writeBooks() throws(Failure) -> [DemoSummary.File] {
        var dice = dice(15)
        let file = try file(
            "results.csv", "day,revenue,cost_of_sales,operating_cost,interest_and_tax")
        for index in 0..<calendar.days where [14, 28].contains(calendar.day(index).parts.day) {
            let revenue = Int(100 * scale * (90_000 + 160.0 * Double(index))) + dice.below(100_000)
            file.field(calendar.day(index))
            file.field(hundredths: revenue)
            file.field(hundredths: revenue * (24 + dice.below(5)) / 100)
            file.field(hundredths: revenue * (44 + dice.below(6)) / 100)
            file.field(hundredths: revenue * (6 + dice.below(3)) / 100)
            try file.endRow()
        }
        return [try file.close()]
    }
}
