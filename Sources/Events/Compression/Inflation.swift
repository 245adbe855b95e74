import Vocabulary

/// Unpacks bodies by what they are, not by what their headers say.
///
/// posthog-js sends gzip without saying so, and others say so without sending it.
enum Inflation {
    /// The body, unpacked where it begins as gzip (RFC 1952), zlib (RFC 1950) or zstd (RFC 8878)
    /// does.
    ///
    /// It fails with `events/bad-compression` or `events/too-large`.
    static func inflated(_ body: [UInt8], bytesMax: Int, limits: EventLimits) throws(Failure)
        -> [UInt8]
    {
        guard let packing = Packing(body) else {
            guard body.count <= bytesMax else { throw tooLarge(bytesMax) }
            return body
        }
        switch packing {
        case .zlib: return try unpacked(body, by: ZlibStream(), bytesMax, limits)
        case .zstd: return try unpacked(body, by: ZstdStream(), bytesMax, limits)
        }
    }

    /// How a body is packed.
    private enum Packing {
        case zlib, zstd

        init?(_ body: [UInt8]) {
            guard body.count >= 4 else { return nil }
            let isGzip = body[0] == 0x1F && body[1] == 0x8B
            let header = Int(body[0]) << 8 | Int(body[1])
            let isZlib = body[0] & 0x8F == 0x08 && header % 31 == 0
            if isGzip || isZlib {
                self = .zlib
            } else if body.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) {
                self = .zstd
            } else {
                return nil
            }
        }
    }

    private static func unpacked(
        _ body: [UInt8], by stream: some UnpackingStream, _ bytesMax: Int, _ limits: EventLimits
    ) throws(Failure) -> [UInt8] {
        let ratioMax = max(limits.inflatedBytesFree, body.count * limits.inflationRatio)
        var result: [UInt8] = []
        var size = min(bytesMax, max(4_096, body.count * 4))
        while true {
            let progress = stream.unpack(body, into: &result, upTo: size)
            if progress == .ended { break }
            guard progress == .good else {
                throw Failure(
                    .eventsBadCompression, "The body begins as gzip, zlib or zstd but is broken.",
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
        guard stream.consumed == body.count else {
            throw Failure(
                .eventsBadCompression, "Something follows after the end of the packed body.")
        }
        return result
    }

    private static func tooLarge(_ bytesMax: Int) -> Failure {
        Failure(
            .eventsTooLarge, "The body has more than \(bytesMax) bytes.",
            hint: "Send fewer events at a time.")
    }
}

/// What unpacks a body a part at a time.
protocol UnpackingStream: AnyObject {
    /// How many bytes of the body were read.
    var consumed: Int { get }

    /// Unpacks from where it is until the room is full, the packed data has ended, or the body has.
    ///
    /// - Returns: How it went, and how many bytes were written.
    func unpack(
        _ body: UnsafeBufferPointer<UInt8>, into room: UnsafeMutableBufferPointer<UInt8>
    ) -> (progress: UnpackingProgress, written: Int)
}

/// How unpacking went.
enum UnpackingProgress {
    /// The packed data is at its end.
    case ended
    /// The room is full, or the body is at its end.
    case good
    /// The bytes are none that were packed.
    case broken
}

extension UnpackingStream {
    /// Unpacks until the result has as many bytes, or nothing is left.
    fileprivate func unpack(
        _ body: [UInt8], into result: inout [UInt8], upTo size: Int
    ) -> UnpackingProgress {
        let done = result.count
        var progress = UnpackingProgress.good
        let grown = [UInt8](unsafeUninitializedCapacity: size) { output, count in
            _ = output.initialize(fromContentsOf: result)
            let room = UnsafeMutableBufferPointer(rebasing: output[done...])
            let step = body.withUnsafeBufferPointer { unpack($0, into: room) }
            progress = step.progress
            count = done + step.written
        }
        result = grown
        return progress
    }
}
