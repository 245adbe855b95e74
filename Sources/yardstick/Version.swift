import CVersion

/// Which program this is.
enum Version {
    /// The release, after semantic versioning.
    static let number = "0.1.0"

    /// The commit from which it was built, shortened, with a `+` where files had been changed
    /// since; nil where it was built outside of a repository.
    static var commit: String? {
        let commit = String(cString: yardstick_commit())
        guard !commit.isEmpty else { return nil }
        return commit.prefix(12) + (commit.hasSuffix("+") ? "+" : "")
    }

    /// What `--version` prints.
    static var text: String {
        "yardstick \(number)" + (commit.map { ", commit \($0)" } ?? ", commit unknown")
    }
}
