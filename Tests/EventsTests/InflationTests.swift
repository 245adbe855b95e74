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

    @Test("zstd is known by how it begins")
    func zstd() throws {
        let reading = try EventFormat.read(
            Requests.make("/api/v1/events", bytes: Packing.zstd(Array(text.utf8))))
        #expect(reading.events.first?.user == "u")
    }

    @Test("a window that takes more memory than a request should is refused")
    func window() throws {
        let spaces = [UInt8](repeating: 0x20, count: 1 << 20)
        // Magic, a descriptor without size, a window of 2 to the power 10 and so much more.
        func header(_ power: UInt8) -> [UInt8] { [0x28, 0xB5, 0x2F, 0xFD, 0, (power - 10) << 3] }
        // The last block, raw, of two bytes.
        let block: [UInt8] = [0x11, 0, 0] + Array("[]".utf8)

        #expect(code(header(23) + block) == nil)
        #expect(code(header(24) + block) == .eventsBadCompression)
        #expect(code(try Packing.zstd(spaces + Array(text.utf8), "-19")) == .eventsTooLarge)
    }

    @Test(
        "a packed body that ends too early, goes on or is broken is refused",
        arguments: ["gzip", "zstd"])
    func broken(program: String) throws {
        let packed = try Packing.packed(Array(text.utf8), by: program)
        for count in 4..<packed.count {
            #expect(code(Array(packed.prefix(count))) == .eventsBadCompression)
        }
        #expect(code(packed + [0]) == .eventsBadCompression)
        #expect(code(packed + packed) == .eventsBadCompression)
        // What comes before is a mark and, of gzip, a time that nobody checks.
        for index in 10..<packed.count {
            var flipped = packed
            flipped[index] ^= 0x55
            #expect(code(flipped) == .eventsBadCompression)
        }
    }

    @Test(
        "a bomb is not unpacked beyond its limit",
        arguments: ["gzip", "zstd"])
    func bombs(program: String) throws {
        let zeros = try Packing.packed([UInt8](repeating: 0x20, count: 30 << 20), by: program)
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
        let bombInBomb = try Packing.packed(zeros, by: program)
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
