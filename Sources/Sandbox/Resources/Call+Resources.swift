// SPDX-License-Identifier: Apache-2.0

internal import LinkedIn
internal import RestLi

extension Call {
    /// For messages of refusals: `PUT /atsCandidates`.
    var access: String { "\(method.http) /\(resource.place(on: surface).segment)" }

    /// What the framework says of a method that a resource does not have (jobs reference 2.2, confidence C).
    var unsupported: RestLiError {
        let uri = "/\(surface.base)/\(resource.place(on: surface).segment)"
        return RestLiError(
            "\(method.http) operation not supported for URI: '\(uri)' with X-RestLi-Method: '\(method.rawValue)'")
    }
}
