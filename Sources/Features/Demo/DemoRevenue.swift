import Vocabulary

/// The monthly recurring revenue of the simulated company, kept up to date at every change.
struct DemoRevenue {
    private struct Cell {
        var accounts = 0
        var seats = 0
        var amount = 0
        var euros = 0
    }

    /// By plan (team, business), payment (monthly, yearly) and currency (EUR, USD).
    private var cells = Array(repeating: Cell(), count: 8)

    /// Counts a subscription in.
    mutating func add(
        _ subscription: DemoSubscription, plan: DemoPlan, _ parameters: DemoParameters
    ) {
        change(subscription, plan: plan, by: 1, parameters)
    }

    /// Counts a subscription out.
    mutating func remove(
        _ subscription: DemoSubscription, plan: DemoPlan, _ parameters: DemoParameters
    ) {
        change(subscription, plan: plan, by: -1, parameters)
    }

    /// Writes the state at the end of a day, a row a combination that anybody pays for.
    func write(to file: DemoFile, on day: Day) throws(Failure) {
        for (place, cell) in cells.enumerated() where cell.accounts > 0 {
            file.field(day)
            file.field(place < 4 ? "team" : "business")
            file.field(place / 2 % 2 == 1 ? "yearly" : "monthly")
            file.field(place % 2 == 1 ? "USD" : "EUR")
            file.field(cell.accounts)
            file.field(cell.seats)
            file.field(hundredths: cell.amount)
            file.field(hundredths: cell.euros)
            try file.endRow()
        }
    }

    private mutating func change(
        _ subscription: DemoSubscription, plan: DemoPlan, by sign: Int,
        _ parameters: DemoParameters
    ) {
        let place =
            (plan == .business ? 4 : 0) + (subscription.isYearly ? 2 : 0)
            + (subscription.isDollar ? 1 : 0)
        cells[place].accounts += sign
        cells[place].seats += sign * subscription.seats
        cells[place].amount += sign * subscription.revenue
        cells[place].euros +=
            sign * parameters.euros(subscription.revenue, subscription.isDollar)
    }
}
