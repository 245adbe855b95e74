import Foundation
import Vocabulary

/// The names under which the server may be addressed.
///
/// A page of another site can point its own name at this machine and so read what the server says
/// (DNS rebinding), unless requests for unknown names are refused.
struct HostName: Sendable {
    private let allowed: Set<String>

    /// Allows the names of the machine itself and those of the settings.
    init(_ settings: ServerSettings) {
        var allowed: Set<String> = ["localhost", settings.host.lowercased()]
        if let name = settings.publicAddress?.host { allowed.insert(name.lowercased()) }
        self.allowed = allowed
    }

    /// Checks the host of a request, which may end in a port.
    ///
    /// - Throws: `server/unknown-host`.
    func check(_ authority: String?) throws(Failure) {
        guard let name = authority.flatMap(HostName.withoutPort),
            allowed.contains(name) || HostName.isLoopback(name)
        else {
            throw Failure(
                .unknownHost, "This server does not answer for the host of the request.",
                hint: "Open it by the address that it printed, or set its public address.")
        }
    }

    /// Whether a name or address means the machine itself.
    static func isLoopback(_ name: String) -> Bool {
        if ["localhost", "::1", "[::1]"].contains(name.lowercased()) { return true }
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }

    private static func withoutPort(_ authority: String) -> String? {
        let lowered = authority.lowercased()
        if lowered.hasPrefix("[") {
            guard let end = lowered.firstIndex(of: "]") else { return nil }
            return String(lowered[lowered.index(after: lowered.startIndex)..<end])
        }
        let parts = lowered.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count <= 2, let name = parts.first, !name.isEmpty else { return nil }
        return String(name)
    }
}

extension Failure.Code {
    /// The request names a host that this server does not answer for.
    public static let unknownHost: Self = "server/unknown-host"
}
