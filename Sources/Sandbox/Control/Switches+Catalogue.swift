// SPDX-License-Identifier: Apache-2.0

import JSONBytes

extension Switches {
    /// A switch under the name the control API gives it.
    struct Entry: Sendable {
        var name: String
        var get: @Sendable (Switches) -> JSONValue
        /// Throws `ControlError` when the value has the wrong type or is out of range.
        var set: @Sendable (inout Switches, JSONValue) throws -> Void
    }

    /// Every switch, in the order of their declaration. A test compares it with the declaration.
    static let catalogue: [Entry] = [
        flag("auto_enable", \.autoEnable),
        flag("enable_needs_configuration", \.enableNeedsConfiguration),
        number("integration_name_limit", \.integrationNameLimit, 1...4096),
        flag("data_needs_enabled_integration", \.dataNeedsEnabledIntegration),
        word("callback_validation", \.callbackValidation),
        flag("finder_returns_secret", \.finderReturnsSecret),
        flag("expires_in_as_text", \.expiresInAsText),
        text("wrong_secret_error", \.wrongSecretError),
        number("token_seconds", \.tokenSeconds, 1...5_184_000),
        number("task_hours", \.taskHours, 1...8760),
        number("task_seconds", \.taskSeconds, 0...86_400),
        flag("private_jobs_end_processed", \.privateJobsEndProcessed),
        flag("unknown_task_is_error", \.unknownTaskIsError),
        flag("single_job_errors_as_http", \.singleJobErrorsAsHTTP),
        flag("strict_job_enumerations", \.strictJobEnumerations),
        flag("poster_email_required", \.posterEmailRequired),
        flag("reject_unknown_fields", \.rejectUnknownFields),
        flag("last_name_required", \.lastNameRequired),
        number("match_seconds", \.matchSeconds, 0...86_400),
        flag("put_keeps_manual_match", \.putKeepsManualMatch),
        flag("parent_must_exist", \.parentMustExist),
        flag("cascade_to_applications", \.cascadeToApplications),
        flag("seats_need_start", \.seatsNeedStart),
        flag("legacy_seats", \.legacySeats),
        flag("strict_viewer_pace", \.strictViewerPace),
        number("mail_stub_reach", \.mailStubReach, 1...1_000_000_000),
        word("stub_style", \.stubStyle),
        flag("return_private_notes", \.returnPrivateNotes),
        number("oldest_version", \.oldestVersion, 202_401...209_912),
        number("newest_version", \.newestVersion, 202_401...209_912),
        flag("retry_after", \.retryAfter),
        flag("sliding_minute", \.slidingMinute),
        number("provisioning_requests_per_day", \.provisioningRequestsPerDay, 0...1_000_000_000),
        flag("unknown_request_is_error", \.unknownRequestIsError),
        flag("export_names_owner", \.exportNamesOwner),
        flag("export_shares_contact", \.exportSharesContact),
        number("exports_per_month", \.exportsPerMonth, 0...1_000_000),
        text("everyone_acl", \.everyoneACL),
        number("acls_per_user", \.aclsPerUser, 0...1_000_000),
        flag("assignees_must_exist", \.assigneesMustExist),
        flag("unknown_delete_is_error", \.unknownDeleteIsError),
        flag("new_permissions_are_201", \.newPermissionsAre201),
        flag("strict_callback_ports", \.strictCallbackPorts),
        flag("push_id_as_number", \.pushIDAsNumber),
        flag("push_omits_expiry", \.pushOmitsExpiry),
        flag("sign_with_parent_secret", \.signWithParentSecret),
        word("signature_form", \.signatureForm),
        number("push_retry_seconds", \.pushRetrySeconds, 1...86_400),
        number("push_life_seconds", \.pushLifeSeconds, 1...2_592_000),
        number("push_expiry_seconds", \.pushExpirySeconds, 1...2_592_000),
    ]

    var json: JSONValue { .object(JSONObject(Self.catalogue.map { ($0.name, $0.get(self)) })) }

    /// Changes the named switches and leaves the others.
    ///
    /// - Throws: `ControlError` that names the first one that is unknown or has a wrong value; then nothing was
    ///   changed.
    mutating func apply(_ changes: JSONObject) throws {
        var changed = self
        for (name, value) in changes {
            guard let entry = Self.catalogue.first(where: { $0.name == name }) else {
                throw ControlError(
                    field: name, "is no switch",
                    remedy: "use one of: " + Self.catalogue.map(\.name).joined(separator: ", "))
            }
            try entry.set(&changed, value)
        }
        self = changed
    }
}

extension Switches {
    private static func flag(_ name: String, _ path: any WritableKeyPath<Switches, Bool> & Sendable) -> Entry {
        Entry(name: name, get: { .bool($0[keyPath: path]) }) { switches, value in
            guard let flag = value.bool else {
                throw ControlError(field: name, "must be true or false", remedy: "correct \"\(name)\"")
            }
            switches[keyPath: path] = flag
        }
    }

    private static func number(
        _ name: String, _ path: any WritableKeyPath<Switches, Int> & Sendable, _ range: ClosedRange<Int64>
    ) -> Entry {
        Entry(name: name, get: { .int(Int64($0[keyPath: path])) }) { switches, value in
            guard let number = value.int, range.contains(number) else {
                throw ControlError(
                    field: name, "must be a whole number from \(range.lowerBound) to \(range.upperBound)",
                    remedy: "correct \"\(name)\"")
            }
            switches[keyPath: path] = Int(number)
        }
    }

    private static func text(_ name: String, _ path: any WritableKeyPath<Switches, String> & Sendable) -> Entry {
        Entry(name: name, get: { .string($0[keyPath: path]) }) { switches, value in
            guard let text = value.string, !text.isEmpty else {
                throw ControlError(field: name, "must be a text", remedy: "correct \"\(name)\"")
            }
            switches[keyPath: path] = text
        }
    }

    private static func word<Word: RawRepresentable & CaseIterable & Sendable>(
        _ name: String, _ path: any WritableKeyPath<Switches, Word> & Sendable
    ) -> Entry where Word.RawValue == String {
        Entry(name: name, get: { .string($0[keyPath: path].rawValue) }) { switches, value in
            guard let word = value.string.flatMap(Word.init(rawValue:)) else {
                let words = Word.allCases.map(\.rawValue).joined(separator: ", ")
                throw ControlError(field: name, "must be one of: \(words)", remedy: "correct \"\(name)\"")
            }
            switches[keyPath: path] = word
        }
    }
}
