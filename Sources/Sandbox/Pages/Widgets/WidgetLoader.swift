// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import Web

/// What a page loads: `in.js`, the extensions that it names, and the script inside the frames.
///
/// How LinkedIn's extensions look is not documented. Here an extension's script is one call that tells `in.js` what the widget is and
/// where it may be shown; `in.js` is the only script with a mind of its own.
enum WidgetLoader {
    static let script = Asset("widget.js", type: "text/javascript; charset=utf-8", PackageResources.widget_js)

    static let routes: [PageRoute] =
        [
            .get("/xdoor/scripts/in.js") { _ in answer(PackageResources.in_js) },
            .get("/assets/{hash}/widget.js") { call in
                guard call.request.path == script.path else { throw PageProblem.unknownPage }
                return script.response
            },
        ]
        + Widget.allCases.flatMap { widget in
            widget.extensionPaths.map { path in .get(path) { call in answer(extend(widget, call)) } }
        }

    private static func extend(_ widget: Widget, _ call: PageCall) -> [UInt8] {
        guard let key = call.query["api_key"],
            let application = call.sandbox.core.applications.application(clientID: key), !application.isParent
        else { return Array("IN.refuse(\"The api_key is not one of a provisioned application.\");\n".utf8) }
        // A page that does not say where it is from is found out by in.js, and by the browser when the frame opens.
        if let page = call.request.header("referer").flatMap(WebOrigin.init(ofPage:)),
            page != WebOrigin(of: call.request), !application.origins.contains(page)
        {
            let says = JSONValue.string("\(page) is not among the validJsSdkDomains of \(key)")
            return Array("IN.refuse(".utf8) + says.bytes + Array(");\n".utf8)
        }
        let facts: JSONValue = [
            "frame": .string(widget.framePath), "title": .string(widget.title),
            "domains": .array(application.origins.map { .string($0.description) }),
        ]
        return Array("IN.extend(document.currentScript, ".utf8) + facts.bytes + Array(");\n".utf8)
    }

    /// A script for other sites' pages: asked for anew each time, because what it says depends on what the application allows now.
    private static func answer(_ script: [UInt8]) -> WebResponse {
        WebResponse(
            status: 200,
            headers: [
                ("content-type", "text/javascript; charset=utf-8"), ("cache-control", "no-cache"),
                ("x-content-type-options", "nosniff"), ("cross-origin-resource-policy", "cross-origin"),
            ], body: .bytes(script))
    }
}
