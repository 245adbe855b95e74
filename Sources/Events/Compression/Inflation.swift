import CZlib
import Vocabulary

/// Unpacks bodies by what they are, not by what their headers say.
///
/// posthog-js sends gzip without saying so, and others say so without sending it.
enum Inflation {
    /// The body, unpacked where it begins as gzip (RFC 1952) or zlib (RFC 1950) does.
    ///
    /// It fails with `events/bad-compression`, `events/unknown-compression` or `events/too-large`.
    static func inflated(_ body: [UInt8], bytesMax: Int, limits: EventLimits) throws(Failure)
        -> [UInt8]
    {
        guard body.count >= 4 else { return try checked(body, bytesMax) }
        if body.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) {
            throw Failure(
                .eventsUnknownCompression, "The body is packed with zstd.",
                hint: "Send gzip, deflate or plain JSON.")
        }
        let isGzip = body[0] == 0x1F && body[1] == 0x8B
        let header = Int(body[0]) << 8 | Int(body[1])
        let isZlib = body[0] & 0x8F == 0x08 && header % 31 == 0
        guard isGzip || isZlib else { return try checked(body, bytesMax) }
        return try inflate(body, bytesMax: bytesMax, limits: limits)
    }

    private static func checked(_ body: [UInt8], _ bytesMax: Int) throws(Failure) -> [UInt8] {
        guard body.count <= bytesMax else { throw tooLarge(bytesMax) }
        return body
    }

    private static func tooLarge(_ bytesMax: Int) -> Failure {
        Failure(
            .eventsTooLarge, "The body has more than \(bytesMax) bytes.",
            hint: "Send fewer events at a time.")
    }

    private static func inflate(_ body: [UInt8], bytesMax: Int, limits: EventLimits)
        throws(Failure) -> [UInt8]
    {
        var stream = z_stream()
        // 15 bits of window, and 32 to tell gzip and zlib apart by their headers.
        guard
            inflateInit2_(
                &stream, 15 + 32, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
        else { throw Failure(.eventsBadCompression, "There is no memory to unpack the body.") }
        defer { inflateEnd(&stream) }
        let ratioMax = max(limits.inflatedBytesFree, body.count * limits.inflationRatio)
        var result: [UInt8] = []
        var size = min(bytesMax, max(4_096, body.count * 4))
        while true {
            let status = step(&stream, body, into: &result, upTo: size)
            if status == Z_STREAM_END { break }
            guard status == Z_OK || (status == Z_BUF_ERROR && result.count == size) else {
                throw Failure(
                    .eventsBadCompression, "The body begins as gzip or zlib but is broken.",
                    hint: "Send it whole, or without compression.")
            }
            guard result.count == size else {
                throw Failure(.eventsBadCompression, "The body ends in the middle.")
            }
            guard size < bytesMax else { throw tooLarge(bytesMax) }
            guard size < ratioMax else {
                throw Failure(
                    .eventsTooLarge,
                    "The body becomes more than \(limits.inflationRatio) times larger unpacked.")
            }
            size = min(size * 4, bytesMax, ratioMax)
        }
        guard Int(stream.total_in) == body.count else {
            throw Failure(
                .eventsBadCompression, "Something follows after the end of the packed body.")
        }
        return result
    }

    /// Unpacks until the result has as many bytes, or nothing is left.
    private static func step(
        _ stream: inout z_stream, _ body: [UInt8], into result: inout [UInt8], upTo size: Int
    ) -> Int32 {
        let done = result.count
        var status = Z_OK
        let grown = [UInt8](unsafeUninitializedCapacity: size) { output, count in
            _ = output.initialize(fromContentsOf: result)
            count = done
            guard let target = output.baseAddress else { return }
            body.withUnsafeBufferPointer { input in
                guard let source = input.baseAddress else { return }
                let read = Int(stream.total_in)
                stream.next_in = UnsafeMutablePointer(mutating: source + read)
                stream.avail_in = UInt32(body.count - read)
                stream.next_out = target + done
                stream.avail_out = UInt32(size - done)
                status = CZlib.inflate(&stream, Z_NO_FLUSH)
                count = size - Int(stream.avail_out)
            }
        }
        result = grown
        return status
    }
}
