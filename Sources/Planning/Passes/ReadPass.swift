/// The reads of a plan, and where tallies find their numbers in them.
struct ReadList {
    var reads: [Read] = []
    var placements: [Tally: Placement] = [:]
}

/// A rewrite of a plan's reads that leaves every number as it is.
protocol ReadPass: Sendable {
    /// Rewrites the reads, and the placements with them.
    func rewrite(_ list: inout ReadList)
}
