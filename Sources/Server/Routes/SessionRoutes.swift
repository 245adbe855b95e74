import Features
import HTTPTypes
import Hummingbird
import Vocabulary

/// Signing in and out, and making the first account.
enum SessionRoutes {
    private static let session = AnswerContent.json(.named("Session"))

    static let endpoints = [
        Endpoint(
            .get, "/api/v1/door", .everyone,
            "Whether the caller is signed in, and whether there is an account yet",
            answer: .json(.named("Door")), handler: door),
        Endpoint(
            .get, "/api/v1/session", .everyone, "Who is signed in, and to which workspace",
            answer: session, handler: current),
        Endpoint(
            .post, "/api/v1/session", .everyone, "Signs in", body: .json(.named("Credentials")),
            answer: session, handler: signIn),
        Endpoint(
            .delete, "/api/v1/session", .viewer, "Signs out", answer: .nothing, handler: signOut),
        Endpoint(
            .post, "/api/v1/setup", .everyone,
            "Makes the first account with the one-time link, and signs it in",
            body: .json(.named("SetUp")), answer: session, handler: setUp),
    ]

    /// Never a failure, so that a browser notes none for a visitor who is not signed in yet.
    @Sendable
    private static func door(_ call: Call) async throws(Failure) -> Response {
        let hasAccount = try await call.parts.accounts.exist()
        return Response.json([
            "signedIn": .boolean(call.caller.account != nil), "setUp": .boolean(hasAccount),
        ])
    }

    @Sendable
    private static func current(_ call: Call) async throws(Failure) -> Response {
        if let account = call.caller.account, let token = call.caller.token {
            return answer(SignIn(account: account, token: token), call)
        }
        var failure = Failure.signedOut.json
        if case .object(let members) = failure, try await !call.parts.accounts.exist() {
            failure = .object(members + [("setup", true)])
        }
        return Response.json(failure, status: .unauthorized)
    }

    @Sendable
    private static func signIn(_ call: Call) async throws(Failure) -> Response {
        let body = try await call.texts(required: ["email", "password"])
        do {
            let signIn = try await call.parts.accounts.signIn(
                email: body["email"] ?? "", password: body["password"] ?? "",
                from: call.caller.address, replacing: call.caller.token)
            return begun(signIn, call)
        } catch {
            call.parts.counters.count(.signInsRefused)
            throw error
        }
    }

    @Sendable
    private static func setUp(_ call: Call) async throws(Failure) -> Response {
        let body = try await call.texts(required: ["token", "email", "name", "password"])
        let signIn = try await call.parts.accounts.setUp(
            link: body["token"] ?? "", email: body["email"] ?? "", name: body["name"] ?? "",
            password: body["password"] ?? "", from: call.caller.address)
        return begun(signIn, call)
    }

    @Sendable
    private static func signOut(_ call: Call) async throws(Failure) -> Response {
        if let token = call.caller.token {
            try await call.parts.accounts.signOut(
                token, by: try call.account, from: call.caller.address)
        }
        return Response(
            status: .noContent, headers: [.setCookie: call.parts.cookie.removal])
    }

    private static func begun(_ signIn: SignIn, _ call: Call) -> Response {
        var response = answer(signIn, call)
        response.headers[.setCookie] = call.parts.cookie.header(for: signIn.token)
        return response
    }

    private static func answer(_ signIn: SignIn, _ call: Call) -> Response {
        let account = signIn.account
        var workspace = call.parts.workspace.summary
        if case .object(let members) = workspace {
            let version = JSON.text(call.parts.settings.version)
            workspace = .object(members + [("version", version)])
        }
        return Response.json([
            "account": [
                "email": .text(account.email), "name": .text(account.name),
                "role": .text(account.role.rawValue),
            ],
            "csrf": .text(signIn.token.forgeryGuard), "workspace": workspace,
        ])
    }
}
