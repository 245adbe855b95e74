/// A small symmetric matrix, for the equations of tests and fits.
struct SymmetricMatrix {
    let rows: [[Double]]

    init(_ rows: [[Double]]) { self.rows = rows }

    /// The lower triangle L with L·Lᵀ equal to the matrix (Cholesky), or nil where the matrix is
    /// not positive definite.
    private var triangle: [[Double]]? {
        var triangle = rows
        for row in rows.indices {
            for column in 0...row {
                let product = (0..<column).reduce(0.0) {
                    $0 + triangle[row][$1] * triangle[column][$1]
                }
                let rest = rows[row][column] - product
                if row != column {
                    triangle[row][column] = rest / triangle[column][column]
                } else if rest > 1e-12 * abs(rows[row][row]) {
                    triangle[row][row] = rest.squareRoot()
                } else {
                    return nil
                }
            }
        }
        return triangle
    }

    /// The vector that the matrix turns into the one given, or nil where the matrix is not
    /// positive definite.
    func solving(_ right: [Double]) -> [Double]? {
        guard let triangle else { return nil }
        var vector = right
        for row in vector.indices {
            for column in 0..<row { vector[row] -= triangle[row][column] * vector[column] }
            vector[row] /= triangle[row][row]
        }
        for row in vector.indices.reversed() {
            for below in (row + 1)..<max(row + 1, vector.count) {
                vector[row] -= triangle[below][row] * vector[below]
            }
            vector[row] /= triangle[row][row]
        }
        return vector.allSatisfy(\.isFinite) ? vector : nil
    }

    /// The inverse, or nil where the matrix is not positive definite.
    var inverse: [[Double]]? {
        var inverse: [[Double]] = []
        for row in rows.indices {
            let unit = rows.indices.map { $0 == row ? 1.0 : 0 }
            guard let column = solving(unit) else { return nil }
            inverse.append(column)
        }
        return inverse
    }
}
