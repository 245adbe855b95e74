import Foundation
import Vocabulary

/// What somebody gives for a new account, checked.
struct Applicant: Sendable {
    /// The fewest characters of a password.
    static let passwordCharactersMin = 12
    /// The most bytes of a password.
    static let passwordBytesMax = 512

    let email: String
    let name: String
    let password: String

    /// Checks the parts.
    ///
    /// - Throws: `accounts/bad-email`, `accounts/bad-name`, `accounts/weak-password`.
    init(email: String, name: String, password: String) throws(Failure) {
        self.email = Applicant.normalised(email)
        self.name = name.trimmingCharacters(in: .whitespacesAndNewlines)
        self.password = password
        guard Applicant.isEmail(self.email) else {
            throw Failure(
                .badEmail, "'\(email.prefix(100))' is not an e-mail address.",
                hint: "Write it like anna@example.com.")
        }
        guard (1...100).contains(self.name.count), !Applicant.hasControls(self.name) else {
            throw Failure(
                .badName, "A name has between 1 and 100 characters.",
                hint: "Write the name by which your colleagues know you.")
        }
        try checkPassword()
    }

    /// The address in the form in which it is stored and looked up.
    static func normalised(_ email: String) -> String {
        email.trimmingCharacters(in: .whitespacesAndNewlines).lowercased()
    }

    private static func isEmail(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        return text.utf8.count <= 254 && parts.count == 2 && !parts[0].isEmpty
            && !parts[1].isEmpty && !text.contains(where: \.isWhitespace) && !hasControls(text)
    }

    private static func hasControls(_ text: String) -> Bool {
        text.unicodeScalars.contains {
            $0.properties.generalCategory == .control || $0.properties.generalCategory == .format
        }
    }

    private func checkPassword() throws(Failure) {
        let lowered = password.lowercased()
        let problem: String? =
            if password.count < Applicant.passwordCharactersMin {
                "has fewer than \(Applicant.passwordCharactersMin) characters"
            } else if password.utf8.count > Applicant.passwordBytesMax {
                "has more than \(Applicant.passwordBytesMax) bytes"
            } else if password.utf8.contains(0) {
                "contains a character that keyboards do not have"
            } else if Set(lowered).count < 5 {
                "repeats too few characters"
            } else if lowered.contains(email) || Applicant.common.contains(where: lowered.hasPrefix)
            {
                "is among the first that are guessed"
            } else {
                nil
            }
        guard let problem else { return }
        throw Failure(
            .weakPassword, "The password \(problem).",
            hint: "Take four or more words that do not belong together.")
    }

    /// Beginnings of the long passwords that lists of leaked ones have most often.
    private static let common = [
        "password", "passw0rd", "123456789", "1234567890", "qwertyuiop", "qwerty12345",
        "1q2w3e4r5t", "iloveyou", "letmein", "adminadmin", "administrator", "changeme",
        "welcome", "yardstick", "abcdefgh", "correcthorsebatterystaple",
    ]
}

extension Failure.Code {
    /// The text is not an e-mail address.
    public static let badEmail: Self = "accounts/bad-email"
    /// The name is empty or too long.
    public static let badName: Self = "accounts/bad-name"
    /// The password is too short or too easily guessed.
    public static let weakPassword: Self = "accounts/weak-password"
}
