// SPDX-License-Identifier: Apache-2.0

/// The parameters of a 1.0.0 query as they come in, before indices have become places (jobs-oauth-restli 2.3,
/// confidence C).
struct FlattenedTree {
    private var root: [String: Branch] = [:]

    /// Enters one parameter by its decoded name.
    ///
    /// - Throws: `RestLiError` 400 with the framework's text for a bad name, and for a name that contradicts an
    ///   earlier one.
    mutating func insert(_ name: String, _ value: String) throws(RestLiError) {
        if name.isEmpty {
            throw RestLiError("Error parsing query parameters: query parameter name cannot be empty")
        }
        if Parameter.verbatim.contains(name) {
            root[name] = .leaf(value)
            return
        }
        var path: [Flattening.Segment] = []
        try withBytes(name) { (bytes) throws(RestLiError) in
            try bytes.split(at: UInt8(ascii: ".")) { (part) throws(RestLiError) in
                guard path.count < Parameter.depthLimit else { throw Flattening.Segment.syntax }
                path.append(try Flattening.Segment(part))
            }
        }
        try root[path[0].name, default: .vacant].insert(path[...], value, isTop: true)
    }

    /// The data model: holes between indices close up.
    var parameters: [String: Parameter] { root.mapValues(\.parameter) }
}

private enum Branch {
    case vacant
    case leaf(String)
    /// A bare name that came more than once.
    case repeated([String])
    case list(IndexedItems)
    case map([String: Branch])

    /// Enters a value at `path`, whose first segment names this branch.
    mutating func insert(
        _ path: ArraySlice<Flattening.Segment>, _ value: String, isTop: Bool
    ) throws(RestLiError) {
        let segment = path[path.startIndex]
        guard let index = segment.index else {
            return try enter(path, value, isTop: isTop)
        }
        var items = IndexedItems()
        switch self {
        case .vacant: break
        case .list(let list): items = list
        default: throw Self.conflict(segment)
        }
        self = .vacant  // so that the items have one owner and are changed in place
        let place = items.place(of: index)
        try items.branches[place].enter(path, value, isTop: isTop)
        self = .list(items)
    }

    /// Enters a value below the first segment of `path`, or here when there is none below.
    private mutating func enter(
        _ path: ArraySlice<Flattening.Segment>, _ value: String, isTop: Bool
    ) throws(RestLiError) {
        let rest = path.dropFirst()
        if let next = rest.first {
            var members: [String: Branch] = [:]
            switch self {
            case .vacant: break
            case .map(let map): members = map
            default: throw Self.conflict(path[path.startIndex])
            }
            self = .vacant
            try members[next.name, default: .vacant].insert(rest, value, isTop: false)
            self = .map(members)
            return
        }
        let segment = path[path.startIndex]
        switch self {
        case .vacant: self = .leaf(value)
        case .leaf(let first) where isTop && segment.index == nil: self = .repeated([first, value])
        case .repeated(var values):
            self = .vacant
            values.append(value)
            self = .repeated(values)
        case .leaf:
            throw RestLiError("Multiple values of \(isTop ? "indexed" : "complex") query parameter are not supported")
        case .list, .map: throw Self.conflict(segment)
        }
    }

    private static func conflict(_ segment: Flattening.Segment) -> RestLiError {
        RestLiError("Conflicting references to key \(segment.name)[\(segment.index ?? 0)]")
    }

    var parameter: Parameter {
        switch self {
        case .vacant: .text("")
        case .leaf(let text): .text(text)
        case .repeated(let texts): .list(texts.map { .text($0) })
        case .map(let members): .map(members.mapValues(\.parameter))
        case .list(let items): .list(items.sorted.map(\.parameter))
        }
    }
}

/// The items of one list in the order they came, which mostly is that of their indices.
private struct IndexedItems {
    private var indices: [Int] = []
    var branches: [Branch] = []
    /// Where each index is; made at the first one out of order, so that no order makes a query slow.
    private var places: [Int: Int]?

    /// Where the item of `index` is, made if need be.
    mutating func place(of index: Int) -> Int {
        if let last = indices.last {
            if last == index { return indices.count - 1 }
            if last > index && places == nil {
                places = Dictionary(uniqueKeysWithValues: zip(indices, indices.indices))
            }
            if let place = places?[index] { return place }
        }
        places?[index] = indices.count
        indices.append(index)
        branches.append(.vacant)
        return indices.count - 1
    }

    var sorted: [Branch] {
        if places == nil { return branches }
        return zip(indices, branches).sorted { $0.0 < $1.0 }.map(\.1)
    }
}
