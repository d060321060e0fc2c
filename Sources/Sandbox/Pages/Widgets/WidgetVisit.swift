// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import LinkedIn
import Web

/// A request from inside a widget's frame: which widget, for which application, on whose page.
struct WidgetVisit: Sendable {
    let widget: Widget
    let call: PageCall
    let application: DeveloperApplication
    /// Of the page around the frame.
    let around: WebOrigin

    /// - Throws: `WidgetProblem` when the application is unknown, or the page is none of its `validJsSdkDomains`.
    init(_ widget: Widget, _ call: PageCall) throws {
        guard let key = call.query["api_key"],
            let application = call.sandbox.core.applications.application(clientID: key), !application.isParent
        else { throw WidgetProblem.unknownKey }
        guard let around = call.query["origin"].flatMap({ WebOrigin($0) }),
            around == WebOrigin(of: call.request) || application.origins.contains(around)
        else { throw WidgetProblem.wrongDomain }
        self.widget = widget
        self.call = call
        self.application = application
        self.around = around
    }

    var sandbox: Sandbox { call.sandbox }

    /// A `data-` attribute of the tag, by the name after `data-`.
    func attribute(_ name: String) -> String? { call.query[name] }

    /// Whether an attribute says `true`.
    func isOn(_ name: String) -> Bool { attribute(name) == "true" }

    /// Whoever is signed in; the routes have ruled out that nobody is.
    func recruiter() throws -> Recruiter { try call.seated() }

    // MARK: Addresses

    /// What comes and goes while a person uses the widget; everything else in the query came from the tag.
    private static let passing = sought.union(["tab", "ask", "member", "done", "news", "signed"])
    /// Of those, what was searched for and how far the list was read.
    private static let sought: Set<String> = ["q", "title", "place", "in_ats", "open", "after", "after_candidate"]

    /// The frame's address, or that of a form in it.
    ///
    /// - Parameters:
    ///   - act: of a form; empty for the frame itself.
    ///   - adding: what the address says besides what came from the tag.
    func url(_ act: String = "", _ adding: [(String, String)] = []) -> String {
        widget.framePath + (act.isEmpty ? "" : "/" + act) + "?" + call.query.query(except: Self.passing, adding: adding)
    }

    /// This very widget, as a place where a form waits.
    var place: String { url() }

    /// What was searched for, for an address that comes back to it.
    var search: [(String, String)] {
        call.query.pairs.filter { Self.sought.contains($0.name) && !$0.value.isEmpty }.map { ($0.name, $0.value) }
    }

    /// Hidden fields for a form that is sent by GET.
    var kept: [Kept] {
        call.query.pairs.filter { !Self.passing.contains($0.name) }.map { Kept(name: $0.name, value: $0.value) }
    }

    struct Kept: Sendable {
        var name: String
        var value: String
    }

    // MARK: Answers

    /// A page of the widget.
    func page(_ page: some Page, status: Int = 200, notice: Notice? = nil) -> WebResponse {
        var shell = WidgetFrame.shell(call)
        shell.notice = notice ?? call.query["done"].flatMap { Self.notices[$0] }.map { Notice(.good, $0) }
        return .html(
            call.renderer.html(page, shell), status: status,
            policy: ContentPolicy(ancestors: ["'self'"] + application.origins.map(\.description)))
    }

    private static let notices = [
        "requested": "Asked for. Your ATS has been told.", "notified": "Your ATS has been told again.",
        "linked": "Linked. Your ATS has been told.", "unlinked": "No longer linked. Your ATS has been told.",
        "saved": "Saved to the job.", "sent": "Saved, and the InMail is sent.",
        "not-interested": "You will not see this person here again.",
    ]

    /// After a form was taken: shows the frame again, which calls a function of the page around it.
    ///
    /// - Parameter callback: the attribute that names the function, without `data-`, and its argument.
    func done(
        _ word: String, calling callback: (name: String, value: JSONValue)? = nil, _ adding: [(String, String)] = []
    )
        -> WebResponse
    {
        var adding = adding + [("done", word)]
        if let callback {
            let number = sandbox.clock.now().millis
            adding.append(("news", String(number)))
            call.sessions.change(call.session) {
                $0.news = News(
                    number: number, name: callback.name, value: String(decoding: callback.value.bytes, as: UTF8.self))
            }
        }
        return see("", adding)
    }

    func see(_ act: String, _ adding: [(String, String)]) -> WebResponse {
        .see(LocalPath(url(act, adding)) ?? "/talent")
    }

    /// What the frame has to tell the page around it, once.
    struct News: Sendable {
        var number: Int64
        var name: String
        /// JSON.
        var value: String
    }

    /// What every template of a widget needs: whom to tell what, who is signed in, how to leave.
    var bar: WidgetBar {
        let news = call.query["news"].flatMap { Int64($0) }.flatMap { number in
            call.session.news.flatMap { $0.number == number ? $0 : nil }
        }
        if news != nil { call.sessions.change(call.session) { $0.news = nil } }
        return WidgetBar(
            around: around.description, script: WidgetLoader.script.path, news: news,
            who: call.recruiter.map { WidgetBar.Who(name: $0.name, contract: $0.contractName, leave: url("sign-out")) })
    }
}

/// The strip on top of a widget, and what its script needs to know.
struct WidgetBar: Sendable {
    var around: String
    var script: String
    var news: WidgetVisit.News?
    var who: Who?

    struct Who: Sendable {
        var name: String
        var contract: String
        /// Form target.
        var leave: String
    }
}

/// Why a widget shows nothing but a sentence.
struct WidgetProblem: Error {
    var status: Int
    var title: String
    var text: String
    /// Part of daily life, like an integration that is off: the frame is then a page like others, because browsers report each page that
    /// failed in the console of the ATS's page. A form is refused with the status all the same.
    var isUsual = false
    /// Where it can be helped.
    var link: Link?

    static let unknownKey = Self(
        status: 404, title: "This widget has no application",
        text: "The api_key of the page's script is not the client id of a provisioned application.")
    static let wrongDomain = Self(
        status: 403, title: "This site may not show the widget",
        text:
            "Its address is not among the application's validJsSdkDomains: scheme, host and port, without a slash at the end."
    )
    static let foreignForm = Self(
        status: 403, title: "This came from another page",
        text: "A page that is not the widget tried to send this. Nothing was done.")
}
