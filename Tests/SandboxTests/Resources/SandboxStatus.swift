// SPDX-License-Identifier: Apache-2.0

@testable import Sandbox

/// The client's catalogue has a type of the same name, and the module has the name of its main type: only a file
/// without the catalogue can say which one is meant.
typealias SandboxStatus = IntegrationStatus
