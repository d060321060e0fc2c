// SPDX-License-Identifier: Apache-2.0

internal import JSONBytes
internal import LinkedIn
internal import RestLi

/// `provisionedApplications`: the partner makes a child application per customer. Source: Provisioning API
/// (documented), SDK fixtures.
struct ProvisioningResource: ResourceHandler {
    let core: SandboxCore

    func answer(_ call: Call) async throws -> Answer {
        switch call.method {
        case .create: try await create(call)
        case .partialUpdate: try await patch(call)
        case .finder: try find(call)
        default: throw call.unsupported
        }
    }

    private static let shape = RecordShape(Catalogue.provisionedApplication, on: .v2)

    private func create(_ call: Call) async throws -> Answer {
        guard !call.body.isEmpty else {
            throw RestLiError("Empty entity body is not allowed for create method request")
        }
        var sketch = Sketch(for: Self.shape)
        try readingBody { try call.body.withUnsafeBytes { try Validator(shape: Self.shape).check($0, into: &sketch) } }
        let body = try readingBody { try JSONValue(parsing: call.body) }
        Self.checkDomains(body["validJsSdkDomains"], &sketch.complaints)
        guard sketch.complaints.isEmpty else { return .single(.failed(.invalid(sketch.complaints))) }
        let name = body["name"]?.string ?? ""
        try Self.check(name: name)
        let made = try await core.applications.provision(
            parent: call.application.number, uniqueForeignID: body["uniqueForeignId"]?.string ?? "", name: name,
            description: body["description"]?.string ?? "", jsDomains: Self.strings(body["validJsSdkDomains"]),
            callbackURLs: Self.strings(body["oauth2AuthorizedCallbackUrls"]), now: call.now)
        let answer: JSONValue = [
            "key": .string(made.urn),
            "credentials": ["client_id": .string(made.clientID), "client_secret": .string(made.secrets.last ?? "")],
        ]
        let segment = KeyCodec.encode(.simple(made.urn), in: .path, .v2)
        return Answer(
            status: 201,
            headers: [(call.version.idHeader, made.urn), ("Location", "/provisionedApplications/\(segment)")],
            body: answer.bytes)
    }

    /// `$set` replaces a whole list (inferred); `uniqueForeignId` never changes.
    private func patch(_ call: Call) async throws -> Answer {
        let application = try child(call.entityKey?.text, of: call.application)
        let patch = try PatchDocument.parse(try readingBody { try JSONValue(parsing: call.body) })
        let fixed = (patch.set.keys + patch.delete + patch.children.keys)
            .filter { !Self.changeable.contains($0) || (patch.delete.contains($0) && !Self.lists.contains($0)) }
            .sorted()
        guard fixed.isEmpty else {
            // UNVERIFIED: what LinkedIn says.
            let fields = fixed.map { "/\($0)" }.joined(separator: ", ")
            throw GatewayError(
                403,
                "Unpermitted fields present in REQUEST_BODY: Data Processing Exception while processing fields [\(fields)]"
            )
        }
        var sketch = Sketch(for: Self.patchShape)
        try JSONValue.object(patch.set).bytes.withUnsafeBytes {
            try Validator(shape: Self.patchShape).check($0, into: &sketch)
        }
        Self.checkDomains(patch.set["validJsSdkDomains"], &sketch.complaints)
        guard sketch.complaints.isEmpty else { return .single(.failed(.invalid(sketch.complaints))) }
        func list(_ name: String) -> [String]? {
            if let value = patch.set[name] { return Self.strings(value) }
            return patch.delete.contains(name) ? [] : nil
        }
        if let name = patch.set["name"]?.string { try Self.check(name: name) }
        try await core.applications.update(
            number: application.number, name: patch.set["name"]?.string, description: patch.set["description"]?.string,
            jsDomains: list("validJsSdkDomains"), callbackURLs: list("oauth2AuthorizedCallbackUrls"))
        return .noContent
    }

    /// `q=credentialsByUniqueForeignId`; nobody found is an empty list (inferred).
    private func find(_ call: Call) throws -> Answer {
        guard call.query["q"]?.text == "credentialsByUniqueForeignId" else { throw call.unsupported }
        guard let id = call.query["uniqueForeignId"]?.text, !id.isEmpty else {
            throw RestLiError("Parameter 'uniqueForeignId' is required")
        }
        let showsSecret = call.switches.finderReturnsSecret
        let found = core.applications.child(of: call.application.number, uniqueForeignID: id)
        let page: JSONValue = [
            "elements": .array(found.map { [Self.value($0, showsSecret: showsSecret)] } ?? []),
            "paging": ["start": 0, "count": 10, "links": []],
        ]
        return Answer(body: page.bytes)
    }

    private static func value(_ application: DeveloperApplication, showsSecret: Bool) -> JSONValue {
        var credentials: JSONObject = ["client_id": .string(application.clientID)]
        // The SDK's fixture has none (protocol reference 9, item 6).
        if showsSecret, let secret = application.secrets.last { credentials["client_secret"] = .string(secret) }
        return [
            "key": .string(application.urn),
            "uniqueForeignId": .string(application.uniqueForeignID ?? ""),
            "name": .string(application.name),
            "description": .string(application.description),
            "credentials": .object(credentials),
            "validJsSdkDomains": .array(application.jsDomains.map { .string($0) }),
            "oauth2AuthorizedCallbackUrls": .array(application.callbackURLs.map { .string($0) }),
        ]
    }
}

extension ProvisioningResource {
    /// The two lists are in the Postman collection, the name in the provisioning page; the description is UNVERIFIED.
    private static let changeable = Set(Catalogue.provisionedApplicationPatch.fields.map(\.name))
    /// These can be emptied, too.
    private static let lists: Set<String> = ["validJsSdkDomains", "oauth2AuthorizedCallbackUrls"]
    private static let patchShape = RecordShape(Catalogue.provisionedApplicationPatch, on: .v2)

    /// The child in a path.
    ///
    /// - Throws: `GatewayError` 404, for another parent's child too.
    private func child(_ urn: String?, of parent: DeveloperApplication) throws -> DeveloperApplication {
        guard let number = urn.flatMap(DeveloperApplication.number(inURN:)),
            let found = core.applications.application(number: number),
            found.parent == parent.number
        else { throw GatewayError(404, "The application does not exist") }
        return found
    }

    /// The name is shown to members, so "LinkedIn" has not been allowed in it since December 2023 (Apply Connect
    /// notes: documented).
    private static func check(name: String) throws {
        if name.lowercased().contains("linkedin") {
            throw GatewayError(400, "The name of an application must not contain \"LinkedIn\"")
        }
    }

    /// Scheme, host and port only; no trailing slash (documented).
    private static func checkDomains(_ domains: JSONValue?, _ complaints: inout Complaints) {
        for (index, domain) in strings(domains).enumerated() where domain.hasSuffix("/") {
            complaints.add("/validJsSdkDomains/\(index)", Complaints.noMatch(domain, "a domain without trailing slash"))
        }
    }

    private static func strings(_ value: JSONValue?) -> [String] { (value?.array ?? []).compactMap(\.string) }
}
