import Vocabulary

/// One thing that the doctor looked at.
struct DoctorCheck: Equatable, Sendable {
    /// How it is.
    enum State: String, Sendable {
        /// As it should be.
        case good = "ok"
        /// Not as it should be, but one can work.
        case warning
        /// Something does not work.
        case problem
    }

    /// What was looked at.
    let name: String
    /// How it is.
    let state: State
    /// What was found.
    let text: String
    /// What to type, or do, where it is not as it should be.
    let hint: String?

    /// A thing that is as it should be.
    static func good(_ name: String, _ text: String) -> DoctorCheck {
        DoctorCheck(name: name, state: .good, text: text, hint: nil)
    }

    /// A thing that one can work with.
    static func warning(_ name: String, _ text: String, hint: String) -> DoctorCheck {
        DoctorCheck(name: name, state: .warning, text: text, hint: hint)
    }

    /// A thing that does not work.
    static func problem(_ name: String, _ text: String, hint: String) -> DoctorCheck {
        DoctorCheck(name: name, state: .problem, text: text, hint: hint)
    }

    /// A failure of a thing.
    static func problem(_ name: String, _ failure: Failure) -> DoctorCheck {
        DoctorCheck(name: name, state: .problem, text: failure.message, hint: failure.hint)
    }

    /// The check as `--format json` prints it.
    var json: JSON {
        [
            "name": .text(name), "state": .text(state.rawValue), "text": .text(text),
            "hint": .optional(hint),
        ]
    }
}
