import Features
import Foundation
import HTTPTypes
import Hummingbird
import Vocabulary

/// Data: the sources, imports by upload, and the jobs that imports are.
enum SourceRoutes {
    static let endpoints = [
        Endpoint(
            .get, "/api/v1/sources", .viewer, "The sources, what they hold and how good it is",
            answer: .json(.named("Sources"), isTagged: true), handler: sources),
        Endpoint(
            .post, "/api/v1/sources/{name}/imports", .editor, "Imports a file into a source",
            parameters: [
                .path("name", "The source's name"),
                .query(
                    "file", "The file's name; the same name replaces its rows", isRequired: true),
            ], body: .file, answer: .json(.named("StartedJob"), status: .accepted), handler: upload),
        Endpoint(
            .get, "/api/v1/jobs/{id}", .viewer, "How far an import is",
            parameters: [.path("id", "The job's id")], answer: .json(.named("Job")), handler: job),
        Endpoint(
            .delete, "/api/v1/jobs/{id}", .editor, "Cancels an import",
            parameters: [.path("id", "The job's id")], answer: .nothing, handler: cancel),
    ]

    @Sendable
    private static func sources(_ call: Call) async throws(Failure) -> Response {
        Response.tagged(try await call.parts.workspace.sources(), for: call.request)
    }

    @Sendable
    private static func upload(_ call: Call) async throws(Failure) -> Response {
        let source = call.text("name") ?? ""
        let workspace = call.parts.workspace
        let limit = call.parts.settings.uploadBytesMax
        try workspace.requireSource(source)
        let announced = call.request.headers[.contentLength].flatMap { Int($0) } ?? 0
        guard announced <= limit else { throw Failure.tooLarge(limit) }
        let upload = try await Upload.receive(
            call.request.body, as: call.text("file") ?? "",
            into: workspace.folder.appending(path: "data/inbox"), bytesMax: limit)
        do {
            try await call.parts.audit.record(
                "source.import", by: try call.account.email,
                detail: "\(source) \(upload.name)", from: call.caller.address)
            let job = try call.parts.jobs.start { progress async throws(Failure) -> JSON in
                try await run(upload, into: source, of: workspace, progress: progress)
            }
            return Response.json(["job": .text(job)], status: .accepted)
        } catch {
            await upload.remove()
            throw error
        }
    }

    /// Imports the file and removes it, whatever comes of it.
    private static func run(
        _ upload: Upload, into source: String, of workspace: any ServedWorkspace,
        progress: @escaping @Sendable (Double) -> Void
    ) async throws(Failure) -> JSON {
        do {
            let report = try await workspace.importUpload(
                upload.file, into: source, progress: progress)
            await upload.remove()
            return report
        } catch {
            await upload.remove()
            throw error
        }
    }

    @Sendable
    private static func job(_ call: Call) async throws(Failure) -> Response {
        Response.json(try call.parts.jobs.json(call.text("id") ?? ""))
    }

    @Sendable
    private static func cancel(_ call: Call) async throws(Failure) -> Response {
        try call.parts.jobs.cancel(call.text("id") ?? "")
        return Response(status: .noContent)
    }
}
