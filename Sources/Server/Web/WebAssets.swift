import CWebAssets
import HTTPTypes
import Hummingbird
import NIOCore

/// The files of the web app, which are built into the program.
///
/// What is not in this list cannot be asked for: no address is ever turned into a path.
struct WebAssets: Sendable {
    /// A file of the web app.
    struct Asset: Sendable {
        let contentType: String
        let content: ByteBuffer
        let tag: EntityTag

        init(contentType: String, content: [UInt8]) {
            self.contentType = contentType
            self.content = ByteBuffer(bytes: content)
            tag = EntityTag(of: content)
        }
    }

    private let assets: [String: Asset]

    /// The files with these names.
    init(_ assets: [String: Asset]) { self.assets = assets }

    /// The files that this program was built with; none in one that was built without them.
    static let builtIn: WebAssets = {
        var assets: [String: Asset] = [:]
        for index in 0..<web_asset_count() {
            let asset = web_asset_at(index)
            let bytes = UnsafeBufferPointer(start: asset.bytes, count: asset.length)
            assets[String(cString: asset.name)] = Asset(
                contentType: String(cString: asset.content_type), content: Array(bytes))
        }
        return WebAssets(assets)
    }()

    /// The file of a name as a response; nil where there is none.
    ///
    /// A name that holds a hash of the content is never used for other content, so browsers keep
    /// such a file for a year without asking. The other names stay the same when the content
    /// changes, so browsers ask each time and mostly get 304.
    func response(_ name: String, for request: Request) -> Response? {
        guard let asset = assets[name] else { return nil }
        var headers: HTTPFields = [
            .eTag: asset.tag.text,
            .cacheControl: Self.isHashed(name) ? "public, max-age=31536000, immutable" : "no-cache",
        ]
        guard !asset.tag.matches(request) else {
            return Response(status: .notModified, headers: headers)
        }
        headers[.contentType] = asset.contentType
        return Response(
            status: .ok, headers: headers, body: ResponseBody(byteBuffer: asset.content))
    }

    /// Whether a name ends in the hash that the bundler gives a part of the app: `chunk-3VXQ7F2L.js`.
    static func isHashed(_ name: String) -> Bool {
        guard name.hasSuffix(".js"), let dash = name.lastIndex(of: "-"), dash > name.startIndex
        else { return false }
        let hash = name[name.index(after: dash)...].dropLast(3)
        return hash.count == 8
            && hash.utf8.allSatisfy { (65...90).contains($0) || (50...55).contains($0) }
    }

    /// What is shown where the program was built without the web app.
    static let missingPage = """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><title>Yardstick</title></head><body>
        <h1>Yardstick</h1>
        <p>This program was built without the web app. Type <code>make build</code> in its source
        folder, and start it again.</p>
        <p>The API is there: <a href="/openapi.json">/openapi.json</a> describes it.</p>
        </body></html>
        """
}
