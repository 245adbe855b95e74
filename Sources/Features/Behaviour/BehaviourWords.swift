import Definitions
import Vocabulary

/// The texts of a behavioural question: a definition, and over what it is asked.
public struct BehaviourWords: Hashable, Sendable {
    /// The name of a definition; nil where ``yaml`` gives one.
    public var name: String?
    /// A definition that no file has, in the same keys.
    public var yaml: String?
    /// The range; nil means the last twelve months.
    public var over: String?
    /// The periods of the trend, or of the cohorts of a retention.
    public var grain: String?
    /// What to split by.
    public var by: String?
    /// Filters; all must hold.
    public var filters: [String]
    /// What to compare with.
    public var compare: String?
    /// How many values of the dimension are shown.
    public var limit: Int?
    /// The zone, instead of the workspace's.
    public var zone: String?
    /// The day that is called today.
    public var asOf: String?

    /// Makes the texts of a question.
    public init(
        name: String? = nil, yaml: String? = nil, over: String? = nil, grain: String? = nil,
        by: String? = nil, filters: [String] = [], compare: String? = nil, limit: Int? = nil,
        zone: String? = nil, asOf: String? = nil
    ) {
        self.name = name
        self.yaml = yaml
        self.over = over
        self.grain = grain
        self.by = by
        self.filters = filters
        self.compare = compare
        self.limit = limit
        self.zone = zone
        self.asOf = asOf
    }
}

extension BehaviourWords {
    /// Fails where something is said that the kind of question does not look at.
    ///
    /// - Throws: `question/unused-word`.
    func requireUsed(by kind: BehaviourKind) throws(Failure) {
        let said: [(word: String, isSaid: Bool, users: [BehaviourKind])] = [
            (
                "by", by != nil,
                [.funnel, .retention, .lifecycle, .activity, .adoption, .paths, .campaigns]
            ),
            ("grain", grain != nil, [.funnel, .lifecycle, .adoption]),
            ("over", over != nil, BehaviourKind.allCases.filter { $0 != .segment }),
            (
                "compare", compare != nil && compare != "none",
                [.funnel, .retention, .paths, .campaigns]
            ),
        ]
        for word in said where word.isSaid && !word.users.contains(kind) {
            let users = word.users.map(\.rawValue).joined(separator: ", ")
            throw Failure(
                .unusedWord, "A question about \(kind.rawValue) does not look at '\(word.word)'.",
                hint: "Leave it out; it is for \(users).")
        }
    }
}

extension Failure.Code {
    /// A question says something that questions of its kind do not look at.
    public static let unusedWord: Self = "question/unused-word"
    /// A question about behaviour names no definition, and gives none.
    public static let unnamedBehaviour: Self = "question/no-behaviour"
    /// There is no funnel or retention of a name.
    public static let unknownBehaviour: Self = "question/unknown-behaviour"
}
