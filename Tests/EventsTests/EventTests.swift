import Events
import Testing

@Suite("The event")
struct EventTests {
    @Test("an object without members is empty")
    func emptyObject() {
        #expect(JSONObjectText.empty.isEmpty)
        #expect(!JSONObjectText(checked: Array(#"{"a":1}"#.utf8)).isEmpty)
    }

    @Test("a campaign of which nothing is known is empty")
    func emptyCampaign() {
        var campaign = EventCampaign()
        #expect(campaign.isEmpty)
        campaign.medium = "email"
        #expect(!campaign.isEmpty)
    }
}
