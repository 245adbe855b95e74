import Vocabulary

/// What one read returned: its numbers by stretch and part.
struct ReadResult {
    /// A group's numbers, in the order of the read's measures; nil is absent.
    typealias Numbers = [Double?]

    let read: Read
    /// The stretch (or day number, or bucket) and part of each group.
    private(set) var groups: [GroupKey: Numbers] = [:]
    /// Changes per part, by day, for steps; and entries with their ends, for lasts.
    private(set) var steps: [Part: [(day: Int, change: Int)]] = [:]
    private(set) var lasts: [Part: [LastRows]] = [:]
    /// The rows of each group, where they are looked at one by one.
    private(set) var observations: [GroupKey: [Numbers]] = [:]
    /// Per part, what the moves of each bucket come to, in order.
    private(set) var moves: [Part: [(bucket: Int, numbers: Numbers)]] = [:]
    /// All parts that occur.
    private(set) var parts: Set<Part> = []

    struct GroupKey: Hashable {
        let stretch: Int
        let part: Part
    }

    /// Rows that are their entities' last ones from a bucket up to another.
    struct LastRows {
        let from: Int
        let until: Int?
        let sum: Double
        let count: Int
    }

    /// Reads a frame with the columns of the read.
    init(_ read: Read, _ frame: Frame) {
        self.read = read
        let stretches = read.bucketing.stretchByBucket(days: read.time.isDay)
        let first = 1 + 2 * read.parts.count
        for row in 0..<frame.count {
            guard let bucket = frame.columns[0].integer(row) else { continue }
            let part = ReadResult.part(frame, row, count: read.parts.count)
            parts.insert(part)
            switch read.body {
            case .steps:
                steps[part, default: []].append((bucket, frame.columns[first].integer(row) ?? 0))
            case .lasts:
                lasts[part, default: []].append(
                    LastRows(
                        from: bucket, until: frame.columns[first].integer(row),
                        sum: frame.columns[first + 1].number(row) ?? 0,
                        count: frame.columns[first + 2].integer(row) ?? 0))
            case .transitions:
                moves[part, default: []].append(
                    (bucket, frame.columns[first...].map { $0.number(row) }))
            case .durations, .purchases:
                guard let stretch = stretches[bucket] else { continue }
                observations[GroupKey(stretch: stretch, part: part), default: []].append(
                    frame.columns[first...].map { $0.number(row) })
            case .measures, .firsts, .snapshot, .open, .lifecycle, .concentration:
                guard let stretch = stretches[bucket] else { continue }
                groups[GroupKey(stretch: stretch, part: part)] =
                    frame.columns[first...].map { $0.number(row) }
            }
        }
        for key in steps.keys { steps[key]?.sort { $0.day < $1.day } }
        for key in moves.keys { moves[key]?.sort { $0.bucket < $1.bucket } }
    }

    private static func part(_ frame: Frame, _ row: Int, count: Int) -> Part {
        guard count > 0 else { return .whole }
        let values = (0..<count).map { index -> Part.Value in
            if let text = frame.columns[1 + 2 * index].text(row) { return .value(text) }
            if case .booleans(let rest) = frame.columns[2 + 2 * index].values, rest[row] == true {
                return .other
            }
            return .none
        }
        return Part(values: values)
    }

    /// The numbers of a stretch; nil where it has no rows.
    func numbers(stretch: Int, part: Part) -> Numbers? {
        groups[GroupKey(stretch: stretch, part: part)]
    }

    /// How many entities count on a day: the sum of all changes up to it.
    func running(part: Part, day: Int) -> Int {
        guard let changes = steps[part] else { return 0 }
        return changes.prefix { $0.day <= day }.reduce(0) { $0 + $1.change }
    }
}
