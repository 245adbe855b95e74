import Vocabulary

/// Reads an estimate of survival.
///
/// `{ survival: tenure_days, ended: churned, at: 365 }`, `survival_median` without `at`, and
/// `{ survival_lifetime: year, lost: lost, kept: kept, until: 12, discount: 10%, model: sbg }`.
struct SurvivalReading {
    let reader: NodeReader

    /// Renewals that anybody may ask about.
    private static let renewals = 0...1000

    func survival(_ kind: String) -> Survival? {
        let duration = reader.required(
            kind, example: reader.has("model") ? "renewals" : "tenure_days")
        let outcome = outcome()
        let model = reader.word("model", as: Survival.Model.self)
        // A model whose name is wrong is still a model: its other keys are read as one's.
        let isModelled = reader.has("model")
        let reading = reading(kind, isModelled: isModelled)
        guard let reading, let duration, let outcome, !isModelled || model != nil else {
            return nil
        }
        return Survival(reading, duration: duration, outcome: outcome, model: model)
    }

    private func reading(_ kind: String, isModelled: Bool) -> Survival.Reading? {
        switch kind {
        case "survival_median": return .median
        case "survival_lifetime":
            if !isModelled { reader.missing("model", example: "sbg") }
            let until = renewal("until", example: "12")
            let discount = reader.share("discount", in: 0...1, example: "10%")
            guard isModelled, let until, discount != nil || !reader.has("discount") else {
                return nil
            }
            return .lifetime(until: until, discount: discount ?? 0)
        default:
            let time = isModelled ? renewal("at", example: "8").map(Double.init) : time()
            return time.map { .share(at: $0) }
        }
    }

    private func time() -> Double? {
        reader.value(
            "at", required: true, is: "a number from 0 on, in the unit of the duration",
            example: "365",
            make: { text in
                Double(text).flatMap { $0.isFinite && $0 >= 0 ? $0 : nil }
            })
    }

    private func renewal(_ key: String, example: String) -> Int? {
        reader.value(
            key, required: true, is: "a whole number of renewals from 0 to 1000",
            example: example,
            make: { text in Int(text).flatMap { Self.renewals.contains($0) ? $0 : nil } })
    }

    private func outcome() -> Survival.Outcome? {
        let (hasLost, hasKept) = (reader.has("lost"), reader.has("kept"))
        guard hasLost || hasKept else {
            return reader.required("ended", example: "churned = 'yes'").map { .ended($0) }
        }
        guard !reader.has("ended") else {
            reader.report(
                .formulaKind,
                "Survival tells who left either by 'ended', where a row is one customer, or by "
                    + "'lost' and 'kept', where a row is a group.",
                at: reader.place, hint: "remove ended, or remove lost and kept")
            return nil
        }
        let lost = reader.required("lost", example: "lost")
        let kept = reader.required("kept", example: "kept")
        guard let lost, let kept else { return nil }
        return .counts(lost: lost, kept: kept)
    }
}
