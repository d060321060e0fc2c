// SPDX-License-Identifier: Apache-2.0

import Dispatch
internal import GRDB
internal import GRDBSQLite
import Synchronization

/// The one writer of a database: drains what is pending, commits once, then answers every caller.
///
/// A group runs without savepoints at first, which spares SQLite a copy of every page that each write changes. When one of its writes
/// throws, which is rare, all of it is undone and runs again, each write under a savepoint, so that the failing one is undone alone. When
/// the commit itself fails (a full disk), every write of the group failed, because none of them is on the disk.
final class GroupCommit: Sendable {
    /// Tells one caller how its write ended: nil when the commit is on the disk.
    private typealias Answer = @Sendable (SQLError?) -> Void

    /// A pending write.
    private struct Job: Sendable {
        /// Runs in the transaction; its answer is given once the outcome of the commit is known.
        var run: @Sendable (SQLTransaction, Undo) -> (answer: Answer, threw: Bool)
        /// Answers without running.
        var refuse: @Sendable (SQLError) -> Void
    }

    /// How a write that throws is undone.
    private enum Undo: Sendable {
        /// By a new transaction: it was the only one.
        case transaction
        /// By the one that runs the group.
        case group
        case savepoint
    }

    private struct State {
        var pending: [Job] = []
        var isDraining = false
        var isClosed = false
        var waitingForEnd: [CheckedContinuation<Void, Never>] = []
    }

    /// Writes in one commit at the most: a commit should not keep its first caller waiting for thousands of others.
    private static let most = 512

    private let pool: DatabasePool
    private let queue = DispatchQueue(label: "crosswalk.sqlfile.writer")
    private let state = Mutex(State())

    init(_ pool: DatabasePool) { self.pool = pool }

    func submit<Value: Sendable>(_ body: @escaping @Sendable (SQLTransaction) throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Value, any Error>) in
            enqueue(
                Job(
                    run: { transaction, undo in
                        let result = Result {
                            switch undo {
                            case .transaction: try Self.alone(transaction, body)
                            case .group: try body(transaction)
                            case .savepoint: try Self.underSavepoint(transaction, body)
                            }
                        }
                        let answer: Answer = { failure in
                            if let failure {
                                continuation.resume(throwing: failure)
                            } else {
                                continuation.resume(with: result)
                            }
                        }
                        if case .failure = result { return (answer, true) }
                        return (answer, false)
                    },
                    refuse: { continuation.resume(throwing: $0) }
                ))
        }
    }

    /// Refuses new writes and returns when the last one is answered.
    func finish() async {
        await withCheckedContinuation { continuation in
            let isIdle = state.withLock { state in
                state.isClosed = true
                if state.isDraining { state.waitingForEnd.append(continuation) }
                return !state.isDraining
            }
            if isIdle { continuation.resume() }
        }
    }

    private func enqueue(_ job: Job) {
        enum Next { case start, wait, refuse }
        let next: Next = state.withLock { state in
            if state.isClosed { return .refuse }
            state.pending.append(job)
            if state.isDraining { return .wait }
            state.isDraining = true
            return .start
        }
        switch next {
        case .wait: break
        case .start: queue.async { self.drain() }
        case .refuse: job.refuse(SQLError(.closed, "the database is closed"))
        }
    }

    private func drain() {
        while true {
            let (jobs, ended) = state.withLock { state -> ([Job], [CheckedContinuation<Void, Never>]) in
                let jobs = Array(state.pending.prefix(Self.most))
                state.pending.removeFirst(jobs.count)
                guard jobs.isEmpty else { return (jobs, []) }
                state.isDraining = false
                defer { state.waitingForEnd = [] }
                return ([], state.waitingForEnd)
            }
            if jobs.isEmpty {
                for continuation in ended { continuation.resume() }
                return
            }
            commit(jobs)
        }
    }

    private func commit(_ jobs: [Job]) {
        var answers: [Answer] = []
        answers.reserveCapacity(jobs.count)
        var failure: SQLError?
        do {
            try pool.writeWithoutTransaction { db in
                try db.beginTransaction(.immediate)
                let transaction = SQLTransaction(db: db)
                if try !run(jobs, in: transaction, jobs.count == 1 ? .transaction : .group, &answers) {
                    try db.rollback()
                    answers = []
                    try db.beginTransaction(.immediate)
                    _ = try run(jobs, in: transaction, .savepoint, &answers)
                }
                do {
                    try db.commit()
                } catch {
                    try? db.rollback()
                    throw error
                }
            }
        } catch {
            failure = Self.own(error)
        }
        for answer in answers { answer(failure) }
        // Those whose turn never came are told the same.
        if let failure { for job in jobs.dropFirst(answers.count) { job.refuse(failure) } }
    }

    /// - Returns: false when a write threw and the group has to be undone for it.
    private func run(_ jobs: [Job], in transaction: SQLTransaction, _ undo: Undo, _ answers: inout [Answer]) throws
        -> Bool
    {
        for job in jobs {
            let (answer, threw) = job.run(transaction, undo)
            answers.append(answer)
            // A full disk or an I/O error makes SQLite roll the whole transaction back by itself.
            guard sqlite3_get_autocommit(transaction.db.sqliteConnection) == 0 else {
                throw SQLError(.full, "the disk is full or failing: nothing of this group of writes was kept")
            }
            if threw, undo == .group { return false }
        }
        return true
    }

    private static func alone<Value>(_ transaction: SQLTransaction, _ body: (SQLTransaction) throws -> Value) throws
        -> Value
    {
        do {
            return try body(transaction)
        } catch {
            // An empty transaction is left for the commit, unless SQLite ended it itself.
            if sqlite3_get_autocommit(transaction.db.sqliteConnection) == 0 {
                try transaction.run("ROLLBACK")
                try transaction.run("BEGIN IMMEDIATE")
            }
            throw error
        }
    }

    private static func underSavepoint<Value>(_ transaction: SQLTransaction, _ body: (SQLTransaction) throws -> Value)
        throws -> Value
    {
        try transaction.run("SAVEPOINT one_write")
        do {
            let value = try body(transaction)
            try transaction.run("RELEASE one_write")
            return value
        } catch {
            _ = try? transaction.run("ROLLBACK TO one_write")
            _ = try? transaction.run("RELEASE one_write")
            throw error
        }
    }

    private static func own(_ error: any Error) -> SQLError {
        switch error {
        case let error as SQLError: error
        case let error as GRDB.DatabaseError:
            SQLError(sqlite: error.resultCode.rawValue, error.message ?? "no message", in: error.sql)
        default: SQLError(.other, "the write failed")
        }
    }
}
