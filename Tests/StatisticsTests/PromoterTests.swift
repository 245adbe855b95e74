import Statistics
import Testing
import Vocabulary

@Suite("Net promoter scores")
struct PromoterTests {
    @Test(
        "the interval agrees with statsmodels' weighted mean of adjusted answers",
        arguments: SurveyReferences.promoters)
    func agreesWithStatsmodels(reference: Reference) throws {
        let interval = PromoterInterval(try PromoterSummary(reference.inputs[0]))

        try reference.expect { try interval.interval(confidence: $0) }
    }

    @Test(
        "Wald's interval agrees with statsmodels' weighted mean",
        arguments: SurveyReferences.promotersByWald)
    func waldAgreesWithStatsmodels(reference: Reference) throws {
        let interval = PromoterInterval(try PromoterSummary(reference.inputs[0]))

        try reference.expect { try interval.waldInterval(confidence: $0) }
    }

    @Test(
        "a change agrees with SciPy's normal interval of added variances",
        arguments: SurveyReferences.changesOfPromoters)
    func changeAgreesWithSciPy(reference: Reference) throws {
        let change = ChangeOfPromoterScores(
            before: try PromoterSummary(reference.inputs[0]),
            after: try PromoterSummary(reference.inputs[1]))

        try reference.expect { try change.interval(confidence: $0) }
    }

    @Test(
        "K72: gives the well-known values",
        // Promoters, passives, detractors; the score and Wald's margin; the adjusted score and
        // its margin. The second case is of measuringu.com, "Three confidence intervals for NPS".
        arguments: [
            ([100, 60, 40], 30, 10.82, 29.56, 10.74), ([10, 0, 0], 100, 0, 76.92, 29.42),
        ])
    func wellKnownValues(
        counts: [Int], score: Double, margin: Double, adjustedScore: Double, adjustedMargin: Double
    ) throws {
        let answers = try PromoterSummary(
            promoters: counts[0], passives: counts[1], detractors: counts[2])

        #expect(abs(answers.score - score) < 1e-12)
        #expect(abs(answers.standardError * 1.959964 - margin) < 0.005)
        #expect(abs(answers.adjustedScore - adjustedScore) < 0.005)
        #expect(abs(answers.adjustedStandardError * 1.959964 - adjustedMargin) < 0.005)
    }

    @Test("K73: 15 points between waves of 200 answers are within their noise")
    func changeWithinNoise() throws {
        let before = try PromoterSummary(promoters: 85, passives: 60, detractors: 55)
        let after = try PromoterSummary(promoters: 100, passives: 60, detractors: 40)

        let change = ChangeOfPromoterScores(before: before, after: after)

        #expect(abs(change.difference - 15) < 1e-12)
        #expect(try change.interval().contains(0))
    }

    @Test("unequal weights count as fewer answers")
    func unequalWeights() throws {
        let equal = try PromoterSummary(promoters: 20, passives: 10, detractors: 10)
        let unequal = try PromoterSummary(
            weightOfPromoters: 20, weightOfPassives: 10, weightOfDetractors: 10,
            sumOfSquaredWeights: 80)

        #expect(unequal.score == equal.score)
        #expect(unequal.effectiveSize == 20)
        #expect(abs(unequal.standardError / equal.standardError - 2.0.squareRoot()) < 1e-12)
    }

    @Test("answers that there cannot be are refused")
    func impossibleAnswers() {
        #expect(
            failureCode { try PromoterSummary(promoters: 0, passives: 0, detractors: 0) }
                == .tooFewObservations)
        #expect(
            failureCode { try PromoterSummary(promoters: 5, passives: -1, detractors: 0) }
                == .negativeCount)
        #expect(failureCode { try PromoterSummary([1, 1, -1]) } == .impossibleSums)
        #expect(failureCode { try PromoterSummary([1, .infinity, 1]) } == .notFinite)
        #expect(
            failureCode {
                try PromoterSummary(
                    weightOfPromoters: 1, weightOfPassives: 1, weightOfDetractors: 1,
                    sumOfSquaredWeights: 10)
            } == .impossibleSums)
    }
}

extension PromoterSummary {
    /// Answers that may be fractions of one, each of weight one.
    fileprivate init(_ answers: [Double]) throws {
        try self.init(
            weightOfPromoters: answers[0], weightOfPassives: answers[1],
            weightOfDetractors: answers[2], sumOfSquaredWeights: answers.reduce(0, +))
    }
}
