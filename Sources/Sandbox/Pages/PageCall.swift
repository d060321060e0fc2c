// SPDX-License-Identifier: Apache-2.0

import Web

/// One request for a page on its way to its handler.
struct PageCall: Sendable {
    let request: SandboxRequest
    let session: PageSession
    let sandbox: Sandbox
    let renderer: Renderer
    let sessions: PageSessions
    /// Where open pages listen.
    let hub: LiveHub
    /// The values of the path's parameters, decoded, in the order of the pattern.
    var values: [String] = []
    let query: FormFields
    let form: FormFields
    /// Who is signed in; never nil for routes that need a seat.
    var recruiter: Recruiter?

    init(
        _ request: SandboxRequest, session: PageSession, sandbox: Sandbox, renderer: Renderer, sessions: PageSessions,
        hub: LiveHub
    ) {
        self.request = request
        self.session = session
        self.sandbox = sandbox
        self.renderer = renderer
        self.sessions = sessions
        self.hub = hub
        query = FormFields(request.query.utf8)
        form =
            request.method != "POST"
            ? FormFields()
            : FormFields(multipart: request.body, contentType: request.header("content-type"))
                ?? FormFields(request.body)
    }

    /// - Throws: `PageProblem` when nobody is signed in, which routes with a seat have ruled out.
    func seated() throws -> Recruiter {
        guard let recruiter else { throw PageProblem.unknownPage }
        return recruiter
    }

    /// The page inside the navigation of its part.
    func page(
        _ page: some Page, status: Int = 200, notice: Notice? = nil, live: String? = nil,
        policy: ContentPolicy = ContentPolicy()
    ) -> WebResponse {
        var shell = SandboxShell.shell(for: self)
        shell.notice = notice ?? Self.said(query)
        shell.live = live
        shell.brand = shell.product
        return .html(renderer.html(page, shell), status: status, policy: policy)
    }

    /// `?done=…` after a redirect: what was done, said once. The text is ours only if the page knows the word.
    private static func said(_ query: FormFields) -> Notice? {
        query["done"].flatMap { SandboxShell.notices[$0] }.map { Notice(.good, $0) }
    }
}
