import Foundation
import Synchronization
import Vocabulary

/// With what and from where somebody acted, made out of a user agent and an internet address.
public struct ClientFacts: Hashable, Sendable {
    /// The kind of device: `desktop`, `phone`, `tablet`, `tv`, `other`.
    public var device: String?
    /// The browser's family.
    public var browser: String?
    /// The operating system's family.
    public var system: String?
    /// The country's code of two letters.
    public var country: String?

    /// Knows nothing yet.
    public init() {}
}

/// Tells clients apart, by the rules and tables that are installed.
///
/// Without the packages `uap-core` and `tor-geoipdb` browser, system and country stay unknown. Each
/// is read when the first client needs it; a user agent that was seen lately costs nothing.
public final class ClientDesk: Sendable {
    private let rules: Mutex<Installed<UserAgentRules>>
    private let countries: Mutex<Installed<CountryTable>>
    private let recent = Mutex<[String: ClientFacts]>([:])

    /// How many user agents are remembered; then all are forgotten.
    private static let recentMax = 4_096

    /// Something that is read from the system once.
    private enum Installed<Table: Sendable>: Sendable {
        case unread
        /// What was read; nil where it is not there, or damaged.
        case read(Table?)
    }

    /// Makes a desk.
    ///
    /// - Parameter readsTables: Whether it may read what is installed; without, only the kind of
    ///   device is known.
    public init(readsTables: Bool = true) {
        rules = Mutex(readsTables ? .unread : .read(nil))
        countries = Mutex(readsTables ? .unread : .read(nil))
    }

    /// What can be said of a client.
    ///
    /// - Parameters:
    ///   - userAgent: Its user agent; nil where a server sent.
    ///   - address: Its internet address; nil where that is not to be looked at.
    /// - Returns: What is known.
    public func facts(userAgent: String?, address: String?) -> ClientFacts {
        var facts = userAgent.map(agent) ?? ClientFacts()
        if let address {
            let table = ClientDesk.table(countries) { try? CountryTable() }
            facts.country = table?.country(of: address)
        }
        return facts
    }

    private func agent(_ userAgent: String) -> ClientFacts {
        let key = String(userAgent.prefix(UserAgentRules.charactersMax))
        if let known = recent.withLock({ $0[key] }) { return known }
        let rules = ClientDesk.table(rules) { try? UserAgentRules() }
        var facts = ClientFacts()
        facts.browser = rules?.browser(of: key)
        facts.system = rules?.system(of: key)
        facts.device = DeviceKind(userAgent: key).rawValue
        let found = facts
        recent.withLock { recent in
            if recent.count >= ClientDesk.recentMax { recent.removeAll(keepingCapacity: true) }
            recent[key] = found
        }
        return found
    }

    private static func table<Table: Sendable>(
        _ installed: borrowing Mutex<Installed<Table>>, read: () -> Table?
    ) -> Table? {
        installed.withLock { installed in
            if case .read(let table) = installed { return table }
            let table = read()
            installed = .read(table)
            return table
        }
    }
}
