// SPDX-License-Identifier: Apache-2.0

/// What the path of a URL names: `/v2/atsCandidates/{key}/notes/{id}`.
/// Keys stay as they were written, still percent-encoded.
package struct ResourcePath: Hashable, Sendable {
    package var resource: Resource
    /// The key segment of the parent; present exactly when the place has one.
    package var parentKey: String?
    /// The entity's own key segment; nil for the collection.
    package var key: String?

    package init(_ resource: Resource, parentKey: String? = nil, key: String? = nil) {
        self.resource = resource
        self.parentKey = parentKey
        self.key = key
    }

    /// Reads a path without its query; a trailing slash is fine, because LinkedIn's SDK writes one.
    ///
    /// - Returns: nil when no resource of this surface has that path: LinkedIn says `Resource {name} does not exist`.
    package init?(_ path: String, on surface: Surface) {
        var segments = path.split(separator: "/", omittingEmptySubsequences: true).map(String.init)
        guard !segments.isEmpty else { return nil }
        let base = segments.removeFirst()
        for resource in Resource.allCases {
            let place = resource.place(on: surface)
            guard place.base == base else { continue }
            if let parent = place.parent {
                guard segments.count == 3 || segments.count == 4, segments[0] == parent.place(on: surface).segment,
                    segments[2] == place.segment
                else { continue }
                self.init(resource, parentKey: segments[1], key: segments.count == 4 ? segments[3] : nil)
                return
            }
            guard segments.count == 1 || segments.count == 2, segments[0] == place.segment else { continue }
            self.init(resource, key: segments.count == 2 ? segments[1] : nil)
            return
        }
        return nil
    }

    /// The path with a leading slash; the keys are already in path form.
    package func text(on surface: Surface) -> String {
        let place = resource.place(on: surface)
        var text = "/\(place.base)"
        if let parent = place.parent, let parentKey {
            text += "/\(parent.place(on: surface).segment)/\(parentKey)"
        }
        text += "/\(place.segment)"
        if let key { text += "/\(key)" }
        return text
    }
}
