// SPDX-License-Identifier: Apache-2.0

/// Every page of one face, for the tests that look at each. A new page is a line here.
struct PageList: Sendable {
    /// How the face is signed in to.
    enum Visitor: Sendable { case nobody, seat, admin, account }

    var visitor: Visitor
    /// With `{client}`, `{member}` and so on for what `Furniture` knows.
    var paths: [String]
    /// Whether each must show the same without scripts.
    var worksWithoutScripts = true
    /// Whether these are addresses that lead nowhere, and the pages say so.
    var isMissing = false

    /// Of LinkedIn's side, with no one signed in.
    static let sandbox: [PageList] = [
        PageList(
            visitor: .nobody,
            paths: [
                "/developers", "/developers/applications", "/developers/applications/700001",
                "/developers/applications/700002/secrets/remove?secret=x",
                "/developers/applications/700002?secrets=shown", "/developers/requests",
                "/developers/requests?text=nothing", "/developers/requests/1", "/developers/requests/clear",
                "/developers/webhooks", "/developers/webhooks/{push}", "/developers/quotas", "/developers/clock",
                "/developers/clock?example=pushes",
                "/developers/snapshots", "/developers/snapshots/kept/restore", "/developers/reset",
                "/developers/members", "/developers/members/new",
                "/developers/members/{member}", "/developers/members/{member}/close",
            ]),
        PageList(
            visitor: .seat,
            paths: [
                "/talent/profile/{member}", "/talent/profile/{stranger}", "/talent/profile/{member}/activity",
                "/talent/profile/{member}/export", "/talent/profile/{member}/inmail", "/talent/inbox",
                "/talent/exports", "/talent/as/{member}", "/talent/as/{member}/{thread}",
                "/talent/profile/{member}/project",
                "/talent/profile/{member}/records?list=application&of=C-1&ats={application}",
                "/talent/matches", "/talent/matches?ats={application}&job=J-1", "/talent/unified",
                "/talent/unified?ats={application}&job=J-1&q=engineer", "/talent/unified?q=nobody-has-this-name",
                "/talent/projects/{project}",
            ]),
        PageList(
            visitor: .admin,
            paths: [
                "/talent/admin/ats", "/talent/admin/seats", "/talent/admin/seats/{seat}",
                "/talent/admin/seats/invite", "/talent/admin/seats/import", "/talent/admin/contracts",
                "/talent/admin/products", "/talent/admin/usage",
                "/talent/admin/usage/exports?seat={admin}&month={month}",
                "/talent/admin/usage/inmails?seat={admin}&month={month}", "/talent/exports/{export}",
                "/talent/inbox/{thread}", "/talent/notes/{note}", "/talent/notes/{note}/delete",
            ]),
        PageList(
            visitor: .nobody,
            paths: [
                "/talent/sign-in", "/_sandbox/demo-ats",
                "/oauth/v2/authorization?response_type=code&client_id={client}&redirect_uri={redirect}&scope=r_liteprofile",
            ]),
        PageList(visitor: .seat, paths: ["/talent/search", "/talent/search?q=engineer", "/talent/projects"]),
        PageList(visitor: .admin, paths: Widget.frames, worksWithoutScripts: false),
    ]

    /// Of the connector.
    static let dashboard: [PageList] = [
        PageList(visitor: .account, paths: ["/ui", "/ui/accounts", "/ui/account", "/ui/audit", "/ui/system"]),
        PageList(visitor: .nobody, paths: ["/ui/sign-in"]),
        PageList(visitor: .nobody, paths: ["/ui/invitation/none", "/ui/nothing"], isMissing: true),
        PageList(
            visitor: .account, paths: ["/ui/customers/nobody", "/ui/nothing", "/ui/customers/acme/nothing"],
            isMissing: true),
        PageList(
            visitor: .account,
            paths: ["/ui/customers/new"]
                + ["", "/settings", "/keys", "/disconnect", "/sync"].map { "/ui/customers/acme" + $0 }),
        // LinkedIn's own plugin is a script.
        PageList(visitor: .account, paths: ["/ui/customers/acme/plugin"], worksWithoutScripts: false),
        PageList(
            visitor: .account,
            paths: [
                "", "/exports/{export}", "/threads", "/threads/{conversation}", "/notes", "/profiles", "/recruiters",
                "/recruiters?show=all",
            ].map { "/ui/customers/acme/inbox" + $0 }),
        PageList(
            visitor: .account,
            paths: [
                "", "/one/1", "/pushes", "/pushes/{notification}", "/webhooks", "/webhooks/{webhook}",
                "/webhooks/{webhook}/dead",
                "/webhooks/{webhook}/settings", "/webhooks/{webhook}/remove",
            ].map { "/ui/customers/acme/events" + $0 }),
        PageList(
            visitor: .account,
            paths: [
                "", "/new", "/people", "/people/edit", "/people/runs/1", "/people/revisions", "/people/remove",
            ].map { "/ui/customers/acme/sources" + $0 }),
        PageList(
            visitor: .account,
            paths: ["", "/erase?whom=C-1", "/erasures/{erasure}", "/retention", "/closed", "/end", "/end/confirm"].map {
                "/ui/customers/acme/privacy" + $0
            }),
        PageList(
            visitor: .account,
            paths: [
                "/ui/customers/acme/records", "/ui/customers/acme/records?q=C-", "/ui/customers/acme/rejected",
                "/ui/customers/acme/records/one?type=candidate&id=C-2",
                "/ui/customers/acme/records/one?type=job&id=J-2",
                "/ui/customers/acme/records/one/linkedin?type=candidate&id=C-2",
                "/ui/customers/acme/rejected/rows?{rejected}", "/ui/customers/acme/matches",
                "/ui/customers/acme/matches/matched", "/ui/customers/acme/matches/unmatched",
            ]),
    ]

    static func filled(_ path: String, _ names: [String: String]) -> String {
        names.reduce(path) { $0.replacing("{\($1.key)}", with: $1.value) }
    }
}

/// The insides of the widgets' frames, opened by themselves.
private enum Widget {
    static let frames = [
        "/rsc/extensions/onboarding-widget/frame?api_key={client}&origin={origin}",
        "/rsc/extensions/profile-widget/frame?api_key={client}&origin={origin}&\(tags)&ats-candidate-id=C-1",
        "/rsc/extensions/profile-widget/frame?api_key={client}&origin={origin}&\(tags)&ats-candidate-id=C-1&ask=unlink&q=engineer",
        "/rsc/extensions/profile-widget/frame?api_key={client}&origin={origin}&\(tags)&ats-candidate-id=C-1&tab=activity",
        "/rsc/extensions/profile-widget/frame?api_key={client}&origin={origin}&\(tags)&ats-candidate-id=C-2",
        "/rsc/extensions/recommended-matches-widget/frame?api_key={client}&origin={origin}&\(tags)&ats-job-posting-id=J-1",
        "/rsc/extensions/recommended-matches-widget/frame?api_key={client}&origin={origin}&\(tags)&ats-job-posting-id=J-1&ask=inmail&member={stranger}",
        "/rsc/extensions/unified-search-widget/frame?api_key={client}&origin={origin}&\(tags)&ats-job-posting-id=J-1",
        "/rsc/extensions/unified-search-widget/frame?api_key={client}&origin={origin}&\(tags)&ats-job-posting-id=J-1&q=engineer",
        // Of an ATS whose integrations nobody asked for, but for one that was switched off.
        "/rsc/extensions/onboarding-widget/frame?api_key={unasked}&origin={origin}",
        "/rsc/extensions/profile-widget/frame?api_key={unasked}&origin={origin}&\(tags)&ats-candidate-id=C-1",
        "/rsc/extensions/unified-search-widget/frame?api_key={unasked}&origin={origin}&\(tags)&ats-job-posting-id=J-1",
    ]

    private static let tags = "widget-type=ATS&integration-context=urn:li:organization:1000&show-unlink-url=true"
}
