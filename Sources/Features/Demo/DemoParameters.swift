/// The true parameters of the simulated company: what an analysis of its data should find.
///
/// `docs/reference/demo-parameters.md` lists them all, and tests recover them from the data.
/// Lists go with ``channels``, ``platforms``, ``countries``, the weekdays from Monday on, or the
/// months from January on.
public struct DemoParameters: Sendable {
    // MARK: The company's calendar

    /// How many days the company's data cover: 78 weeks, which is 18 months.
    public var days = 546
    /// New accounts on an average first day, for a company of 25,000 people.
    public var newAccountsPerDayAtStart = 14.4
    /// By how much new accounts grow from one day to the next (0.08 % a day is 34 % a year).
    public var signUpGrowthPerDay = 0.0008
    /// New accounts on each weekday, against an average day.
    public var signUpWeekdayFactors = [1.20, 1.22, 1.16, 1.10, 0.96, 0.62, 0.74]
    /// New accounts and activity in each month, against an average month.
    public var monthFactors = [
        1.10, 1.06, 1.04, 1.00, 0.98, 0.95, 0.86, 0.84, 1.08, 1.08, 1.05, 0.96,
    ]
    /// How likely a person is to work on each weekday, against an average day.
    public var activityWeekdayFactors = [1.30, 1.36, 1.34, 1.28, 1.10, 0.28, 0.34]

    // MARK: Who comes, and through what

    /// Where founders of accounts come from.
    public var channels = ["organic", "search_ads", "social_ads", "referral", "partner"]
    /// The share of each channel in new accounts on an ordinary day.
    public var channelShares = [0.38, 0.24, 0.14, 0.16, 0.08]
    /// What a hundred visits through each channel cost, in EUR.
    public var costPerHundredVisits = [0.0, 92.0, 64.0, 0.0, 38.0]
    /// The share of visits that become accounts, by channel.
    public var visitToAccount = [0.042, 0.035, 0.021, 0.081, 0.054]
    /// What people work with.
    public var platforms = ["web", "ios", "android"]
    /// The share of each platform in people.
    public var platformShares = [0.58, 0.20, 0.22]
    /// Where people are.
    public var countries = ["DE", "AT", "CH", "FR", "NL", "GB", "US", "CA"]
    /// The share of each country in accounts; the last two pay in USD, all others in EUR.
    public var countryShares = [0.34, 0.07, 0.06, 0.13, 0.09, 0.11, 0.16, 0.04]

    // MARK: What happens once

    /// The campaign lifts the new accounts of this channel (an index into ``channels``) …
    public var campaignChannel = 2
    /// … from this day of the data on …
    public var campaignStart = 301
    /// … for so many days …
    public var campaignDays = 21
    /// … by this factor.
    public var campaignLift = 2.6
    /// The incident hits this platform (an index into ``platforms``) …
    public var incidentPlatform = 2
    /// … from this day of the data on …
    public var incidentStart = 432
    /// … for so many days.
    public var incidentDays = 6
    /// The share of actions on the platform that fail during the incident.
    public var incidentErrorShare = 0.115
    /// What becomes of the activation probability on the platform during the incident.
    public var incidentActivationFactor = 0.45
    /// The pricing change: on this day of the data the team plan gets dearer for new customers.
    public var pricingChangeDay = 364
    /// What becomes of the probability to buy after the pricing change.
    public var pricingConversionFactor = 0.88
    /// A better first-week guide is released on this day of the data …
    public var onboardingDay = 397
    /// … and multiplies the activation probability by this.
    public var onboardingLift = 1.14

    // MARK: Activation, teams, work

    /// The probability that a new account invites a colleague within its first 7 days, by channel.
    public var activation = [0.40, 0.33, 0.24, 0.52, 0.45]
    /// How many colleagues join an activated account in its first three weeks, on average.
    public var colleagues = 3.4
    /// The probability that a person works on an average day: the lowest and the highest.
    public var workingDayShare = [0.08, 0.26]
    /// The probability a day that a person stops for good, by plan (free, team, business).
    public var stopsPerDay = [0.0135, 0.0019, 0.0012]
    /// How many actions a working day has on average, the opening of the app left out.
    public var actionsPerWorkingDay = 3.05
    /// The share of actions that fail on an ordinary day.
    public var errorShare = 0.008

    // MARK: Flaws of the data

    /// The share of events that arrive days late.
    public var lateShare = 0.015
    /// The share of events that arrive twice, with the same identifier.
    public var duplicateShare = 0.004
    /// Page views by bots a day, for a company of 25,000 people.
    public var botViewsPerDay = 95.0

    // MARK: Money

    /// The probability that an activated account buys a plan within 45 days.
    public var paysIfActivated = 0.33
    /// The probability that an account which was not activated buys one.
    public var paysIfNot = 0.028
    /// The share of buyers that take the business plan.
    public var businessShare = 0.22
    /// The share of buyers that pay by the year.
    public var yearlyShare = 0.34
    /// The price of a seat a month in hundredths of EUR, monthly payment: team, business.
    public var pricePerSeat = [900, 1_600]
    /// The same after the pricing change.
    public var priceAfterChange = [1_100, 1_600]
    /// The price in USD, as a multiple of the one in EUR.
    public var dollarFactor = 1.1
    /// What a year costs, in months.
    public var monthsPaidPerYear = 10
    /// The fixed rate at which USD are reported in EUR.
    public var eurosPerDollar = 0.9
    /// The probability a month that a customer who pays by the month cancels: team, business.
    public var cancelsPerMonth = [0.036, 0.014]
    /// The probability that a customer who pays by the year cancels at the end of it.
    public var cancelsPerYear = [0.22, 0.11]
    /// The probability a month that a customer adds a colleague.
    public var addsSeatPerMonth = 0.20
    /// The probability a month that a customer gives a seat back.
    public var dropsSeatPerMonth = 0.05

    // MARK: Opinions, support, delivery

    /// The share of promoters (9–10) in each wave of the NPS survey, the oldest first.
    public var promoterShares = [0.37, 0.38, 0.40, 0.40, 0.42, 0.43]
    /// The share of detractors (0–6) in each wave.
    public var detractorShares = [0.25, 0.24, 0.22, 0.23, 0.21, 0.20]
    /// The share of active people that are asked in a wave, and that answer when they are asked.
    public var askedAndAnswers = [0.35, 0.31]
    /// The probability that a working day leads to a support ticket.
    public var ticketsPerWorkingDay = 0.0065
    /// The median of the hours until a ticket is solved, and the spread of their logarithm.
    public var solvingHours = [9.5, 1.05]
    /// The median of the minutes until a ticket's first answer, and the spread of their logarithm.
    public var answerMinutes = [74.0, 0.85]
    /// The share of solved tickets that are rated, and the share of ratings that are 4 or 5.
    public var ratedAndSatisfied = [0.36, 0.84]
    /// Releases on a weekday, on average.
    public var releasesPerWeekday = 1.3
    /// The median of the hours from start to release of a change, and the spread of their logarithm.
    public var cycleHours = [92.0, 0.7]
    /// The probability that a release fails and needs a repair.
    public var releaseFails = 0.085
    /// Defects found in a release, on average; a failed release has three more.
    public var defectsPerRelease = 0.42

    /// The parameters of the company that `yardstick demo` makes.
    public init() {}
}
