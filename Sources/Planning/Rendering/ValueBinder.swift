import Vocabulary

/// Collects the values of a statement; each gets a numbered place in its text.
struct ValueBinder {
    private(set) var values: [Value] = []
    private var places: [Value: Int] = [:]

    /// The place of a value; equal values share one.
    mutating func bind(_ value: Value) -> String {
        if let place = places[value] { return "$\(place)" }
        values.append(value)
        places[value] = values.count
        return "$\(values.count)"
    }
}
