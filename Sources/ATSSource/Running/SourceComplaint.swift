// SPDX-License-Identifier: Apache-2.0

/// A row that became no record, or a record that was refused or warned about: where it stands, which it is, what is wrong.
///
/// Never carries a value of the ATS's data but the record's id.
package struct SourceComplaint: Sendable, Hashable, CustomStringConvertible {
    /// `mapping.yaml, candidate, row 12`
    package var place: String
    /// The record's type and id as the row says them; empty for a row that could not be read so far.
    package var type: String
    package var id: String
    /// What is wrong and what to do.
    package var message: String
    /// The record was taken all the same.
    package var isWarning: Bool

    package init(place: String, type: String = "", id: String = "", message: String, isWarning: Bool = false) {
        self.place = place
        self.type = type
        self.id = id
        self.message = message
        self.isWarning = isWarning
    }

    init(_ error: SourceError) {
        self.init(
            place: error.place.description,
            message: error.remedy.isEmpty ? error.message : "\(error.message); \(error.remedy)")
    }

    package var description: String {
        guard !type.isEmpty || !id.isEmpty else { return place.isEmpty ? message : "\(place): \(message)" }
        return "\(place) (\(type) \(id)) \(message)"
    }
}
