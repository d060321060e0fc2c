// SPDX-License-Identifier: Apache-2.0

internal import Domain
internal import JSONBytes
internal import LinkedIn

extension Pass {
    mutating func requireFields() {
        for field in table.object.required
        where field != table.id && field != table.parent && reader.slots[field].state == .absent {
            let name = table.object.fields[field].name
            reader.problem(.required, below: name, "\(name) is missing; \(table.object.anyOne) needs it")
        }
    }

    private func slot(_ name: String) -> RecordReader.Slot {
        table.object.slot(name).map { reader.slots[$0] } ?? RecordReader.Slot()
    }

    private func isAbsent(_ names: String...) -> Bool { names.allSatisfy { slot($0).state == .absent } }

    /// Rules that look at more than one field.
    mutating func checkKindRules() {
        checkOrder()
        switch table.kind {
        case .candidate: checkCandidate()
        case .job: checkJob()
        case .stage: checkStage()
        case .candidateNote, .application, .applicationNote, .feedback, .acl, .assignee: break
        }
    }

    /// Source: rsc-release-notes 2021-11: last modified not before created (documented).
    private mutating func checkOrder() {
        guard let created = table.created, let updated = table.updated else { return }
        let first = reader.slots[created]
        let last = reader.slots[updated]
        guard first.state == .filled, last.state == .filled else { return }
        if !EpochRule.isOrdered(created: first.number, modified: last.number) {
            let name = last.name?.string ?? "updatedAt"
            reader.problem(.order, below: name, "\(name) is before createdAt; send the later time")
        }
    }

    /// Source: required-fields: an e-mail unless the candidate has a person URN; a profile URL always (documented).
    private mutating func checkCandidate() {
        if isAbsent("email", "emails", "linkedInPerson") {
            reader.problem(
                .required, below: "email",
                "email is missing; a candidate needs one, or linkedInPerson when LinkedIn knows the person"
            )
        }
        if isAbsent("profileUrl"), settings.profileURLTemplate == nil {
            reader.problem(
                .required, below: "profileUrl",
                "profileUrl is missing; send the candidate's page in the ATS, or set a profile URL template"
            )
        }
    }

    /// Source: required-fields: location, or country code and postal code; listedAt not in the future (documented).
    private mutating func checkJob() {
        if isAbsent("location"), isAbsent("countryCode") || isAbsent("postalCode") {
            reader.problem(
                .required, below: "location", "location is missing; send it, or countryCode and postalCode together")
        }
        if let created = table.created, reader.slots[created].state == .filled,
            Millis(reader.slots[created].number) > settings.now() + Self.clockTolerance
        {
            let name = reader.slots[created].name?.string ?? "createdAt"
            reader.problem(.range, below: name, "\(name) is in the future; LinkedIn takes a job only when it is listed")
        }
    }

    /// How far ahead of ours the ATS's clock may be.
    private static let clockTolerance = Duration.seconds(60)

    /// Source: sync-application-stages (documented).
    private mutating func checkStage() {
        let stage = slot("stage")
        guard stage.state == .filled,
            reader.scratch[stage.start..<stage.end].elementsEqual("\"\(StageRule.forbidden)\"".utf8)
        else { return }
        reader.problem(
            .choice, below: stage.name?.string ?? "stage",
            "stage may not be \"\(StageRule.forbidden)\"; send the stage's real name")
    }
}
