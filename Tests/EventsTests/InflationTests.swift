import Events
import Foundation
import Testing
import Vocabulary

@Suite("Packed bodies")
struct InflationTests {
    private let text = #"{"event":"a","user":"u","properties":{"x":"ääääääääääääääääää"}}"#

    private func code(_ bytes: [UInt8]) -> Failure.Code? {
        do {
            _ = try EventFormat.read(Requests.make("/api/v1/events", bytes: bytes))
            return nil
        } catch {
            return (error as? Failure)?.code
        }
    }

    @Test("gzip is known by how it begins, whatever the headers say")
    func sniffed() throws {
        let packed = try Packing.gzip(Array(text.utf8))
        for headers in [
            [], [("Content-Encoding", "gzip")], [("Content-Type", "text/plain")],
            [("Content-Encoding", "identity")],
        ] as [[(name: String, value: String)]] {
            let reading = try EventFormat.read(
                Requests.make("/api/v1/events", bytes: packed, headers: headers))
            #expect(reading.events.first?.user == "u")
        }
        let plain = try EventFormat.read(
            Requests.make("/api/v1/events", text, headers: [("Content-Encoding", "gzip")]))
        #expect(plain.events.first?.user == "u")
    }

    @Test("zlib is known by how it begins")
    func zlib() throws {
        // Python 3.11: zlib.compress(b'{"event":"a","user":"u"}')
        let packed: [UInt8] = [
            0x78, 0x9C, 0xAB, 0x56, 0x4A, 0x2D, 0x4B, 0xCD, 0x2B, 0x51, 0xB2, 0x52, 0x4A, 0x54,
            0xD2, 0x51, 0x2A, 0x2D, 0x4E, 0x2D, 0x02, 0x32, 0x4B, 0x95, 0x6A, 0x01, 0x5F, 0x27,
            0x07, 0x60,
        ]
        #expect(code(packed) == nil)
        #expect(code(packed.dropLast() + [0]) == .eventsBadCompression)
    }

    @Test("a packed body that ends too early, goes on or is broken is refused")
    func broken() throws {
        let packed = try Packing.gzip(Array(text.utf8))
        for count in 4..<packed.count {
            #expect(code(Array(packed.prefix(count))) == .eventsBadCompression)
        }
        #expect(code(packed + [0]) == .eventsBadCompression)
        #expect(code(packed + packed) == .eventsBadCompression)
        for index in 10..<packed.count {
            var flipped = packed
            flipped[index] ^= 0x55
            #expect(code(flipped) == .eventsBadCompression)
        }
    }

    @Test("a bomb is not unpacked beyond its limit")
    func bombs() throws {
        let zeros = try Packing.gzip([UInt8](repeating: 0x20, count: 30 << 20))
        #expect(zeros.count < 40_000)
        #expect(code(zeros) == .eventsTooLarge)
        // PostHog's bodies may become 20 MiB, but not 1,000 times larger than they came.
        for path in ["/batch/", "/e/"] {
            let failure = #expect(throws: Failure.self) {
                try EventFormat.read(Requests.make(path, bytes: zeros))
            }
            #expect(failure?.code == .eventsTooLarge)
            #expect(failure?.message.contains("200 times larger") == true)
        }
        let bombInBomb = try Packing.gzip(zeros)
        #expect(code(bombInBomb) == .eventsBadJSON)
    }

    @Test("a body of exactly the limit is taken")
    func limit() throws {
        let padding = String(repeating: " ", count: (1 << 20) - text.utf8.count)
        let packed = try Packing.gzip(Array((text + padding).utf8))
        #expect(code(Array((text + padding).utf8)) == nil)
        #expect(code(packed) == nil)
        #expect(code(try Packing.gzip(Array((text + padding + " ").utf8))) == .eventsTooLarge)
    }
}
