import Vocabulary

/// What the company's own teams ship, and what its marketing spends.
extension DemoSimulation {
    /// Releases the changes that are ready on a weekday.
    func delivery(on index: Int) throws(Failure) {
        let day = calendar.day(index)
        guard day.weekday.rawValue <= 5 else { return }
        let services: [StaticString] = ["web", "mobile", "core"]
        for _ in 0..<deliveryDice.poisson(parameters.releasesPerWeekday) {
            let service = deliveryDice.pick([0.46, 0.22, 0.32])
            let cycle = Int(
                3_600
                    * deliveryDice.logNormal(
                        median: parameters.cycleHours[0], spread: parameters.cycleHours[1]))
            let released = 32_400 + deliveryDice.below(21_600)
            let failed = deliveryDice.chance(parameters.releaseFails)
            let repair = Int(3_600 * deliveryDice.logNormal(median: 2.6, spread: 0.8))
            let defects =
                deliveryDice.poisson(parameters.defectsPerRelease) + (failed ? 3 : 0)
            let file = files.releases
            file.field(file.rows + 1, prefix: 114)
            file.field(services[service])
            write(day, second: released - cycle, to: file)
            write(day, second: released - cycle * 2 / 9, to: file)
            file.field(day, second: released)
            file.field(cycle)
            file.field(failed ? "true" : "false")
            if failed { file.field(repair) } else { file.emptyField() }
            file.field(defects)
            try file.endRow()
        }
    }

    /// Writes a day's visits through each channel and what they cost.
    func visits(on index: Int) throws(Failure) {
        let day = calendar.day(index)
        for channel in parameters.channels.indices {
            let mean =
                parameters.newAccountsPerDayAtStart * scale * parameters.channelShares[channel]
                * calendar.signUpFactor(index, channel: channel)
                / parameters.visitToAccount[channel]
            let visits = visitDice.poisson(mean)
            let price = parameters.costPerHundredVisits[channel] * (0.9 + 0.2 * visitDice.unit())
            files.visits.field(day)
            files.visits.field(files.names.channels[channel])
            files.visits.field(visits)
            files.visits.field(hundredths: Int((Double(visits) * price).rounded()))
            try files.visits.endRow()
        }
    }

    /// Writes an instant that may lie before the day's midnight.
    private func write(_ day: Day, second: Int, to file: DemoFile) {
        let back = second >= 0 ? 0 : (-second + 86_399) / 86_400
        file.field(day.adding(days: -back), second: second + back * 86_400)
    }
}
