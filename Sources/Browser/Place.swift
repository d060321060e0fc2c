// SPDX-License-Identifier: Apache-2.0

/// Something on a page: what a person would call it, or a CSS selector.
package struct Place: Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
    let kind: String
    let text: String

    /// The link, button, field or other control of this accessible name. The whole name is preferred to a part of one, and what is
    /// shown to what is hidden.
    package static func named(_ name: String) -> Place { Place(kind: "name", text: name) }

    package static func css(_ selector: String) -> Place { Place(kind: "css", text: selector) }

    private init(kind: String, text: String) {
        self.kind = kind
        self.text = text
    }

    /// A name.
    package init(stringLiteral value: String) { self.init(kind: "name", text: value) }

    package var description: String { kind == "css" ? text : "“\(text)”" }
}
