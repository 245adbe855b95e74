import Vocabulary

/// What tests of answers read of their JSON.
extension JSON {
    var list: [JSON]? { if case .list(let list) = self { list } else { nil } }
    var text: String? { if case .text(let text) = self { text } else { nil } }
    var number: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        default: nil
        }
    }
}

extension JSON? {
    /// The elements of a list; none for anything else.
    var items: [JSON] { self?.list ?? [] }
}

extension JSON {
    /// What a reader of an answer should know.
    var notes: [String] { self["notes"].items.compactMap(\.text) }
}
