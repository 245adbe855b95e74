import CZlib

/// Unpacks gzip and zlib.
final class ZlibStream: UnpackingStream {
    private var stream = z_stream()
    private let isReady: Bool

    init() {
        // 15 bits of window, and 32 to tell gzip and zlib apart by their headers.
        isReady =
            inflateInit2_(
                &stream, 15 + 32, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    }

    deinit { inflateEnd(&stream) }

    var consumed: Int { Int(stream.total_in) }

    func unpack(
        _ body: UnsafeBufferPointer<UInt8>, into room: UnsafeMutableBufferPointer<UInt8>
    ) -> (progress: UnpackingProgress, written: Int) {
        guard isReady, let source = body.baseAddress, let target = room.baseAddress else {
            return (.broken, 0)
        }
        stream.next_in = UnsafeMutablePointer(mutating: source + consumed)
        stream.avail_in = UInt32(body.count - consumed)
        stream.next_out = target
        stream.avail_out = UInt32(room.count)
        let status = inflate(&stream, Z_NO_FLUSH)
        let written = room.count - Int(stream.avail_out)
        switch status {
        case Z_STREAM_END: return (.ended, written)
        case Z_OK: return (.good, written)
        // There was nothing left to read or no room left to write.
        case Z_BUF_ERROR: return (.good, written)
        default: return (.broken, written)
        }
    }
}
