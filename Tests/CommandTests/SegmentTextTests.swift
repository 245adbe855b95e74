import Definitions
import Testing
import Vocabulary

@testable import yardstick

@Suite("What the size of a segment looks like")
struct SegmentTextTests {
    private static let json: JSON = [
        "segment": "keen", "title": "Keen people", "definition": "{ from: app, times: 2 }",
        "range": "2026-06-01..2026-06-30", "members": 12, "of": 40,
        "share": ["value": .number(0.3), "low": .number(0.181), "high": .number(0.454)],
        "notes": ["Filters use it as in_segment('keen')."],
    ]

    private func printed(_ format: OutputFormat) -> String {
        let captured = CapturedOutput()
        BehaviourText(.segment, Self.json).write(format, to: captured.output)
        return captured.text
    }

    @Test("people read how many of whom, with the interval of the share")
    func people() {
        let text = printed(.table)

        #expect(text.contains("Keen people"))
        #expect(text.contains("12 of 40"))
        #expect(text.contains("18.1 – 45.4 %"))
        #expect(text.contains("in_segment('keen')"))
    }

    @Test("programs read one row")
    func programs() {
        let text = printed(.csv)

        #expect(text.contains("segment,members,of,share,share_low,share_high"))
        #expect(text.contains("keen,12,40,0.3,0.181,0.454"))
    }
}
