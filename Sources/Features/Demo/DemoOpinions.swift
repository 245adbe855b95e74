import Vocabulary

/// What people say: NPS waves, support tickets and how their solution is rated.
extension DemoSimulation {
    /// Opens an NPS wave on its day: a quarter after the one before.
    func surveys(on index: Int) throws(Failure) {
        let since = index - 45
        guard since >= 0, since % 91 == 0, since / 91 < parameters.promoterShares.count else {
            return
        }
        let wave = since / 91
        let (year, month, _) = calendar.day(index).parts
        let name = Array("\(year)-Q\((month + 2) / 3)".utf8)
        let promoters = parameters.promoterShares[wave]
        let detractors = parameters.detractorShares[wave]
        for number in active where surveyDice.chance(parameters.askedAndAnswers[0]) {
            let answers = surveyDice.chance(parameters.askedAndAnswers[1])
            let kind = surveyDice.pick([promoters, detractors, 1 - promoters - detractors])
            let score =
                switch kind {
                case 0: 9 + surveyDice.below(2)
                case 1: 6 - surveyDice.geometric(mean: 1.2, atMost: 6)
                default: 7 + surveyDice.below(2)
                }
            let second = workSecond(&surveyDice, country: accounts[people[number].account].country)
            let answeredAfter = surveyDice.below(10) * 86_400 + surveyDice.below(3_600)
            try writeAnswer(
                "nps", name, of: number, on: index, second: second,
                answer: answers ? (answeredAfter, score) : nil)
        }
    }

    /// Writes a support ticket and, once it is solved, asks how content the person is.
    func openTicket(
        of number: Int, on index: Int, second: Int, isIncident: Bool
    ) throws(Failure) {
        let categories: [StaticString] = ["bug", "how_to", "billing", "wish"]
        let category = supportDice.pick(isIncident ? [12, 1, 0.4, 0.2] : [0.34, 0.38, 0.16, 0.12])
        let solving = Int(
            3_600
                * supportDice.logNormal(
                    median: parameters.solvingHours[0], spread: parameters.solvingHours[1]))
        let answering = Int(
            60
                * supportDice.logNormal(
                    median: parameters.answerMinutes[0], spread: parameters.answerMinutes[1]))
        let solvedAfter = max(solving, answering)
        let solvedIndex = index + (second + solvedAfter) / 86_400
        let isSolved = solvedIndex < parameters.days
        let person = people[number]
        let day = calendar.day(index)
        let file = files.tickets
        file.field(file.rows + 1, prefix: 116)
        file.field(day, second: second)
        if isSolved { file.field(day, second: second + solvedAfter) } else { file.emptyField() }
        file.field(categories[category])
        file.field(number + 1, prefix: 112)
        file.field(person.account + 1, prefix: 97)
        file.field(accounts[person.account].plan.name)
        file.field(files.names.platforms[person.platform])
        file.field(answering)
        if isSolved { file.field(solvedAfter) } else { file.emptyField() }
        file.field(1 + repliesDice.geometric(mean: 0.9, atMost: 9))
        try file.endRow()
        guard isSolved else { return }

        let rates = supportDice.chance(parameters.ratedAndSatisfied[0])
        let isSatisfied = supportDice.chance(parameters.ratedAndSatisfied[1])
        let score = isSatisfied ? 4 + supportDice.below(2) : 1 + supportDice.below(3)
        let (year, month, _) = calendar.day(solvedIndex).parts
        try writeAnswer(
            "csat", Array("\(year)-Q\((month + 2) / 3)".utf8), of: number, on: solvedIndex,
            second: (second + solvedAfter) % 86_400, answer: rates ? (1_800, score) : nil)
    }

    private func writeAnswer(
        _ survey: StaticString, _ wave: [UInt8], of number: Int, on index: Int, second: Int,
        answer: (after: Int, score: Int)?
    ) throws(Failure) {
        let person = people[number]
        let day = calendar.day(index)
        let file = files.surveyAnswers
        file.field(file.rows + 1, prefix: 113)
        file.field(day, second: second)
        if let answer { file.field(day, second: second + answer.after) } else { file.emptyField() }
        file.field(survey)
        file.field(wave)
        file.field(number + 1, prefix: 112)
        file.field(person.account + 1, prefix: 97)
        file.field(accounts[person.account].plan.name)
        if let answer { file.field(answer.score) } else { file.emptyField() }
        try file.endRow()
    }
}
