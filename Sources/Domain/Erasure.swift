// SPDX-License-Identifier: Apache-2.0

/// Whom or what an erasure is about.
package enum ErasureScope: Hashable, Sendable {
    /// A candidate by the ATS's id: everything here and at LinkedIn, the candidate's applications included.
    case candidate(String)
    /// A member by person URN: what LinkedIn told us about the person. Records of the ATS stay.
    case person(String)
    /// Everything of the customer: the end of a contract.
    case everything

    /// The number that stands for it in the database. Never reuse or renumber.
    package enum Kind: Int64, Sendable {
        case candidate = 1
        case person = 2
        case everything = 3

        /// The word in our API.
        package var word: String {
            switch self {
            case .candidate: "candidate"
            case .person: "person"
            case .everything: "everything"
            }
        }
    }

    package var kind: Kind {
        switch self {
        case .candidate: .candidate
        case .person: .person
        case .everything: .everything
        }
    }

    /// The id that whoever asks later must know; empty for everything.
    package var subject: String {
        switch self {
        case .candidate(let id), .person(let id): id
        case .everything: ""
        }
    }
}

/// How far an erasure is. Each state is durable, and its work may be done twice.
package enum ErasureState: Int64, Sendable, CaseIterable {
    /// Records become tombstones, a few hundred at a time (only for everything; one candidate is marked at once).
    case marking = 0
    /// The lanes delete at LinkedIn, children first.
    case deleting = 1
    /// LinkedIn is asked whether it still has them.
    case proving = 2
    /// What is left here goes: keys, and what arrived meanwhile.
    case clearing = 3
    /// The bytes are overwritten in the log, then the receipt is signed.
    case sealing = 4
    case finished = 5

    /// Which states may follow this one. A look that finds nothing new leaves it where it is.
    package var allowed: Set<ErasureState> {
        switch self {
        case .marking: [.deleting]
        case .deleting: [.proving, .clearing]
        case .proving: [.deleting, .clearing]
        case .clearing: [.sealing]
        case .sealing: [.finished]
        case .finished: []
        }
    }

    /// The word in our API.
    package var word: String {
        switch self {
        case .marking: "marking"
        case .deleting: "deleting at LinkedIn"
        case .proving: "reading back"
        case .clearing: "clearing"
        case .sealing: "overwriting"
        case .finished: "finished"
        }
    }
}

/// One record that LinkedIn must forget.
package struct ErasureItem: Hashable, Sendable {
    /// Where it stands.
    package enum State: Int64, Sendable {
        /// The deletion is not confirmed.
        case pending = 0
        /// LinkedIn answered the deletion with success, or with 404.
        case deleted = 1
        /// Read back, and not there.
        case proven = 2
        /// LinkedIn still shows it, refuses to delete it, or would not say.
        case unproven = 3
        /// It never went to LinkedIn.
        case neverHeld = 4
        /// Deleted; what LinkedIn holds under this key now is a new record, sent by the ATS afterwards.
        case sentAgain = 5
    }

    package var rid: Int64
    package var key: RecordKey
    package var state: State

    package init(rid: Int64, key: RecordKey, state: State) {
        self.rid = rid
        self.key = key
        self.state = state
    }
}

/// An erasure as anybody may see it: no personal data.
package struct Erasure: Hashable, Sendable {
    package var id: String
    package var customer: CustomerID
    package var kind: ErasureScope.Kind
    package var state: ErasureState
    package var askedAt: Millis
    package var localAt: Millis?
    package var deletedAt: Millis?
    package var provedAt: Millis?
    package var finishedAt: Millis?
    package var dueAt: Millis
    package var round: Int
    /// Why it is not further; nil when nothing is in its way.
    package var because: String?
    package var salt: [UInt8]
    package var subject: [UInt8]
    /// The signed receipt, once it is finished: JSON in UTF-8.
    package var receipt: [UInt8]?

    package init(
        id: String, customer: CustomerID, kind: ErasureScope.Kind, state: ErasureState, askedAt: Millis,
        localAt: Millis?, deletedAt: Millis?, provedAt: Millis?, finishedAt: Millis?, dueAt: Millis, round: Int,
        because: String?, salt: [UInt8], subject: [UInt8], receipt: [UInt8]?
    ) {
        self.id = id
        self.customer = customer
        self.kind = kind
        self.state = state
        self.askedAt = askedAt
        self.localAt = localAt
        self.deletedAt = deletedAt
        self.provedAt = provedAt
        self.finishedAt = finishedAt
        self.dueAt = dueAt
        self.round = round
        self.because = because
        self.salt = salt
        self.subject = subject
        self.receipt = receipt
    }
}

/// How many records of one kind an erasure is about and how far they are.
package struct ErasureProgress: Hashable, Sendable {
    package var total = 0
    /// LinkedIn confirmed the deletion; the proven ones are among them.
    package var deleted = 0
    package var proven = 0
    package var unproven = 0
    /// LinkedIn never had it.
    package var neverHeld = 0
    /// Deleted, and sent again by the ATS as a new record.
    package var sentAgain = 0

    package init() {}
}
