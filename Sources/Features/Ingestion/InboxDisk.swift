import Foundation

/// Why a call to the operating system failed: its number, such as `ENOSPC`.
struct DiskError: Error, Equatable, CustomStringConvertible {
    let number: Int32

    /// Whether it may pass by itself, once there is room or the disk may be written again.
    var isForWantOfRoom: Bool { [ENOSPC, EDQUOT, EROFS].contains(number) }

    var description: String { String(cString: strerror(number)) }

    static var latest: DiskError { DiskError(number: errno) }
}

/// The calls by which the inbox writes: the disk's own, or those of a test that fail on demand.
protocol InboxDisk: Sendable {
    /// Makes a file that must not be there yet, and returns its descriptor.
    func create(_ path: String) throws(DiskError) -> Int32
    /// Writes bytes at a place of a file, all or an error.
    func write(
        _ bytes: UnsafeRawBufferPointer, to descriptor: Int32, at place: Int
    ) throws(DiskError)
    /// Returns when what was written to a file is on the disk.
    func synchronize(_ descriptor: Int32) throws(DiskError)
    /// Cuts a file.
    func truncate(_ descriptor: Int32, to bytes: Int) throws(DiskError)
    /// Returns when the names in a folder are on the disk.
    func synchronizeFolder(_ path: String) throws(DiskError)
}

/// The operating system's files.
struct SystemDisk: InboxDisk {
    func create(_ path: String) throws(DiskError) -> Int32 {
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .latest }
        return descriptor
    }

    func write(
        _ bytes: UnsafeRawBufferPointer, to descriptor: Int32, at place: Int
    ) throws(DiskError) {
        var done = 0
        while done < bytes.count {
            let rest = UnsafeRawBufferPointer(rebasing: bytes[done...])
            let count = pwrite(descriptor, rest.baseAddress, rest.count, off_t(place + done))
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw count == 0 ? DiskError(number: ENOSPC) : .latest }
            done += count
        }
    }

    func synchronize(_ descriptor: Int32) throws(DiskError) {
        guard fdatasync(descriptor) == 0 else { throw .latest }
    }

    func truncate(_ descriptor: Int32, to bytes: Int) throws(DiskError) {
        guard ftruncate(descriptor, off_t(bytes)) == 0 else { throw .latest }
    }

    func synchronizeFolder(_ path: String) throws(DiskError) {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .latest }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw .latest }
    }
}
