import Vocabulary

/// Says for which goals, business models and stages an entry is worth a place among the few KPIs.
public struct LibraryChoice: Sendable {
    /// What a team is after.
    public enum Goal: String, CaseIterable, Sendable {
        /// New customers; their first success; that they stay; that they pay; that they are
        /// content; that the product gets better.
        case acquire, activate, retain, monetise, satisfy, deliver
    }

    /// How a company earns.
    public enum Model: String, CaseIterable, Sendable {
        /// By the month; by the order; by bringing two sides together; by attention; by use.
        case subscription, shop, marketplace, media, platform
    }

    /// How far a product is.
    public enum Stage: String, CaseIterable, Sendable {
        /// Before the first user; the first ones; more of what works; a market that is known.
        case idea, launch, growth, mature
    }

    /// What a KPI is for.
    public enum Role: String, CaseIterable, Sendable {
        /// What counts in the end; what moves it; what must not suffer meanwhile.
        case outcome, driver, guardrail
    }

    /// What it is good for.
    public let goal: Goal
    /// The entry's name.
    public let entry: String
    /// What it is for.
    public let role: Role
    /// For which models; empty means all.
    public let models: [Model]
    /// At which stages; empty means all.
    public let stages: [Stage]
    /// Why, in a sentence.
    public let why: String

    /// Whether it is meant for a model and a stage.
    public func fits(_ model: Model, _ stage: Stage) -> Bool {
        (models.isEmpty || models.contains(model)) && (stages.isEmpty || stages.contains(stage))
    }

    /// Reads a choice; nil where its words are not known.
    init?(_ reader: NodeReader) {
        let goal = reader.word("goal", as: Goal.self)
        let role = reader.word("role", as: Role.self)
        let models = reader.names("models").compactMap(Model.init(rawValue:))
        let stages = reader.names("stages").compactMap(Stage.init(rawValue:))
        let entry = reader.text("choice", required: true)
        let why = reader.text("why", required: true)
        reader.finish()
        guard let goal, let role, let entry, let why else { return nil }
        self.goal = goal
        self.entry = entry
        self.role = role
        self.models = models
        self.stages = stages
        self.why = why
    }
}
