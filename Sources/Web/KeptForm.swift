// SPDX-License-Identifier: Apache-2.0

/// A form whose session had ended when it was sent. It is shown for another press once somebody is signed in: nothing is done before.
package struct KeptForm: Sendable, Hashable {
    /// Where it was sent to.
    package var path: LocalPath
    package var fields: FormFields
    /// Whose session it was, if that is known: it is shown to nobody else.
    package var account: Int64?

    /// - Returns: nil for a path that is none of ours.
    package init?(path: String, fields: FormFields, account: Int64? = nil) {
        guard let path = LocalPath(path) else { return nil }
        self.path = path
        // Secrets are typed again.
        self.fields = FormFields(
            fields.pairs.filter { pair in
                pair.name != FormToken.field && !["password", "secret"].contains { pair.name.contains($0) }
            })
        self.account = account
    }
}

/// What was entered, and a button that sends it.
package struct KeptPage: Page {
    package static let template = PageTemplate("kept", utf8: PackageResources.kept_mustache)

    package struct Field: Sendable {
        package var name: String
        package var label: String
        package var value: String
    }

    package var title = "Send it again?"
    package var why: String
    package var action: String
    package var fields: [Field]
    /// Those that say something.
    package var shown: [Field]
    /// Where to go without sending it.
    package var leave: String

    package init(_ form: KeptForm, why: String, leave: String) {
        self.why = why
        self.leave = leave
        action = form.path.text
        fields = form.fields.pairs.map { pair in
            let words = pair.name.replacing("_", with: " ").replacing("-", with: " ")
            return Field(name: pair.name, label: words.prefix(1).uppercased() + words.dropFirst(), value: pair.value)
        }
        shown = fields.filter { !$0.value.isEmpty }
    }
}
