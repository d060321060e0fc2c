// SPDX-License-Identifier: Apache-2.0

/// The data model behind a query or a key: all leaves are text, whatever type they are coerced to later.
package indirect enum Parameter: Hashable, Sendable {
    case text(String)
    case list([Parameter])
    case map([String: Parameter])

    package var text: String? { if case .text(let value) = self { value } else { nil } }
    package var list: [Parameter]? { if case .list(let value) = self { value } else { nil } }
    package var map: [String: Parameter]? { if case .map(let value) = self { value } else { nil } }

    /// How deep lists and maps may lie inside each other; a limit of ours, so that no input can exhaust the stack.
    static let depthLimit = 32

    /// Parameters with a grammar of their own: never flattened, never parsed here (jobs-oauth-restli 2.3 and 2.4,
    /// confidence C).
    static let verbatim: Set<String> = ["fields", "metadataFields", "pagingFields"]
}
