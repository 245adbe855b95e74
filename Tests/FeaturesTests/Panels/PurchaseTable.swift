import Foundation
import Vocabulary

/// Purchases for models of customers.
enum PurchaseTable {
    /// Four hundred buyers whose rates and patience differ, by a generator of whole numbers.
    static var csv: String {
        var lines = ["buyer,bought,shop,amount"]
        var state: UInt64 = 7
        func random() -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return (Double(state >> 33) + 0.5) / Double(1 << 31)
        }
        for buyer in 0..<400 {
            // Day 20,456 is 3 January 2026; the data ends before 1 July, day 20,635.
            var day = 20_456 + Double(buyer % 60)
            let rate = -log(random()) * 0.05
            let patience = random() * random()
            let taste = 10 + 60 * random() * random()
            while day < 20_635 {
                let amount = (taste * (0.5 + random()) * 100).rounded() / 100
                lines.append(
                    "b\(buyer),\(Day(number: Int(day)))T10:00:00,"
                        + "\(buyer % 2 == 0 ? "web" : "app"),\(amount)")
                if random() < patience { break }
                day += max(1, -log(random()) / rate)
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
