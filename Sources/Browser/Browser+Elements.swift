// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import NIOHTTP1

extension Browser {
    /// Clicks a link, a button or anything else, and waits for the page that follows, if one does.
    package func click(_ place: Place) async throws {
        try await until("\(place) to be clicked") {
            let found = try await element(place)
            try await run(Self.watchesLeaving)
            try await send(.POST, "/element/\(found)/click")
            return true
        }
        try await arrival()
    }

    /// Marks the page once it is about to be left for another one.
    private static let watchesLeaving = """
        navigation.addEventListener("navigate", (event) => {
            if (!event.destination.sameDocument && event.downloadRequest === null) window.isBeingLeft = true;
        });
        """

    /// Waits until a page that is being left has gone. The driver waits by itself for what it knows of, which the answer to a form is
    /// not always: the next visit would be overtaken by it. A download leads nowhere, and is waited for in vain.
    private func arrival() async throws {
        do {
            try await until(
                "the page that follows", within: .seconds(30),
                isTrue: { try await run("return !window.isBeingLeft").bool == true })
        } catch let error as BrowserError
            where error.code == .never || error.message.hasPrefix("unexpected alert open")
        {}
    }

    /// Types into a field, over what it held.
    package func fill(_ place: Place, with text: String) async throws {
        try await until("\(place) to be filled in") {
            let field = try await element(place)
            try await send(.POST, "/element/\(field)/clear")
            if !text.isEmpty { try await send(.POST, "/element/\(field)/value", ["text": .string(text)]) }
            return true
        }
    }

    /// Chooses files for an upload.
    package func attach(_ paths: [String], to place: Place) async throws {
        try await until("\(place) to take files") {
            try await send(
                .POST, "/element/\(try await element(place))/value", ["text": .string(paths.joined(separator: "\n"))])
            return true
        }
    }

    /// Chooses in a list, by the text of the option.
    package func select(_ option: String, in place: Place) async throws {
        try await until("“\(option)” in \(place)") {
            let list = try await element(place)
            let found = try await run(
                """
                const option = [...arguments[0].options].find((one) => one.text.trim() === arguments[1]);
                if (!option) return false;
                option.selected = true;
                arguments[0].dispatchEvent(new Event("input", { bubbles: true }));
                arguments[0].dispatchEvent(new Event("change", { bubbles: true }));
                return true;
                """, Self.reference(list), .string(option))
            return found.bool ?? false
        }
    }

    /// Presses keys where the focus is: text, or the characters that WebDriver gives to keys.
    package func press(_ keys: String) async throws {
        let actions = keys.flatMap { key -> [JSONValue] in
            [["type": "keyDown", "value": .string(String(key))], ["type": "keyUp", "value": .string(String(key))]]
        }
        try await send(
            .POST, "/actions", ["actions": [["type": "key", "id": "keyboard", "actions": .array(actions)]]])
    }

    /// The text as a person reads it.
    package func text(_ place: Place = .css("body")) async throws -> String {
        try await until("the text of \(place)") {
            try await send(.GET, "/element/\(try await element(place))/text").string
        }
    }

    /// The texts of everything that a selector finds, in the order of the page.
    package func texts(_ css: String) async throws -> [String] {
        try await run(
            "return [...document.querySelectorAll(arguments[0])].map((one) => one.innerText.trim())", .string(css)
        ).array?.compactMap(\.string) ?? []
    }

    /// An attribute as it was written; nil when there is none.
    package func attribute(_ name: String, of place: Place) async throws -> String? {
        let found = try await until("\(place)") { try await element(place) }
        return try await send(.GET, "/element/\(found)/attribute/\(name)").string
    }

    /// What a field holds.
    package func value(of place: Place) async throws -> String {
        let found = try await until("\(place)") { try await element(place) }
        return try await send(.GET, "/element/\(found)/property/value").string ?? ""
    }

    /// Whether it is on the page and shown, now.
    package func shows(_ place: Place) async throws -> Bool {
        do {
            return try await send(.GET, "/element/\(try await element(place))/displayed").bool ?? false
        } catch let error as BrowserError where error.code == .refused {
            return false
        }
    }

    /// Waits until a text can be read at a place.
    package func expect(_ text: String, in place: Place = .css("body")) async throws {
        try await until(
            "“\(text)” in \(place)",
            isTrue: {
                try await send(.GET, "/element/\(try await element(place))/text").string?.contains(text) ?? false
            })
    }

    /// Waits until a text cannot be read there any more.
    package func expectNo(_ text: String, in place: Place = .css("body")) async throws {
        try await until(
            "“\(text)” to be gone from \(place)",
            isTrue: {
                try await send(.GET, "/element/\(try await element(place))/text").string?.contains(text) == false
            })
    }

    /// The element that is there now.
    ///
    /// - Throws: `BrowserError` `.refused`, `no such element`.
    private func element(_ place: Place) async throws -> String {
        let found = try await run(
            String(decoding: PackageResources.find_js, as: UTF8.self), .string(place.kind), .string(place.text))
        guard let id = found[Self.elementKey]?.string else {
            throw BrowserError(.refused, "no such element: \(place)")
        }
        return id
    }

    /// How WebDriver names an element in JSON (W3C, section 12).
    private static let elementKey = "element-6066-11e4-a52e-4f735466cecf"

    private static func reference(_ element: String) -> JSONValue { .object([elementKey: .string(element)]) }
}
