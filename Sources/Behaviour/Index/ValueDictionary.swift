/// The values of a property or attribute, and the small numbers that stand for them.
///
/// Code 0 is "no value" and code 1 is "a value that is not listed"; the listed values follow. Codes
/// never change while an index lives: new values are added at the end, while there is room.
public struct ValueDictionary: Hashable, Sendable {
    /// The code of an event or person without the property.
    public static let none: UInt16 = 0
    /// The code of every value that is not listed.
    public static let other: UInt16 = 1

    /// The property's name.
    public let name: String
    /// Bytes of a code: one (254 values) or two (65,534 values).
    public let width: Int
    /// The listed values; the first one has code 2.
    public private(set) var values: [String]
    private var codes: [String: UInt16]

    /// How many values can be listed.
    public var capacity: Int { (width == 1 ? 256 : 65_536) - 2 }

    /// Lists values, the most frequent first; those for which there is no room are left out.
    ///
    /// - Parameters:
    ///   - name: The property's name.
    ///   - values: Its values, each once.
    ///   - width: One or two bytes; without it, one if the values fit with half of the room left.
    public init(name: String, values: [String], width: Int? = nil) {
        let width = width ?? (values.count <= 127 ? 1 : 2)
        precondition(width == 1 || width == 2, "A code has one or two bytes.")
        self.name = name
        self.width = width
        self.values = Array(values.prefix((width == 1 ? 256 : 65_536) - 2))
        codes = Dictionary(
            zip(self.values, (2...).lazy.map { UInt16($0) }),
            uniquingKeysWith: { first, _ in first })
    }

    /// The code of a value: ``none`` for nil, ``other`` for one that is not listed.
    public func code(_ value: String?) -> UInt16 {
        guard let value else { return Self.none }
        return codes[value] ?? Self.other
    }

    /// The code of a value, which is listed now if there is room.
    public mutating func code(adding value: String?) -> UInt16 {
        guard let value else { return Self.none }
        if let code = codes[value] { return code }
        guard values.count < capacity else { return Self.other }
        let code = UInt16(values.count + 2)
        values.append(value)
        codes[value] = code
        return code
    }

    /// The value that a code stands for; nil for ``none`` and ``other``.
    public func value(_ code: UInt16) -> String? {
        let index = Int(code) - 2
        return values.indices.contains(index) ? values[index] : nil
    }
}
