// SPDX-License-Identifier: Apache-2.0

package import ATSSource
package import Connector
package import Domain
import Foundation
import Intake
package import Store
import Synchronization

/// What is done about mappings that were written on a page: reading them inside their limits, checking, and running.
package final class SourceDesk: Sendable {
    package let store: Store
    package let time: any Timekeeper
    package let signal: SyncSignal
    /// What mappings may read.
    package let allowed: SourceAllowance
    private let checks = Mutex(0)

    /// Checks at once; each may hold a connection to a database.
    private static let mostChecks = 4
    /// Rows of each entry that a check shows.
    private static let previewRows = 5
    /// The longest mapping, in bytes.
    static let longestMapping = 256 << 10

    package init(store: Store, time: any Timekeeper, signal: SyncSignal, allowed: SourceAllowance) {
        self.store = store
        self.time = time
        self.signal = signal
        self.allowed = allowed
    }

    /// What a check came to.
    struct CheckResult: Sendable {
        var findings = SourceFindings()
        /// Why there are no findings, or not all of them.
        var mistakes: [SourceError] = []

        var isClean: Bool { mistakes.isEmpty && findings.isClean }
    }

    /// Reads a mapping, sure to touch nothing but what is allowed.
    ///
    /// - Parameter secrets: what the variables of its connection stand for.
    /// - Throws: `SourceError` for the first mistake in it, with its line.
    func mapping(_ yaml: String, secrets: [String: String]) throws(SourceError) -> Mapping {
        guard yaml.utf8.count <= Self.longestMapping else {
            throw SourceError(
                .mapping, at: Place(file: Self.file), "the mapping is longer than \(Self.longestMapping) bytes",
                remedy: "split it into two sources")
        }
        let mapping = try Mapping.parse(yaml, file: Self.file, known: .all, secrets: secrets)
        return try allowed.confined(mapping)
    }

    /// Whether a mapping can be saved: everything but what its secrets decide.
    func mistake(in yaml: String) -> SourceError? {
        let anything = Dictionary(uniqueKeysWithValues: Self.variables(in: yaml).map { ($0.name, "x") })
        do throws(SourceError) { _ = try mapping(yaml, secrets: anything) } catch { return error }
        return nil
    }

    /// Reads the first rows as records, with every problem; sends nothing. Ends by itself after some seconds.
    ///
    /// - Parameter name: the source whose secrets are used; nil for one that is not saved yet.
    func check(_ yaml: String, of name: String?, customer: Customer) async throws -> CheckResult {
        var result = CheckResult()
        let mapping: Mapping
        do {
            let secrets = try await secrets(of: name, customer: customer)
            result.mistakes = Self.missing(in: yaml, secrets, isSaved: name != nil)
            guard result.mistakes.isEmpty else { return result }
            mapping = try self.mapping(yaml, secrets: secrets)
        } catch let error as SourceError {
            result.mistakes = [error]
            return result
        }
        guard enter() else {
            result.mistakes = [
                SourceError(.connect, at: Place(), "\(Self.mostChecks) checks are under way", remedy: "try again soon")
            ]
            return result
        }
        defer { checks.withLock { $0 -= 1 } }
        let intake = intake(of: customer)
        return await withTaskGroup(of: CheckResult?.self) { group in
            group.addTask {
                var result = CheckResult(findings: SourceFindings(intake: intake))
                do {
                    try await result.findings.read(mapping, ReadingOptions(limit: Self.previewRows))
                } catch let error as SourceError {
                    result.mistakes = [error]
                } catch {
                    return nil
                }
                return result
            }
            group.addTask {
                try? await Task.sleep(for: Self.patience)
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            return first
                ?? CheckResult(mistakes: [
                    SourceError(
                        .query, at: Place(file: Self.file), "the first rows took longer than the page waits for",
                        remedy: "give the query a condition that an index serves, or check on the command line")
                ])
        }
    }

    /// - Throws: `StoreError` when a secret does not open.
    func secrets(of name: String?, customer: Customer) async throws -> [String: String] {
        guard let name else { return [:] }
        let sealed = try await store.read { try $0.sealedSourceSecrets(name, customer: customer.number) }
        return try sealed.reduce(into: [:]) { open, one in
            open[one.key] = try store.vault.open(
                one.value, for: StoredSource.secretPurpose(customer.id, name, one.key))
        }
    }

    private func intake(of customer: Customer) -> Intake {
        Intake(
            Intake.Settings(
                profileURLTemplate: customer.settings.profileURLTemplate,
                jobAvailability: customer.settings.publishesJobs ? .public : .private, now: { [time] in time.now() }))
    }

    private func enter() -> Bool {
        checks.withLock { count in
            guard count < Self.mostChecks else { return false }
            count += 1
            return true
        }
    }

    /// What messages call the text on the page.
    static let file = "mapping"
    private static let patience: Duration = .seconds(15)
}

extension SourceDesk {
    /// A `${NAME}` of a mapping.
    struct Variable: Hashable {
        var name: String
        var line: Int
        var hasDefault: Bool
    }

    /// The variables that a mapping names, each once, in their order.
    static func variables(in yaml: String) -> [Variable] {
        var found: [Variable] = []
        for (index, line) in yaml.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            if line.drop(while: { $0 == " " }).hasPrefix("#") { continue }
            var rest = line
            while let start = rest.firstRange(of: "${") {
                rest = rest[start.upperBound...]
                guard let end = rest.firstIndex(of: "}") else { break }
                let inside = rest[..<end]
                rest = rest[rest.index(after: end)...]
                let name = String(inside.firstRange(of: ":-").map { inside[..<$0.lowerBound] } ?? inside)
                guard !found.contains(where: { $0.name == name }) else { continue }
                found.append(Variable(name: name, line: index + 1, hasDefault: inside.contains(":-")))
            }
        }
        return found
    }

    private static func missing(in yaml: String, _ secrets: [String: String], isSaved: Bool) -> [SourceError] {
        variables(in: yaml).filter { !$0.hasDefault && secrets[$0.name] == nil }.map { variable in
            SourceError(
                .mapping, at: Place(file: file, line: variable.line), "there is no secret \(variable.name.prefix(80))",
                remedy: isSaved
                    ? "save its value under Secrets on the source's page"
                    : "save the mapping, then its value under Secrets on the source's page")
        }
    }
}
