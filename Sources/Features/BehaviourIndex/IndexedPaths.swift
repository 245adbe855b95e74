import Behaviour
import Definitions
import Planning
import Vocabulary

/// Paths that histories may tell.
struct IndexedPaths: IndexedQuestion {
    let plan: BehaviourPlan<PathsDefinition>
    /// How many whole paths are told, of all and of each part.
    let waysMax: Int

    var source: String { plan.question.definition.source }

    func shape() throws(Failure) -> Result<PathsShape, NotIndexable> { try plan.shape() }

    func frame(
        _ shape: PathsShape, from index: IndexTranslation
    ) async throws(Failure) -> Frame {
        let definition = plan.question.definition
        let node =
            shape.node == "event" ? nil : try index.place(of: shape.node)
        let nodes = NodeCodes(index.snapshot.schema, node)
        let property = try shape.dimension.map { name throws(Failure) in
            try index.place(of: name)
        }
        let asked = WaysQuestion(
            events: try await index.selection(shape.filter), during: shape.during,
            pauseMicrosecondsMax: Int64(shape.pauseSeconds) * 1_000_000, node: node,
            shown: nodes.shown(definition), anchor: nodes.anchor(definition.anchor),
            length: definition.length, joinsRepeats: definition.joinsRepeats,
            onlyFirst: definition.counting == .people, property: property)
        let answer = try await index.snapshot.answer(asked, threads: index.threads)
        let tally = WayTally(
            answer, length: definition.length, limit: plan.question.limit, waysMax: waysMax,
            endsThere: { if case .ends = definition.anchor { true } else { false } }(),
            values: property.map { index.snapshot.schema.properties[$0] })
        return tally.frame
    }
}

/// The codes of what positions of paths are.
private struct NodeCodes {
    private let values: [String]
    private let first: Int

    init(_ schema: IndexSchema, _ node: Int?) {
        values = node.map { schema.properties[$0].values } ?? schema.events
        first = node == nil ? 0 : 2
    }

    private func codes(_ isWanted: ([UInt8]) -> Bool) -> Set<UInt16> {
        Set(
            values.indices.filter { isWanted(Array(values[$0].utf8)) }.map { UInt16($0 + first) })
    }

    /// What a definition shows; nil for everything.
    func shown(_ definition: PathsDefinition) -> Set<UInt16>? {
        guard !definition.only.isEmpty || !definition.hidden.isEmpty else { return nil }
        // Texts are the same if their bytes are, as they are for the database.
        let only = Set(definition.only.map { Array($0.utf8) })
        let hidden = Set(definition.hidden.map { Array($0.utf8) })
        return codes { (only.isEmpty || only.contains($0)) && !hidden.contains($0) }
    }

    func anchor(_ anchor: PathsDefinition.Anchor) -> WaysQuestion.Anchor {
        switch anchor {
        case .opening: .opening
        case .starts(let event): .starts(codes { $0 == Array(event.utf8) })
        case .ends(let event): .ends(codes { $0 == Array(event.utf8) })
        }
    }
}
