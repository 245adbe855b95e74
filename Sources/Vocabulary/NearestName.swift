/// The name of a list that a mistyped one most likely meant, or nil if none is near.
///
/// Near means at most a third of the letters changed (one for short names), by the
/// Damerau–Levenshtein distance in its restricted form.
public func nearestName(to name: String, among names: some Sequence<String>) -> String? {
    let wanted = Array(name.lowercased())
    let limit = max(1, wanted.count / 3)
    var best: (name: String, distance: Int)?
    for candidate in names.sorted() {
        let distance = editDistance(wanted, Array(candidate.lowercased()), limit: limit)
        if let distance, distance < (best?.distance ?? limit + 1) { best = (candidate, distance) }
    }
    return best?.name
}

/// The restricted Damerau–Levenshtein distance, or nil if it is over the limit.
private func editDistance(_ left: [Character], _ right: [Character], limit: Int) -> Int? {
    guard abs(left.count - right.count) <= limit else { return nil }
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for (row, letter) in left.enumerated() {
        var current = [row + 1]
        for (column, other) in right.enumerated() {
            var cost = min(
                last[column + 1] + 1, current[column] + 1, last[column] + (letter == other ? 0 : 1))
            if row > 0, column > 0, letter == right[column - 1], left[row - 1] == other {
                cost = min(cost, beforeLast[column - 1] + 1)
            }
            current.append(cost)
        }
        beforeLast = last
        last = current
    }
    let distance = last[right.count]
    return distance <= limit ? distance : nil
}
