// SPDX-License-Identifier: Apache-2.0

import SQLFile
import Web

/// What most handlers look up first.
extension PageCall {
    var core: SandboxCore { sandbox.core }
    /// The control API, for what a page does.
    var control: ControlAPI { ControlAPI(sandbox) }
    var now: Moment { sandbox.clock.now() }

    func shown(_ moment: Moment) -> ShownTime { ShownTime(moment.millis, now: now.millis) }

    func read<Value: Sendable>(_ body: @escaping @Sendable (SQLTransaction) throws -> Value) async throws -> Value {
        try await core.world.read(body)
    }

    func write<Value: Sendable>(_ body: @escaping @Sendable (SQLTransaction) throws -> Value) async throws -> Value {
        try await core.world.write(body)
    }

    /// A number in the path.
    func number(_ index: Int) throws -> Int64 {
        guard let number = Int64(values[index]), number > 0 else { throw PageProblem.unknownPage }
        return number
    }

    /// The member whose number is the path's first parameter.
    func member() async throws -> Member {
        let number = try number(0)
        guard let member = try await read({ tx in try tx.member(number: number) }) else {
            throw PageProblem.unknownMember
        }
        return member
    }

    /// What somebody typed and must have typed, with line ends as `\n`.
    ///
    /// - Returns: nil when it is empty or longer than `limit` characters.
    func text(_ name: String, most limit: Int) -> String? {
        form[name].map { $0.replacing("\r\n", with: "\n") }.flatMap { $0.count <= limit ? $0 : nil }
    }
}

extension PageProblem {
    static let unknownMember = Self(
        status: 404, title: "There is no such member", text: "The address is mistyped.",
        links: [Link("To the search", "/talent/search")])

    /// Something that may not be done now, said on a page of its own.
    static func refused(_ title: String, _ text: String, _ links: Link...) -> Self {
        Self(status: 409, title: title, text: text, links: links)
    }
}

extension String {
    /// nil when it is empty: a template shows a part only for what is there, and takes an empty text for something.
    var orNil: String? { isEmpty ? nil : self }
}

/// What a page says when a list has no rows.
struct Nothing: Sendable {
    var title: String
    var text: String
    var link: Link?
}
