// SPDX-License-Identifier: Apache-2.0

import Store
import Webhooks

extension HTTPProblem {
    /// What any error looks like from outside. An error that nobody expected tells nothing but its request id.
    init(anything error: any Error) {
        switch error {
        case let problem as HTTPProblem: self = problem
        case let error as WebhookError: self.init(error)
        case let error as StoreError:
            self =
                switch error.code {
                case .full: .diskFull()
                case .busy: .busy("Another process holds the database. Send the request again in a moment.")
                case .closed: .shuttingDown()
                case .notFound: .unknownRecord()
                case .ended: .contractEnded()
                case .conflict, .schema, .io, .sealed, .other: .unexpected()
                }
        default: self = .unexpected()
        }
    }
}
