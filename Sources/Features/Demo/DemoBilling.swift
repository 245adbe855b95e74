import Vocabulary

/// How accounts become customers, what they are billed, and how they leave.
extension DemoSimulation {
    /// Starts, renews, changes and ends subscriptions.
    func billing(on index: Int) throws(Failure) {
        for account in purchases[index] { try startSubscription(of: account, on: index) }
        for due in anniversaries[index] {
            guard let subscription = accounts[due.account].subscription,
                subscription.number == due.subscription
            else { continue }
            try renew(subscription, of: due.account, month: due.month, on: index)
        }
    }

    private func startSubscription(of number: Int, on index: Int) throws(Failure) {
        let account = accounts[number]
        let isBusiness = billingDice.chance(parameters.businessShare)
        let isYearly = billingDice.chance(parameters.yearlyShare)
        let isDollar = account.country >= 6
        let prices =
            index >= parameters.pricingChangeDay
            ? parameters.priceAfterChange : parameters.pricePerSeat
        var price = Double(prices[isBusiness ? 1 : 0])
        if isYearly { price *= Double(parameters.monthsPaidPerYear) / 12 }
        if isDollar { price *= parameters.dollarFactor }
        subscriptionCount += 1
        let subscription = DemoSubscription(
            number: subscriptionCount, startIndex: index, isYearly: isYearly, isDollar: isDollar,
            seatPrice: Int(price.rounded()), seats: account.members - account.removed)
        accounts[number].plan = isBusiness ? .business : .team
        accounts[number].subscription = subscription
        accounts[number].firstPaidIndex = account.firstPaidIndex ?? index
        let second = workSecond(&billingDice, country: account.country)
        append(.subscriptionStarted, account.founder, second)
        revenue.add(subscription, plan: accounts[number].plan, parameters)
        try writeChange("started", subscription, of: number, on: index, second: second)
        try writeInvoice(subscription, of: number, on: index)
        scheduleAnniversary(of: number, subscription, month: 1)
    }

    private func renew(
        _ old: DemoSubscription, of number: Int, month: Int, on index: Int
    ) throws(Failure) {
        let plan = accounts[number].plan
        let kind = plan == .business ? 1 : 0
        let endsYear = old.isYearly && month % 12 == 0
        let second = workSecond(&billingDice, country: accounts[number].country)
        if !old.isYearly || endsYear {
            let probability =
                old.isYearly ? parameters.cancelsPerYear[kind] : parameters.cancelsPerMonth[kind]
            if billingDice.chance(probability) {
                try cancel(old, of: number, on: index, second: second)
                return
            }
        }
        if billingDice.chance(parameters.addsSeatPerMonth) {
            try createColleague(of: number, on: index)
        }
        if billingDice.chance(parameters.dropsSeatPerMonth), old.seats > 1 {
            accounts[number].removed += 1
        }
        var subscription = old
        subscription.seats = max(1, accounts[number].members - accounts[number].removed)
        if subscription.seats != old.seats {
            revenue.remove(old, plan: plan, parameters)
            revenue.add(subscription, plan: plan, parameters)
            accounts[number].subscription = subscription
            try writeChange("seats", subscription, of: number, on: index, second: second)
        }
        if !old.isYearly || endsYear {
            try writeInvoice(subscription, of: number, on: index)
        }
        scheduleAnniversary(of: number, subscription, month: month + 1)
    }

    private func cancel(
        _ old: DemoSubscription, of number: Int, on index: Int, second: Int
    ) throws(Failure) {
        append(.subscriptionCanceled, accounts[number].founder, second)
        revenue.remove(old, plan: accounts[number].plan, parameters)
        var ended = old
        ended.seats = 0
        try writeChange("canceled", ended, of: number, on: index, second: second)
        accounts[number].subscription = nil
        accounts[number].plan = .free
    }

    private func scheduleAnniversary(
        of account: Int, _ subscription: DemoSubscription, month: Int
    ) {
        let day = calendar.day(subscription.startIndex).adding(months: month)
        let index = calendar.index(of: day)
        if index < parameters.days {
            anniversaries[index].append((account, subscription.number, month))
        }
    }

    private func writeChange(
        _ change: StaticString, _ subscription: DemoSubscription, of number: Int, on index: Int,
        second: Int
    ) throws(Failure) {
        let file = files.subscriptions
        file.field(subscription.number, prefix: 115)
        file.field(number + 1, prefix: 97)
        file.field(calendar.day(index), second: second)
        file.field(change)
        file.field(accounts[number].plan.name)
        file.field(subscription.isYearly ? "yearly" : "monthly")
        file.field(subscription.isDollar ? "USD" : "EUR")
        file.field(subscription.seats)
        file.field(hundredths: subscription.revenue)
        file.field(hundredths: parameters.euros(subscription.revenue, subscription.isDollar))
        try file.endRow()
    }

    private func writeInvoice(
        _ subscription: DemoSubscription, of number: Int, on index: Int
    ) throws(Failure) {
        let file = files.invoices
        let amount = subscription.revenue * (subscription.isYearly ? 12 : 1)
        let day = calendar.day(index)
        let paysAfter = billingDice.below(21)
        let isRefunded = billingDice.chance(0.012)
        file.field(file.rows + 1, prefix: 105)
        file.field(number + 1, prefix: 97)
        file.field(day, second: 21_600)
        file.field(accounts[number].plan.name)
        file.field(subscription.isYearly ? "yearly" : "monthly")
        file.field(subscription.isDollar ? "USD" : "EUR")
        file.field(hundredths: amount)
        file.field(hundredths: parameters.euros(amount, subscription.isDollar))
        if index + paysAfter < parameters.days {
            file.field(isRefunded ? "refunded" : "paid")
            file.field(day.adding(days: paysAfter))
        } else {
            file.field("open")
            file.emptyField()
        }
        try file.endRow()
    }
}

extension DemoParameters {
    /// An amount of hundredths in hundredths of EUR, rounded half up.
    func euros(_ amount: Int, _ isDollar: Bool) -> Int {
        isDollar ? Int((Double(amount) * eurosPerDollar + 0.5).rounded(.down)) : amount
    }
}
