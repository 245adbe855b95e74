import CZstd

/// Unpacks a frame of zstd.
final class ZstdStream: UnpackingStream {
    private let stream = ZSTD_createDStream()
    private(set) var consumed = 0
    /// The largest window that is unpacked has 8 MiB, as RFC 9659 asks of what goes over HTTP: a few
    /// bytes can ask for any size.
    private static let windowBits: Int32 = 23

    init() { ZSTD_DCtx_setParameter(stream, ZSTD_d_windowLogMax, ZstdStream.windowBits) }

    deinit { ZSTD_freeDStream(stream) }

    func unpack(
        _ body: UnsafeBufferPointer<UInt8>, into room: UnsafeMutableBufferPointer<UInt8>
    ) -> (progress: UnpackingProgress, written: Int) {
        var input = ZSTD_inBuffer(src: body.baseAddress, size: body.count, pos: consumed)
        var output = ZSTD_outBuffer(dst: room.baseAddress, size: room.count, pos: 0)
        while true {
            let left = ZSTD_decompressStream(stream, &output, &input)
            consumed = input.pos
            if ZSTD_isError(left) != 0 { return (.broken, output.pos) }
            if left == 0 { return (.ended, output.pos) }
            if output.pos == output.size || input.pos == input.size {
                return (.good, output.pos)
            }
        }
    }
}
