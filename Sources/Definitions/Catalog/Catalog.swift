import Vocabulary

/// All definitions of a workspace, by name.
///
/// A catalogue is a value: a changed file makes another one. Names that do not resolve have been
/// reported as findings; the things that use them are left out of the dictionaries.
public struct Catalog: Sendable {
    /// What holds for the whole workspace.
    public let settings: WorkspaceSettings
    /// Sources by name.
    public let sources: [String: SourceDefinition]
    /// Metrics by id.
    public let metrics: [String: Metric]
    /// KPIs by id.
    public let kpis: [String: KPI]
    /// Objectives by id.
    public let objectives: [String: Objective]
    /// Dimensions and entities that have a description of their own.
    public let descriptions: [String: Description]
    /// Questions about behaviour, by kind and name.
    public let behaviours: [BehaviourKind: [String: any BehaviourDefinition]]
    /// The tracking plan: what applications are meant to send, by name.
    public let events: [String: EventDefinition]
    /// The day from which segments of recent days look back; nil where none is known.
    public let today: Day?
    /// Whether a segment is of other days tomorrow.
    public let movesDaily: Bool

    /// A sentence about a dimension or an entity.
    public struct Description: Hashable, Sendable {
        /// `dimension` or `entity`.
        public let kind: String
        /// Its name.
        public let name: String
        /// What it is.
        public let meaning: String
        /// Where it is defined.
        public let origin: Origin

        /// Makes a description.
        public init(kind: String, name: String, meaning: String, origin: Origin) {
            self.kind = kind
            self.name = name
            self.meaning = meaning
            self.origin = origin
        }
    }

    /// Makes a catalogue.
    public init(
        settings: WorkspaceSettings, sources: [String: SourceDefinition] = [:],
        metrics: [String: Metric] = [:], kpis: [String: KPI] = [:],
        objectives: [String: Objective] = [:], descriptions: [String: Description] = [:],
        behaviours: [BehaviourKind: [String: any BehaviourDefinition]] = [:],
        events: [String: EventDefinition] = [:], today: Day? = nil
    ) {
        self.settings = settings
        self.sources = sources
        self.metrics = metrics
        self.kpis = kpis
        self.objectives = objectives
        self.descriptions = descriptions
        self.events = events
        self.behaviours = behaviours
        self.today = today
        movesDaily = sources.values.contains { $0.segments.moveDaily }
    }

    /// The questions about behaviour of one kind, by name.
    public func behaviours<Definition: BehaviourDefinition>(
        _ type: Definition.Type
    ) -> [String: Definition] {
        (behaviours[Definition.kind] ?? [:]).compactMapValues { $0 as? Definition }
    }
}

/// What holds for a whole workspace.
public struct WorkspaceSettings: Hashable, Sendable {
    /// The workspace's title.
    public var title: String
    /// The IANA zone in which days begin.
    public var zone: String
    /// The day on which weeks begin.
    public var firstWeekday: Weekday
    /// The fiscal year.
    public var fiscal: FiscalRule
    /// The currency of amounts that name none, as ISO 4217.
    public var currency: String
    /// Fewer observations than this show the count, not a rate.
    public var minimumCount: Int
    /// What questions may use.
    public var limits: QuestionLimits
    /// Folders outside the workspace whose git repositories sources may name, relative to the
    /// workspace or absolute.
    public var gitFolders: [String] = []

    /// Makes settings; the defaults are a calendar year, Mondays, UTC and euros.
    public init(
        title: String, zone: String = "UTC", firstWeekday: Weekday = .monday,
        fiscal: FiscalRule = .calendar, currency: String = "EUR", minimumCount: Int = 5,
        limits: QuestionLimits = QuestionLimits()
    ) {
        self.title = title
        self.zone = zone
        self.firstWeekday = firstWeekday
        self.fiscal = fiscal
        self.currency = currency
        self.minimumCount = minimumCount
        self.limits = limits
    }
}

/// What questions may use before they are refused.
public struct QuestionLimits: Hashable, Sendable {
    /// Bytes of memory for the engine; nil lets it choose.
    public var memoryBytesMax: Int?
    /// Threads for the engine; nil lets it choose.
    public var threadsMax: Int?
    /// Rows that an answer may have.
    public var rowsMax: Int
    /// Seconds that a statement may take.
    public var secondsMax: Int

    /// Makes limits.
    public init(
        memoryBytesMax: Int? = nil, threadsMax: Int? = nil, rowsMax: Int = 10_000,
        secondsMax: Int = 60
    ) {
        self.memoryBytesMax = memoryBytesMax
        self.threadsMax = threadsMax
        self.rowsMax = rowsMax
        self.secondsMax = secondsMax
    }
}

/// Something that a check found in the definitions.
public struct Finding: Equatable, Sendable {
    /// How bad a finding is.
    public enum Severity: String, CaseIterable, Sendable {
        /// The thing cannot be used; it will mislead; it could be better.
        case error, warning, advice
    }

    /// How bad it is.
    public let severity: Severity
    /// What was found, where, and how to mend it.
    public let failure: Failure

    /// Makes a finding.
    public init(_ severity: Severity, _ failure: Failure) {
        self.severity = severity
        self.failure = failure
    }
}
