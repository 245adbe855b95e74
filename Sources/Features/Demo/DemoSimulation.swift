import Foundation
import Vocabulary

/// The simulated company while it runs, day by day.
///
/// Its parts (sign-ups, work, billing, surveys, support, delivery, visits) are extensions, each
/// with dice of its own. Only people and accounts are kept; every row is written when it happens.
final class DemoSimulation {
    let parameters: DemoParameters
    let calendar: DemoCalendar
    /// The company's size against one of 25,000 people.
    let scale: Double
    let files: DemoFiles

    var people: [DemoPerson] = []
    var accounts: [DemoAccount] = []
    /// People who have not stopped, by index.
    var active: [Int] = []
    /// What happens today, to be sorted by time.
    var today: [DemoAction] = []

    /// What is due on each day.
    var invitations: [[(account: Int, colleagues: Int)]]
    var joining: [[Int]]
    var purchases: [[Int]]
    var anniversaries: [[(account: Int, subscription: Int, month: Int)]]

    /// Monthly recurring revenue by plan, payment and currency: see ``DemoRevenue``.
    var revenue = DemoRevenue()
    var subscriptionCount = 0
    var eventCount = 0

    var signUpDice: DemoRandom
    var workDice: DemoRandom
    var flawDice: DemoRandom
    var billingDice: DemoRandom
    var surveyDice: DemoRandom
    var supportDice: DemoRandom
    var deliveryDice: DemoRandom
    var visitDice: DemoRandom
    var repliesDice: DemoRandom

    init(
        people: Int, lastDay: Day, seed: UInt64, parameters: DemoParameters, files: DemoFiles
    ) {
        self.parameters = parameters
        self.files = files
        calendar = DemoCalendar(lastDay: lastDay, parameters: parameters)
        scale = Double(people) / 25_000
        invitations = Array(repeating: [], count: parameters.days)
        joining = Array(repeating: [], count: parameters.days)
        purchases = Array(repeating: [], count: parameters.days)
        anniversaries = Array(repeating: [], count: parameters.days)
        let dice = (1...8).map { DemoRandom(seed: seed, stream: $0) }
        signUpDice = dice[0]
        workDice = dice[1]
        flawDice = dice[2]
        billingDice = dice[3]
        surveyDice = dice[4]
        supportDice = dice[5]
        deliveryDice = dice[6]
        visitDice = dice[7]
        repliesDice = DemoRandom(seed: seed, stream: 16)
    }

    /// Lives through all days and writes the files.
    func run(progress: (Double) -> Void) throws(Failure) {
        for index in 0..<parameters.days {
            today.removeAll(keepingCapacity: true)
            try signUps(on: index)
            try invitationsAndJoins(on: index)
            try billing(on: index)
            try work(on: index)
            try surveys(on: index)
            try delivery(on: index)
            try visits(on: index)
            try writeEvents(on: index)
            try revenue.write(to: files.dailyRevenue, on: calendar.day(index))
            if index % 26 == 25 { progress(Double(index + 1) / Double(parameters.days)) }
        }
        try writeAccounts()
    }

    /// A second of the working day, local to Europe, or later for people across the Atlantic.
    func workSecond(_ dice: inout DemoRandom, country: Int) -> Int {
        let hours = country >= 6 ? DemoSimulation.americanHours : DemoSimulation.europeanHours
        return hours[dice.below(hours.count)] * 3_600 + dice.below(3_600)
    }

    /// Hours of the day in UTC, each as often as it is worked in. None is so early or late that
    /// it falls on another civil day in central Europe.
    private static let europeanHours = [
        5, 6, 6, 7, 7, 7, 7, 8, 8, 8, 8, 8, 9, 9, 9, 9, 10, 10, 10, 11, 11, 12, 12, 12, 13, 13, 13,
        13, 14, 14, 14, 15, 15, 16, 17, 18, 19, 20,
    ]
    private static let americanHours = [
        11, 12, 13, 13, 14, 14, 14, 15, 15, 15, 16, 16, 17, 17, 18, 18, 18, 19, 19, 20, 20,
    ]

    private func writeAccounts() throws(Failure) {
        let file = files.accounts
        for (number, account) in accounts.enumerated() {
            let created = calendar.day(account.createdIndex)
            file.field(number + 1, prefix: 97)
            file.field(created, second: account.createdSecond)
            file.field(files.names.countries[account.country])
            file.field(files.names.channels[account.channel])
            file.field(files.names.platforms[account.platform])
            if let days = account.daysToFirstInvite { file.field(days) } else { file.emptyField() }
            file.field(account.members - account.removed)
            file.field(account.plan.name)
            if let paid = account.firstPaidIndex {
                file.field(calendar.day(paid))
            } else {
                file.emptyField()
            }
            try file.endRow()
        }
    }
}
