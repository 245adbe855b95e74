import Events
import Foundation
import Vocabulary

/// What was read of the log at a time: bytes that stay where they are, and the events in them.
///
/// One reader fills it, before anybody else has it; from then on it does not change.
final class InboxReading: @unchecked Sendable {
    private let memory: UnsafeMutableRawBufferPointer
    private var filled = 0
    private var recorded = RecordedEvents()

    /// Makes room for so many bytes.
    init(capacity: Int) {
        memory = .allocate(byteCount: capacity, alignment: 8)
    }

    deinit { memory.deallocate() }

    /// What was read; valid for as long as this is.
    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: memory[..<filled]) }

    /// The events of all records that were asked for.
    var events: [RecordedEvent] { recorded.events }

    /// The groups of those events.
    var groups: [RecordedGroup] { recorded.groups }

    /// Fills the room from a place of a file on, as far as the file goes.
    func read(_ descriptor: Int32, from place: Int) throws(DiskError) {
        while filled < memory.count {
            let rest = UnsafeMutableRawBufferPointer(rebasing: memory[filled...])
            let got = pread(descriptor, rest.baseAddress, rest.count, off_t(place + filled))
            if got < 0, errno == EINTR { continue }
            if got < 0 { throw .latest }
            if got == 0 { return }
            filled += got
        }
    }

    /// What a payload says; nil where it cannot be read although its checksum is right.
    func content(of payload: Range<Int>) throws(Failure) -> RecordedEvents.Content? {
        do throws(Failure) {
            return try recorded.read(payload, of: bytes)
        } catch {
            guard error.code == .damagedRecord else { throw error }
            return nil
        }
    }
}

extension RecordedEvents.Content {
    /// How many events it holds, refused ones included.
    var count: Int {
        switch self {
        case .events(_, let places): places.count
        case .refused(let batch): batch.items.count
        }
    }
}
