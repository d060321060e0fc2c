// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import Sandbox
import Testing

@Suite struct SeatSignInTests {
    @Test func `a world without seats offers to make some, once`() async throws {
        let world = try await TestSandbox()
        let visitor = PageVisitor(world.sandbox)
        #expect(try await visitor.get("/talent/sign-in").text.contains("Make a contract with three seats"))
        for _ in 0..<2 { #expect(try await visitor.post("/talent/sign-in/sample").status == 303) }
        let seats = try await world.control("GET", "seats")["seats"]?.array ?? []
        #expect(seats.count == 3)
        #expect(seats.filter { $0["roles"]?.array?.contains("ADMIN_SEAT") == true }.count == 1)
        let page = try await visitor.get("/talent/sign-in").text
        #expect(page.components(of: "name=\"seat\"") == 3)
    }

    @Test func `active seats are listed by contract, found by name, and lead to where the person wanted to go`()
        async throws
    {
        let desk = try await Recruiting()
        try await desk.world.control(
            "POST", "seats",
            [
                "contract": 5000, "email": "pia@example.com", "first_name": "Pia", "last_name": "Park",
                "state": "PARKED",
            ])
        let visitor = PageVisitor(desk.world.sandbox)
        let page = try await visitor.get("/talent/sign-in").text
        #expect(page.contains("Contract 5000") && page.contains("rita@example.com"))
        #expect(!page.contains("pia@example.com"))
        #expect(try await visitor.get("/talent/sign-in?q=nobody%25").text.contains("Nobody of that name"))
        let search = try await visitor.get("/talent/projects")
        #expect(search.status == 303 || search.status == 404)
        let signedIn = try await visitor.post(
            "/talent/sign-in", [("seat", String(desk.seat)), ("to", "/talent/search?q=a")])
        #expect(signedIn.header("location") == "/talent/search?q=a")
        let elsewhere = try await visitor.post(
            "/talent/sign-in", [("seat", String(desk.seat)), ("to", "//elsewhere.example/")])
        #expect(elsewhere.header("location") == "/talent")
        #expect(try await visitor.get("/talent/sign-in").text.contains("rita Moss"))
        #expect(try await visitor.post("/talent/sign-out").header("location") == "/talent/sign-in?done=signed-out")
        #expect(try await visitor.get("/talent/sign-in?done=signed-out").text.contains("You are signed out."))
    }

    @Test(arguments: [
        ("pia@example.com", "PARKED"), ("ivo@example.com", "INVITED"), ("ina@example.com", "INACTIVE"),
        ("ada@post.example", "no seat on any contract"), ("nobody@post.example", "No member has that e-mail"),
    ])
    func `who has no active seat is refused and told why`(email: String, reason: String) async throws {
        let desk = try await Recruiting()
        for (name, state) in [("pia", "PARKED"), ("ivo", "INVITED"), ("ina", "INACTIVE")] {
            try await desk.world.control(
                "POST", "seats",
                [
                    "contract": 5000, "email": .string("\(name)@example.com"), "first_name": .string(name),
                    "last_name": "Moss", "state": .string(state),
                ])
        }
        let visitor = PageVisitor(desk.world.sandbox)
        _ = try await visitor.get("/talent/sign-in")
        let refused = try await visitor.post("/talent/sign-in", [("email", email)])
        #expect(refused.status == 403)
        #expect(refused.text.contains("You have no Recruiter seat") && refused.text.contains(reason))
    }

    @Test func `a seat that is parked while its recruiter is signed in is out`() async throws {
        let desk = try await Recruiting()
        let visitor = try await PageVisitor(desk.world.sandbox).signIn(desk.seat)
        #expect(try await visitor.get("/talent/sign-in").text.contains("Sign in"))
        try await desk.world.control("POST", "seats/\(desk.seat)", ["state": "PARKED"])
        #expect(try await visitor.get("/talent/sign-in").text.contains("No seat is active"))
        _ = try await visitor.get("/talent/sign-in")
        #expect(try await visitor.post("/talent/sign-in", [("seat", String(desk.seat))]).status == 403)
    }

    @Test func `a sign-in page that is older than the sandbox is shown again, and signs nobody in`() async throws {
        let desk = try await Recruiting()
        let visitor = PageVisitor(desk.world.sandbox)
        _ = try await visitor.get("/talent/sign-in")
        let old = try await visitor.post(
            "/talent/sign-in", [("seat", String(desk.seat)), ("to", "/talent/inbox")], token: "x")
        #expect(old.status == 303)
        let again = try await visitor.get(try #require(old.header("location"))).text
        #expect(again.contains("Please choose once more") && again.contains(#"name="to" value="/talent/inbox""#))
        #expect(try await visitor.get("/talent/inbox").status == 303)
    }
}

extension String {
    /// How often `part` stands in the text.
    func components(of part: String) -> Int { ranges(of: part).count }
}
