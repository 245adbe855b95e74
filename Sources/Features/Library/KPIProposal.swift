import Definitions
import Vocabulary

/// Five to seven KPIs for a team, from what it is after, how it earns and how far it is.
///
/// A proposal is a start for a talk, not a verdict: an outcome that counts, drivers that the team
/// can move, and guardrails that must not suffer.
public struct KPIProposal: Sendable {
    /// An entry of the library with its place among the few.
    public struct Candidate: Equatable, Sendable {
        /// The entry's name.
        public let entry: String
        /// What it is for.
        public let role: LibraryChoice.Role
        /// Why, in a sentence.
        public let why: String
    }

    /// The candidates: outcomes, drivers, guardrails.
    public let candidates: [Candidate]
    /// What to beware of, a sentence each.
    public let warnings: [String]

    /// More KPIs than this a team does not steer by.
    public static let most = 7
    private static let places: [(role: LibraryChoice.Role, most: Int)] = [
        (.outcome, 2), (.driver, 3), (.guardrail, 2),
    ]

    /// Proposes.
    ///
    /// - Parameters:
    ///   - goal: What the team is after.
    ///   - model: How the company earns.
    ///   - stage: How far the product is.
    ///   - activeCount: How many active KPIs there are already.
    public init(
        goal: LibraryChoice.Goal, model: LibraryChoice.Model, stage: LibraryChoice.Stage,
        activeCount: Int = 0
    ) {
        let fitting = KPILibrary.choices.filter { $0.goal == goal && $0.fits(model, stage) }
        var chosen: [Candidate] = []
        for (role, most) in KPIProposal.places {
            let free = fitting.filter { choice in
                choice.role == role && !chosen.contains { $0.entry == choice.entry }
            }
            chosen += free.prefix(most).map {
                Candidate(entry: $0.entry, role: $0.role, why: $0.why)
            }
        }
        candidates = chosen
        warnings = KPIProposal.warnings(goal, model, stage, chosen.count, activeCount)
    }

    private static func warnings(
        _ goal: LibraryChoice.Goal, _ model: LibraryChoice.Model, _ stage: LibraryChoice.Stage,
        _ count: Int, _ activeCount: Int
    ) -> [String] {
        var warnings: [String] = []
        if activeCount + count > most {
            warnings.append(
                "There are \(activeCount) active KPIs already; with these it would be "
                    + "\(activeCount + count). Five to seven a team are enough: retire some first.")
        }
        warnings.append(vanity(goal))
        switch stage {
        case .idea:
            warnings.append(
                "Before the first users shares of a handful of people jump; talk to each of them, "
                    + "and read counts rather than rates.")
        case .launch:
            warnings.append("Short histories have no season: compare weeks, not years.")
        case .growth: break
        case .mature:
            warnings.append(
                "A KPI that has not moved for a year and that nobody acts on can be retired.")
        }
        switch model {
        case .subscription where goal == .retain || goal == .monetise:
            warnings.append(
                "Customers with a contract say when they leave: use churn and survival, not models "
                    + "such as BG/NBD that guess it.")
        case .shop where goal == .retain, .marketplace where goal == .retain:
            warnings.append(
                "Customers without a contract never cancel, so there is no churn rate to observe.")
        case .marketplace:
            warnings.append(
                "A marketplace has two sides: take the KPIs for buyers and sellers apart.")
        default: break
        }
        if goal == .deliver {
            warnings.append(
                "Measures of delivery are of a service, never of people; a target on one of them "
                    + "alone will be met and nothing will be better.")
        }
        return warnings
    }

    /// The figures of that goal that only ever rise.
    private static func vanity(_ goal: LibraryChoice.Goal) -> String {
        let figures =
            switch goal {
            case .acquire: "all sign-ups ever, downloads, followers and page views"
            case .activate: "accounts created and tours opened"
            case .retain: "registered users and logins in total"
            case .monetise: "revenue since the founding and the value of all carts"
            case .satisfy: "the number of answers, stars without their number, likes"
            case .deliver: "lines of code, story points and tickets closed in total"
            }
        return "Leave out vanity: \(figures) rise whatever the team does."
    }
}

extension KPIProposal {
    /// The proposal as the API and the command line print it.
    public var json: JSON {
        let list = candidates.map { candidate -> JSON in
            [
                "entry": .text(candidate.entry), "why": .text(candidate.why),
                "role": .text(candidate.role.rawValue),
            ]
        }
        return ["proposals": .list(list), "warnings": .list(warnings.map(JSON.text))]
    }

    /// Proposes from words.
    ///
    /// - Throws: `question/choice` for a word that is none of the possible ones.
    public init(goal: String, model: String, stage: String, activeCount: Int) throws(Failure) {
        self.init(
            goal: try KPIProposal.word(goal, LibraryChoice.Goal.self, "goal"),
            model: try KPIProposal.word(model, LibraryChoice.Model.self, "business model"),
            stage: try KPIProposal.word(stage, LibraryChoice.Stage.self, "stage"),
            activeCount: activeCount)
    }

    private static func word<Word: RawRepresentable & CaseIterable>(
        _ text: String, _ type: Word.Type, _ name: String
    ) throws(Failure) -> Word where Word.RawValue == String {
        if let word = Word(rawValue: text.lowercased()) { return word }
        let all = Word.allCases.map(\.rawValue)
        throw Failure(
            .badChoice, "There is no \(name) '\(text.prefix(40))'.",
            hint: nearestName(to: text, among: all).map { "did you mean '\($0)'?" }
                ?? "take one of \(all.joined(separator: ", "))")
    }
}

extension WorkspaceSession {
    /// Proposes KPIs, mindful of those that are active already.
    ///
    /// - Throws: `question/choice`.
    public func proposal(
        goal: String, model: String, stage: String
    ) throws(Failure) -> KPIProposal {
        let active = catalog.kpis.values.count { $0.status == .active }
        return try KPIProposal(goal: goal, model: model, stage: stage, activeCount: active)
    }
}
