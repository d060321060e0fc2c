// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Configuration
import Foundation
import SystemPackage

/// The configuration of one run: flags over `CROSSWALK_…` variables over the YAML file over defaults, read once and checked whole.
struct Settings: Sendable {
    /// A value and who said it.
    struct Found: Sendable {
        var value: String
        var origin: String
    }

    private var found: [String: Found] = [:]

    /// - Parameters:
    ///   - flags: what the command line said, by key.
    ///   - file: the YAML file; nil takes `crosswalk.yaml` of the working folder when there is one.
    /// - Throws: `ValidationError` naming every wrong value and unknown key at once.
    static func read(
        flags: [Setting: String] = [:], file: String? = nil,
        environment: [String: String] = ProcessInfo.processInfo.environment
    )
        async throws -> Settings
    {
        var layers: [(origin: String, reader: ConfigReader)] = [
            (
                "environment",
                ConfigReader(
                    provider: EnvironmentVariablesProvider(environmentVariables: environment).prefixKeys(
                        with: "crosswalk"))
            )
        ]
        let path = file ?? (FileManager.default.fileExists(atPath: "crosswalk.yaml") ? "crosswalk.yaml" : nil)
        if let path {
            guard FileManager.default.fileExists(atPath: path) else {
                throw ValidationError("there is no configuration file at \(path)")
            }
            do {
                try Self.refuseUnknownKeys(in: path)
                layers.append(
                    (path, ConfigReader(provider: try await FileProvider<YAMLSnapshot>(filePath: FilePath(path)))))
            } catch let error as ValidationError {
                throw error
            } catch {
                throw ValidationError("\(path) cannot be read as YAML: \(error)")
            }
        }

        var settings = Settings()
        var problems: [String] = []
        for setting in Setting.all {
            if let flag = flags[setting] {
                settings.found[setting.key] = Found(value: flag, origin: "flag")
            } else if let (origin, value) = layers.lazy.compactMap({ layer in
                layer.reader.text(of: setting).map { (layer.origin, $0) }
            }).first {
                let place = origin == "environment" ? setting.environmentName : origin
                settings.found[setting.key] = Found(value: value, origin: place)
            } else if let fallback = setting.fallback {
                settings.found[setting.key] = Found(value: fallback, origin: "default")
            }
            problems += settings.problem(with: setting).map { [$0] } ?? []
        }
        guard problems.isEmpty else { throw ValidationError(problems.joined(separator: "\n")) }
        return settings
    }

    func found(_ setting: Setting) -> Found? { found[setting.key] }
    func text(_ setting: Setting) -> String? { found[setting.key]?.value }
    func int(_ setting: Setting) -> Int { text(setting).flatMap { Int($0) } ?? 0 }
    func flag(_ setting: Setting) -> Bool { text(setting) == "true" }

    private func problem(with setting: Setting) -> String? {
        guard let found = found[setting.key] else { return nil }
        let place = "\(setting.key) (from \(found.origin))"
        switch setting.kind {
        case .int where Int(found.value) == nil: return "\(place): expected a whole number"
        case .flag where !["true", "false"].contains(found.value): return "\(place): expected true or false"
        default: break
        }
        if setting.key == Setting.profile.key, !["sandbox", "production"].contains(found.value) {
            return "\(place): expected sandbox or production"
        }
        return nil
    }

    /// A typo in the file must not silently mean the default.
    private static func refuseUnknownKeys(in path: String) throws {
        let known = Set(Setting.all.map(\.key))
        for key in try YAMLKeys.leaves(ofFileAt: path) where !known.contains(key) {
            let nearest = Setting.all.map(\.key).min { Spelling.distance($0, key) < Spelling.distance($1, key) } ?? ""
            throw ValidationError(
                "\(path): there is no setting '\(key)'; did you mean '\(nearest)'? (crosswalk config show lists them all)"
            )
        }
    }
}

extension Setting: Hashable {
    static func == (lhs: Self, rhs: Self) -> Bool { lhs.key == rhs.key }
    func hash(into hasher: inout Hasher) { hasher.combine(key) }
}

extension ConfigReader {
    /// The value as text whatever its YAML type.
    fileprivate func text(of setting: Setting) -> String? {
        let key = ConfigKey(setting.key)
        switch setting.kind {
        case .text: return string(forKey: key)
        case .int: return int(forKey: key).map(String.init) ?? string(forKey: key)
        case .flag: return bool(forKey: key).map(String.init) ?? string(forKey: key)
        }
    }
}
