// SPDX-License-Identifier: Apache-2.0

import Domain
import Foundation
import JSONBytes
import Store
import Web

/// What recruiters did at LinkedIn and members sent: exports, conversations, notes, shared profiles.
enum Inbox {
    static let routes: [DashboardRoute] =
        ExportPages.routes + ThreadPages.routes + NotePages.routes + SharedProfilePages.routes + RecruiterPages.routes

    static func base(_ customer: Customer) -> String { "/ui/customers/\(customer.id)/inbox" }

    static func tabs(_ customer: Customer, _ current: String, open: Int) -> [PageTab] {
        let base = base(customer)
        let exports = open == 0 ? "Exports" : "Exports (\(open > 10_000 ? "over 10,000" : Wording.count(open)) open)"
        return [
            PageTab(exports, base, current == "exports"),
            PageTab("InMail", base + "/threads", current == "threads"),
            PageTab("Recruiters' notes", base + "/notes", current == "notes"),
            PageTab("Shared profiles", base + "/profiles", current == "profiles"),
            PageTab("Recruiters", base + "/recruiters", current == "recruiters"),
        ]
    }

    static func openExports(_ tx: StoreTransaction, _ customer: Customer) throws -> Int {
        try tx.openExportCount(customer: customer.number, upTo: 10_001)
    }
}

/// Where LinkedIn's data came from and until when it is kept, in words.
struct Keeping: Sendable {
    let policy: RetentionPolicy

    init(_ tx: StoreTransaction, _ customer: Customer) throws {
        policy = try tx.retentionPolicy(customer: customer.number)
    }

    func says(_ kind: RetentionKind, receivedAt: Millis) -> String {
        guard let days = policy.days[kind] else {
            return "From LinkedIn. Kept until the account is closed or the person is erased."
        }
        let end = receivedAt + .seconds(days * 86_400)
        return "From LinkedIn. Kept until \(Wording.time(end.value).prefix(10))."
    }
}

extension String {
    /// At the most so many characters, for a list.
    func excerpt(_ length: Int = 160) -> String {
        // A text of a megabyte is not walked through.
        let start = prefix(length + 1)
        return start.count > length ? String(start.prefix(length)) + "…" : self
    }
}

/// A name and its value, as a profile or an event shows it.
struct Fact: Sendable {
    var label: String
    var value: String
    /// Only for addresses of the web.
    var link: String?

    init(_ label: String, _ value: String) {
        self.label = label
        self.value = value
        link = value.hasPrefix("https://") || value.hasPrefix("http://") ? value : nil
    }

    /// A profile in our API's words; lists become one fact with commas.
    static func profile(_ json: [UInt8]) -> [Fact] {
        guard let object = (try? JSONValue(parsing: json))?.object else { return [] }
        return object.compactMap { name, value in
            let text = text(value)
            return text.isEmpty || name == "person" ? nil : Fact(labels[name] ?? name, text)
        }
    }

    private static func text(_ value: JSONValue) -> String {
        switch value {
        case .null: ""
        case .string(let text): text
        case .array(let values): values.map(text).filter { !$0.isEmpty }.joined(separator: ", ")
        default: String(decoding: value.bytes, as: UTF8.self)
        }
    }

    private static let labels = [
        "firstName": "First name", "lastName": "Last name", "headline": "Headline", "currentCompany": "Company",
        "currentCompanies": "Companies", "currentTitle": "Title", "location": "Place", "profileUrl": "Profile",
        "email": "E-mail", "emails": "E-mails", "phone": "Phone", "jobId": "Job",
    ]
}
