// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import SQLFile
import Testing

@testable import Sandbox

/// 100,000 rows behind every number of LinkedIn's side: each list shows a page of them and leads to the next by key.
@Suite struct ManyRowsTests {
    private static let rows = 100_000

    @Test(.timeLimit(.minutes(5)))
    func `every list shows one page of a hundred thousand rows, and the next`() async throws {
        let stage = try await Stage()
        try await stage.fill()
        let visitor = try await PageVisitor(stage.desk.world.sandbox).signIn(stage.admin)
        for path in stage.lists {
            let page = try await look(path, visitor)
            let next = try #require(
                page.matches(of: /href="([^"]*[?&;](?:after|before|mails|notes|exports)=[^"]*)"/).last?.1,
                "\(path) has no next page")
            let following = try await look(String(next).replacing("&amp;", with: "&"), visitor)
            #expect(following != page, "\(path)")
        }
        for path in stage.pages { _ = try await look(path, visitor) }
    }

    /// A page that is small, however much there is.
    private func look(_ path: String, _ visitor: PageVisitor) async throws -> String {
        let page = try await visitor.get(path)
        #expect(page.status == 200, "\(path)")
        #expect(page.body.count < 400_000, "\(path) is \(page.body.count) bytes")
        return page.text
    }

    private struct Stage {
        let desk: Recruiting
        let admin: Int64
        let tenancy: Int64
        let month: Int64

        init() async throws {
            desk = try await Recruiting { $0.switches.matchSeconds = 0 }
            try await desk.showAll()
            try await Records(desk).candidate("C-1", email: "ada@post.example")
            try await desk.world.control(
                "POST", "inmails",
                [
                    "seat": .int(desk.seat), "member": .int(desk.member), "subject": "Role", "text": "Dear Ada",
                ])
            admin = try #require(
                try await desk.world.control(
                    "POST", "seats",
                    [
                        "contract": 5000, "email": "pia@example.com", "first_name": "Pia", "last_name": "Park",
                        "roles": ["ADMIN_SEAT", "SOURCER_ADD_PROSPECT"],
                    ])["seat"]?.int)
            tenancy = try #require(
                try await desk.world.sandbox.core.world.read { try $0.tenancies(organization: 1000).first?.number })
            month = desk.world.sandbox.clock.now().utcMonth
        }

        var lists: [String] {
            let profile = "/talent/profile/\(desk.member)"
            return [
                "/talent/sign-in", "/talent/sign-in?q=many", "/talent/admin/seats", "/talent/admin/seats?q=many",
                "/talent/admin/usage", "/talent/admin/usage/exports?seat=\(admin)&month=\(month)",
                "/talent/admin/usage/inmails?seat=\(admin)&month=\(month)", "/talent/exports", "/talent/inbox",
                "/talent/inbox?show=waiting", "/talent/as/\(desk.member)", "/talent/projects",
                "/talent/projects/7000001", "/talent/matches", "/talent/matches?q=engineer",
                "\(profile)/export", "\(profile)/export?q=J-9", "\(profile)/records?list=application&of=C-1",
                "\(profile)/records?list=candidate_note&of=C-1", "\(profile)/records?list=stage&of=A-1",
                "\(profile)/activity", "/developers/webhooks", "/developers/webhooks?state=given",
                "/developers/members",
            ]
        }

        /// Those that show the newest of very many, or where they lead.
        var pages: [String] {
            let profile = "/talent/profile/\(desk.member)"
            return [
                profile, "\(profile)/project", "/talent/inbox/4000000", "/talent/exports/60000000",
                "/talent/matches?q=nothing-like-that", "/developers/webhooks?state=waiting", "/developers",
                "/talent/admin/seats/\(admin)", "/talent/unified?q=engineer",
            ]
        }

        func fill() async throws {
            let (admin, ada, tenancy, month) = (admin, desk.member, tenancy, month)
            let application = try #require(
                desk.world.sandbox.core.applications.application(clientID: desk.customer.clientID)?.number)
            let now = desk.world.sandbox.clock.now().millis
            try await desk.world.sandbox.core.world.write { tx in
                func add(_ sql: String) throws {
                    try tx.run(
                        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < \(ManyRowsTests.rows)) "
                            + sql)
                }
                try add(
                    """
                    INSERT INTO member (number, first_name, last_name, email, title, company, city, state, country, phone, profile_url, added)
                    SELECT 1000000 + i, 'M' || i, 'Many', 'm' || i || '@post.example', '', '', '', '', 'gb', '',
                           'https://www.linkedin.com/in/m' || i, 1 FROM n
                    """)
                try add(
                    """
                    INSERT INTO seat (number, contract, member, first_name, last_name, email, state, roles, created_ms)
                    SELECT 2000000 + i, 5000, 1000000 + i, 'M' || i, 'Many', 'm' || i || '@example.com', 'ACTIVE', '', \(now) FROM n
                    """)
                let thread =
                    "INSERT INTO inmail_thread (number, seat, member, subject, opened_ms, answer, last_inmail, last_ms) "
                try add(
                    thread
                        + "SELECT 3000000 + i, \(admin), 1000000 + i, 'S', \(now), 'NONE', 3000000 + i, \(now) - i FROM n"
                )
                try add(
                    thread
                        + "SELECT 5000000 + i, 2000000 + i, \(ada), 'S', \(now), 'NONE', 5000000 + i, \(now) - i FROM n"
                )
                try tx.run(thread + "VALUES (4000000, \(admin), \(ada), 'Long', \(now), 'NONE', 4100000, \(now))")
                let mail = "INSERT INTO inmail (number, thread, seat, from_member, subject, text, sent_ms) "
                try add(mail + "SELECT 3000000 + i, 3000000 + i, \(admin), 0, 'S', 'T', \(now) - i FROM n")
                try add(mail + "SELECT 4000000 + i, 4000000, \(admin), i % 2, 'S', 'T', \(now) FROM n")
                try add(mail + "SELECT 5000000 + i, 5000000 + i, 2000000 + i, 0, 'S', 'T', \(now) - i FROM n")
                try add(
                    """
                    INSERT INTO recruiter_note (number, contract, seat, member, text, visibility, active, created_ms, modified_ms)
                    SELECT 3000000 + i, 5000, \(admin), \(ada), 'N', 'ORGANIZATION', 1, \(now) - i, \(now) - i FROM n
                    """)
                try add(
                    "INSERT INTO project (number, contract, seat, name, archived, created_ms) SELECT 7000000 + i, 5000, \(admin), 'P' || i, 0, \(now) FROM n"
                )
                let saved = "INSERT INTO project_member (project, member, stage, seat, saved_ms) "
                try add(saved + "SELECT 7000001, 1000000 + i, 'UNCONTACTED', \(admin), \(now) FROM n")
                try add(saved + "SELECT 7000000 + i, \(ada), 'UNCONTACTED', \(admin), \(now) FROM n")
                try add(
                    """
                    INSERT INTO push (application, url, type, request_id, subject, body, signature, created_ms, expires_ms, ends_ms, attempts, status, outcome)
                    SELECT \(application), 'https://ats.example.com/callback', 'EXPORT_CANDIDATE_PROFILE', '6' || printf('%07d', i - 1), '',
                           CAST('{}' AS BLOB), '', \(now), \(now), \(now), 1, 500, 'answered 500' FROM n
                    """)
                try add(
                    """
                    INSERT INTO export (request_id, tenancy, member, job, seat, utc_month, created_ms, expires_ms)
                    SELECT '6' || printf('%07d', i - 1), \(tenancy), \(ada), 'J-1', \(admin), \(month), \(now) - i, \(now) FROM n
                    """)
                let entity =
                    "INSERT INTO entity (tenancy, kind, parent, id, stored_ms, reference, body) SELECT \(tenancy), "
                let times =
                    #""atsCreatedAt":' || (1760000000000 + i) || ',"atsLastModifiedAt":' || (1760000000000 + i) || '"#
                try add(
                    entity
                        + #"4, '', 'A-' || i, \#(now), 'C-1', CAST('{\#(times),"atsCandidateId":"C-1","atsJobPostingId":"J-' || i || '","atsJobPostingName":"Engineer"}' AS BLOB) FROM n"#
                )
                try add(
                    entity
                        + #"3, 'C-1', 'N-' || i, \#(now), NULL, CAST('{\#(times),"note":"Called her."}' AS BLOB) FROM n"#
                )
                try add(
                    entity
                        + #"6, 'A-1', 'S-' || i, \#(now), NULL, CAST('{\#(times),"stage":"Interview"}' AS BLOB) FROM n"#
                )
                try add(
                    entity
                        + #"1, '', 'J-' || i, \#(now), NULL, CAST('{"title":"Engineer ' || i || '","location":"Austin, TX"}' AS BLOB) FROM n"#
                )
                try add(
                    """
                    INSERT INTO job_posting (tenancy, id, listed, availability, expires_ms, settled_ms)
                    SELECT \(tenancy), 'J-' || i, 1, 'PUBLIC', \(now) + 1000000, 0 FROM n
                    """)
            }
        }
    }
}
