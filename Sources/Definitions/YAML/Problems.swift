import Vocabulary

/// Everything that is found while files are read.
final class Problems {
    private(set) var findings: [Finding] = []

    /// How many of them are errors.
    var errorCount: Int { findings.count { $0.severity == .error } }

    func report(_ severity: Finding.Severity, _ failure: Failure) {
        findings.append(Finding(severity, failure))
    }

    /// The result of a reading, or nil if it made an error known.
    func soundly<Result>(_ read: () -> Result?) -> Result? {
        let before = errorCount
        let result = read()
        return errorCount == before ? result : nil
    }
}
