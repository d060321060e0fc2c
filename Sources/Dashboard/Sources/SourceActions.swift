// SPDX-License-Identifier: Apache-2.0

import Domain
import Store
import Web

/// Running, scheduling, secrets, removal.
enum SourceActions {
    static let routes: [DashboardRoute] = [
        .post("/ui/customers/{id}/sources/{name}/run", .operator, run),
        .post("/ui/customers/{id}/sources/{name}/stop", .operator, stop),
        .post("/ui/customers/{id}/sources/{name}/schedule", .operator, schedule),
        .post("/ui/customers/{id}/sources/{name}/secrets", .operator, setSecret),
        .post("/ui/customers/{id}/sources/{name}/secrets/remove", .operator, removeSecret),
        .get("/ui/customers/{id}/sources/{name}/remove", .operator, confirmRemoval),
        .post("/ui/customers/{id}/sources/{name}/remove", .operator, remove),
    ]

    /// Does something to the source that the path names, with its entry in the audit.
    private static func change(
        _ call: DashboardCall, _ action: String, done: String, _ note: String = "",
        _ body: @escaping @Sendable (StoreTransaction, StoredSource, Customer) throws -> Void
    ) async throws -> WebResponse {
        let customer = try await call.customer()
        let (name, now) = (call.values[1], call.now)
        let entry = call.entry(action, "source \(name)\(note)", of: customer)
        let isKnown = try await call.store.write { tx in
            guard let source = try tx.source(name, customer: customer.number) else { return false }
            try body(tx, source, customer)
            try tx.audit(entry, at: now)
            return true
        }
        guard isKnown else { throw DashboardProblem.unknownSource(customer) }
        return .see("\(SourcePages.base(customer))/\(name.urlComponent)?done=\(done)")
    }

    private static func run(_ call: DashboardCall) async throws -> WebResponse {
        let (now, isFull, who) = (call.now, call.form.has("full"), call.visitor.account.name)
        return try await change(call, "source.run", done: "source-asked", isFull ? ", everything" : "") {
            tx, source, customer in
            _ = try tx.askForRun(of: source.name, isFull: isFull, by: who, customer: customer.number, at: now)
        }
    }

    private static func stop(_ call: DashboardCall) async throws -> WebResponse {
        let now = call.now
        return try await change(call, "source.stop", done: "source-stopped") { tx, source, customer in
            try tx.stopSource(source.name, customer: customer.number, at: now)
        }
    }

    private static func schedule(_ call: DashboardCall) async throws -> WebResponse {
        let (now, form) = (call.now, call.form)
        let schedule: SourceSchedule?
        switch form["when"] {
        case "every":
            let minutes = form["every"].flatMap { Int($0) }.map { form["unit"] == "minutes" ? $0 : $0 &* 60 }
            schedule = SourceSchedule("every \(minutes ?? 0)")
        case "daily": schedule = SourceSchedule("daily \(form["clock"] ?? "")")
        default: schedule = nil
        }
        let customer = try await call.customer()
        guard schedule != nil || form["when"] == "never" else {
            throw DashboardProblem(
                status: 422, title: "When shall it run?",
                text: "Write 1 minute to 7 days, or a time of day such as 02:30. The schedule is as it was.",
                links: [Link("Back to the source", "\(SourcePages.base(customer))/\(call.values[1].urlComponent)")])
        }
        return try await change(call, "source.schedule", done: "saved", ", \(schedule?.text ?? "never")") {
            [schedule, was = form.exact("was")] tx, source, customer in
            guard was == nil || was == source.schedule?.text ?? "" else {
                throw DashboardProblem(
                    status: 409, title: "Somebody else changed the schedule",
                    text: "It is now: \(source.schedule?.words ?? "when somebody asks"). Nothing of yours was saved.",
                    links: [Link("Back to the source", "\(SourcePages.base(customer))/\(source.name.urlComponent)")])
            }
            _ = try tx.setSourceSchedule(schedule, of: source.name, customer: customer.number, at: now)
        }
    }

    private static func setSecret(_ call: DashboardCall) async throws -> WebResponse {
        let customer = try await call.customer()
        let (name, now, value) = (call.values[1], call.now, call.form.exact("value") ?? "")
        guard let variable = call.form["variable"], isVariable(variable), !value.isEmpty, value.utf8.count <= 4_000
        else {
            throw DashboardProblem(
                status: 422, title: "That is no secret",
                text: "A name has letters, digits and underscores; a value has 1 to 4,000 bytes. Nothing was saved.",
                links: [Link("Back to the source", "\(SourcePages.base(customer))/\(name.urlComponent)")])
        }
        let sealed = try call.store.vault.seal(
            value, for: StoredSource.secretPurpose(customer.id, name, variable))
        return try await change(call, "source.secret", done: "secret-saved", ", \(variable)") { tx, source, customer in
            try tx.setSourceSecret(variable, to: sealed, of: source.name, customer: customer.number, at: now)
        }
    }

    private static func removeSecret(_ call: DashboardCall) async throws -> WebResponse {
        let variable = call.form["variable"] ?? ""
        return try await change(
            call, "source.secret.remove", done: "saved", isVariable(variable) ? ", \(variable)" : ""
        ) {
            tx, source, customer in
            try tx.removeSourceSecret(variable, of: source.name, customer: customer.number)
        }
    }

    static func isVariable(_ text: String) -> Bool {
        (1...80).contains(text.utf8.count) && text.first.map { !$0.isNumber } ?? false
            && text.utf8.allSatisfy { byte in
                byte == UInt8(ascii: "_") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
            }
    }

    private static func confirmRemoval(_ call: DashboardCall) async throws -> WebResponse {
        let customer = try await call.customer()
        let name = call.values[1]
        guard try await call.store.read({ try $0.source(name, customer: customer.number) }) != nil else {
            throw DashboardProblem.unknownSource(customer)
        }
        let path = "\(SourcePages.base(customer))/\(name.urlComponent)"
        return call.page(
            ConfirmPage(
                title: "Remove this source?",
                texts: [
                    "The mapping with its revisions, its secrets, its runs and how far it was read are forgotten.",
                    "Records that were read stay, here and at LinkedIn.",
                ], action: path + "/remove", button: "Remove the source", back: path), of: customer)
    }

    private static func remove(_ call: DashboardCall) async throws -> WebResponse {
        let customer = try await call.customer()
        _ = try await change(call, "source.remove", done: "removed") { tx, source, customer in
            _ = try tx.removeSource(source.name, customer: customer.number)
        }
        return .see("\(SourcePages.base(customer))?done=removed")
    }
}
