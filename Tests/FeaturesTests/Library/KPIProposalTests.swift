import Definitions
import Features
import Testing
import Vocabulary

@Suite("Choosing KPIs")
struct KPIProposalTests {
    @Test("every goal, model and stage gets five to seven, each once, with all three roles")
    func all() {
        for goal in LibraryChoice.Goal.allCases {
            for model in LibraryChoice.Model.allCases {
                for stage in LibraryChoice.Stage.allCases {
                    let proposal = KPIProposal(goal: goal, model: model, stage: stage)
                    let roles = proposal.candidates.map(\.role)
                    let name = "\(goal) \(model) \(stage): \(proposal.candidates.map(\.entry))"
                    #expect((5...7).contains(roles.count), "\(name)")
                    #expect(Set(roles).count == 3, "\(name)")
                    #expect(Set(proposal.candidates.map(\.entry)).count == roles.count, "\(name)")
                }
            }
        }
    }

    @Test("a subscription is never told to retain by models for customers without contracts")
    func contractual() {
        let proposal = KPIProposal(goal: .retain, model: .subscription, stage: .mature)

        #expect(!proposal.candidates.contains { $0.entry.contains("bgnbd") })
        #expect(proposal.warnings.contains { $0.contains("BG/NBD") })
    }

    @Test("it warns of vanity, and of more KPIs than a team can steer by")
    func overload() {
        let few = KPIProposal(goal: .acquire, model: .shop, stage: .growth)
        let many = KPIProposal(goal: .acquire, model: .shop, stage: .growth, activeCount: 4)

        #expect(few.warnings.first?.hasPrefix("Leave out vanity") == true)
        #expect(many.warnings.first?.contains("4 active KPIs already") == true)
    }

    @Test("a word that is none is refused with those that are")
    func words() {
        let failure = #expect(throws: Failure.self) {
            try KPIProposal(goal: "retian", model: "shop", stage: "idea", activeCount: 0)
        }

        #expect(failure?.hint == "did you mean 'retain'?")
    }
}
