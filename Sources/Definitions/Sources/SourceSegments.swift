import Vocabulary

/// The segments of a source's people, and from which day on those of recent days look back.
public struct SourceSegments: Hashable, Sendable {
    /// The segments by name.
    public let definitions: [String: SegmentDefinition]
    /// How time is cut in their ranges.
    public let calendar: WorkCalendar
    /// The day that is called today; nil where the answer must not change with the clock.
    public private(set) var today: Day?
    /// The sources that rows are made from; their segments are known too, by the same entities.
    private(set) var upstream: [SourceDefinition] = []

    /// Makes segments of a source.
    public init(
        _ definitions: [SegmentDefinition] = [], calendar: WorkCalendar = WorkCalendar(zone: .utc),
        today: Day? = nil
    ) {
        self.definitions = Dictionary(
            definitions.map { ($0.name, $0) }, uniquingKeysWith: { _, last in last })
        self.calendar = calendar
        self.today = today
    }

    /// Whether one of them is of other days tomorrow.
    var moveDaily: Bool { definitions.values.contains { $0.over?.isMoving == true } }

    /// The days in which a segment looks; nil is ever.
    ///
    /// - Throws: `expression/moving-segment` where they depend on a day that is not known.
    public func range(of segment: SegmentDefinition) throws(Failure) -> TimeRange? {
        guard let over = segment.over else { return nil }
        if over.isMoving, today == nil {
            throw Failure(
                .expressionMovingSegment,
                "The segment '\(segment.name)' is of '\(over)', which changes with the clock, and "
                    + "rows that are made do not.",
                hint: "name its days, such as over: 2026-Q1, or filter the question instead")
        }
        return try RangeText(calendar: calendar, today: today ?? Day(number: 0), covered: nil)
            .range(over.description)
    }

    /// A line for each segment, equal for equal rules and days.
    public var lines: [String] { lines { _ in true } }

    /// A line for each segment that some expressions use.
    ///
    /// - Parameter texts: The expressions, or what holds them, as definitions write them.
    /// - Returns: The lines, each once.
    public func lines(usedIn texts: [String]) -> [String] {
        lines { segment in texts.contains { $0.contains(segment.call) } }
    }

    private func lines(_ isMeant: (SegmentDefinition) -> Bool) -> [String] {
        let own = definitions.values.filter(isMeant).map(line)
        let others = upstream.flatMap { $0.segments.lines(isMeant) }
        return Set(own + others).sorted()
    }

    private func line(_ segment: SegmentDefinition) -> String {
        let range = try? range(of: segment)
        return (["segment \(segment.name) \(segment)"] + (range.map { [$0.description] } ?? []))
            .joined(separator: " ")
    }
}

extension SourceSegments {
    /// The same segments, of rows that are made from other sources.
    func over(_ upstream: [SourceDefinition]) -> SourceSegments {
        var segments = self
        segments.upstream = upstream.filter { !$0.segments.isEmpty }
        return segments
    }

    /// The same on a day.
    func on(_ today: Day?) -> SourceSegments {
        var segments = self
        segments.today = today
        segments.upstream = upstream.map { source in
            var source = source
            source.segments = source.segments.on(today)
            return source
        }
        return segments
    }

    /// Whether there are none, nor any of the sources that rows are made from.
    var isEmpty: Bool { definitions.isEmpty && upstream.isEmpty }
}

extension SourceDefinition {
    /// A segment of the source or of one that it is made from, and the source of its rows.
    ///
    /// Of another source it is known where both have the entity whose rows it looks at.
    func segment(_ name: String) -> (segment: SegmentDefinition, source: SourceDefinition)? {
        if let own = segments.definitions[name] { return (own, self) }
        for other in segments.upstream {
            guard let found = other.segment(name),
                let entity = try? found.segment.entity(of: found.source).name,
                entities[entity] != nil
            else { continue }
            return found
        }
        return nil
    }

    /// The names of the segments that filters over it may use.
    var segmentNames: [String] {
        let others = segments.upstream.flatMap(\.segmentNames).filter { segment($0) != nil }
        return Set(segments.definitions.keys).union(others).sorted()
    }

    /// The entities of the segments for which an expression asks.
    func entitiesAsked(by expression: Expression) -> [NameReference] {
        guard !segments.isEmpty else { return [] }
        let text = expression.description
        return segmentNames.compactMap { segment($0) }.filter { text.contains($0.segment.call) }
            .compactMap { found in
                (try? found.segment.entity(of: found.source)).map { NameReference($0.name) }
            }
    }

    /// A line for each segment that some expressions over the source use, its dimensions among
    /// them, equal for equal rules and days.
    ///
    /// - Parameter texts: The expressions, or what holds them, as definitions write them.
    /// - Returns: The lines, by the segments' names.
    public func segmentLines(usedIn texts: [String]) -> [String] {
        guard !segments.isEmpty else { return [] }
        return segments.lines(
            usedIn: texts + dimensions.values.map(\.expression.description)
                + entities.values.map(\.description))
    }

    /// Whether a dimension is something else tomorrow, since it asks for a segment of recent days.
    func changesDaily(dimension name: String) -> Bool {
        guard let text = dimensions[name]?.expression.description else { return false }
        return segmentNames.compactMap { segment($0)?.segment }.contains {
            $0.over?.isMoving == true && text.contains($0.call)
        }
    }
}

extension SegmentDefinition {
    /// How expressions ask for it.
    fileprivate var call: String {
        Expression.call(.inSegment, [.literal(.text(name))]).description
    }
}

extension Catalog {
    /// The catalogue on a day, from which segments of recent days look back; without a day those
    /// segments are refused.
    ///
    /// - Parameters:
    ///   - today: The day.
    ///   - asked: A segment that no file has, and that is asked about.
    /// - Returns: The catalogue; the same where nothing in it depends on the day.
    public func asOf(_ today: Day?, for asked: SegmentDefinition? = nil) -> Catalog {
        let isMoving = movesDaily || asked?.over?.isMoving == true
        guard isMoving, today != self.today else { return self }
        return Catalog(
            settings: settings,
            sources: sources.mapValues { source in
                var source = source
                source.segments = source.segments.on(today)
                return source
            }, metrics: metrics, kpis: kpis, objectives: objectives, descriptions: descriptions,
            behaviours: behaviours, events: events, today: today)
    }
}

extension Failure.Code {
    /// A segment of recent days is used where the clock must not matter.
    public static let expressionMovingSegment: Self = "expression/moving-segment"
}
