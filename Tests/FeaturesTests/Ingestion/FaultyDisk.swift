import Foundation

@testable import Features

/// The system's disk, but for the calls that a test makes fail.
final class FaultyDisk: InboxDisk, @unchecked Sendable {
    private let lock = NSLock()
    private let disk = SystemDisk()
    private var full = false
    private var failing: Int32?
    private var count = 0

    /// How many confirmations were asked for.
    var synchronizations: Int { lock.withLock { count } }

    /// From now on only half of what is written reaches the disk, and there is no more room.
    func fill() { lock.withLock { full = true } }

    /// There is room again.
    func empty() { lock.withLock { full = false } }

    /// The next confirmation fails with a number, such as that of `EIO`; later ones do not.
    func failNextSynchronization(_ number: Int32) { lock.withLock { failing = number } }

    func create(_ path: String) throws(DiskError) -> Int32 {
        if lock.withLock({ full }) { throw DiskError(number: ENOSPC) }
        return try disk.create(path)
    }

    func write(
        _ bytes: UnsafeRawBufferPointer, to descriptor: Int32, at place: Int
    ) throws(DiskError) {
        guard lock.withLock({ full }) else {
            return try disk.write(bytes, to: descriptor, at: place)
        }
        try disk.write(
            UnsafeRawBufferPointer(rebasing: bytes[..<(bytes.count / 2)]), to: descriptor, at: place
        )
        throw DiskError(number: ENOSPC)
    }

    func synchronize(_ descriptor: Int32) throws(DiskError) {
        let number = lock.withLock {
            defer { failing = nil }
            count += 1
            return failing
        }
        if let number { throw DiskError(number: number) }
        try disk.synchronize(descriptor)
    }

    func truncate(_ descriptor: Int32, to bytes: Int) throws(DiskError) {
        try disk.truncate(descriptor, to: bytes)
    }

    func synchronizeFolder(_ path: String) throws(DiskError) { try disk.synchronizeFolder(path) }
}
