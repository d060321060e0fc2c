// SPDX-License-Identifier: Apache-2.0

import Web

/// What a list says when there is nothing in it, and what to do next.
struct EmptyBox: Sendable {
    var title: String
    var text: String
    var link: Link?

    init(_ title: String, _ text: String, link: Link? = nil) {
        self.title = title
        self.text = text
        self.link = link
    }
}

/// One of the things that a form offers.
struct Choice: Sendable {
    var value: String
    var label: String
    var isChosen: Bool

    init(_ value: String, _ label: String, isChosen: Bool) {
        self.value = value
        self.label = label
        self.isChosen = isChosen
    }
}

/// One of the tabs above a page's content.
struct PageTab: Sendable {
    var label: String
    var href: String
    var isCurrent: Bool

    init(_ label: String, _ href: String, _ isCurrent: Bool) {
        self.label = label
        self.href = href
        self.isCurrent = isCurrent
    }
}
