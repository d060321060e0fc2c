// SPDX-License-Identifier: Apache-2.0

extension RecordReader {
    /// Writes LinkedIn's object from the slots to `assembly`, in the catalogue's order.
    ///
    /// - Parameter other: the fragment for a fallback that the table cannot know.
    mutating func assemble(_ table: ObjectTable, base: Int, other: (ObjectTable.Fallback) -> [UInt8]? = { _ in nil }) {
        assembly.removeAll(keepingCapacity: true)
        assembly.append(UInt8(ascii: "{"))
        for target in table.targets {
            if target.isList {
                list(target, base)
            } else if let source = target.sources.last(where: { slots[base + $0].state == .filled }) {
                begin(target)
                append(slots[base + source])
            } else {
                fallback(target, base, other)
            }
        }
        assembly.append(UInt8(ascii: "}"))
    }

    private mutating func list(_ target: ObjectTable.Target, _ base: Int) {
        let filled = target.sources.filter { slots[base + $0].state == .filled }
        guard !filled.isEmpty || target.isRequiredList else { return }
        begin(target)
        assembly.append(UInt8(ascii: "["))
        for (position, source) in filled.enumerated() {
            let slot = slots[base + source]
            if position + 1 < filled.count, repeats(slot, in: slots[base + filled[position + 1]]) { continue }
            if assembly.last != UInt8(ascii: "[") { assembly.append(UInt8(ascii: ",")) }
            append(slot)
        }
        assembly.append(UInt8(ascii: "]"))
    }

    private mutating func fallback(
        _ target: ObjectTable.Target, _ base: Int, _ other: (ObjectTable.Fallback) -> [UInt8]?
    ) {
        switch target.fallback {
        case .nothing: return
        case .fragment(let bytes):
            begin(target)
            assembly.append(contentsOf: bytes)
        case .slot(let slot):
            guard slots[base + slot].state == .filled else { return }
            begin(target)
            append(slots[base + slot])
        case .profileURL, .availability:
            guard let bytes = other(target.fallback) else { return }
            begin(target)
            assembly.append(contentsOf: bytes)
        }
    }

    private mutating func begin(_ target: ObjectTable.Target) {
        if assembly.count > 1 { assembly.append(UInt8(ascii: ",")) }
        assembly.append(contentsOf: target.name)
    }

    private mutating func append(_ slot: Slot) {
        scratch.withUnsafeBufferPointer {
            assembly.append(contentsOf: UnsafeBufferPointer(rebasing: $0[slot.start..<slot.end]))
        }
    }

    /// True when a single value (`email`) is also the first of the list beside it (`emails`).
    private func repeats(_ single: Slot, in list: Slot) -> Bool {
        let length = single.end - single.start
        guard list.end - list.start >= length else { return false }
        let elements = scratch[list.start..<list.end]
        let value = scratch[single.start..<single.end]
        var index = elements.startIndex
        while index + length <= elements.endIndex {
            let endsElement = index + length == elements.endIndex || elements[index + length] == UInt8(ascii: ",")
            if endsElement, elements[index..<(index + length)].elementsEqual(value) { return true }
            index += 1
        }
        return false
    }
}
