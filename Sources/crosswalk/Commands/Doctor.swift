// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Domain
import Foundation
import JSONBytes
import Store

struct Doctor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Look for what is wrong: data folder, key, disk, drivers, the other side, clocks.",
        discussion: "Exit status 1 when something must be mended; each line says what to do.")
    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var output: OutputOptions

    /// One thing that was looked at.
    struct Finding: Sendable {
        enum Verdict: String, Sendable { case good, note, bad }
        var what: String
        var verdict: Verdict
        var said: String
    }

    func run() async throws {
        let settings = try await options.settings()
        let findings = await Checkup(settings: settings).run()
        let style = Terminal.style
        let lines = findings.map { finding in
            let mark =
                switch finding.verdict {
                case .good: style.green("✓")
                case .note: style.yellow("!")
                case .bad: style.red("✗")
                }
            return "\(mark) \(finding.what.padding(toLength: 16, withPad: " ", startingAt: 0)) \(finding.said)"
        }
        output.print(
            .array(
                findings.map {
                    ["check": .string($0.what), "verdict": .string($0.verdict.rawValue), "said": .string($0.said)]
                }), table: lines)
        guard !findings.contains(where: { $0.verdict == .bad }) else { throw ExitCode.needsAttention }
    }
}

/// What `doctor` looks at.
struct Checkup {
    var settings: Settings

    func run() async -> [Doctor.Finding] {
        var findings = [dataFolder(), masterKey(), disk(), drivers()]
        findings += await database()
        findings.append(await connector())
        findings += await linkedIn()
        return findings
    }

    private var folder: String { settings.text(.data) ?? "./crosswalk-data" }

    private func dataFolder() -> Doctor.Finding {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder) else {
            return .init(
                what: "data folder", verdict: .note, said: "\(folder) does not exist yet; crosswalk serve makes it")
        }
        guard isFolder.boolValue, FileManager.default.isWritableFile(atPath: folder) else {
            return .init(
                what: "data folder", verdict: .bad,
                said: "\(folder) cannot be written; give this user the right, or name another with --data")
        }
        return .init(what: "data folder", verdict: .good, said: folder)
    }

    private func masterKey() -> Doctor.Finding {
        if let found = settings.found(.masterKey) {
            return .init(what: "master key", verdict: .good, said: "given by \(found.origin)")
        }
        let path = folder + "/master.key"
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: path) else {
            return .init(what: "master key", verdict: .note, said: "none yet; the first start makes \(path)")
        }
        let mode = (attributes[.posixPermissions] as? Int) ?? 0
        guard mode & 0o077 == 0 else {
            return .init(what: "master key", verdict: .bad, said: "others can read \(path): chmod 600 \(path)")
        }
        return .init(what: "master key", verdict: .good, said: "\(path) (back it up apart from the database)")
    }

    private func disk() -> Doctor.Finding {
        let place = FileManager.default.fileExists(atPath: folder) ? folder : "."
        guard let free = (try? FileManager.default.attributesOfFileSystem(forPath: place))?[.systemFreeSize] as? Int
        else {
            return .init(what: "disk", verdict: .note, said: "the free space cannot be read")
        }
        let text = "\((free / (1 << 20)).grouped) MB free"
        return free < 1 << 30
            ? .init(what: "disk", verdict: .bad, said: "\(text): make room; a full disk is answered with 507")
            : .init(what: "disk", verdict: .good, said: text)
    }

    private func drivers() -> Doctor.Finding {
        let text = (try? String(contentsOfFile: "/etc/odbcinst.ini", encoding: .utf8)) ?? ""
        let names = text.split(separator: "\n").filter { $0.hasPrefix("[") && $0.hasSuffix("]") }.map {
            String($0.dropFirst().dropLast())
        }
        .filter { $0 != "ODBC" }
        return names.isEmpty
            ? .init(
                what: "ODBC drivers", verdict: .note,
                said:
                    "none installed; for SQL sources: apt-get install odbc-mariadb, odbc-postgresql, libsqliteodbc or your database's own"
            )
            : .init(what: "ODBC drivers", verdict: .good, said: names.joined(separator: ", "))
    }

    private func database() async -> [Doctor.Finding] {
        guard FileManager.default.fileExists(atPath: folder + "/crosswalk.sqlite") else { return [] }
        do {
            let workspace = try Workspace.open(settings)
            let customers = try await workspace.store.read { try $0.customers() }
            var findings = [Doctor.Finding(what: "database", verdict: .good, said: customers.count.of("customer"))]
            for customer in customers {
                if (try? workspace.store.vault.open(customer.clientSecret, for: Customer.secretPurpose(customer.id)))
                    == nil
                {
                    findings.append(
                        .init(
                            what: "secret", verdict: .bad,
                            said:
                                "the client secret of \(customer.id) does not open with this master key; give the right one"
                        ))
                }
                if customer.status != .enabled {
                    findings.append(
                        .init(
                            what: "customer", verdict: .note,
                            said: "\(customer.id) is \(customer.status.word): \(customer.status.next)"))
                }
            }
            return findings
        } catch {
            return [.init(what: "database", verdict: .bad, said: "\(error)")]
        }
    }

    private func connector() async -> Doctor.Finding {
        let base = "http://\(settings.text(.host) ?? "127.0.0.1"):\(settings.int(.port))"
        switch try? await HTTPJSON.connector(base, key: nil).status(.GET, "/health/ready") {
        case 200: return .init(what: "connector", verdict: .good, said: "ready at \(base)")
        case let status?:
            return .init(
                what: "connector", verdict: .bad, said: "\(base) answers \(status) to /health/ready; look at its log")
        case nil:
            return .init(
                what: "connector", verdict: .note, said: "not running at \(base); start it with: crosswalk serve")
        }
    }

    private func linkedIn() async -> [Doctor.Finding] {
        let url = settings.text(.linkedInURL) ?? ""
        if settings.text(.profile) == "sandbox" {
            let isThere = (try? await HTTPJSON.sandbox(url).status(.GET, "/_sandbox/health")) == 200
            return [
                isThere
                    ? .init(what: "sandbox", verdict: .good, said: "answers at \(url)")
                    : .init(
                        what: "sandbox", verdict: .note,
                        said: "not running at \(url); start it with: crosswalk sandbox serve")
            ]
        }
        let reached =
            (try? await HTTPJSON(base: url, name: "LinkedIn", remedy: "check the network").status(.GET, "/v2/me"))
            != nil
        return [
            reached
                ? .init(what: "LinkedIn", verdict: .good, said: "reached at \(url)")
                : .init(
                    what: "LinkedIn", verdict: .bad, said: "\(url) cannot be reached; check network, proxy and firewall"
                )
        ]
    }
}
