import Definitions

/// Reads a source once for all tallies that need the same stretches and parts.
///
/// Reads with the same conditions become one. Reads with different conditions become one where all
/// their measures add up: what they have in common stays with the read, the rest goes to the
/// measures. Distinct counts stay apart then, since counting under a condition costs more than a
/// second scan.
struct ShareScans: ReadPass {
    func rewrite(_ list: inout ReadList) {
        var merged: [Read] = []
        var moves: [(read: Int, measures: [Int])] = []
        for read in list.reads {
            if let target = merged.firstIndex(where: { canMerge($0, read) }) {
                moves.append((target, merge(read, into: &merged[target])))
            } else {
                moves.append((merged.count, Array(0..<read.measureCount)))
                merged.append(read)
            }
        }
        for (tally, placement) in list.placements {
            var placement = placement
            placement.reads = placement.reads.map { place in
                let move = moves[place.read]
                let known = place.measures.filter { $0 < move.measures.count }
                return ReadPlace(read: move.read, measures: known.map { move.measures[$0] })
            }
            list.placements[tally] = placement
        }
        list.reads = merged
    }

    private func canMerge(_ left: Read, _ right: Read) -> Bool {
        guard left.source == right.source, left.time == right.time,
            left.bucketing == right.bucketing, left.parts == right.parts
        else { return false }
        guard case .measures(let leftMeasures) = left.body,
            case .measures(let rightMeasures) = right.body
        else { return left == right }
        if left.conditions == right.conditions, leftMeasures.allSatisfy(\.conditions.isEmpty) {
            return true
        }
        return (leftMeasures + rightMeasures).allSatisfy(\.isAdditive)
    }

    /// Puts a read's measures into another; returns where they are there.
    private func merge(_ read: Read, into target: inout Read) -> [Int] {
        guard case .measures(var measures) = target.body, case .measures(let added) = read.body
        else { return Array(0..<read.measureCount) }
        let common = target.conditions.filter(read.conditions.contains)
        let targetOnly = target.conditions.filter { !common.contains($0) }
        let readOnly = read.conditions.filter { !common.contains($0) }
        if !targetOnly.isEmpty {
            measures = measures.map { Measure($0.kind, where: targetOnly + $0.conditions) }
        }
        var places: [Int] = []
        for measure in added {
            let moved = Measure(measure.kind, where: readOnly + measure.conditions)
            if let known = measures.firstIndex(of: moved) {
                places.append(known)
            } else {
                places.append(measures.count)
                measures.append(moved)
            }
        }
        target.conditions = common
        target.body = .measures(measures)
        return places
    }
}

extension Read {
    /// How many numbers it returns for a group.
    var measureCount: Int {
        switch body {
        case .measures(let measures): measures.count
        case .firsts, .steps: 1
        case .snapshot, .lasts, .open, .concentration: 2
        case .transitions: 10
        case .lifecycle: 4
        case .durations, .purchases: 0
        }
    }
}
