import Vocabulary

/// Reads shares of satisfied answers.
///
/// `csat` is the share of the top boxes among the answers on a scale: the best one of 3, the best
/// two of 4 to 7, the best three of 10. `ces` is the share that agrees, 5 to 7 of 7, that it was
/// easy. No answer and an answer outside of the scale count nowhere.
struct OpinionReading {
    let reader: NodeReader

    /// The boxes that count as satisfied, by the length of the scale.
    private static let satisfied = [
        3: 3...3, 4: 3...4, 5: 4...5, 6: 5...6, 7: 6...7, 10: 8...10,
    ]

    func formula(_ kind: String) -> Formula? {
        let answer = reader.required(kind, example: "score")
        let scales = kind == "ces" ? [7: 5...7] : Self.satisfied
        let names = scales.keys.sorted().map(String.init).joined(separator: ", ")
        let scale = reader.value(
            "scale", required: true, is: kind == "ces" ? "7" : "one of \(names)",
            example: kind == "ces" ? "7" : "5",
            make: { text in Int(text).flatMap { scales[$0] == nil ? nil : $0 } })
        let rows = FormulaRows(reader, example: "surveys")
        guard let answer, let rows, let scale, let boxes = scales[scale] else { return nil }
        return .ratio(
            rows.aggregate(.count(answer.within(boxes))),
            to: rows.aggregate(.count(answer.within(1...scale))))
    }
}
