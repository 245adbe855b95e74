import Definitions
import Vocabulary

/// Lengths of time after a moment.
extension RecipeText {
    /// Refuses hours and minutes where only days are known.
    func require(_ length: WindowLength, fits isDay: Bool, at path: String) throws(Failure) {
        guard isDay, case .elapsed = length else { return }
        throw Failure(
            .recipeOnlyDays, "\(length) cannot be measured where only days are known.",
            hint: "Write a length in days, or give the source a time with hours.",
            place: inputs.place(path))
    }

    /// A moment as recipes measure it: a day, a local clock for civil steps, or an instant.
    mutating func clock(_ moment: String, isDay: Bool, _ length: WindowLength) -> String {
        switch length {
        case .civil where !isDay: local.clock(instant: moment, binder: &binder)
        case .civil, .elapsed: moment
        }
    }

    /// So long after a clock, as another clock.
    func after(_ clock: String, isDay: Bool, _ length: WindowLength) -> String {
        switch length {
        case .elapsed(let seconds):
            return "make_timestamp(epoch_us(\(clock)) + \(Int64(seconds) * 1_000_000))"
        case .civil(let span):
            // Adding months keeps the day of the month, or takes the month's last day (K6).
            let step = span.months == 0 ? "to_days(\(span.days))" : "to_months(\(span.months))"
            return isDay ? "CAST(\(clock) + \(step) AS DATE)" : "(\(clock) + \(step))"
        }
    }

    /// The moment at which a clock stands; the clock must be a name.
    mutating func moment(_ clock: String, isDay: Bool, _ length: WindowLength) -> String {
        switch length {
        case .civil where !isDay: local.instant(clock: clock, binder: &binder)
        case .civil, .elapsed: clock
        }
    }

    /// The seconds from one moment to another.
    func seconds(from start: String, to end: String, isDay: Bool) -> String {
        isDay
            ? "(CAST(\(end) - \(start) AS BIGINT) * 86400)"
            : "((epoch_us(\(end)) - epoch_us(\(start))) / 1000000.0)"
    }
}

extension Failure.Code {
    /// A recipe measures hours or minutes in a source that knows only days.
    public static let recipeOnlyDays: Self = "recipe/only-days"
}
