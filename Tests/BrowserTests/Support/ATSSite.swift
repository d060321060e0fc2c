// SPDX-License-Identifier: Apache-2.0

import Browser
import Hummingbird
import JSONBytes
import Logging
import NIOCore
import Sandbox
import ServiceLifecycle
import TestSupport

@testable import crosswalk

/// The site of an ATS: pages on an origin of their own, with the tags and scripts that a test writes.
struct ATSSite: Sendable {
    /// `http://127.0.0.1:` and the port.
    let url: String
    /// The same site by another name, which browsers take for another site.
    let elsewhere: String

    /// Serves `html` as its first page while `body` runs.
    static func run(
        _ html: @escaping @Sendable () -> String, _ body: @escaping @Sendable (ATSSite) async throws -> Void
    )
        async throws
    {
        let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        try await Hosted.run({ ready in
            let router = Router()
            router.get("/") { _, _ in
                Response(
                    status: .ok, headers: [.contentType: "text/html; charset=utf-8"],
                    body: ResponseBody(byteBuffer: ByteBuffer(string: html())))
            }
            return [
                Application(
                    router: router, configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
                    onServerRunning: { ready($0.localAddress?.port ?? 0) }, logger: silent)
            ]
        }) { port in
            try await body(ATSSite(url: "http://127.0.0.1:\(port)", elsewhere: "http://localhost:\(port)"))
        }
    }
}

/// The tags of LinkedIn's widgets, as an ATS writes them.
struct Tags: Sendable {
    var linkedIn: String
    var key: String
    var organization: Int64 = BrowserWorld.organization

    /// The loader; `older` as LinkedIn's older sample page has it: another address, the key in quotes.
    func loader(_ extensions: [(String, String)], older: Bool = false) -> String {
        """
        <script type="text/javascript" src="\(linkedIn)/xdoor/scripts/in.js">
        api_key: \(older ? "\"\(key)\"" : key)
        extensions: \(extensions.map { "\($0.0)@\(linkedIn)\($0.1)" }.joined(separator: ","))
        </script>
        """
    }

    func setup(_ bundles: String = "RECRUITER_SYSTEM_CONNECT_COMPANY,RECRUITER_SYSTEM_CONNECT_CONTRACT") -> String {
        """
        <script type="IN/ATSIntegrationWidget" data-supported-bundled-integration-types="\(bundles)" data-onintegrate="integrated"
            data-width="500"></script>
        """
    }

    func profile(_ candidate: String) -> String {
        """
        <script type="IN/HcmWidget" data-widget-type="ATS" data-ats-candidate-id="\(candidate)"
            data-integration-context="urn:li:organization:\(organization)" data-show-unlink-url="true" data-confirm-unlink="true"
            data-onlink="link" data-onunlink="unlink" data-width="800"></script>
        """
    }

    /// A page with these tags, whose functions keep what they are told in `window.told`.
    static func page(_ tags: String) -> String {
        """
        <!doctype html><html lang="en"><meta charset="utf-8"><title>ATS</title><h1>Candidate</h1>
        <script>
        window.told = [];
        function integrated(integrations) { told.push({ integrated: integrations }) }
        function link(member) { told.push({ linked: member }) }
        function unlink(member) { told.push({ unlinked: member }) }
        </script>
        \(tags)
        <p>The page goes on.</p></html>
        """
    }
}

extension BrowserWorld {
    var tags: Tags { Tags(linkedIn: sandboxURL, key: tenant.clientID) }

    /// Lets sites show the widgets, as the partner does with `validJsSdkDomains`.
    func allow(_ sites: String...) async throws {
        guard let application = sandbox.core.applications.application(clientID: tenant.clientID) else { return }
        try await sandbox.core.applications.update(number: application.number, jsDomains: sites, callbackURLs: nil)
    }

    /// What the page's functions were told so far.
    func told() async throws -> JSONValue { try await browser.run("return window.told") }
}
