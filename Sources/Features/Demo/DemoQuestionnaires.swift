import Vocabulary

/// What people answer when they are asked on different scales, and what teams say of themselves.
extension DemoLedgers {
    /// A questionnaire: its file, its lowest answer, and how often each answer from there is given.
    private static let questionnaires: [(name: String, lowest: Int, weights: [Double])] = [
        ("answers_of_three", 1, [10, 25, 65]),
        ("answers_of_five", 1, [4, 6, 14, 36, 40]),
        ("answers_of_seven", 1, [3, 4, 7, 12, 22, 30, 22]),
        ("answers_of_ten", 1, [2, 2, 3, 4, 6, 8, 15, 25, 20, 15]),
        ("answers_from_zero_to_ten", 0, [2, 1, 2, 2, 3, 6, 8, 16, 22, 20, 18]),
    ]

    func writeQuestionnaires() throws(Failure) -> [DemoSummary.File] {
        var dice = dice(11)
        var written: [DemoSummary.File] = []
        for (name, lowest, weights) in DemoLedgers.questionnaires {
            let file = try file("\(name).csv", "at,person_id,score,weight")
            for index in 0..<calendar.days {
                for _ in 0..<dice.poisson(9 * scale) {
                    file.field(calendar.day(index), second: 25_200 + dice.below(43_200))
                    file.field(1 + dice.below(max(1, Int(20_000 * scale))), prefix: 112)
                    let score = lowest + dice.pick(weights)
                    if dice.chance(0.38) { file.field(score) } else { file.emptyField() }
                    file.field(1 + dice.below(3))
                    try file.endRow()
                }
            }
            written.append(try file.close())
        }
        written.append(try writeTeams(&dice))
        return written
    }

    /// Eight teams answer the same checklist each month; most get better at it.
    private func writeTeams(_ dice: inout DemoRandom) throws(Failure) -> DemoSummary.File {
        let file = try file(
            "team_answers.csv", "at,team_id,instrument,agile_score,meets_checklist")
        for index in 0..<calendar.days where calendar.day(index).parts.day == 10 {
            for team in 1...8 {
                let score = min(100, 35 + team * 4 + index / 20 + dice.below(9))
                file.field(calendar.day(index), second: 36_000 + team * 60)
                file.field(team, prefix: 116)
                file.field("checklist 2025")
                file.field(score)
                file.field(score >= 70 ? "true" : "false")
                try file.endRow()
            }
        }
        return try file.close()
    }
}
