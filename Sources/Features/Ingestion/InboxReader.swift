import Events
import Foundation
import Vocabulary

/// Reads the log from an offset on, as far as the disk has confirmed it.
///
/// A record that is damaged is kept aside and told, and reading goes on behind it.
final class InboxReader {
    /// A record, the offset before it and that after it.
    struct Item {
        let content: RecordedEvents.Content
        /// The bytes in which it stands, with others that were read at the same time.
        let reading: InboxReading
        /// Where in the bytes.
        let payload: Range<Int>
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
        let bytes = Array(item.reading.bytes[item.payload])
        damages.append(InboxDamage.keep(bytes, at: begin, in: inbox.folder))
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
            let reading = try content(of: place, window)
            if reading.bytes.isEmpty {
                // The file is shorter than the log says.
                skip(to: place.segment.start + Int64(place.end), keeping: [])
                return []
            }
            let isAll =
                reading.bytes.count < window || place.begin + window == place.end
            let (items, needed) = try items(in: reading, of: place, isAll: isAll, eventsMax)
            guard let needed else { return items }
            window = min(max(needed, window), place.end - place.begin)
        }
    }

    private func content(of place: Place, _ count: Int) throws(Failure) -> InboxReading {
        let path = inbox.folder + "/" + place.segment.fileName
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unreadableInbox(path, .latest) }
        defer { close(descriptor) }
        let reading = InboxReading(capacity: count)
        do throws(DiskError) {
            try reading.read(descriptor, from: place.begin)
        } catch {
            throw .unreadableInbox(path, error)
        }
        return reading
    }

    /// The records in bytes; or how many bytes are needed to read the first.
    private func items(
        in reading: InboxReading, of place: Place, isAll: Bool, _ eventsMax: Int
    ) throws(Failure) -> ([Item], needed: Int?) {
        let begin = place.segment.start + Int64(place.begin)
        let bytes = reading.bytes
        var items: [Item] = []
        var events = 0
        var position = 0
        offset = begin
        while position < bytes.count, events < eventsMax {
            switch InboxSegment.record(in: bytes, at: position) {
            case .record(let length):
                let payload = position + InboxSegment.frameBytes
                let next = payload + length
                if let content = try reading.content(of: payload..<next) {
                    events += content.count
                    items.append(
                        Item(
                            content: content, reading: reading, payload: payload..<next,
                            begin: begin + Int64(position), end: begin + Int64(next)))
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
                let next = InboxSegment.nextRecord(in: bytes, from: position + 1) ?? bytes.count
                skip(to: begin + Int64(next), keeping: Array(bytes[position..<next]))
                position = next
            }
        }
        return (items, nil)
    }

    private func skip(to next: Int64, keeping bytes: [UInt8]) {
        damages.append(
            bytes.isEmpty
                ? InboxDamage(start: offset, bytes: Int(next - offset), keptIn: nil)
                : InboxDamage.keep(bytes, at: offset, in: inbox.folder))
        offset = next
    }
}
