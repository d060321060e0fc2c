// SPDX-License-Identifier: Apache-2.0

import LinkedIn

/// The resources the sandbox serves, and the control API's way to them.
enum ResourceTable {
    /// One handler per resource; a resource without one is answered as unknown.
    static func handlers(_ core: SandboxCore) -> [Resource: any ResourceHandler] {
        [:]
    }
}
