// SPDX-License-Identifier: Apache-2.0

import Crypto
import Domain
import Web

/// What an edited thing is now, field by field, so that the second of two people who edit it is told.
///
/// The page that shows the form puts `edited.revision` into a hidden field called `revision`; whoever saves asks first:
///
///     let edited = EditedThing([("Name", "name", customer.name), ("Mapping", "mapping", text)])
///     if let answer = call.conflict(with: edited, back: Link("The customer", base), of: customer) { return answer }
///
/// Read the fields in the transaction that saves (or compare there once more) when a lost race in between would matter.
struct EditedThing: Sendable {
    struct Field: Sendable {
        var label: String
        /// Of the form's field.
        var name: String
        var value: String
    }

    static let field = "revision"
    var fields: [Field]

    init(_ fields: [(label: String, name: String, value: String)]) {
        self.fields = fields.map { Field(label: $0.label, name: $0.name, value: $0.value) }
    }

    /// Two things with the same words have the same revision.
    var revision: String {
        var hash = SHA256()
        for field in fields {
            hash.update(data: Array("\(field.name.utf8.count):\(field.name)\(field.value.utf8.count):".utf8))
            hash.update(data: Array(field.value.utf8))
        }
        return hash.finalize().prefix(12).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}

extension DashboardCall {
    /// The page for somebody whose form shows an older thing than there is now: both versions side by side, what was entered kept, and
    /// a button that saves it over the other.
    ///
    /// - Parameters:
    ///   - edited: what is stored now.
    ///   - back: the page that shows what is stored.
    /// - Returns: nil when the form shows the newest.
    func conflict(with edited: EditedThing, back: Link, of customer: Customer? = nil) -> WebResponse? {
        guard form[EditedThing.field] != edited.revision else { return nil }
        return page(ConflictPage(edited, form, action: path, back: back), of: customer, status: 409)
    }
}

struct ConflictPage: Page {
    static let template = PageTemplate("conflict", utf8: PackageResources.conflict_mustache)

    struct Row: Sendable {
        var label: String
        var name: String
        var theirs: String
        var mine: String
        var differs: Bool
        /// Several lines: it can be changed on the spot.
        var isLong: Bool
    }

    struct Kept: Sendable {
        var name: String
        var value: String
    }

    var title = "Somebody else changed this"
    var action: String
    var back: Link
    var revision: String
    var hasShort: Bool
    var short: [Row]
    var long: [Row]
    var kept: [Kept]

    init(_ edited: EditedThing, _ form: FormFields, action: String, back: Link) {
        self.action = action
        self.back = back
        revision = edited.revision
        let rows = edited.fields.map { field in
            let mine = form.all(field.name).joined(separator: "\n").replacing("\r\n", with: "\n")
            return Row(
                label: field.label, name: field.name, theirs: field.value, mine: mine, differs: mine != field.value,
                isLong: mine.contains("\n") || field.value.contains("\n"))
        }
        short = rows.filter { !$0.isLong }
        hasShort = !short.isEmpty
        long = rows.filter(\.isLong)
        let own = Set([FormToken.field, EditedThing.field] + long.map(\.name))
        kept = form.pairs.filter { !own.contains($0.name) }.map { Kept(name: $0.name, value: $0.value) }
    }
}
