import Events
import Foundation
import Vocabulary

/// Reads the log from an offset on, as far as the disk has confirmed it.
///
/// A record that is damaged is kept aside and told, and reading goes on behind it.
final class InboxReader {
    /// A record, the offset before it and that after it.
    struct Item {
        let record: EventRecord
        let begin: Int64
        let end: Int64
    }

    /// The offset from which the next call reads.
    private(set) var offset: Int64
    /// What could not be read so far.
    private(set) var damages: [InboxDamage] = []
    private let inbox: EventInbox
    private static let windowBytes = 4 << 20

    init(_ inbox: EventInbox, from offset: Int64) {
        self.inbox = inbox
        self.offset = offset
    }

    /// The next records, about as many as hold so many events; empty where there are none yet.
    func next(eventsMax: Int) throws(Failure) -> [Item] {
        var items: [Item] = []
        while items.isEmpty, let place = try place() { items = try read(place, eventsMax) }
        return items
    }

    /// Keeps a record aside that was read and cannot be applied.
    func keepAside(_ item: Item, from begin: Int64) {
        damages.append(InboxDamage.keep(item.record.bytes, at: begin, in: inbox.folder))
    }

    /// Reads again from an earlier offset, after what was read could not be applied.
    func rewind(to offset: Int64) { self.offset = offset }

    /// A part of a file that is to be read.
    private struct Place {
        let segment: InboxSegment
        /// Where in the file reading begins.
        let begin: Int
        /// Where the file's content ends.
        let end: Int
    }

    private func place() throws(Failure) -> Place? {
        let confirmed = inbox.end
        while offset < confirmed {
            let segments = try InboxSegment.all(in: inbox.folder)
            guard let index = segments.lastIndex(where: { $0.start <= offset }) else {
                let begin = min(segments.first?.start ?? confirmed, confirmed)
                skip(to: begin, keeping: [])
                continue
            }
            let next = index + 1 < segments.count ? segments[index + 1].start : confirmed
            let segment = segments[index]
            let begin = max(Int(offset - segment.start), InboxSegment.headerBytes)
            let end = Int(min(next, confirmed) - segment.start)
            if begin < end { return Place(segment: segment, begin: begin, end: end) }
            offset = max(offset, next)
        }
        return nil
    }

    private func read(_ place: Place, _ eventsMax: Int) throws(Failure) -> [Item] {
        var window = min(Self.windowBytes, place.end - place.begin)
        while true {
            let bytes = try content(of: place, window)
            if bytes.isEmpty {
                // The file is shorter than the log says.
                skip(to: place.segment.start + Int64(place.end), keeping: [])
                return []
            }
            let isAll = bytes.count < window || place.begin + window == place.end
            let (items, needed) = try items(in: bytes, of: place, isAll: isAll, eventsMax)
            guard let needed else { return items }
            window = min(max(needed, window), place.end - place.begin)
        }
    }

    private func content(of place: Place, _ count: Int) throws(Failure) -> [UInt8] {
        let path = inbox.folder + "/" + place.segment.fileName
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unreadableInbox(path, .latest) }
        defer { close(descriptor) }
        var done = 0
        var error: DiskError?
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            while done < count {
                let rest = UnsafeMutableBufferPointer(rebasing: buffer[done...])
                let got = pread(descriptor, rest.baseAddress, rest.count, off_t(place.begin + done))
                if got < 0, errno == EINTR { continue }
                if got < 0 { error = .latest }
                guard got > 0 else { break }
                done += got
            }
            initialized = done
        }
        if let error { throw .unreadableInbox(path, error) }
        return bytes
    }

    /// The records in bytes; or how many bytes are needed to read the first.
    private func items(
        in bytes: [UInt8], of place: Place, isAll: Bool, _ eventsMax: Int
    ) throws(Failure) -> ([Item], needed: Int?) {
        let begin = place.segment.start + Int64(place.begin)
        var items: [Item] = []
        var events = 0
        var position = 0
        offset = begin
        while position < bytes.count, events < eventsMax {
            switch bytes.withUnsafeBytes({ InboxSegment.record(in: $0, at: position) }) {
            case .record(let length):
                let next = position + InboxSegment.frameBytes + length
                let payload = bytes[position + InboxSegment.frameBytes..<next]
                if let record = try sound(payload) {
                    events += record.count
                    items.append(
                        Item(
                            record: record, begin: begin + Int64(position),
                            end: begin + Int64(next)))
                    offset = begin + Int64(next)
                } else {
                    skip(to: begin + Int64(next), keeping: Array(bytes[position..<next]))
                }
                position = next
            case .incomplete(let length) where !isAll:
                let needed = position + InboxSegment.frameBytes + length
                return (items, items.isEmpty && position == 0 ? max(needed, bytes.count * 2) : nil)
            case .unsound where !isAll:
                // Where the next sound record begins can be beyond what was read.
                return (items, items.isEmpty && position == 0 ? place.end - place.begin : nil)
            case .incomplete, .unsound:
                let next =
                    bytes.withUnsafeBytes { InboxSegment.nextRecord(in: $0, from: position + 1) }
                    ?? bytes.count
                skip(to: begin + Int64(next), keeping: Array(bytes[position..<next]))
                position = next
            }
        }
        return (items, nil)
    }

    /// What a payload says; nil where it cannot be read although its checksum is right.
    private func sound(_ payload: ArraySlice<UInt8>) throws(Failure) -> EventRecord? {
        do throws(Failure) {
            let result = payload.withUnsafeBytes { bytes in
                Result { () throws(Failure) in try EventRecord(bytes) }
            }
            return try result.get()
        } catch {
            guard error.code == .damagedRecord else { throw error }
            return nil
        }
    }

    private func skip(to next: Int64, keeping bytes: [UInt8]) {
        damages.append(
            bytes.isEmpty
                ? InboxDamage(start: offset, bytes: Int(next - offset), keptIn: nil)
                : InboxDamage.keep(bytes, at: offset, in: inbox.folder))
        offset = next
    }
}

extension EventRecord {
    /// How many events it holds, refused ones included.
    var count: Int {
        switch self {
        case .events(let batch): batch.events.count
        case .refused(let batch): batch.items.count
        }
    }
}
