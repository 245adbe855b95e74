import Vocabulary

extension BehaviourReference {
    /// Counts ways: every session of everyone cut out and looked at by itself.
    public func answer(_ question: WaysQuestion) -> [Way: Int] {
        let values = question.node.map { schema.properties[$0].values } ?? schema.events
        let sorted = values.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        /// The rank of what an event is in a path, from 1; nil where it has none.
        func node(_ event: PersonHistory.Event) -> Int? {
            let place = question.node.map { Int(event.properties[$0]) - 2 } ?? Int(event.code)
            guard values.indices.contains(place) else { return nil }
            return sorted.firstIndex { $0.utf8.elementsEqual(values[place].utf8) }.map { $0 + 1 }
        }
        var counts: [Way: Int] = [:]
        for person in histories {
            let events = person.events.filter {
                question.events.contains($0)
                    && question.during.contains(Instant(microseconds: $0.time))
            }.sorted { ($0.time, node($0) ?? .max) < ($1.time, node($1) ?? .max) }
            for session in sessions(events, question.pauseMicrosecondsMax) {
                guard let way = way(of: session, question, node) else { continue }
                counts[way, default: 0] += 1
                if question.onlyFirst { break }
            }
        }
        return counts
    }

    private func sessions(
        _ events: [PersonHistory.Event], _ pause: Int64
    ) -> [[PersonHistory.Event]] {
        var sessions: [[PersonHistory.Event]] = []
        for event in events {
            if let last = sessions.last?.last, event.time - last.time <= pause {
                sessions[sessions.count - 1].append(event)
            } else {
                sessions.append([event])
            }
        }
        return sessions
    }

    private func way(
        of session: [PersonHistory.Event], _ question: WaysQuestion,
        _ node: (PersonHistory.Event) -> Int?
    ) -> Way? {
        var shown: [(rank: Int, isAnchor: Bool)] = []
        for event in session {
            let code = question.node.map { event.properties[$0] } ?? event.code
            guard let rank = node(event), question.shown?.contains(code) ?? true else { continue }
            if question.joinsRepeats, shown.last?.rank == rank { continue }
            let isAnchor =
                switch question.anchor {
                case .opening: true
                case .starts(let codes), .ends(let codes): codes.contains(code)
                }
            shown.append((rank, isAnchor))
        }
        guard let anchor = shown.firstIndex(where: \.isAnchor) else { return nil }
        var first = anchor
        var goesOn = shown.count > anchor + question.length
        if case .ends = question.anchor {
            first = anchor + 1 - question.length
            goesOn = first > 0
        }
        let places = first..<first + question.length
        let last = if case .ends = question.anchor { anchor } else { shown.count - 1 }
        return Way(
            nodes: places.map { $0 >= 0 && $0 <= last ? UInt32(shown[$0].rank) : 0 },
            goesOn: goesOn, value: question.property.map { value(of: session, $0, node) } ?? 0)
    }

    /// The value in the first event; of several, in the first node's, and the first value.
    private func value(
        of session: [PersonHistory.Event], _ property: Int, _ node: (PersonHistory.Event) -> Int?
    ) -> UInt16 {
        let values = schema.properties[property].values
        func text(_ event: PersonHistory.Event) -> String? {
            let place = Int(event.properties[property]) - 2
            return values.indices.contains(place) ? values[place] : nil
        }
        let first = session.filter { $0.time == session[0].time }
        let least = first.compactMap(node).min()
        let own = first.filter { node($0) == least }
        let named = own.filter { text($0) != nil }
        let best = named.min {
            (text($0) ?? "").utf8.lexicographicallyPrecedes((text($1) ?? "").utf8)
        }
        return (best ?? own[0]).properties[property]
    }
}
