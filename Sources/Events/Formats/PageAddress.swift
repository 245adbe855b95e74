#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// What an address of a page says.
struct PageAddress {
    /// The address without its fragment.
    let url: String
    /// Its path; nil where the text is no address.
    let path: String?
    /// The campaign that its parameters name.
    let campaign: EventCampaign

    /// The parameters that name a paid click, as PostHog's library for browsers has them.
    static let clicks: [StaticString] = [
        "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "gad_source", "fbclid", "msclkid",
        "twclid", "li_fat_id", "igshid", "ttclid", "rdt_cid", "epik", "qclid", "sccid", "irclid",
        "mc_cid", "_kx",
    ]

    /// Reads an address; with short names `ref` and `source` name a campaign's source too, as
    /// Plausible has it.
    init(_ text: String, hasShortNames: Bool = false) {
        var utf8 = text
        let cut: String?
        (cut, path, campaign) = utf8.withUTF8 { bytes in
            let parts = PageParts(bytes)
            let isWhole = parts.url.count == bytes.count
            let isPlain = !hasShortNames && !parts.namesCampaign
            return (
                isWhole ? nil : String(decoding: parts.url, as: UTF8.self),
                parts.path.map { String(decoding: $0, as: UTF8.self) },
                isPlain
                    ? EventCampaign() : PageAddress.campaign(Array(parts.query)[...], hasShortNames)
            )
        }
        url = cut ?? text
    }

    private static func campaign(_ query: ArraySlice<UInt8>, _ hasShortNames: Bool)
        -> EventCampaign
    {
        var campaign = EventCampaign()
        var short: String?
        FormText.forEachPair(query) { name, value in
            guard !value.isEmpty else { return }
            if name.starts(with: "utm_".utf8) {
                switch String(decoding: name.dropFirst(4), as: UTF8.self) {
                case "source": campaign.source = FormText.text(value)
                case "medium": campaign.medium = FormText.text(value)
                case "campaign": campaign.name = FormText.text(value)
                case "term": campaign.term = FormText.text(value)
                case "content": campaign.content = FormText.text(value)
                default: return
                }
            } else if hasShortNames,
                name.elementsEqual("ref".utf8) || name.elementsEqual("source".utf8)
            {
                short = FormText.text(value)
            } else if campaign.click == nil, let click = click(named: name) {
                campaign.click = "\(click)=\(FormText.text(value))"
            }
        }
        if campaign.source == nil { campaign.source = short }
        return campaign
    }

    private static func click(named name: ArraySlice<UInt8>) -> StaticString? {
        name.withUnsafeBufferPointer { click(named: $0) }
    }

    /// Most addresses have parameters of their own, so that names are compared as bytes.
    fileprivate static func click(named name: UnsafeBufferPointer<UInt8>) -> StaticString? {
        guard let base = name.baseAddress else { return nil }
        return clicks.first { click in
            click.utf8CodeUnitCount == name.count && equal(click.utf8Start, base, name.count)
        }
    }
}

/// The parts of a page's address, as places in its text; they are valid as long as that is.
struct PageParts {
    /// The address without its fragment.
    let url: UnsafeBufferPointer<UInt8>
    /// Its path; nil where the text is no address.
    let path: UnsafeBufferPointer<UInt8>?
    /// Its parameters; empty where there are none.
    let query: UnsafeBufferPointer<UInt8>

    private static let root: StaticString = "/"

    init(_ text: UnsafeBufferPointer<UInt8>) {
        url = text.before(UInt8(ascii: "#"))
        let place = url.before(UInt8(ascii: "?"))
        query = url.after(place.count + 1)
        if place.first == UInt8(ascii: "/") {
            path = place
            return
        }
        let scheme = place.before(UInt8(ascii: ":"))
        let host = place.after(scheme.count + 3)
        guard place.count >= scheme.count + 3, place[scheme.count + 1] == UInt8(ascii: "/"),
            place[scheme.count + 2] == UInt8(ascii: "/")
        else {
            path = nil
            return
        }
        let name = host.before(UInt8(ascii: "/"))
        let root = UnsafeBufferPointer(start: PageParts.root.utf8Start, count: 1)
        path = name.count == host.count ? root : host.after(name.count)
    }

    /// Whether a parameter has a name of those that tell of a campaign.
    var namesCampaign: Bool {
        var rest = query
        while !rest.isEmpty {
            let pair = rest.before(UInt8(ascii: "&"))
            rest = rest.after(pair.count + 1)
            let name = pair.before(UInt8(ascii: "="))
            if name.starts(with: "utm_".utf8) || PageAddress.click(named: name) != nil {
                return true
            }
        }
        return false
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// What stands before the first place of a byte; everything where there is none.
    fileprivate func before(_ byte: UInt8) -> Self {
        guard let base = baseAddress, let found = memchr(base, Int32(byte), count) else {
            return self
        }
        return Self(start: base, count: UnsafeRawPointer(base).distance(to: found))
    }

    /// What follows so many bytes; nothing where there are not so many.
    fileprivate func after(_ bytes: Int) -> Self { Self(rebasing: dropFirst(bytes)) }
}
