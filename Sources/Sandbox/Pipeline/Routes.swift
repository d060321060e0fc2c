// SPDX-License-Identifier: Apache-2.0

import LinkedIn

/// What a path names. Keys stay as they were written.
struct Route: Sendable {
    var resource: Resource
    /// `simpleJobPostings`, `notes`: as error texts name it.
    var segment: String
    var parentKey: Substring?
    var key: Substring?
    /// How keys of the resource and of its parent are written.
    var shape: KeyShape
}

/// The paths the sandbox knows, on both surfaces, looked up by segment.
struct Routes: Sendable {
    private struct Place: Sendable {
        var resource: Resource
        var shape: KeyShape
    }

    /// Roots by `base/segment`, sub-resources by `base/parent segment/segment`.
    private let places: [String: Place]

    init() {
        var places: [String: Place] = [:]
        for surface in [Surface.v2, .rest(version: "202604")] {
            for resource in Resource.allCases {
                let place = resource.place(on: surface)
                guard place.base == surface.base else { continue }
                let parent = place.parent.map { $0.place(on: surface).segment + "/" } ?? ""
                places["\(place.base)/\(parent)\(place.segment)"] = Place(resource: resource, shape: place.key)
            }
        }
        // M 29: the plural of the one singular name.
        places["rest/applicationStages"] = places["rest/applicationStage"]
        self.places = places
    }

    /// - Parameter segments: of the path, without empty ones; the first is `v2` or `rest`.
    /// - Throws: `GatewayError` 404.
    func route(_ segments: [Substring]) throws(GatewayError) -> Route {
        guard segments.count >= 2, segments.count <= 5 else {
            throw .noResource(segments.dropFirst().joined(separator: "/"))
        }
        if segments.count >= 4, let place = places["\(segments[0])/\(segments[1])/\(segments[3])"] {
            return Route(
                resource: place.resource, segment: String(segments[3]), parentKey: segments[2],
                key: segments.count == 5 ? segments[4] : nil, shape: place.shape)
        }
        guard segments.count <= 3, let place = places["\(segments[0])/\(segments[1])"] else {
            throw .noResource(String(segments.count >= 4 ? segments[3] : segments[1]))
        }
        return Route(
            resource: place.resource, segment: String(segments[1]), parentKey: nil,
            key: segments.count == 3 ? segments[2] : nil,
            shape: place.shape)
    }
}
