import Features
import Foundation
import HTTPTypes
import Hummingbird
import Vocabulary

/// Definitions: the catalogue, single metrics and KPIs, and the library.
enum CatalogueRoutes {
    static let endpoints = [
        Endpoint(
            .get, "/api/v1/catalogue", .viewer, "All definitions and what the checks say of them",
            answer: .json(.named("Catalogue"), isTagged: true), handler: catalogue),
        Endpoint(
            .get, "/api/v1/metrics/{id}", .viewer, "A metric with its definition",
            parameters: [.path("id", "The metric's id")],
            answer: .json(.named("MetricDetail"), isTagged: true), handler: metric),
        Endpoint(
            .get, "/api/v1/kpis/{id}", .viewer, "A KPI: where it stands and how it is defined",
            parameters: [.path("id", "The KPI's id")],
            answer: .json(.named("KPIDetail"), isTagged: true), handler: kpi),
        Endpoint(
            .get, "/api/v1/library", .viewer, "The KPIs that come with the program",
            answer: .json(.named("Library"), isTagged: true), handler: library),
        Endpoint(
            .get, "/api/v1/library/proposal", .viewer, "Five to seven KPIs to choose",
            parameters: [
                .query(
                    "goal", "acquire, activate, retain, monetise, satisfy or deliver",
                    isRequired: true),
                .query(
                    "model", "subscription, shop, marketplace, media or platform",
                    isRequired: true),
                .query("stage", "idea, launch, growth or mature", isRequired: true),
            ], answer: .json(.named("KPIProposal"), isTagged: true), handler: proposal),
        Endpoint(
            .post, "/api/v1/library/{id}", .editor,
            "Writes a definition of the library into the workspace",
            parameters: [.path("id", "The entry's id")],
            body: .json(.named("LibraryAddition")),
            answer: .json(.named("WrittenFile"), status: .created), handler: add),
    ]

    @Sendable
    private static func catalogue(_ call: Call) async throws(Failure) -> Response {
        Response.tagged(try await call.parts.workspace.catalogue(), for: call.request)
    }

    @Sendable
    private static func metric(_ call: Call) async throws(Failure) -> Response {
        let json = try await call.parts.workspace.metric(call.text("id") ?? "")
        return Response.tagged(json, for: call.request)
    }

    @Sendable
    private static func kpi(_ call: Call) async throws(Failure) -> Response {
        let json = try await call.parts.workspace.kpi(call.text("id") ?? "")
        return Response.tagged(json, for: call.request)
    }

    @Sendable
    private static func library(_ call: Call) async throws(Failure) -> Response {
        Response.tagged(try await call.parts.workspace.library(), for: call.request)
    }

    @Sendable
    private static func proposal(_ call: Call) async throws(Failure) -> Response {
        let json = try await call.parts.workspace.proposal(
            goal: call.text("goal") ?? "", model: call.text("model") ?? "",
            stage: call.text("stage") ?? "")
        return Response.tagged(json, for: call.request)
    }

    /// A wish as the body says it: pairs of names are separated by commas.
    @Sendable
    private static func add(_ call: Call) async throws(Failure) -> Response {
        let body = try await call.texts(
            required: [], optional: ["source", "sources", "names", "anyway"])
        func pairs(_ name: String) -> [String] {
            (body[name] ?? "").split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        }
        let main = body["source"].map { [$0] } ?? []
        let wish = LibraryAddition(
            entry: call.text("id") ?? "",
            sources: try LibraryAddition.sources(main + pairs("sources")),
            names: try LibraryAddition.names(pairs("names")), isForced: body["anyway"] == "true")
        let file = try await call.parts.workspace.addFromLibrary(wish)
        try await call.parts.audit.record(
            "library.add", by: try call.account.email, detail: file, from: call.caller.address)
        return Response.json(["file": .text(file)], status: .created)
    }
}
