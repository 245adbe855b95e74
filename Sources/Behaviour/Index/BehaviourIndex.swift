import Foundation
import Vocabulary

/// The histories of people in a file: derived from the events of a source, never a source of truth.
///
/// Each person's events lie one after the other, ordered by time and, within one instant, by the
/// code of their name. The file is mapped into memory and never changes.
public final class BehaviourIndex: Sendable {
    /// What its numbers mean.
    public var schema: IndexSchema { header.schema }
    /// Up to which event it knows everything.
    public var watermark: IndexWatermark { header.watermark }
    /// One more than the highest number of a person.
    public var personCount: Int { header.personCount }
    /// How many events it has.
    public var eventCount: Int { header.eventCount }
    /// The length of the file.
    public var sizeBytes: Int { file.bytes.count }

    let header: IndexHeader
    private let file: MappedFile

    /// How thoroughly a file is looked at before it is believed.
    public enum Check: Sendable {
        /// The checksum of every section: reads the whole file.
        case everything
        /// The description and where the histories begin: enough that no damage can do harm, only
        /// give wrong numbers. ``BehaviourIndex/isWhole`` tells the rest later.
        case description
    }

    /// Opens a file.
    ///
    /// - Throws: `behaviour/no-index` if there is none; `behaviour/damaged-index` if it is not
    ///   whole or of another version. Such a file is thrown away and built anew.
    public init(path: String, check: Check = .everything) throws(Failure) {
        guard let file = MappedFile(path: path) else {
            throw Failure(.noBehaviourIndex, "There is no behaviour index at \(path).")
        }
        guard let header = Self.header(of: file.bytes) else { throw Self.damaged(path) }
        self.file = file
        self.header = header
        guard startsAreSound, check == .description || isWhole else { throw Self.damaged(path) }
    }

    /// Whether every section has the checksum that it was written with.
    public var isWhole: Bool {
        header.sections.allSatisfy { section in
            let part = file.bytes[section.offset..<section.offset + section.length]
            return SectionChecksum.of(UnsafeRawBufferPointer(rebasing: part)) == section.checksum
        }
    }

    private static func header(of bytes: UnsafeRawBufferPointer) -> IndexHeader? {
        guard bytes.count >= IndexHeader.prefixBytes else { return nil }
        var reader = IndexReader(bytes)
        guard reader.number(UInt64.self) == IndexHeader.magic,
            reader.number(UInt32.self) == IndexHeader.version,
            let length = reader.number(UInt32.self), let offset = reader.number(UInt64.self),
            let checksum = reader.number(UInt64.self),
            offset <= UInt64(bytes.count), Int(offset) + Int(length) == bytes.count
        else { return nil }
        let description = UnsafeRawBufferPointer(rebasing: bytes[Int(offset)...])
        guard SectionChecksum.of(description) == checksum,
            let header = IndexHeader(description),
            header.sections.allSatisfy({
                $0.offset % 64 == 0 && $0.offset + $0.length < Int(offset)
            })
        else { return nil }
        return header
    }

    /// Starts that go up and end with the last event: then no history reaches outside of the file.
    private var startsAreSound: Bool {
        var last: UInt32 = 0
        for person in 0...personCount {
            guard starts[person] >= last else { return false }
            last = starts[person]
        }
        return starts[0] == 0 && Int(last) == eventCount
    }

    private static func damaged(_ path: String) -> Failure {
        Failure(
            .damagedBehaviourIndex,
            "The behaviour index \(path) is damaged or of another version.",
            hint: "It is derived: delete the file, and it is built anew from the events.")
    }

    private func section(_ index: Int) -> UnsafeRawPointer {
        // Every section lies within the file; that was checked when it was opened.
        UnsafeRawPointer(bitPattern: UInt(bitPattern: file.bytes.baseAddress))
            .unsafelyUnwrapped + header.sections[index].offset
    }

    /// Where each person's events begin, and after the last one the number of events.
    var starts: UnsafePointer<UInt32> { section(0).assumingMemoryBound(to: UInt32.self) }
    var seconds: UnsafePointer<UInt32> { section(1).assumingMemoryBound(to: UInt32.self) }
    var parts: UnsafeRawPointer { section(2) }
    var events: UnsafePointer<UInt16> { section(3).assumingMemoryBound(to: UInt16.self) }

    var properties: [CodeColumn] {
        schema.properties.indices.map {
            CodeColumn(bytes: section(4 + $0), width: schema.properties[$0].width)
        }
    }

    var attributes: [CodeColumn] {
        schema.attributes.indices.map {
            CodeColumn(
                bytes: section(4 + schema.properties.count + $0), width: schema.attributes[$0].width
            )
        }
    }
}

extension Failure.Code {
    /// There is no behaviour index.
    public static let noBehaviourIndex: Self = "behaviour/no-index"
    /// The file of the behaviour index is damaged.
    public static let damagedBehaviourIndex: Self = "behaviour/damaged-index"
}
