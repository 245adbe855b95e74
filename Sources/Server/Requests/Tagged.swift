import CSodium
import HTTPTypes
import Hummingbird
import NIOCore
import Vocabulary

extension Response {
    /// An answer that a browser may keep but must ask about: it carries a tag made of its content,
    /// and a request that brings the same tag gets 304 without the content.
    ///
    /// - Parameters:
    ///   - json: The answer.
    ///   - request: The request, whose `If-None-Match` is looked at.
    /// - Returns: 200 with the answer, or 304 without.
    static func tagged(_ json: JSON, for request: Request) -> Response {
        let bytes = json.bytes
        let tag = EntityTag(of: bytes)
        guard !tag.matches(request) else {
            return Response(
                status: .notModified,
                headers: [.eTag: tag.text, .cacheControl: EntityTag.revalidate, .vary: "Cookie"])
        }
        return Response(
            status: .ok,
            headers: [
                .contentType: "application/json", .eTag: tag.text,
                .cacheControl: EntityTag.revalidate, .vary: "Cookie",
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}

/// A name of a content: two contents have the same only if they are the same.
struct EntityTag: Equatable, Sendable {
    /// Lets a browser keep an answer for its own user, and ask before each use.
    static let revalidate = "private, no-cache"

    /// The tag in quotation marks.
    let text: String

    init(of bytes: [UInt8]) {
        var hash = [UInt8](repeating: 0, count: 16)
        crypto_generichash(&hash, hash.count, bytes, UInt64(bytes.count), nil, 0)
        text = "\"" + hash.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() + "\""
    }

    /// Whether a request says that it has this content.
    func matches(_ request: Request) -> Bool {
        request.headers[values: .ifNoneMatch]
            .flatMap { $0.split(separator: ",") }
            .contains { tag in
                let tag = tag.drop(while: \.isWhitespace)
                return tag == text || tag == "W/" + text
            }
    }
}
