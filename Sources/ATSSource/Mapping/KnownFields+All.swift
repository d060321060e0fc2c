// SPDX-License-Identifier: Apache-2.0

import Domain
import Intake

extension KnownFields {
    /// Every field of our own record language, for checking mapping files.
    package static let all = KnownFields(
        Dictionary(
            uniqueKeysWithValues: RecordKind.allCases.map { kind in
                (kind, names(ATSLanguage.fields(of: kind), under: ""))
            }))

    private static func names(_ fields: [ATSField], under prefix: String) -> [String] {
        fields.flatMap { field in [prefix + field.name] + names(inside: field.type, under: prefix + field.name + ".") }
    }

    private static func names(inside type: ATSType, under prefix: String) -> [String] {
        switch type {
        case .record(let record): names(record.fields, under: prefix)
        case .list(let element): names(inside: element, under: prefix)
        default: []
        }
    }
}
