import Foundation
import Vocabulary

/// In which country an internet address is registered.
///
/// Two sorted lists of ranges, one for each version of addresses. Source: Tor's extract of the
/// IPFire location database (CC BY-SA 4.0), Debian's package `tor-geoipdb`.
struct CountryTable: Sendable {
    /// Where Debian's package puts the files.
    static let usualFolder = "/usr/share/tor"

    private let four: Ranges<UInt32>
    private let six: Ranges<UInt128>

    private struct Ranges<Address: FixedWidthInteger & Sendable>: Sendable {
        var first: [Address] = []
        var last: [Address] = []
        var country: [UInt16] = []

        func country(of address: Address) -> UInt16? {
            var low = 0
            var high = first.count
            while low < high {
                let middle = (low + high) / 2
                if first[middle] <= address { low = middle + 1 } else { high = middle }
            }
            guard low > 0, address <= last[low - 1] else { return nil }
            return country[low - 1]
        }
    }

    /// Reads the two files `geoip` and `geoip6` of a folder.
    ///
    /// - Throws: `clients/bad-countries` where they are not what the package holds.
    init(folder: String = usualFolder) throws(Failure) {
        four = try CountryTable.ranges(folder + "/geoip") { UInt32($0) }
        six = try CountryTable.ranges(folder + "/geoip6") { text in CountryTable.six(text) }
    }

    /// The country's code of two letters, ISO 3166-1; nil where it is not known.
    func country(of address: String) -> String? {
        let text = address.prefix { $0 != "%" }
        let code: UInt16?
        if text.contains(":") {
            guard let number = CountryTable.six(text) else { return nil }
            // ::ffff:0:0/96 are addresses of version 4.
            let isFour = number >> 32 == 0xFFFF
            code =
                isFour
                ? four.country(of: UInt32(truncatingIfNeeded: number)) : six.country(of: number)
        } else {
            code = CountryTable.four(text).flatMap(four.country(of:))
        }
        guard let code else { return nil }
        return String(decoding: [UInt8(code >> 8), UInt8(code & 0xFF)], as: UTF8.self)
    }

    private static func ranges<Address>(
        _ path: String, number: (Substring) -> Address?
    ) throws(Failure) -> Ranges<Address> {
        guard let data = FileManager.default.contents(atPath: path) else { throw unreadable(path) }
        var ranges = Ranges<Address>()
        for line in String(decoding: data, as: UTF8.self).utf8.split(separator: 10) {
            guard line.first != UInt8(ascii: "#") else { continue }
            let parts = line.split(separator: UInt8(ascii: ","))
            guard parts.count == 3, parts[2].count == 2,
                let first = number(Substring(parts[0])), let last = number(Substring(parts[1])),
                let one = parts[2].first, let two = parts[2].last
            else { throw unreadable(path) }
            guard one != UInt8(ascii: "?") else { continue }
            ranges.first.append(first)
            ranges.last.append(last)
            ranges.country.append(UInt16(one) << 8 | UInt16(two))
        }
        return ranges
    }

    private static func four(_ text: Substring) -> UInt32? {
        var address = in_addr()
        guard inet_pton(AF_INET, String(text), &address) == 1 else { return nil }
        return UInt32(bigEndian: address.s_addr)
    }

    private static func six(_ text: Substring) -> UInt128? {
        var address = in6_addr()
        guard inet_pton(AF_INET6, String(text), &address) == 1 else { return nil }
        return withUnsafeBytes(of: &address) { $0.reduce(0) { $0 << 8 | UInt128($1) } }
    }

    private static func unreadable(_ path: String) -> Failure {
        Failure(
            .clientCountries, "The table of countries in \(path) cannot be read.",
            hint: "install it again: apt-get install --reinstall tor-geoipdb")
    }
}
