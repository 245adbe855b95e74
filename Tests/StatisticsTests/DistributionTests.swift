import CBoostMath
import Testing

@Suite("Distributions from Boost")
struct DistributionTests {
    @Test("quantiles agree with SciPy", arguments: References.quantiles)
    func quantilesAgree(row: [Double]) {
        let quantile =
            row[0].isInfinite
            ? boost_normal_quantile(row[1]) : boost_students_t_quantile(row[0], row[1])

        #expect(abs(quantile - row[2]) <= 1e-12 * abs(row[2]))
    }

    @Test("distribution functions undo the quantiles", arguments: References.quantiles)
    func distributionsAgree(row: [Double]) {
        let probability =
            row[0].isInfinite ? boost_normal_cdf(row[2]) : boost_students_t_cdf(row[0], row[2])

        #expect(abs(probability / row[1] - 1) < 1e-11)
    }

    @Test(
        "a probability that is none gives NaN and throws nothing",
        arguments: [-0.1, 0, 1, 1.1, .nan, .infinity])
    func impossibleProbability(probability: Double) {
        #expect(boost_normal_quantile(probability).isNaN)
        #expect(boost_students_t_quantile(3, probability).isNaN)
    }

    @Test("degrees of freedom that are none give NaN", arguments: [0, -1, Double.nan])
    func impossibleDegreesOfFreedom(degreesOfFreedom: Double) {
        #expect(boost_students_t_quantile(degreesOfFreedom, 0.9).isNaN)
        #expect(boost_students_t_cdf(degreesOfFreedom, 1).isNaN)
    }
}
