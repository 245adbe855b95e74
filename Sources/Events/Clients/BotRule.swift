/// Whether a user agent is that of a program that acts without a person.
///
/// A short list of what such programs call themselves; browsers driven by a program say so with
/// `navigator.webdriver`, which some clients pass on.
enum BotRule {
    private static let words = [
        "bot", "crawl", "spider", "slurp", "headless", "phantomjs", "lighthouse", "pagespeed",
        "puppeteer", "playwright", "selenium", "curl/", "wget", "python-requests",
        "python-urllib", "python-httpx", "aiohttp", "go-http-client", "apache-httpclient",
        "libwww", "scrapy", "axios/", "node-fetch", "undici", "postman", "facebookexternalhit",
        "whatsapp/", "preview", "monitor", "pingdom", "uptime", "archiver", "feedfetcher",
        "feedburner", "mediapartners", "scanner", "validator",
    ].map { Array($0.utf8) }

    /// The makers of telephones whose names hold one of the words.
    private static let people = Array("cubot".utf8)

    /// Whether the user agent says that a program acts.
    static func isBot(_ userAgent: String) -> Bool {
        var text = userAgent.utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        while let place = position(of: people, in: text) {
            text.removeSubrange(place..<(place + people.count))
        }
        return words.contains { position(of: $0, in: text) != nil }
    }

    private static func position(of word: [UInt8], in text: [UInt8]) -> Int? {
        guard text.count >= word.count else { return nil }
        return (0...(text.count - word.count)).first { start in
            text[start] == word[0] && text[start..<(start + word.count)].elementsEqual(word)
        }
    }
}
