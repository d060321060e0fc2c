// SPDX-License-Identifier: Apache-2.0

import Domain
import Sync

/// Nobody exports here; what somebody chose is kept.
extension ToyLinkedIn {
    func exports(request: String) async throws -> [PortExport] { [] }
    func integrations(request: String) async throws -> [PortIntegration] { [] }
    func choose(_ choices: [(candidate: String, person: String?)]) async throws -> [PortAnswer] {
        choices.map { _ in PortAnswer(status: 204) }
    }
}
