import Vocabulary

/// A question about what people do, as the first key of its definition names it.
public enum BehaviourKind: String, CaseIterable, Sendable {
    /// Steps that people take one after the other.
    case funnel
    /// Who comes back.
    case retention
    /// Who is new, stays, comes back and leaves.
    case lifecycle
    /// How many are active, and how often.
    case activity
    /// Who uses something, of those who could.
    case adoption
    /// Which way people go.
    case paths
    /// What campaigns lead to.
    case campaigns
    /// Who did something, often enough and close enough together.
    case segment
}

/// What every definition of behaviour says first: what it is, and which rows it looks at.
public struct BehaviourHead: Hashable, Sendable {
    /// Its name in questions.
    public let name: String
    /// Its title for people.
    public let title: String
    /// What it is, in a sentence; empty where nothing is written.
    public let meaning: String
    /// Who answers for it.
    public let owner: String?
    /// The source of the events.
    public let source: String
    /// Whose behaviour it is; nil is the source's only entity, or `person`.
    public let entity: RecipeKey?
    /// Which rows of the source are looked at; nil means all.
    public let filter: Expression?
    /// Where it is defined.
    public let origin: Origin

    /// What it says, as a definition could write it.
    var keys: [String] {
        var keys = ["from: \(source)"]
        if let entity { keys.append("by: \(entity.text)") }
        if let filter { keys.append("where: \(filter)") }
        return keys
    }
}

/// A definition of a question about behaviour.
///
/// Its description is the definition on one line, equal for equal rules.
public protocol BehaviourDefinition: Hashable, Sendable, CustomStringConvertible {
    /// Which kind of question it defines.
    static var kind: BehaviourKind { get }
    /// What it says as all others do.
    var head: BehaviourHead { get }
    /// The rows that it picks one by one, beside those that its filter lets through.
    var selections: [RowSelection] { get }
    /// What it looks at beside rows, as far as it finds nothing where that never came.
    var lookups: [Expression] { get }

    /// Reads a definition from YAML; its first key, such as `funnel`, may be left out.
    ///
    /// - Throws: The first problem, with its line and column in the text.
    init(yaml: String) throws(Failure)
}

extension BehaviourDefinition {
    /// Nothing beside rows.
    public var lookups: [Expression] { [] }

    /// Its name in questions.
    public var name: String { head.name }
    /// Its title for people.
    public var title: String { head.title }
    /// What it is, in a sentence; empty where nothing is written.
    public var meaning: String { head.meaning }
    /// Who answers for it.
    public var owner: String? { head.owner }
    /// The source of the events.
    public var source: String { head.source }
    /// Whose behaviour it is; nil is the source's only entity, or `person`.
    public var entity: RecipeKey? { head.entity }
    /// Which rows of the source are looked at; nil means all.
    public var filter: Expression? { head.filter }
    /// Where it is defined.
    public var origin: Origin { head.origin }

    /// Whose behaviour it is.
    ///
    /// - Throws: `definition/unknown-entity` where the source has several and none is named.
    public func entity(of source: SourceDefinition) throws(Failure) -> RecipeKey {
        if let entity { return entity }
        return try source.usualEntity(for: "\(Self.kind.rawValue) '\(name)'", at: origin.place)
    }
}

extension SourceDefinition {
    /// The only entity, or `person` where there are several.
    ///
    /// - Throws: `definition/unknown-entity` where there is none, or no telling which.
    public func usualEntity(
        for what: String, at place: Place
    ) throws(Failure) -> RecipeKey {
        let names = entities.keys.sorted()
        if names.count == 1 { return RecipeKey(name: names[0]) }
        if names.contains("person") { return RecipeKey(name: "person") }
        throw Failure(
            .unknownEntity,
            names.isEmpty
                ? "The source '\(name)' of the \(what) has no entity."
                : "The source '\(name)' of the \(what) has several entities.",
            hint: names.isEmpty
                ? "add entities: { person: person_id } to the source"
                : "write by: one of \(names.joined(separator: ", "))", place: place)
    }
}
