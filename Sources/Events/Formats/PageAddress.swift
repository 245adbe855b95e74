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
        let bytes = Array(text.utf8)
        let end = bytes.firstIndex(of: UInt8(ascii: "#")) ?? bytes.endIndex
        let question = bytes[..<end].firstIndex(of: UInt8(ascii: "?"))
        url = end == bytes.endIndex ? text : String(decoding: bytes[..<end], as: UTF8.self)
        path = PageAddress.path(bytes[..<(question ?? end)])
        guard let question else {
            campaign = EventCampaign()
            return
        }
        campaign = PageAddress.campaign(bytes[(question + 1)..<end], hasShortNames)
    }

    private static func path(_ bytes: ArraySlice<UInt8>) -> String? {
        if bytes.first == UInt8(ascii: "/") { return String(decoding: bytes, as: UTF8.self) }
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")),
            bytes[(colon + 1)...].starts(with: [UInt8(ascii: "/"), UInt8(ascii: "/")])
        else { return nil }
        guard let slash = bytes[(colon + 3)...].firstIndex(of: UInt8(ascii: "/")) else {
            return "/"
        }
        return String(decoding: bytes[slash...], as: UTF8.self)
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

    /// Most addresses have parameters of their own, so that names are compared as bytes.
    private static func click(named name: ArraySlice<UInt8>) -> StaticString? {
        clicks.first { click in
            click.utf8CodeUnitCount == name.count
                && click.withUTF8Buffer { $0.first == name.first && $0.elementsEqual(name) }
        }
    }
}
