import Foundation
import Vocabulary

/// A log-likelihood at a point, with its slope in each parameter.
struct LogLikelihood {
    var value: Double
    var gradient: [Double]
}

/// Where the likelihood of a model with positive parameters is greatest.
///
/// The search is a quasi-Newton one (BFGS) in the logarithms of the parameters, which keeps them
/// positive and makes it independent of their units; Newton's steps finish it, with the curvature
/// that the standard errors need anyway. It has no randomness: the same data give the same fit.
///
/// Source: J. Nocedal, S. J. Wright, "Numerical Optimization", 2nd edition, Springer (2006),
/// chapters 3 and 6.
struct LikelihoodMaximum {
    /// The parameters.
    let parameters: [Double]
    /// The covariance of their logarithms, from the curvature of the log-likelihood.
    let covarianceOfLogs: [[Double]]
    /// The log-likelihood there.
    let logLikelihood: Double

    /// A log-likelihood that adds up some customers.
    struct Sum {
        /// How many customers they are; it sets the scale of the search.
        let size: Double
        /// The log-likelihood; NaN where it cannot be calculated.
        let logLikelihood: ([Double]) -> LogLikelihood
    }

    /// Climbs from each start in turn until one leads to a maximum.
    ///
    /// - Parameters:
    ///   - starts: Points to begin at; all parameters above zero.
    ///   - sample: Some of the customers. Their maximum is quickly found and near that of all, so
    ///     the climb begins there, with their curvature; it ends at the maximum of all.
    ///   - all: All customers.
    /// - Throws: `statistics/no-convergence` when no start leads to a maximum.
    init(starts: [[Double]], sample: Sum? = nil, all: Sum) throws(Failure) {
        if let sample, let rough = try? LikelihoodMaximum(starts: starts, all: sample) {
            let inverse = rough.covarianceOfLogs.map { row in row.map { $0 * sample.size } }
            if let maximum = LikelihoodMaximum(rough.parameters, inverse: inverse, all) {
                self = maximum
                return
            }
        }
        for start in starts {
            guard let maximum = LikelihoodMaximum(start, inverse: nil, all) else { continue }
            self = maximum
            return
        }
        throw Failure(
            .noConvergence, "The model's parameters cannot be told from this data.",
            hint: "Take more customers or a longer range; where all customers behave alike,"
                + " a model of their differences does not fit."
        )
    }

    private init?(_ start: [Double], inverse guess: [[Double]]?, _ sum: Sum) {
        var search = Search(start: start.map { log($0) }, sum)
        guard search.climb(inverse: guess), let inverse = search.finish() else { return nil }
        parameters = search.point.map { exp($0) }
        covarianceOfLogs = inverse.map { row in row.map { $0 / sum.size } }
        logLikelihood = -search.height.value * sum.size
    }
}

extension LikelihoodMaximum {
    /// The standard errors of the parameters.
    var standardErrors: [Double] {
        parameters.indices.map { parameters[$0] * covarianceOfLogs[$0][$0].squareRoot() }
    }
}

extension Failure.Code {
    /// A model's likelihood has no maximum that could be found.
    public static let noConvergence: Self = "statistics/no-convergence"
}

/// Goes downhill on the negative mean log-likelihood.
private struct Search {
    let start: [Double]
    let sum: LikelihoodMaximum.Sum
    var point: [Double]
    var height: LogLikelihood

    init(start: [Double], _ sum: LikelihoodMaximum.Sum) {
        self.start = start
        self.sum = sum
        point = start
        height = LogLikelihood(value: 0, gradient: [])
        height = measure(start)
    }

    /// BFGS until the slope is flat; false where it wanders off or finds no way down.
    ///
    /// - Parameter guess: What the inverse of the curvature is like.
    /// - Returns: Whether it came to a flat place.
    mutating func climb(inverse guess: [[Double]]?) -> Bool {
        let identity = point.indices.map { row in point.indices.map { row == $0 ? 1.0 : 0 } }
        var inverse = guess ?? identity
        for _ in 0..<300 {
            guard height.value.isFinite, isNear else { return false }
            if steepness < 1e-7 { return true }
            var direction = inverse.map { -dot($0, height.gradient) }
            if dot(direction, height.gradient) >= 0 {
                inverse = identity
                direction = height.gradient.map { -$0 }
            }
            guard let step = step(along: direction) else {
                if inverse == identity { return steepness < 1e-5 }
                inverse = identity
                continue
            }
            Search.update(&inverse, by: step)
        }
        return false
    }

    /// Newton's steps to the last digits.
    ///
    /// The curvature is the dearest thing to measure, and short steps leave it as it is; it is
    /// measured anew only after a long one, as where the likelihood rises for ever.
    ///
    /// - Returns: The inverse of the curvature, or nil where the point is not a minimum.
    mutating func finish() -> [[Double]]? {
        guard var inverse = SymmetricMatrix(curvature()).inverse else { return nil }
        for _ in 0..<3 {
            let step = inverse.map { dot($0, height.gradient) }
            let next = zip(point, step).map { $0 - $1 }
            let measured = measure(next)
            guard measured.value.isFinite, largest(measured.gradient) < steepness else { break }
            (point, height) = (next, measured)
            guard largest(step) > 1e-4 else { continue }
            guard let measuredAnew = SymmetricMatrix(curvature()).inverse else { return nil }
            inverse = measuredAnew
        }
        return isNear ? inverse : nil
    }

    /// A parameter a hundred million times its start is on its way to infinity.
    private var isNear: Bool { zip(point, start).allSatisfy { abs($0 - $1) < 18 } }

    private var steepness: Double { largest(height.gradient) }

    private func measure(_ point: [Double]) -> LogLikelihood {
        let parameters = point.map { exp($0) }
        let found = sum.logLikelihood(parameters)
        return LogLikelihood(
            value: -found.value / sum.size,
            gradient: zip(found.gradient, parameters).map { -$0 * $1 / sum.size })
    }

    /// Goes along a direction, half as far each time until it is far enough down, and tells by
    /// how much point and slope changed.
    private mutating func step(
        along direction: [Double]
    ) -> (move: [Double], turn: [Double])? {
        // No parameter changes by more than the factor e² at once.
        var length = min(1, 2 / largest(direction))
        let slope = dot(direction, height.gradient)
        for _ in 0..<40 {
            let next = zip(point, direction).map { $0 + length * $1 }
            let measured = measure(next)
            if measured.value <= height.value + 1e-4 * length * slope {
                let move = zip(next, point).map { $0 - $1 }
                let turn = zip(measured.gradient, height.gradient).map { $0 - $1 }
                (point, height) = (next, measured)
                return (move, turn)
            }
            length /= 2
        }
        return nil
    }

    private static func update(
        _ inverse: inout [[Double]], by step: (move: [Double], turn: [Double])
    ) {
        let (move, turn) = step
        let product = dot(move, turn)
        guard product > 1e-12 * dot(move, move).squareRoot() * dot(turn, turn).squareRoot()
        else { return }
        let turned = inverse.map { dot($0, turn) }
        let scale = (1 + dot(turn, turned) / product) / product
        for row in move.indices {
            for column in move.indices {
                inverse[row][column] +=
                    scale * move[row] * move[column]
                    - (turned[row] * move[column] + move[row] * turned[column]) / product
            }
        }
    }

    /// The second derivatives, from slopes to both sides.
    private func curvature() -> [[Double]] {
        let width = 1e-4
        let rows = point.indices.map { index in
            var (left, right) = (point, point)
            left[index] -= width
            right[index] += width
            return zip(measure(right).gradient, measure(left).gradient).map {
                ($0 - $1) / (2 * width)
            }
        }
        return rows.indices.map { row in
            rows.indices.map { (rows[row][$0] + rows[$0][row]) / 2 }
        }
    }
}

private func dot(_ left: [Double], _ right: [Double]) -> Double {
    zip(left, right).reduce(0) { $0 + $1.0 * $1.1 }
}

private func largest(_ vector: [Double]) -> Double {
    // NaN must not look small.
    vector.reduce(0) { $1.isFinite ? max($0, abs($1)) : .infinity }
}
