// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import Testing

@testable import Sandbox

/// Seats in bulk, through the file of LinkedIn's admin centre.
@Suite struct SeatFileTests {
    private func stage() async throws -> (RecruiterStage, PageVisitor) {
        let stage = try await RecruiterStage()
        return (stage, try await PageVisitor(stage.world.sandbox).signIn(stage.rita))
    }

    private func agreed(_ page: String) throws -> String {
        let start = try #require(page.firstRange(of: "name=\"agreed\" value=\""))
        return String(page[start.upperBound...].prefix { $0 != "\"" })
    }

    private static let path = "/talent/admin/seats/import"

    @Test func `a download that is loaded up again changes nothing, whatever state the seats are in`() async throws {
        let (stage, visitor) = try await stage()
        for (name, state) in [("Pia", "PARKED"), ("Ivo", "INVITED"), ("Ina", "INACTIVE"), ("=Eve", "ACTIVE")] {
            _ = try await stage.seat(name, state: state)
        }
        let file = try await visitor.get("/talent/admin/seats/export.csv")
        #expect(file.header("content-disposition")?.contains("seats-5000.csv") == true)
        #expect(
            file.text.hasPrefix(
                "invited_email_address,preferred_first_name,preferred_last_name,seat_id,recruiter_license_current_status,admin_seat_permission,sourcer_add_prospect_permission\r\n"
            ))
        #expect(file.text.contains("rita.moss@example.com,Rita,Moss,\(stage.rita),active,active,active\r\n"))
        // A spreadsheet must not take a name for a formula.
        #expect(file.text.contains(",'=Eve,Moss,"))
        _ = try await visitor.get(Self.path)
        let page = try await visitor.post(Self.path, [("contract", "5000"), ("csv", file.text)]).text
        #expect(page.contains("0 users would change, 5 stay as they are, 0 lines cannot be done."), "\(page)")
    }

    @Test func `every line says what it would do or what is wrong, and only what was agreed to happens`() async throws {
        let (stage, visitor) = try await stage()
        let pia = try await stage.seat("Pia", state: "PARKED")
        let ina = try await stage.seat("Ina")
        let file = """
            \u{FEFF}invited_email_address,preferred_first_name,preferred_last_name,seat_id,recruiter_license_current_status,admin_seat_permission,department_name,groups
            new@example.com,Nia,"New, <b>",,active,,Finance,"UK, Tech"
            rita.moss@example.com,,,,inactive,,,
            pia@example.com,Pia,Moss,\(pia),active,active,,
            ina@example.com,,,\(ina),inactive,,Sales,
            noname@example.com,,,,active,,,
            not an address,A,B,,active,,,
            x@example.com,A,B,99,active,,,
            y@example.com,A,B,,maybe,,,
            new@example.com,A,B,,active,,,
            short@example.com,A

            """
        _ = try await visitor.get(Self.path)
        let preview = try await visitor.post(Self.path, [("contract", "5000"), ("csv", file)])
        let page = preview.text
        #expect(preview.status == 200)
        #expect(page.contains("3 users would change, 0 stay as they are, 7 lines cannot be done."))
        for text in [
            "is invited", "Parked → Active", "gets ADMIN_SEAT", "Active → No licence, department_name",
            "is the last active admin", "preferred_first_name is missing for a new user", "is no e-mail address",
            "seat_id 99 is no seat of this contract", "must be active or inactive", "the e-mail is that of line 2 too",
            "has 2 cells, and the first line has 8", "department_name, groups",
        ] { #expect(page.contains(text), "\(text)") }
        #expect(!page.contains("<b>"))
        #expect(
            try await stage.elements("/v2/seatsV2?q=attributes&contracts=\(RecruiterStage.contract)&start=0").count == 3
        )
        // Another admin changes a seat between preview and agreement.
        try await stage.world.control("POST", "seats/\(ina)", ["state": "PARKED"])
        let late = try await visitor.post(
            Self.path + "/apply", [("contract", "5000"), ("csv", file), ("agreed", try agreed(page))])
        #expect(late.status == 409 && late.text.contains("have changed since the preview"))
        #expect(
            try await stage.elements("/v2/seatsV2?q=attributes&contracts=\(RecruiterStage.contract)&start=0").count == 3
        )
        let done = try await visitor.post(
            Self.path + "/apply", [("contract", "5000"), ("csv", file), ("agreed", try agreed(late.text))])
        #expect(done.header("location") == "/talent/admin/seats?contract=5000&done=seats-imported", "\(done.text)")
        let seats = try await stage.elements("/v2/seatsV2?q=attributes&contracts=\(RecruiterStage.contract)&start=0")
        func seat(_ email: String) -> JSONValue? { seats.first { $0["email"]?.string == email } }
        #expect(seat("new@example.com")?["state"] == "INVITED" && seat("new@example.com")?["lastName"] == "New, <b>")
        #expect(seat("pia@example.com")?["state"] == "ACTIVE")
        #expect(seat("pia@example.com")?["seatRoles"]?.array?.contains("ADMIN_SEAT") == true)
        // A parked seat reads inactive already.
        #expect(seat("ina@example.com")?["state"] == "PARKED")
        #expect(seat("rita.moss@example.com")?["state"] == "ACTIVE")
        // Columns that mean nothing here come back as they went in.
        let back = try await visitor.get("/talent/admin/seats/export.csv?contract=5000").text
        #expect(back.contains("permission,department_name,groups\r\n") && back.contains(",Finance,\"UK, Tech\"\r\n"))
        #expect(back.contains(",Sales,\r\n"))
        // A file without them leaves them alone.
        let few = "invited_email_address,preferred_first_name\nnew@example.com,Nina\n"
        _ = try await visitor.get(Self.path)
        let small = try await visitor.post(Self.path, [("contract", "5000"), ("csv", few)]).text
        _ = try await visitor.post(
            Self.path + "/apply", [("contract", "5000"), ("csv", few), ("agreed", try agreed(small))])
        #expect(
            try await visitor.get("/talent/admin/seats/export.csv").text.contains("new@example.com,Nina,\"New, <b>\""))
        #expect(try await visitor.get("/talent/admin/seats/export.csv").text.contains(",Finance,\"UK, Tech\"\r\n"))
    }

    @Test(arguments: [
        ("", "the file is empty"), ("a,b\n1,2\n", "invited_email_address is missing"),
        ("invited_email_address,x,X\n", "the column x is there twice"),
        ("invited_email_address\n\"a@b.de\n", "never closed"),
        ("invited_email_address\na\"b\n", "in the middle of a field"),
    ])
    func `a file that cannot be read is refused as a whole, with the line`(file: String, why: String) async throws {
        let (_, visitor) = try await stage()
        _ = try await visitor.get(Self.path)
        let answer = try await visitor.post(Self.path, [("contract", "5000"), ("csv", file)])
        #expect(answer.status == 422 && answer.text.contains(why) && answer.text.contains("Nothing was changed"))
    }

    @Test func `a file that a browser loads up is read like text that is pasted`() async throws {
        let (stage, visitor) = try await stage()
        let page = try await visitor.get(Self.path).text
        let token = try #require(
            page.firstRange(of: "name=\"csrf\" value=\"").map { page[$0.upperBound...].prefix { $0 != "\"" } })
        let file =
            "invited_email_address,preferred_first_name,preferred_last_name\r\n\"é\"\"@example.com\",Zoë,Ω\r\nzoe@example.com,Zoë,Ω\r\n"
        let parts = [
            ("csrf\"", String(token)), ("contract\"", "5000"), ("csv\"", ""),
            ("file\"; filename=\"s.csv\"\r\nContent-Type: text/csv", file),
        ]
        let body =
            parts.map { "--X7\r\nContent-Disposition: form-data; name=\"\($0.0)\r\n\r\n\($0.1)\r\n" }.joined()
            + "--X7--\r\n"
        let answer = try await visitor.send(
            "POST", Self.path, Array(body.utf8), headers: [("content-type", "multipart/form-data; boundary=X7")])
        #expect(answer.status == 200, "\(answer.text)")
        #expect(answer.text.contains("is added without a licence") && answer.text.contains("Zoë,Ω"))
        _ = stage
    }

    @Test func `a great many wrong lines are all said, on a page that stays small`() async throws {
        let (_, visitor) = try await stage()
        let file = "invited_email_address\n" + (0..<3_000).map { "bad \($0)\n" }.joined()
        _ = try await visitor.get(Self.path)
        let page = try await visitor.post(Self.path, [("contract", "5000"), ("csv", file)]).text
        #expect(page.contains("3,000 lines cannot be done") && page.contains("line 3001: bad 2999"))
        #expect(page.split(separator: "<tr><td>").count < 120)
    }
}
