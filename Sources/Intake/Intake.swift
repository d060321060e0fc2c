// SPDX-License-Identifier: Apache-2.0

package import Domain
internal import JSONBytes

/// ATS JSON → checked, LinkedIn-ready bytes, in one pass.
///
/// A record is refused with all of its problems at once, or accepted as canonical JSON in LinkedIn's v2 field names: in
/// a fixed order, without the key's parts and `integrationContext`, so that equal records have equal hashes.
package struct Intake: Sendable {
    package let settings: Settings
    private let unknownNames = UnknownNames()

    package init(_ settings: Settings = Settings()) { self.settings = settings }

    /// One record whose key is known from elsewhere, for example from a URL.
    ///
    /// - Parameters:
    ///   - parent: the candidate or application it hangs on; nil when the object says it, or when the kind has none.
    ///   - id: nil when the object says it. An id in the object must then be the same.
    ///   - bytes: one JSON object, UTF-8.
    package func record(
        kind: RecordKind, parent: String? = nil, id: String? = nil, bytes: UnsafeRawBufferPointer
    ) -> Checked {
        // There the member `type` of a feedback is the kind of interview.
        var pass = Pass(kind, settings, unknownNames, typeMeansKind: kind != .feedback)
        return pass.run(bytes, parent: parent, id: id, mayDelete: false)
    }

    /// One line of a bulk body: `{"type":"candidate","id":"C-1",…}`, or `{"type":…,"id":…,"deleted":true}`.
    package func bulkLine(_ bytes: UnsafeRawBufferPointer) -> Checked {
        do {
            let kind = try KindFinder.kind(of: bytes)
            var pass = Pass(kind, settings, unknownNames, typeMeansKind: true)
            return pass.run(bytes, parent: nil, id: nil, mayDelete: true)
        } catch let error as KindError {
            return Checked(change: nil, problems: [error.problem])
        } catch {
            return Checked(change: nil, problems: [Pass.problem(error)])
        }
    }

    /// A user in a group, checked like any other record; the change's key has the user's id in it.
    package func membership(acl: String, user: String) -> Checked {
        Array("{}".utf8).withUnsafeBytes { record(kind: .assignee, parent: acl, id: user, bytes: $0) }
    }

    /// The key of a record that is to be deleted, checked like any other.
    package func deletion(kind: RecordKind, parent: String? = nil, id: String) -> Checked {
        var pass = Pass(kind, settings, unknownNames, typeMeansKind: true)
        return pass.delete(parent: parent, id: id)
    }
}

extension Intake {
    /// What is the customer's and not the record's.
    package struct Settings: Sendable {
        /// Whether LinkedIn shows jobs on its job board when the ATS does not say.
        package enum JobAvailability: String, Sendable, CaseIterable {
            case `public` = "PUBLIC"
            case `private` = "PRIVATE_TO_ATS_INTEGRATION"
        }

        /// Where a candidate's page in the ATS is, with `{id}` in it: `https://ats.example.com/c/{id}`.
        package var profileURLTemplate: String?
        package var jobAvailability: JobAvailability
        /// For what may not lie in the future.
        package var now: @Sendable () -> Millis

        package init(
            profileURLTemplate: String? = nil, jobAvailability: JobAvailability = .private,
            now: @escaping @Sendable () -> Millis = { SystemTime().now() }
        ) {
            self.profileURLTemplate = profileURLTemplate
            self.jobAvailability = jobAvailability
            self.now = now
        }
    }
}
