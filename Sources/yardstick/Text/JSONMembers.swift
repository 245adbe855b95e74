import Vocabulary

extension JSON {
    /// The text, or nil for any other value.
    var text: String? { if case .text(let text) = self { text } else { nil } }

    /// The number, or nil for any other value.
    var number: Double? {
        switch self {
        case .number(let number): number.isFinite ? number : nil
        case .integer(let number): Double(number)
        default: nil
        }
    }

    /// The truth value, or nil for any other value.
    var boolean: Bool? { if case .boolean(let value) = self { value } else { nil } }

    /// The elements; none for anything but a list.
    var elements: [JSON] { if case .list(let values) = self { values } else { [] } }

    /// The member that a path of names leads to; nil for null and where there is none.
    func member(_ path: String...) -> JSON? {
        var value: JSON? = self
        for name in path { value = value?[name] }
        return value == .null ? nil : value
    }
}
