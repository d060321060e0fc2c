// SPDX-License-Identifier: Apache-2.0

import Domain
import HTTPTypes
import JSONBytes

extension JSONWriter {
    /// A user as the API shows it.
    mutating func user(_ user: ATSUser, groups: Set<String>) {
        member("id", user.id)
        member("email", user.email)
        member("name", user.name)
        name("person")
        if let binding = user.binding {
            string(binding.person)
            member("boundAt", binding.at)
            member("boundBy", binding.source == .signIn ? "signIn" : "ats")
        } else {
            null()
        }
        name("acls")
        beginArray()
        for group in groups.sorted() { string(group) }
        endArray()
    }

    /// A membership, and where LinkedIn's side of it stands.
    mutating func membership(_ status: MembershipStatus) {
        member("aclId", status.membership.acl)
        member("userId", status.membership.user)
        name("person")
        if let person = status.user?.person { string(person) } else { null() }
        member("state", status.record?.state.name ?? "waiting")
        member("because", status.because)
        if status.record == nil {
            name("waitsFor")
            beginObject()
            member("type", status.user == nil ? "user" : "signIn")
            member("id", status.membership.user)
            endObject()
        }
        if let reason = status.record?.reason { member("reason", reason.code.rawValue) }
        if let request = status.record?.requestID { member("requestId", request) }
    }
}

extension HTTPProblem {
    static func tooManyGroups(_ count: Int) -> Self {
        Self(
            .unprocessableContent, "too-many-groups",
            "LinkedIn allows \(ACLMembership.mostPerUser) groups per user",
            "This user would be in \(count). Take the user out of another group first, or let several jobs share one group. "
                + "Users that are the same LinkedIn member count together. Nothing was changed.")
    }
}
