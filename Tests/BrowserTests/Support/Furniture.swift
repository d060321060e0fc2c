// SPDX-License-Identifier: Apache-2.0

import JSONBytes

@testable import Sandbox
@testable import crosswalk

/// A little of everything, so that no page is empty: among it names that are long, that read from right to left, and that would be
/// markup if somebody forgot to escape them.
struct Furniture: Sendable {
    static let markup = "<img src=x onerror=document.title='broken'>\"'&"
    static let long = String(repeating: "Wolfeschlegelsteinhausenbergerdorff", count: 6)
    static let hebrew = "שרה לוי"

    /// Signed in with: an admin's seat.
    var admin: Int64
    var seat: Int64
    /// In the ATS as C-1, matched.
    var member: Int64
    /// Not in the ATS.
    var stranger: Int64
    /// The customer's application, where its members sign in, and a site that may show its widgets.
    var client: String
    var redirect: String
    var origin: String
    /// An InMail of the admin's to the member, and a note about them.
    var thread: String
    var note: Int64

    static func bring(into world: BrowserWorld) async throws -> Furniture {
        let admin = try await world.addSeat("Rita", "Moss", roles: ["ADMIN_SEAT", "SOURCER_ADD_PROSPECT"])
        let seat = try await world.addSeat("Sam", "Okafor")
        let member = try await world.addMember("Ada", "Byron")
        let stranger = try await world.addMember("Grace", "Hopper", title: "Compiler engineer", city: "Arlington")
        try await world.addMember("Sara", long, title: hebrew, company: markup)
        try await world.control.send(
            .POST, "/_sandbox/integrations/enable",
            [
                "organization": .int(BrowserWorld.organization), "unique_foreign_id": "acme",
                "types": ["RECOMMENDED_MATCHES", "UNIFIED_SEARCH"],
            ])
        try await world.put("jobs/J-1", job("Engineer"))
        try await world.put("jobs/J-2", job(markup))
        try await world.put("candidates/C-1", candidate("Ada", "Byron"))
        try await world.put("candidates/C-2", candidate(markup, long))
        try await world.put("candidates/C-3", candidate(hebrew, "Levi"))
        for candidate in ["C-1", "C-2", "C-3"] {
            try await world.put(
                "applications/A-\(candidate)",
                ["jobId": "J-1", "candidateId": .string(candidate), "createdAt": "2026-01-02"])
            try await world.put(
                "applications/A-\(candidate)/notes/N",
                ["text": .string(markup), "author": .string(hebrew), "createdAt": "2026-01-02"])
        }
        let mail = try await world.control.send(
            .POST, "/_sandbox/inmails",
            ["seat": .int(admin), "member": .int(member), "subject": .string(hebrew), "text": .string(markup)])
        var note: JSONValue = nil
        for visibility in ["ORGANIZATION", "PRIVATE"] {
            note = try await world.control.send(
                .POST, "/_sandbox/notes",
                [
                    "seat": .int(admin), "member": .int(member), "text": .string(long),
                    "visibility": .string(visibility),
                ])
        }
        try await world.settled()
        return Furniture(
            admin: admin, seat: seat, member: member, stranger: stranger, client: world.tenant.clientID,
            redirect: world.tenant.redirectURL, origin: world.sandboxURL,
            thread: mail["thread"]?.string?.split(separator: ":").last.map { String($0) } ?? "",
            note: note["note"]?.int ?? 0)
    }

    /// Brings what only the pages of `PageList` need.
    ///
    /// - Returns: what their paths name in braces.
    func names(in world: BrowserWorld) async throws -> [String: String] {
        let export = try await world.control.send(
            .POST, "/_sandbox/export",
            [
                "organization": .int(BrowserWorld.organization), "member": .int(stranger), "job": "J-1",
                "seat": .int(admin),
            ])["request_id"]?.string
        try await world.control.send(.POST, "/_sandbox/snapshot", ["name": "kept"])
        let (project, application) = try await Self.project(of: [member, stranger], admin, in: world)
        let own = [
            "admin": "\(admin)", "seat": "\(seat)", "member": "\(member)", "stranger": "\(stranger)", "client": client,
            "redirect": redirect, "origin": origin, "thread": thread, "note": "\(note)", "export": export ?? "",
            "push": export ?? "", "project": "\(project)", "application": application,
            "month": "\(world.sandbox.clock.now().utcMonth)", "unasked": try await Self.otherATS(in: world),
        ]
        return own.merging(try await dashboardNames(in: world)) { own, _ in own }
    }

    /// A recruiter's project with these members.
    ///
    /// - Returns: its number, and that of the customer's application.
    private static func project(of members: [Int64], _ seat: Int64, in world: BrowserWorld) async throws -> (
        Int64, String
    ) {
        let core = world.sandbox.core
        let now = core.clock.now()
        let number = try await core.world.write { tx in
            let number = try tx.addProject(contract: BrowserWorld.contract, seat: seat, name: markup, at: now)
            try tx.save(members: members, project: number, seat: seat, at: now)
            return number
        }
        return (number, core.applications.application(clientID: world.tenant.clientID).map { "\($0.number)" } ?? "")
    }

    /// The customer's second ATS: one integration was switched off, and nobody asked for the others.
    ///
    /// - Returns: its client id.
    private static func otherATS(in world: BrowserWorld) async throws -> String {
        let applications = world.sandbox.core.applications
        guard let partner = applications.defaultPartner else { return "" }
        let child = try await applications.provision(
            parent: partner.number, uniqueForeignID: "beta", name: "Beta", description: "", jsDomains: [],
            callbackURLs: [], now: world.sandbox.clock.now())
        for step in ["enable", "disable"] {
            try await world.control.send(
                .POST, "/_sandbox/integrations/\(step)",
                [
                    "organization": .int(BrowserWorld.organization), "unique_foreign_id": "beta",
                    "types": ["UNIFIED_SEARCH"],
                ])
        }
        return child.clientID
    }

    static func candidate(_ first: String, _ last: String) -> JSONValue {
        let handle = (first + "-" + last).lowercased().filter { $0.isASCII && ($0.isLetter || $0 == "-") }
        return [
            "firstName": .string(first), "lastName": .string(last),
            "email": .string("\(handle.suffix(50))@post.example"),
            "profileUrl": "https://ats.example.org/c", "createdAt": "2026-01-01",
        ]
    }

    static func job(_ title: String) -> JSONValue {
        [
            "title": .string(title), "description": .string(String(repeating: "Builds analytical engines. ", count: 6)),
            "location": "London, United Kingdom", "applyUrl": "https://ats.example.org/jobs/1",
            "createdAt": "2026-01-01",
        ]
    }
}
