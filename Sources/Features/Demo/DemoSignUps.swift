import Vocabulary

/// How accounts and people come: sign-ups, first invitations, joining colleagues.
extension DemoSimulation {
    /// Creates the accounts of a day and decides what becomes of them.
    func signUps(on index: Int) throws(Failure) {
        for channel in parameters.channels.indices {
            let mean =
                parameters.newAccountsPerDayAtStart * scale * parameters.channelShares[channel]
                * calendar.signUpFactor(index, channel: channel)
            for _ in 0..<signUpDice.poisson(mean) {
                try createAccount(on: index, channel: channel)
            }
        }
    }

    /// Sends the invitations that are due and lets the invited join.
    func invitationsAndJoins(on index: Int) throws(Failure) {
        for invitation in invitations[index] {
            let account = accounts[invitation.account]
            if account.daysToFirstInvite == nil {
                accounts[invitation.account].daysToFirstInvite = index - account.createdIndex
            }
            let second =
                index == account.createdIndex
                ? account.createdSecond + 60
                : workSecond(&signUpDice, country: account.country)
            for number in 0..<invitation.colleagues {
                today.append(
                    DemoAction(
                        second: Int32(min(second + number * 7, 75_599)),
                        person: Int32(account.founder), kind: .colleagueInvited))
                schedule(
                    joinOf: invitation.account,
                    on: index + signUpDice.below(1 + min(13, parameters.days)))
            }
        }
        for account in joining[index] { try createColleague(of: account, on: index) }
    }

    /// Lets one more colleague join an account today.
    func createColleague(of account: Int, on index: Int) throws(Failure) {
        let country = accounts[account].country
        accounts[account].members += 1
        try createPerson(
            DemoPerson(
                account: account, platform: signUpDice.pick(parameters.platformShares),
                channel: nil, workingDayShare: workingDayShare()),
            on: index, second: workSecond(&signUpDice, country: country), kind: .joined)
    }

    private func createAccount(on index: Int, channel: Int) throws(Failure) {
        let country = signUpDice.pick(parameters.countryShares)
        let platform = signUpDice.pick(parameters.platformShares)
        let second = workSecond(&signUpDice, country: country)
        let number = accounts.count
        accounts.append(
            DemoAccount(
                createdIndex: index, createdSecond: second, country: country, channel: channel,
                platform: platform, founder: people.count))
        try createPerson(
            DemoPerson(
                account: number, platform: platform, channel: channel,
                workingDayShare: workingDayShare()),
            on: index, second: second, kind: .signedUp)

        let probability = calendar.activation(index, channel: channel, platform: platform)
        let isActivated = signUpDice.chance(probability)
        if isActivated {
            let delay = signUpDice.geometric(mean: 1.1, atMost: 6)
            let colleagues =
                1 + signUpDice.geometric(mean: parameters.colleagues - 1, atMost: 40)
            if index + delay < parameters.days {
                invitations[index + delay].append((number, colleagues))
            }
        } else if signUpDice.chance(0.05) {
            let delay = 7 + signUpDice.below(40)
            if index + delay < parameters.days { invitations[index + delay].append((number, 1)) }
        }
        decidePurchase(of: number, isActivated: isActivated)
    }

    private func decidePurchase(of account: Int, isActivated: Bool) {
        let due = accounts[account].createdIndex + 6 + signUpDice.below(39)
        let probability =
            (isActivated ? parameters.paysIfActivated : parameters.paysIfNot)
            * (due >= parameters.pricingChangeDay ? parameters.pricingConversionFactor : 1)
        guard signUpDice.chance(probability), due < parameters.days else { return }
        purchases[due].append(account)
    }

    private func createPerson(
        _ person: DemoPerson, on index: Int, second: Int, kind: DemoActionKind
    ) throws(Failure) {
        let number = people.count
        people.append(person)
        active.append(number)
        today.append(DemoAction(second: Int32(second), person: Int32(number), kind: kind))
        let file = files.people
        file.field(number + 1, prefix: 112)
        file.field(person.account + 1, prefix: 97)
        file.field(calendar.day(index), second: second)
        if let channel = person.channel {
            file.field("founder")
            file.field(files.names.platforms[person.platform])
            file.field(files.names.countries[accounts[person.account].country])
            file.field(files.names.channels[channel])
        } else {
            file.field("colleague")
            file.field(files.names.platforms[person.platform])
            file.field(files.names.countries[accounts[person.account].country])
            file.field("invitation")
        }
        try file.endRow()
    }

    private func schedule(joinOf account: Int, on index: Int) {
        if index < parameters.days { joining[index].append(account) }
    }

    private func workingDayShare() -> Double {
        let lowest = parameters.workingDayShare[0]
        return lowest + (parameters.workingDayShare[1] - lowest) * signUpDice.unit()
    }
}
