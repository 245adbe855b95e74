import Foundation
import Testing
import Vocabulary
import Yams

@testable import Features

private let hasRules = FileManager.default.fileExists(atPath: UserAgentRules.usualPath)
private let hasCountries = FileManager.default.fileExists(
    atPath: CountryTable.usualFolder + "/geoip")

@Suite("Clients")
struct ClientFactsTests {
    @Test(
        "a device is told by its user agent",
        arguments: [
            ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/120.0 Safari/537.36", "desktop"),
            ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Mobile/15E148", "phone"),
            ("Mozilla/5.0 (Linux; Android 13; Pixel 7) Chrome/120.0 Mobile Safari", "phone"),
            ("Mozilla/5.0 (Linux; Android 13; SM-X700) Chrome/120.0 Safari", "tablet"),
            ("Mozilla/5.0 (iPad; CPU OS 16_0 like Mac OS X) Mobile/15E148", "tablet"),
            ("Mozilla/5.0 (SMART-TV; Linux; Tizen 6.0) Safari/537.36", "tv"),
            ("analytics-python/2.4.0", "other"),
        ])
    func devices(userAgent: String, kind: String) {
        #expect(DeviceKind(userAgent: userAgent).rawValue == kind)
    }

    @Test(
        "browsers and systems are those of uap-core's own tests",
        .enabled(if: hasRules, "Debian's package uap-core is not installed"),
        arguments: ["ua", "os"])
    func published(kind: String) throws {
        struct Cases: Decodable {
            struct Case: Decodable {
                let user_agent_string: String
                let family: String
            }
            let test_cases: [Case]
        }
        let path = "/usr/share/uap-core/tests/test_\(kind).yaml"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let cases = try YAMLDecoder().decode(Cases.self, from: text).test_cases
        let rules = try UserAgentRules()

        // Every seventh: each costs some milliseconds without optimisation.
        let wrong = stride(from: 0, to: cases.count, by: 7).map { cases[$0] }.filter { entry in
            let agent = entry.user_agent_string
            let found = kind == "ua" ? rules.browser(of: agent) : rules.system(of: agent)
            return agent.count <= UserAgentRules.charactersMax && (found ?? "Other") != entry.family
        }

        #expect(cases.count > 400)
        #expect(wrong.map(\.user_agent_string) == [])
    }

    /// Addresses whose countries their registries publish: RIPE NCC's own network (NL), the German
    /// DENIC's name server and JPRS's (JP).
    @Test(
        "an address is in the country in which it is registered",
        .enabled(if: hasCountries, "Debian's package tor-geoipdb is not installed"))
    func countries() throws {
        let table = try CountryTable()

        #expect(table.country(of: "193.0.6.139") == "NL")
        #expect(table.country(of: "::ffff:193.0.6.139") == "NL")
        #expect(table.country(of: "2001:67c:2e8:22::c100:68b") == "NL")
        #expect(table.country(of: "203.119.1.1") == "JP")
        #expect(table.country(of: "127.0.0.1") == nil)
        #expect(table.country(of: "10.0.0.1") == nil)
        #expect(table.country(of: "no address") == nil)
    }

    @Test("a client of which nothing is known has no facts")
    func nothing() {
        #expect(ClientDesk().facts(userAgent: nil, address: nil) == ClientFacts())
    }
}
