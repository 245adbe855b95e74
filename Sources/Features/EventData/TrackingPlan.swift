import Definitions
import Events
import Vocabulary

/// Something about an event that the tracking plan does not foresee; the event is stored all the
/// same.
public struct EventDeviation: Hashable, Sendable {
    /// The event's id.
    public let id: String
    /// Its name.
    public let event: String
    /// The property at fault; nil where it is the event itself.
    public let property: String?
    /// What is other than planned.
    public let code: Failure.Code
    /// The same as a sentence.
    public let message: String

    /// The deviation as answers to applications tell it.
    public var json: JSON {
        [
            "id": .text(id), "event": .text(event), "property": .optional(property),
            "code": .text(code.rawValue), "message": .text(message),
        ]
    }
}

/// What one source's applications are meant to send.
struct TrackingPlan: Sendable {
    private let events: [String: EventDefinition]

    /// Nothing is planned.
    static let empty = TrackingPlan(events: [:])

    /// The plans of all sources that have one, by source.
    static func all(_ catalog: Catalog) -> [String: TrackingPlan] {
        var plans: [String: [String: EventDefinition]] = [:]
        for event in catalog.events.values {
            for source in event.sources { plans[source, default: [:]][event.event] = event }
        }
        return plans.mapValues(TrackingPlan.init)
    }

    /// Whether nothing is planned, so that nothing deviates.
    var isEmpty: Bool { events.isEmpty }

    /// The names of the planned events.
    var names: Set<String> { Set(events.keys) }

    /// The definition of an event, by the name that applications send.
    func definition(of event: String) -> EventDefinition? { events[event] }

    /// What of an event is other than planned.
    ///
    /// Pages, screens and identities are judged only where the plan describes them, since every
    /// library sends them.
    func deviations(of event: Event) -> [EventDeviation] {
        guard !isEmpty else { return [] }
        func deviation(_ code: Failure.Code, _ property: String?, _ text: String) -> EventDeviation
        {
            EventDeviation(
                id: event.id, event: event.name, property: property, code: code, message: text)
        }
        guard let plan = events[event.name] else {
            guard event.kind == .track else { return [] }
            return [
                deviation(
                    .eventsUnplanned, nil, "The tracking plan has no event '\(event.name)'.")
            ]
        }
        var found: [EventDeviation] = []
        var missing = Set(plan.properties.filter { $0.value.isRequired }.keys)
        event.properties.bytes.withUnsafeBufferPointer { bytes in
            var members = JSONMembers(bytes)
            while let member = members.next() {
                let name = members.key(member)
                guard let property = plan.properties[name] else {
                    if !name.hasPrefix("$") {
                        found.append(
                            deviation(
                                .eventsUnplanned, name,
                                "The tracking plan has no property '\(name)' of '\(event.name)'."))
                    }
                    continue
                }
                let type = members.seenType(of: member).word
                if type != "null" { missing.remove(name) }
                if !property.fits(seen: type) {
                    found.append(
                        deviation(
                            .eventsWrongType, name,
                            "'\(name)' is \(type); the tracking plan says "
                                + "\(property.type.rawValue)."))
                } else if !property.values.isEmpty, type != "null",
                    !property.values.contains(members.text(member))
                {
                    found.append(
                        deviation(
                            .eventsWrongValue, name,
                            "'\(name)' is '\(members.text(member).prefix(60))', which is none of "
                                + "\(property.values.joined(separator: ", "))."))
                }
            }
        }
        for name in missing.sorted() {
            found.append(
                deviation(
                    .eventsMissingProperty, name,
                    "'\(event.name)' lacks '\(name)', which the tracking plan requires."))
        }
        return found
    }
}

extension Failure.Code {
    /// An event, or a property of one, is not in the tracking plan; it is stored all the same.
    public static let eventsUnplanned: Self = "events/unplanned"
    /// A property has values of another type than the tracking plan says; it is stored all the same.
    public static let eventsWrongType: Self = "events/wrong-type"
    /// A property has a value that the tracking plan does not list; it is stored all the same.
    public static let eventsWrongValue: Self = "events/wrong-value"
    /// An event lacks a property that the tracking plan requires; it is stored all the same.
    public static let eventsMissingProperty: Self = "events/missing-property"
}
