import Vocabulary

/// The shop for templates and courses: people who buy without a contract, and just stop.
extension DemoLedgers {
    /// Customers a day on average, for a company of 25,000 people.
    private static let customersPerDay = 4.0
    private static let channels: [StaticString] = ["search", "newsletter", "partner"]

    func writeShop() throws(Failure) -> [DemoSummary.File] {
        var dice = dice(9)
        let file = try file(
            "shop.csv", "at,order_id,customer_id,channel,amount,cost,quantity,status")
        var due: [[Int]] = Array(repeating: [], count: calendar.days)
        var channels: [Int] = []
        var pauses: [Double] = []
        var stops: [Double] = []
        var levels: [Double] = []
        var orders = 0
        for index in 0..<calendar.days {
            for _ in 0..<dice.poisson(DemoLedgers.customersPerDay * scale) {
                due[index].append(channels.count)
                channels.append(dice.pick([0.5, 0.3, 0.2]))
                // How many days pass between two purchases on average, how likely each is to be the
                // last, and how much is spent: customers differ in them, as models expect.
                pauses.append(dice.logNormal(median: 30, spread: 0.8))
                let loyalty = dice.unit()
                stops.append(0.9 * loyalty * loyalty * loyalty)
                levels.append(dice.logNormal(median: 1, spread: 0.5))
            }
            for customer in due[index] {
                orders += 1
                try writeOrder(
                    orders, of: customer, DemoLedgers.channels[channels[customer]],
                    on: index, level: levels[customer], &dice, file)
                guard !dice.chance(stops[customer]) else { continue }
                var next = index + 1
                while next < calendar.days, !dice.chance(1 / (1 + pauses[customer])) { next += 1 }
                if next < calendar.days { due[next].append(customer) }
            }
        }
        return [try file.close()]
    }

    private func writeOrder(
        _ order: Int, of customer: Int, _ channel: StaticString, on index: Int,
        level: Double, _ dice: inout DemoRandom, _ file: DemoFile
    ) throws(Failure) {
        let day = calendar.day(index)
        let second = 28_800 + dice.below(43_200)
        let isCancelled = dice.chance(0.03)
        func write(_ amount: Int, _ quantity: Int, after seconds: Int = 0) throws(Failure) {
            file.field(day, second: second + seconds)
            file.field(order, prefix: 111)
            file.field(customer + 1, prefix: 99)
            file.field(channel)
            file.field(hundredths: amount)
            file.field(hundredths: amount * 35 / 100)
            file.field(quantity)
            file.field(isCancelled ? "cancelled" : "paid")
            try file.endRow()
        }
        let price = Int(Double(900 + 100 * dice.below(60)) * level)
        for _ in 0..<(1 + dice.geometric(mean: 0.3, atMost: 3)) {
            let quantity = 1 + dice.geometric(mean: 0.4, atMost: 5)
            try write(price * quantity, quantity)
        }
        if dice.chance(0.04), index + 4 < calendar.days {
            try write(-price, 0, after: 86_400 * (1 + dice.below(3)))
        }
    }
}
