import Definitions
import Vocabulary

/// A question about paths, as far as histories of people can answer it.
public struct PathsShape: HistoryShape {
    /// The column of whoever goes somewhere.
    public let entity: String
    /// The column of times.
    public let time: String
    /// Which rows are looked at; all must hold.
    public let filter: [RowCondition]
    /// The column that positions are.
    public let node: String
    /// The column by which sessions are split.
    public let dimension: String?
    /// When the rows are.
    public let during: Range<Instant>
    /// The longest pause within a session, in seconds.
    public let pauseSeconds: Int
}

extension BehaviourPlan where Definition == PathsDefinition {
    /// What histories of people must tell to answer the question.
    ///
    /// - Returns: The rows that matter, or why only the rows themselves can answer.
    /// - Throws: `expression/…`, with the place in the definition.
    public func shape() throws(Failure) -> Result<PathsShape, NotIndexable> {
        let definition = question.definition
        var reading = RowConditionReading(input)
        if time.isDay { reading.refuse("its events have days, not times") }
        var pause = 0
        switch definition.session {
        case .pause(let seconds): pause = seconds
        case .value: reading.refuse("a value tells its sessions apart")
        }
        var filter = try reading.conditions(definition.filter, at: "where")
        for extra in question.filters { filter += try reading.conditions(extra, at: "") }
        let entity = try reading.column(entity.value, at: "by", "whoever goes somewhere")
        let event = input.scope.source.event ?? ""
        let node = try reading.column(
            definition.node ?? .name(NameReference(event)),
            at: definition.node == nil ? "from" : "of", "what paths are made of")
        let dimension = try reading.dimension(question.dimension)
        if let obstacle = reading.obstacle { return .failure(obstacle) }
        return .success(
            PathsShape(
                entity: entity, time: time.column ?? "", filter: filter, node: node,
                dimension: dimension,
                during: time.start(of: question.range.start)..<time.start(of: question.range.end),
                pauseSeconds: pause))
    }
}
