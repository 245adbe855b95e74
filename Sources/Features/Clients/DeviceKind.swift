/// The kind of device, by the words of its user agent.
///
/// Makers follow one habit: phones say `Mobile`, tablets with Android do not, desktops name their
/// system.
enum DeviceKind: String {
    case desktop, phone, tablet, tv, other

    /// Tells the kind.
    init(userAgent: String) {
        let has = { (words: [String]) in words.contains { userAgent.contains($0) } }
        if has(["SmartTV", "SMART-TV", "AppleTV", "HbbTV", "GoogleTV", "BRAVIA", "Roku", "AFTT"]) {
            self = .tv
        } else if has(["iPad", "Tablet", "Kindle", "PlayBook"])
            || (has(["Android"]) && !has(["Mobile"]))
        {
            self = .tablet
        } else if has(["Mobile", "iPhone", "iPod", "Windows Phone", "BlackBerry"]) {
            self = .phone
        } else if has(["Windows NT", "Macintosh", "X11", "CrOS", "Linux x86_64"]) {
            self = .desktop
        } else {
            self = .other
        }
    }
}
