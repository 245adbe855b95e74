import Vocabulary

/// A value that is not a metric's, as people read it.
enum CellText {
    /// The text of a value; nil for null.
    static func text(_ value: JSON) -> String? {
        switch value {
        case .null: nil
        case .text(let text): text.isEmpty ? "''" : text
        case .boolean(let value): value ? "yes" : "no"
        case .integer, .number: value.number.map(NumberText.plain)
        case .list, .object: value.line
        }
    }
}

extension NumberText {
    /// A number of which only the digits are known: without grouping where it is whole, as a year
    /// or a code may be.
    static func plain(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? fixed(value, decimals: 0) : "\(value)"
    }

    /// Shows numbers of a unit that JSON names; a plain number where it names none.
    init(unitText: String?, currency: String?) {
        self.init(unitText.flatMap(Unit.init(text:)) ?? .number, currency: currency)
    }
}
