/// A plan of the simulated company.
enum DemoPlan: Int {
    case free, team, business

    /// The plan's name in the files.
    var name: StaticString {
        switch self {
        case .free: "free"
        case .team: "team"
        case .business: "business"
        }
    }
}

/// A person of the simulated company.
struct DemoPerson {
    /// The index of the person's account.
    let account: Int
    /// An index into the parameters' platforms.
    let platform: Int
    /// An index into the parameters' channels, or nil for people who were invited.
    let channel: Int?
    /// The probability that the person works on an average day.
    let workingDayShare: Double
}

/// A team of the simulated company.
struct DemoAccount {
    let createdIndex: Int
    let createdSecond: Int
    /// Indexes into the parameters' lists.
    let country: Int
    let channel: Int
    let platform: Int
    /// The index of the person who signed up.
    let founder: Int
    /// Days from the account's first day to the first invitation, if there was one.
    var daysToFirstInvite: Int?
    var members = 1
    var removed = 0
    var plan = DemoPlan.free
    var subscription: DemoSubscription?
    var firstPaidIndex: Int?
}

/// What an account pays for.
struct DemoSubscription {
    let number: Int
    let startIndex: Int
    let isYearly: Bool
    let isDollar: Bool
    /// What a seat costs a month, in hundredths of the currency.
    let seatPrice: Int
    var seats: Int

    /// Monthly recurring revenue in hundredths of the currency.
    var revenue: Int { seats * seatPrice }
}

/// Something that a person does at a second of the day.
struct DemoAction {
    let second: Int32
    let person: Int32
    let kind: DemoActionKind
}

/// The kinds of events, in the words of the file.
enum DemoActionKind: Int {
    case signedUp, colleagueInvited, joined, appOpened, boardCreated, taskCreated, taskCompleted
    case commentAdded, fileUploaded, searched, reportExported, errorShown, subscriptionStarted
    case subscriptionCanceled

    /// The event's name in the file.
    var name: StaticString {
        switch self {
        case .signedUp: "signed_up"
        case .colleagueInvited: "colleague_invited"
        case .joined: "joined"
        case .appOpened: "app_opened"
        case .boardCreated: "board_created"
        case .taskCreated: "task_created"
        case .taskCompleted: "task_completed"
        case .commentAdded: "comment_added"
        case .fileUploaded: "file_uploaded"
        case .searched: "searched"
        case .reportExported: "report_exported"
        case .errorShown: "error_shown"
        case .subscriptionStarted: "subscription_started"
        case .subscriptionCanceled: "subscription_canceled"
        }
    }

    /// What people do on a working day, each as often as it stands here: a percent a time.
    static let work: [DemoActionKind] = {
        let shares: [(kind: DemoActionKind, percent: Int)] = [
            (.taskCreated, 26), (.taskCompleted, 24), (.commentAdded, 20), (.searched, 12),
            (.fileUploaded, 9), (.boardCreated, 5), (.reportExported, 4),
        ]
        return shares.flatMap { Array(repeating: $0.kind, count: $0.percent) }
    }()
}
