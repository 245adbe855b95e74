import Vocabulary

/// What is special about each day of the simulated company's data.
struct DemoCalendar {
    /// The first day of the data.
    let first: Day
    /// How many days there are.
    let days: Int
    private let parameters: DemoParameters
    private let growth: [Double]

    /// Lays out the days that end with `lastDay`.
    init(lastDay: Day, parameters: DemoParameters) {
        days = parameters.days
        first = lastDay.adding(days: 1 - parameters.days)
        self.parameters = parameters
        var factor = 1.0
        growth = (0..<parameters.days).map { _ in
            defer { factor *= 1 + parameters.signUpGrowthPerDay }
            return factor
        }
    }

    /// The day with an index from 0.
    func day(_ index: Int) -> Day { first.adding(days: index) }

    /// The index of a day, which may lie outside of the data.
    func index(of day: Day) -> Int { day.number - first.number }

    /// New accounts through a channel on a day, against an average first day.
    func signUpFactor(_ index: Int, channel: Int) -> Double {
        let day = day(index)
        let campaign = parameters.campaignStart..<parameters.campaignStart + parameters.campaignDays
        let lift =
            channel == parameters.campaignChannel && campaign.contains(index)
            ? parameters.campaignLift : 1
        return growth[index] * parameters.signUpWeekdayFactors[day.weekday.rawValue - 1]
            * parameters.monthFactors[day.parts.month - 1] * lift
    }

    /// How likely work is on a day, against an average day.
    func activityFactor(_ index: Int) -> Double {
        let day = day(index)
        return parameters.activityWeekdayFactors[day.weekday.rawValue - 1]
            * parameters.monthFactors[day.parts.month - 1]
    }

    /// Whether the incident hits a platform on a day.
    func incident(_ index: Int, platform: Int) -> Bool {
        platform == parameters.incidentPlatform
            && (parameters.incidentStart..<parameters.incidentStart + parameters.incidentDays)
                .contains(index)
    }

    /// The probability that an account created on a day invites a colleague within 7 days.
    func activation(_ index: Int, channel: Int, platform: Int) -> Double {
        parameters.activation[channel]
            * (index >= parameters.onboardingDay ? parameters.onboardingLift : 1)
            * (incident(index, platform: platform) ? parameters.incidentActivationFactor : 1)
    }
}
