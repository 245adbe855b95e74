import Definitions
import Vocabulary

/// How the running sums of all entities moved between a period's start and its end.
struct Movements: Equatable {
    /// An amount and how many entities it is of.
    struct Move: Equatable {
        var amount: Double
        var entities: Double
    }

    /// What there was at the start.
    let opening: Move
    /// New, reactivated, expanded, contracted and churned.
    let new, reactivation, expansion, contraction, churn: Move

    /// What there is at the end.
    var closing: Move {
        Move(
            amount: opening.amount + new.amount + reactivation.amount + expansion.amount
                - contraction.amount - churn.amount,
            entities: opening.entities + new.entities + reactivation.entities - churn.entities)
    }

    /// What there was at the start and still is: an entity counts with the smaller of both.
    var retained: Move {
        Move(
            amount: opening.amount - contraction.amount - churn.amount,
            entities: opening.entities - churn.entities)
    }

    /// The move of a kind.
    func move(_ transition: Transition) -> Move {
        switch transition {
        case .new: new
        case .reactivation: reactivation
        case .expansion: expansion
        case .contraction: contraction
        case .churn: churn
        case .opening: opening
        case .closing: closing
        case .retained: retained
        }
    }
}

extension ReadResult {
    /// The moves of a stretch, with what all moves before it come to; nil where there was nothing.
    func movements(in window: Period, part: Part) -> Movements? {
        guard let stretch = stretch(of: window), let all = moves[part] else { return nil }
        let buckets = read.bucketing.stretchByBucket(days: read.time.isDay)
        guard let bucket = buckets.first(where: { $0.value == stretch })?.key else { return nil }
        var opening = Movements.Move(amount: 0, entities: 0)
        for row in all where row.bucket < bucket {
            let before = Movements(opening: opening, row.numbers)
            opening = before.closing
        }
        let own = all.first { $0.bucket == bucket }?.numbers
        return Movements(opening: opening, own ?? Array(repeating: 0, count: 10))
    }
}

extension Movements {
    fileprivate init(opening: Move, _ numbers: ReadResult.Numbers) {
        let moves = stride(from: 0, to: 10, by: 2).map {
            Move(amount: numbers[$0] ?? 0, entities: numbers[$0 + 1] ?? 0)
        }
        self.init(
            opening: opening, new: moves[0], reactivation: moves[1], expansion: moves[2],
            contraction: moves[3], churn: moves[4])
    }
}

extension Tally {
    /// The number of a transition among the movements, and how many entities it is of.
    func chosen(_ movements: Movements) -> ReadResult.Numbers {
        guard case .transition(let transition, _, _, let countsEntities) = function else {
            return []
        }
        let move = movements.move(transition)
        return [countsEntities ? move.entities : move.amount, move.entities]
    }
}
