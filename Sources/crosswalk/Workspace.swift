// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Connector
import Domain
import Foundation
import Store

/// The connector's data folder, opened by a command beside a server that may be running: SQLite lets both work.
struct Workspace: Sendable {
    var settings: Settings
    var store: Store

    /// - Throws: `CommandError` when there is no such folder and `mayCreate` is false.
    static func open(_ settings: Settings, mayCreate: Bool = false) throws -> Workspace {
        let folder = settings.text(.data) ?? "./crosswalk-data"
        if !mayCreate, !FileManager.default.fileExists(atPath: folder + "/crosswalk.sqlite") {
            throw CommandError(
                "there is no connector database in \(folder); name the folder with --data, or start one with: crosswalk serve"
            )
        }
        if settings.text(.profile) == "production", settings.text(.masterKey) == nil {
            throw CommandError(
                "the production profile must be given a master key: set \(Setting.masterKey.environmentName) (64 hex digits; openssl rand -hex 32)"
            )
        }
        do {
            return Workspace(
                settings: settings, store: try Store.open(directory: folder, masterKey: try masterKey(settings)))
        } catch let error as StoreError {
            throw CommandError(error.message)
        }
    }

    func customer(_ name: String) async throws -> Customer {
        guard let id = CustomerID(name), let customer = try await store.read({ try $0.customer(id: id) }) else {
            throw CommandError("there is no customer '\(name)'; crosswalk customer list shows them all")
        }
        return customer
    }

    /// How LinkedIn reaches the connector.
    static func publicURL(_ settings: Settings) -> String {
        if let url = settings.text(.publicURL) { return url.hasSuffix("/") ? String(url.dropLast()) : url }
        return "http://\(settings.text(.host) ?? "127.0.0.1"):\(settings.int(.port))"
    }

    static func callbackURL(_ settings: Settings, _ customer: CustomerID) -> String {
        publicURL(settings) + "/callbacks/linkedin/" + customer.text
    }

    /// Where LinkedIn sends members back to after they signed in.
    static func redirectURL(_ settings: Settings) -> String { publicURL(settings) + MemberSignIn.callbackPath }

    private static func masterKey(_ settings: Settings) throws -> [UInt8]? {
        guard let text = settings.text(.masterKey) else { return nil }
        let digits = text.compactMap { $0.hexDigitValue.map(UInt8.init) }
        guard digits.count == 64, text.count == 64 else {
            throw CommandError("the master key must be 64 hex digits (32 bytes)")
        }
        return stride(from: 0, to: 64, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }
}

extension AuditEntry {
    /// What somebody did at a terminal.
    ///
    /// - Parameter customer: the customer's number; nil for what concerns none, or all.
    static func command(_ action: String, _ subject: String = "", of customer: Int64? = nil) -> AuditEntry {
        AuditEntry(actor: commandLine, action: action, customer: customer, subject: subject)
    }
}

extension Millis {
    /// `2026-11-22 08:15:00Z`, for people.
    var readable: String {
        Date(timeIntervalSince1970: Double(value) / 1000).formatted(.iso8601).replacing("T", with: " ")
    }
}

extension RecordKind: ExpressibleByArgument {}

extension JobVisibility: ExpressibleByArgument {
    package init?(argument: String) { self.init(name: argument) }
    package var defaultValueDescription: String { name }
    package static var allValueStrings: [String] { allCases.map(\.name) }
}
