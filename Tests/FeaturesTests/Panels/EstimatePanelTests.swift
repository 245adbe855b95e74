import Definitions
import Features
import Planning
import Testing
import Vocabulary

/// Panels of what is estimated: how long something lasts, and what customers will bring in.
@Suite("Panels of estimates")
struct EstimatePanelTests {
    @Test("Durations are points with their percentiles, and survival is a curve that only falls")
    func durations() async throws {
        let scatter = try #require(try await PanelWorkspace.panels("solving")["scatter"])
        #expect(scatter["total"]?.number == 50)
        #expect(scatter["points"]?.list?.count == 50)
        let percentiles = scatter["percentiles"]?.list?.compactMap { $0["value"]?.number } ?? []
        #expect(percentiles == percentiles.sorted() && percentiles.count == 3)
        let survival = try #require(try await PanelWorkspace.panels("staying")["survival"])
        let points = survival["curves"]?.list?.first?["points"]?.list ?? []
        let values = points.compactMap { $0["value"]?.number }
        #expect(values == values.sorted(by: >) && values.count > 2)
    }

    /// K66. The paper gives α 0.704 and β 1.182; the digits are SciPy's (1.17.1), the errors
    /// mpmath's (1.3.0).
    @Test("A model of renewals is told with its parameters, and projected twice as far as observed")
    func renewals() async throws {
        let panel = try #require(try await PanelWorkspace.panels("renewing")["survival"])
        let curve = try #require(panel["curves"]?.list?.first)
        let model = try #require(curve["model"])
        let parameters = model["parameters"]?.list ?? []
        #expect(panel["model"]?.text == "sbg")
        #expect(parameters.compactMap { $0["name"]?.text } == ["alpha", "beta"])
        let numbers =
            parameters.flatMap { [$0["value"]?.number, $0["error"]?.number] } + [
                model["logLikelihood"]?.number, model["meanChurnProbability"]?.number,
            ]
        let expected = [
            0.704077298, 0.065598964, 1.182043026, 0.152475632, -1680.26518846, 0.37329394555,
        ]
        #expect(numbers.count == expected.count)
        for (found, expected) in zip(numbers, expected) {
            #expect(abs((found ?? .nan) / expected - 1) < 1e-6)
        }
        #expect(model["customers"]?.number == 1000 && model["median"]?.number == 2)
        let projected = model["projected"]?.list ?? []
        #expect(projected.map { $0["time"]?.number ?? -1 } == (0...14).map(Double.init))
        #expect(projected.first?["value"]?.number == 1)
        #expect(abs((projected[8]["value"]?.number ?? .nan) - 0.220084967) < 1e-8)
        #expect(curve["points"]?.list?.last?["time"]?.number == 7)
    }

    @Test("A panel of a model that does not fit has the observed curve, and says why")
    func noModel() async throws {
        let panel = try #require(try await PanelWorkspace.panels("alike")["survival"])
        let curve = try #require(panel["curves"]?.list?.first)
        #expect(curve["model"] == .null)
        #expect(curve["points"]?.list?.count == 1)
        let note = try #require(panel["notes"]?.list?.first)
        #expect(note["code"]?.text == "answer/no-estimate")
        #expect(note["message"]?.text?.hasPrefix("all: nothing is projected.") == true)
    }

    @Test("A model tells its parameters, and its check adds up to all customers")
    func lifetime() async throws {
        let panel = try #require(try await PanelWorkspace.panels("worth")["lifetime"])
        #expect(panel["customers"]?.number == 400, "\(panel)")
        #expect(panel["parameters"]?.list?.count == 7)
        let check = panel["check"]?.list ?? []
        #expect(check.compactMap { $0["actual"]?.number }.reduce(0, +) == 400)
        let expected = check.compactMap { $0["expected"]?.number }.reduce(0, +)
        #expect(abs(expected - 400) < 1e-6)
        let bars = panel["distribution"]?.list?.compactMap { $0["customers"]?.number } ?? []
        #expect(bars.reduce(0, +) == 400)
    }
}
