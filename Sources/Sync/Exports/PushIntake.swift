// SPDX-License-Identifier: Apache-2.0

import Domain
import JSONBytes
import SQLFile
import Store

/// Stores what a push announced and tells the ATS, in one transaction that also ends the push: what was ended before does nothing.
struct PushIntake {
    let tx: SQLTransaction
    let customer: Customer
    let now: Millis

    private var number: Int64 { customer.number }

    @discardableResult
    func end(_ push: StoredPush, _ state: StoredPush.State, reason: String? = nil) throws -> Bool {
        let isNew = try tx.settlePush(push.id, state, reason: reason, customer: number, at: now)
        if isNew { PushMetrics.ended(push.type, state) }
        return isNew
    }

    /// A notification of a type that nobody told us about: the ATS sees it as it came.
    func showUnknown(_ push: StoredPush) throws {
        guard try end(push, .unknown, reason: "the type is not known") else { return }
        var data: JSONObject = ["id": .string(push.id), "type": .string(push.type)]
        data["body"] = push.body.flatMap { try? JSONValue(parsing: $0) } ?? .null
        try tx.append(
            NewEvent(.unknownPush, isFromLinkedIn: true, data: JSONValue.object(data).bytes), customer: number, at: now)
    }

    func take(_ integrations: [PortIntegration], _ push: StoredPush) throws {
        guard integrations.allSatisfy({ isOurs($0.ref.context) }) else { return try refuseForeign(push) }
        guard try end(push, .done) else { return }
        for integration in integrations {
            try tx.setIntegration(
                customer: number, type: integration.ref.type, context: integration.ref.context,
                name: integration.name ?? "", status: integration.status, at: now)
        }
    }

    func take(_ exports: [PortExport], _ push: StoredPush) throws {
        guard exports.allSatisfy({ $0.context.map(isOurs) ?? true }) else { return try refuseForeign(push) }
        // Who was erased after the recruiter exported them, and before this commit, must not come back with it: no tie, no event, no row.
        let kept = try exports.enumerated().filter { _, export in
            try !tx.isForgotten(person: export.person, since: push.receivedAt, customer: number)
        }
        let areGone = kept.isEmpty && !exports.isEmpty
        guard try end(push, .done, reason: areGone ? "whom it is about was erased meanwhile" : nil) else { return }
        for (index, export) in kept {
            // One request is one member, as far as anybody has seen.
            try take(export, request: index == 0 ? push.id : "\(push.id)#\(index)")
        }
    }

    private func take(_ export: PortExport, request: String) throws {
        let (tie, suggested) = try tx.identify(
            CandidateTraces(export.profile, person: export.person), person: export.person, customer: number, at: now)
        var stored = CandidateExport(
            request: request, person: export.person, job: export.job, candidate: tie?.candidate, tiedBy: tie?.source,
            profile: export.profile.json.bytes, at: now)
        if let tie, let job = export.job {
            stored.application = try tx.application(of: tie.candidate, job: job, customer: number)
        }
        guard try tx.storeExport(stored, customer: number) else { return }
        if let tie {
            try tx.setManualMatch(candidate: tie.candidate, person: export.person, customer: number, at: now)
        }
        try tx.append(
            NewEvent(
                .exportReceived, candidate: tie?.candidate, person: export.person, isFromLinkedIn: true,
                data: Self.event(stored, export.profile, suggested).bytes), customer: number, at: now)
    }

    /// Everything that the ATS needs to make or change its own records.
    private static func event(_ export: CandidateExport, _ profile: ExportedProfile, _ suggested: [String]) -> JSONValue
    {
        [
            "export": .string(export.request), "person": .string(export.person),
            "jobId": export.job.map { .string($0) } ?? .null,
            "candidateId": export.candidate.map { .string($0) } ?? .null,
            "applicationId": export.application.map { .string($0) } ?? .null,
            "tiedBy": export.tiedBy.map { .string($0.name) } ?? .null,
            "suggestions": .array(suggested.map { .string($0) }), "profile": profile.json, "source": "LinkedIn",
            "answer": .string("/api/v1/exports/\(export.request.pathSegment)"),
        ]
    }

    /// The address names one customer and LinkedIn's answer another: nothing of it is kept.
    private func refuseForeign(_ push: StoredPush) throws {
        try end(push, .refused, reason: "what it announces belongs to another organization")
    }

    private func isOurs(_ context: String) -> Bool {
        context == "urn:li:organization:\(customer.organization)"
            || customer.contracts.contains { context == "urn:li:contract:\($0)" }
    }
}

extension ExportedProfile {
    /// In our API's words; what LinkedIn did not say is left out.
    var json: JSONValue {
        var object = JSONObject()
        func set(_ name: String, _ value: String?) { object[name] = value.map(JSONValue.string) }
        set("firstName", firstName)
        set("lastName", lastName)
        set("headline", headline)
        set("currentCompany", companies.first)
        if companies.count > 1 { object["currentCompanies"] = .array(companies.map { .string($0) }) }
        set("currentTitle", title)
        set("location", location)
        set("profileUrl", profileURL)
        set("email", emails.first)
        if emails.count > 1 { object["emails"] = .array(emails.map { .string($0) }) }
        set("phone", phone)
        return .object(object)
    }
}

extension String {
    /// As one segment of a URL's path: unreserved characters stay (RFC 3986).
    fileprivate var pathSegment: String {
        let hex = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                bytes.append(byte)
            default: bytes += [UInt8(ascii: "%"), hex[Int(byte >> 4)], hex[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
