import Vocabulary

/// Selections of events as tables: a bit for each of at most 32 selections.
struct EventTable: Sendable {
    /// By the code of the name: the selections that an event may belong to.
    let masks: [UInt32]
    /// The selections that ask for a property.
    let conditions: [Condition]
    /// The selections that ask for several properties together.
    private let joint: [(bit: UInt32, condition: JointCondition)]
    /// Whether events must be looked at closer than by their names.
    let hasConditions: Bool
    /// Whether every event belongs to every selection.
    let isAll: Bool

    struct Condition: Sendable {
        let bit: UInt32
        let property: Int
        /// By code, whether the value is wanted.
        let codes: [Bool]
    }

    init(_ selections: [EventSelection]) {
        precondition(selections.count <= 32, "There are at most 32 selections of events.")
        var masks = [UInt32](repeating: 0, count: 65_536)
        var conditions: [Condition] = []
        var joint: [(bit: UInt32, condition: JointCondition)] = []
        for (index, selection) in selections.enumerated() {
            let bit: UInt32 = 1 << UInt32(index)
            if let events = selection.events {
                for event in events { masks[Int(event)] |= bit }
            } else {
                for event in masks.indices { masks[event] |= bit }
            }
            for condition in selection.conditions {
                var codes = [Bool](repeating: false, count: 65_536)
                for code in condition.codes { codes[Int(code)] = true }
                conditions.append(
                    Condition(bit: bit, property: condition.property, codes: codes))
            }
            joint += selection.joint.map { (bit, $0) }
        }
        self.masks = masks
        self.conditions = conditions
        self.joint = joint
        hasConditions = !conditions.isEmpty || !joint.isEmpty
        isAll = selections.allSatisfy(\.isAll)
    }

    /// The selections that an event belongs to, of those it may belong to by its name.
    @inline(__always)
    func checked<Clock: HistoryClock>(
        _ mask: UInt32, _ index: Int, _ block: HistoryBlock<Clock>
    ) -> UInt32 {
        // Only what is needed of the block: loops that hand over all of it take half as long again.
        hasConditions ? checkedSlowly(mask, index, block.events, block.properties) : mask
    }

    private func checkedSlowly(
        _ mask: UInt32, _ index: Int, _ events: UnsafePointer<UInt16>, _ properties: [CodeColumn]
    ) -> UInt32 {
        var mask = mask
        for condition in conditions where mask & condition.bit != 0 {
            if !condition.codes[properties[condition.property][index]] {
                mask &= ~condition.bit
            }
        }
        for (bit, condition) in joint where mask & bit != 0 {
            let isWanted = condition.contains { place in
                place.property.map { properties[$0][index] } ?? Int(events[index])
            }
            if !isWanted { mask &= ~bit }
        }
        return mask
    }
}

/// A selection of people as tables.
struct PeopleTable: Sendable {
    /// How many groups there are: one, or the codes of the attribute that splits.
    let groups: Int

    private let conditions: [Condition]
    private let split: Int?

    private struct Condition: Sendable {
        let attribute: Int
        let codes: [Bool]
    }

    init(_ selection: PeopleSelection, _ schema: IndexSchema) {
        conditions = selection.conditions.sorted { $0.key < $1.key }.map { attribute, wanted in
            var codes = [Bool](repeating: false, count: 65_536)
            for code in wanted { codes[Int(code)] = true }
            return Condition(attribute: attribute, codes: codes)
        }
        split = selection.split
        groups = selection.split.map { schema.attributes[$0].values.count + 2 } ?? 1
    }

    /// The group of a person; nil for who is not selected.
    @inline(__always)
    func group(_ slot: Int, _ attributes: [CodeColumn]) -> Int? {
        conditions.isEmpty && split == nil ? 0 : groupSlowly(slot, attributes)
    }

    private func groupSlowly(_ slot: Int, _ attributes: [CodeColumn]) -> Int? {
        for condition in conditions where !condition.codes[attributes[condition.attribute][slot]] {
            return nil
        }
        guard let split else { return 0 }
        let code = attributes[split][slot]
        return code < groups ? code : Int(ValueDictionary.other)
    }
}

extension [Int] {
    /// Adds the numbers of another array of the same length.
    mutating func add(_ other: [Int]) {
        for index in indices { self[index] += other[index] }
    }

    /// Cut into rows of equal length.
    func rows(of length: Int) -> [[Int]] {
        stride(from: 0, to: count, by: length).map { Array(self[$0..<$0 + length]) }
    }
}
