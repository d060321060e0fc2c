// SPDX-License-Identifier: Apache-2.0

import Domain
import HTTPTypes

extension SignInPage {
    /// Says who asks, why, and what is learned.
    static func invitation(_ customer: Customer, _ user: ATSUser, _ button: Button) -> Self {
        Self(
            title: "Connect your LinkedIn account",
            texts: [
                "\(customer.name) asks you, \(user.name) (\(user.email)), to sign in with LinkedIn once.",
                """
                Some jobs may be seen by chosen people only. With your sign-in \(customer.name)'s recruiting system learns which LinkedIn \
                account is yours, so that LinkedIn Recruiter shows you the jobs you are meant to see.
                """,
                """
                Nothing else is read or kept: not your profile, not your messages, not your password. If you are not \(user.name), \
                close this page.
                """,
            ], button: button)
    }

    static func done(_ user: ATSUser) -> Self {
        Self(
            title: "Your LinkedIn account is connected",
            texts: [
                "Thank you, \(user.name). LinkedIn Recruiter will show you your jobs in a few minutes. You can close this page."
            ]
        )
    }

    /// The link, or the attempt, is over.
    static let expired = Self(
        title: "This link does not work any more",
        texts: [
            "It was used already, or its time is over.", "Open the newest link you were sent, or ask for a new one.",
        ], status: .gone)

    /// What came back belongs to no attempt that is open.
    static let strangeState = Self(
        title: "This sign-in is not open",
        texts: [
            "It was finished already, it took longer than half an hour, or it was begun elsewhere. Nothing was changed.",
            "Open the link you were sent once more.",
        ], status: .badRequest)

    static let otherBrowser = Self(
        title: "Please begin again in this browser",
        texts: [
            "The sign-in was begun in another browser, or this one keeps no cookies. Nothing was changed.",
            "Open the link you were sent once more, and finish in the same browser.",
        ], status: .forbidden)

    static let cancelled = Self(
        title: "LinkedIn was not connected",
        texts: [
            "You did not allow it, so nothing was changed.",
            "If that was not meant, open the link you were sent once more; it still works.",
        ])

    static let linkedInFailed = Self(
        title: "LinkedIn did not say who you are",
        texts: [
            "Nothing was changed. Open the link you were sent once more; if it stays, tell whoever sent it to you."
        ],
        status: .badGateway)

    static let tooManyGroups = Self(
        title: "Your LinkedIn account is in too many groups",
        texts: [
            "LinkedIn allows \(ACLMembership.mostPerUser) groups per person, and yours would be in more. Nothing was changed.",
            "Please tell whoever sent you the link.",
        ], status: .conflict)
}
