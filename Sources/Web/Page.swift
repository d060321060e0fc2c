// SPDX-License-Identifier: Apache-2.0

import Mustache

/// What one screen shows: a value with the texts and numbers, and a template of the same name that lays them out.
///
/// A template sees the page's stored properties (a computed one is invisible to it), then those of `Screen`. Every value is text: the
/// template writes `{{name}}`, which is escaped, and never `{{{name}}}`; a test of each face looks.
package protocol Page: Sendable {
    static var template: PageTemplate { get }
    /// Of the browser's tab, and the page's first heading.
    var title: String { get }
}

/// The text of one page's template: what stands inside `<main>`.
package struct PageTemplate: Sendable {
    package enum Layout: String, Sendable {
        /// Product bar, navigation and content.
        case layout
        /// Content alone: a widget inside somebody else's page, a page before sign-in.
        case frame
    }

    package let name: String
    package let text: String
    fileprivate let parsed: MustacheTemplate

    /// - Parameter utf8: the file, embedded; one that does not parse is a mistake of ours and ends the process.
    package init(_ name: String, utf8: [UInt8], layout: Layout = .layout) {
        self.name = name
        text = String(decoding: utf8, as: UTF8.self)
        let whole = "{{<\(layout.rawValue)}}{{$main}}{{#page}}\(text){{/page}}{{/main}}{{/\(layout.rawValue)}}"
        do {
            parsed = try MustacheTemplate(string: whole)
        } catch {
            fatalError("template \(name): \(error)")
        }
    }
}

/// A piece of markup that several pages share, or that is sent alone to pages that are open (`LiveHub`).
package struct Fragment: Sendable {
    package let name: String
    package let text: String
    fileprivate let parsed: MustacheTemplate

    package init(_ name: String, utf8: [UInt8]) {
        self.name = name
        text = String(decoding: utf8, as: UTF8.self)
        do {
            parsed = try MustacheTemplate(string: text)
        } catch {
            fatalError("fragment \(name): \(error)")
        }
    }
}

/// Turns pages into HTML; one for each face, with the face's own fragments beside those that `Web` brings.
package struct Renderer: Sendable {
    private let library: MustacheLibrary

    package init(fragments: [Fragment] = []) {
        var library = MustacheLibrary()
        for fragment in Fragment.shared + fragments { library.register(fragment.parsed, named: fragment.name) }
        self.library = library
    }

    package func html<Content: Page>(_ page: Content, _ shell: Shell) -> [UInt8] {
        let screen = Screen(
            title: page.title, shell: shell, csrf: shell.csrf, style: Asset.style.path, script: Asset.script.path,
            icon: Asset.icon.path, page: page)
        return Array(Content.template.parsed.render(screen, library: library).utf8)
    }

    /// One fragment alone.
    package func html(_ fragment: Fragment, _ value: some Sendable) -> String {
        fragment.parsed.render(value, library: library)
    }
}

/// What the templates see around a page.
private struct Screen<Content: Page> {
    let title: String
    let shell: Shell
    let csrf: String
    let style: String
    let script: String
    let icon: String
    let page: Content
}

/// What stands around a page: the product's name, where one can go, who one is.
package struct Shell: Sendable {
    package var product: String
    /// Path of the product's first page.
    package var home: String
    /// A word on what this is, beside the product's name: `sandbox`.
    package var edition: String?
    package var groups: [NavGroup]
    package var person: Person?
    /// Said once after an action: "Saved."
    package var notice: Notice?
    /// The hidden field of every form (`{{> csrf}}`); empty before sign-in.
    package var csrf: String
    /// Which colours: nil or `recruiter`.
    package var face: String?
    /// Where the open page listens for changes (`LiveHub`).
    package var live: String?
    /// The product's name above a page that stands alone before sign-in; nil inside somebody else's page.
    package var brand: String?

    package init(
        product: String, home: String, edition: String? = nil, groups: [NavGroup] = [], person: Person? = nil,
        notice: Notice? = nil, csrf: String = "", face: String? = nil, live: String? = nil
    ) {
        self.product = product
        self.home = home
        self.edition = edition
        self.groups = groups
        self.person = person
        self.notice = notice
        self.csrf = csrf
        self.face = face
        self.live = live
    }

    package struct Person: Sendable {
        package var name: String
        package var detail: String
        /// POSTed to with the token.
        package var signOut: String
        /// Path of what they do about their own account, if there is such a page.
        package var account: String?

        package init(name: String, detail: String = "", signOut: String, account: String? = nil) {
            self.name = name
            self.detail = detail
            self.signOut = signOut
            self.account = account
        }
    }
}

package struct NavGroup: Sendable {
    package var label: String?
    package var items: [NavItem]

    package init(_ label: String? = nil, _ items: [NavItem]) {
        self.label = label
        self.items = items
    }
}

package struct NavItem: Sendable {
    package var label: String
    package var href: String
    package var isCurrent: Bool
    /// A number that wants attention, as text.
    package var badge: String?

    package init(_ label: String, _ href: String, isCurrent: Bool = false, badge: String? = nil) {
        self.label = label
        self.href = href
        self.isCurrent = isCurrent
        self.badge = badge
    }
}

/// A box with a message, coloured by `tone`.
package struct Notice: Sendable, Hashable {
    package var tone: String
    package var text: String
    /// What to do about it, if there is a place for that.
    package var link: Link?

    package init(_ tone: Tone, _ text: String, link: Link? = nil) {
        self.tone = tone.rawValue
        self.text = text
        self.link = link
    }
}

/// How good or bad something is: the colour of a badge, a notice, a bar.
package enum Tone: String, Sendable, Hashable {
    case good, warn, bad, info, quiet
}

package struct Link: Sendable, Hashable {
    package var label: String
    package var href: String

    package init(_ label: String, _ href: String) {
        self.label = label
        self.href = href
    }
}

/// A word in a small coloured box: a state.
package struct Badge: Sendable, Hashable {
    package var tone: String
    package var text: String

    package init(_ tone: Tone, _ text: String) {
        self.tone = tone.rawValue
        self.text = text
    }
}

/// A page that only says something: an error, a refusal, a result.
package struct MessagePage: Page {
    package static let template = PageTemplate("message", utf8: PackageResources.message_mustache)
    package var title: String
    package var texts: [String]
    package var links: [Link]

    package init(_ title: String, _ texts: [String], links: [Link] = []) {
        self.title = title
        self.texts = texts
        self.links = links
    }
}

/// The same for somebody who is not signed in and may go nowhere else, perhaps with one button to press.
package struct FramedMessage: Page {
    package static let template = PageTemplate("framed", utf8: PackageResources.framed_mustache, layout: .frame)
    package var title: String
    package var texts: [String]
    package var button: Button?
    package var links: [Link]

    /// A form that holds nothing but its token.
    package struct Button: Sendable {
        package var label: String
        package var action: String

        package init(_ label: String, _ action: String) {
            self.label = label
            self.action = action
        }
    }

    package init(_ title: String, _ texts: [String], button: Button? = nil, links: [Link] = []) {
        self.title = title
        self.texts = texts
        self.button = button
        self.links = links
    }
}

extension Fragment {
    /// What every face can include.
    package static let shared = [
        Fragment("layout", utf8: PackageResources.layout_mustache),
        Fragment("frame", utf8: PackageResources.frame_mustache),
        Fragment("csrf", utf8: PackageResources.csrf_mustache),
        Fragment("notice", utf8: PackageResources.notice_mustache),
        Fragment("badge", utf8: PackageResources.badge_mustache),
        Fragment("foot", utf8: PackageResources.foot_mustache),
        Fragment("pager", utf8: PackageResources.pager_mustache),
        Fragment("empty", utf8: PackageResources.empty_mustache),
        Fragment("bars", utf8: PackageResources.bars_mustache),
        Fragment("lines", utf8: PackageResources.lines_mustache),
        Fragment("meter", utf8: PackageResources.meter_mustache),
        Fragment("kept", utf8: PackageResources.kept_mustache),
    ]
}
