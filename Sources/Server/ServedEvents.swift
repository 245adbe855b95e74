import Definitions
import Events
import Features
import Vocabulary

/// What the server needs of a workspace's sources of events, beside taking them in.
protocol ServedEvents: Sendable {
    /// What happens now.
    func live(_ source: String) async throws(Failure) -> JSON
    /// Which events came, with which properties, and how they fit the tracking plan.
    func inventory(of source: String) async throws(Failure) -> JSON
    /// The commonest values of a column.
    func eventValues(
        of source: String, event: String?, property: String
    ) async throws(Failure) -> JSON
    /// What becomes of the internet addresses from which a source's events are sent.
    func addressRule(of source: String) -> AddressRule
    /// How taking events in goes.
    func intake(of source: String) async throws(Failure) -> JSON
    /// A page of what was refused.
    func quarantineJSON(
        of source: String, limit: Int, before: Int?
    ) async throws(Failure) -> JSON
    /// Tries refused events again.
    func replay(_ source: String, _ numbers: [Int]) async throws(Failure) -> JSON
    /// Removes refused events, and returns how many.
    func remove(_ source: String, _ numbers: [Int]) async throws(Failure) -> Int
    /// Writes definitions into a file of their own.
    func add(definitions yaml: String) async throws(Failure) -> JSON
    /// What is wrong with definitions that are not written yet.
    func check(definitions yaml: String) -> JSON
}

extension WorkspaceSession: ServedEvents {
    func inventory(of source: String) async throws(Failure) -> JSON {
        try await eventInventory(of: source).json
    }

    func quarantineJSON(
        of source: String, limit: Int, before: Int?
    ) async throws(Failure) -> JSON {
        let rows = try await quarantine(of: source, limit: limit, before: before)
        let reasons = try await quarantineReasons(of: source)
        return [
            "rows": .list(rows.map(\.json)),
            "total": .integer(reasons.reduce(0) { $0 + $1.count }),
            "codes": .list(
                reasons.map { ["code": .text($0.code), "count": .integer($0.count)] }),
        ]
    }

    func addressRule(of source: String) -> AddressRule {
        catalog.sources[source]?.intake.flatMap { AddressRule(rawValue: $0.addresses.rawValue) }
            ?? .dropped
    }

    func replay(_ source: String, _ numbers: [Int]) async throws(Failure) -> JSON {
        let replay = try await replayQuarantine(of: source, numbers: numbers)
        return ["accepted": .integer(replay.accepted), "refused": .integer(replay.refused)]
    }

    func remove(_ source: String, _ numbers: [Int]) async throws(Failure) -> Int {
        try await removeQuarantined(of: source, numbers: numbers)
    }

    func add(definitions yaml: String) async throws(Failure) -> JSON {
        let written = try await addDefinitions(yaml)
        return [
            "file": .text(written.file), "kind": .text(written.kind), "name": .text(written.name),
        ]
    }

    func check(definitions yaml: String) -> JSON {
        [
            "findings": .list(
                findings(in: yaml).map { finding in
                    [
                        "severity": .text(finding.severity.rawValue),
                        "code": .text(finding.failure.code.rawValue),
                        "message": .text(finding.failure.message),
                        "hint": .optional(finding.failure.hint),
                        "line": .optional(finding.failure.place?.line),
                        "column": .optional(finding.failure.place?.column),
                    ]
                })
        ]
    }
}
