import Vocabulary

extension EventInventory {
    /// Definitions for the events that came and are not planned, as YAML to be put into a file.
    ///
    /// What each event means nobody but people can say; the text leaves that open.
    ///
    /// - Parameter countMin: Rarer events are left out.
    /// - Returns: The definitions; empty where there is nothing to define.
    public func draft(countMin: Int = 1) -> String {
        var taken: Set<String> = []
        let wanted = events.filter {
            $0.meaning == nil && $0.count >= countMin && $0.name != "…"
        }
        return wanted.map { event in
            var id = EventInventory.id(of: event.name)
            while !taken.insert(id).inserted { id += "_2" }
            var lines = ["event: \(id)"]
            lines.append("is: \(JSON.text("\(event.name) happened.").line)  # say when")
            if id != event.name { lines.append("name: \(JSON.text(event.name).line)") }
            lines.append("from: \(source)")
            let properties = event.properties.filter { !$0.name.hasPrefix("$") }
            if !properties.isEmpty { lines.append("properties:") }
            for property in properties.sorted(by: { $0.name < $1.name }) {
                lines.append(property.draft(events: event.count))
            }
            return lines.joined(separator: "\n") + "\n"
        }.joined(separator: "---\n")
    }

    /// A name in snake_case for what applications call an event.
    private static func id(of name: String) -> String {
        var id = ""
        for character in name {
            if character.isASCII, character.isLetter || character.isNumber {
                if character.isUppercase, let last = id.last, last.isLowercase { id += "_" }
                id += character.lowercased()
            } else if !id.isEmpty, id.last != "_" {
                id += "_"
            }
        }
        while id.last == "_" { id.removeLast() }
        if id.first?.isLetter != true { id = "event_" + id }
        return String(id.prefix(64))
    }
}

extension EventInventory.Property {
    /// The type that a definition should say: that of the source's column, so that a value which
    /// does not fit the column deviates; without one what all the values are.
    private var draftType: String? {
        if let columnType, columnType != .unknown { return columnType.rawValue }
        let known = types.filter { $0 != "null" }
        if known.count == 1 { return ["list", "object"].contains(known[0]) ? nil : known[0] }
        let numbers: Set<String> = ["integer", "number"]
        return known.isEmpty ? nil : numbers.isSuperset(of: known) ? "number" : "text"
    }

    /// The property's line; one that every event had is taken to be required.
    fileprivate func draft(events: Int) -> String {
        let isPlain =
            name.first?.isLetter == true
            && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
        let key = isPlain ? name : JSON.text(name).line
        guard let type = draftType else {
            let seen = types.first { $0 != "null" } ?? "null"
            return "  # \(name): \(seen), which has no type in a definition"
        }
        return count >= events ? "  \(key): { type: \(type), required: true }" : "  \(key): \(type)"
    }
}
