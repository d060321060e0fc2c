// SPDX-License-Identifier: Apache-2.0

internal import JSONBytes
internal import LinkedIn

/// Checks one element of a job submission, in LinkedIn's order: schema, then the business checks that are answered at
/// once; what is only noticed while the task runs is noted for it. Source: jobs reference 5.5 to 5.7 (documented; the
/// order is inferred).
struct JobRules: Sendable {
    private let surface: Surface
    private let switches: Switches
    private let shape: RecordShape
    private let closing: RecordShape

    init(surface: Surface, switches: Switches) {
        self.surface = surface
        self.switches = switches
        let shape = Self.shape(surface, switches)
        self.shape = shape
        // CLOSE and RENEW need no more than the job's id (samples resend the whole job).
        closing = shape.changing { name in
            name == "externalJobPostingId" ? nil : shape.index(of: name).map { (false, shape.fields[$0].shape) }
        }
    }

    var sketch: Sketch { Sketch(for: shape) }

    /// - Returns: what is submitted, or the problem that its element is answered with.
    /// - Throws: `JSONError`.
    func check(
        _ bytes: UnsafeRawBufferPointer, _ sketch: inout Sketch, task: String, now: Moment
    ) throws -> Result<JobSubmission, RecordProblem> {
        let validator = Validator(shape: shape, refusesUnknown: switches.rejectUnknownFields)
        try validator.check(bytes, into: &sketch)
        let job = Reading(shape, sketch, bytes)
        // Documented: an externalJobPostingId that is no string is an internal error.
        if let first = job.first("externalJobPostingId"), first != UInt8(ascii: "\"") {
            return .failure(RecordProblem(500, "Internal Server Error"))
        }
        let operation = job.string("jobPostingOperationType")
        if operation == "CLOSE" || operation == "RENEW" {
            try Validator(shape: closing, refusesUnknown: switches.rejectUnknownFields).check(bytes, into: &sketch)
        } else {
            requireEither(job, &sketch.complaints)
        }
        let id = job.string("externalJobPostingId") ?? ""
        if let listedAt = job.int("listedAt"), Moment(listedAt) > now + Self.clockTolerance {
            sketch.complaints.add("/listedAt", Complaints.future(listedAt))
        }
        guard sketch.complaints.isEmpty else { return .failure(.invalid(sketch.complaints)) }
        if let problem = refusal(job, id, task: task, now: now) { return .failure(problem) }
        return .success(
            JobSubmission(
                id: id, organization: job.organization, operation: job.operation,
                isPrivate: job.string("availability") == "PRIVATE_TO_ATS_INTEGRATION", expireAt: job.int("expireAt"),
                taskFailure: Self.taskFailure(job)))
    }

    /// A partner's clock may be ahead by this much (UNVERIFIED; the page says only "not in the future").
    private static let clockTolerance: Duration = .seconds(300)

    /// Fields of which one or the other is required.
    private func requireEither(_ job: Reading, _ complaints: inout Complaints) {
        if !job.has("state") && !job.has("jobPostingOperationType") {
            complaints.add("/jobPostingOperationType", Complaints.missing)
        }
        if !job.has("location") && !(job.has("countryCode") && job.has("postalCode")) {
            complaints.add("/location", Complaints.missing)
        }
        if switches.posterEmailRequired && !job.has("posterEmail") {
            complaints.add("/posterEmail", Complaints.missing)
        }
    }

    /// The business checks that are answered at once.
    private func refusal(_ job: Reading, _ id: String, task: String, now: Moment) -> RecordProblem? {
        if ["integrationContext", "company", "companyPageUrl", "companyName"].allSatisfy({ !job.has($0) }) {
            return RecordProblem(
                400, "Either `context` or `company` or `companyPageUrl` or `companyName` must be provided")
        }
        if let url = job.string("companyApplyUrl"), !Array(url.utf8).withUnsafeBytes(Formats.isURL) {
            return RecordProblem(
                400,
                "Invalid company apply url for job with externalPartnerId \(id), taskUrn urn:li:simpleJobPostingTask:\(task)"
            )
        }
        let workplaces = job.strings("workplaceTypes")
        if workplaces.count > 1 {
            return RecordProblem(
                400,
                "The workplaceTypes field cannot have more than one value provided. Provided values [\(workplaces.joined(separator: ", "))]"
            )
        }
        let places = job.strings("alternateLocations")
        if places.count + (job.has("location") ? 1 : 0) > 7 {
            return RecordProblem(
                422, "The job contains more than seven locations. Please ensure maximum seven locations per job")
        }
        if let expireAt = job.int("expireAt"), expireAt <= now.millis, job.operation != .upsert(isListed: false),
            job.operation != .close
        {
            return RecordProblem(400, "Invalid ExpirationDate")
        }
        return nil
    }

    /// What LinkedIn notices while it works on the task.
    private static func taskFailure(_ job: Reading) -> String? {
        if let description = job.string("description") {
            let count = description.unicodeScalars.count
            if count < 100 {
                return "Job {} was dropped: true Invalid Field: /description; "
                    + "Drop Message: The description length should be at least 100 characters"
            }
            if count > 25_000 {
                return "This job post has an invalid job description. "
                    + "Please ensure a job description is present and between 100 - 25,000 characters."
            }
        }
        if let title = job.string("title"), title.unicodeScalars.count > 200 || title.allSatisfy(\.isWhitespace) {
            return
                "This job is blocked as its title is marked invalid. Failure reason reference code: [JOB_FIELD_PROCESSOR_TITLE]."
        }
        // UNVERIFIED: how LinkedIn finds places; a text without any letter or digit is none.
        if let location = job.string("location"), !location.contains(where: { $0.isLetter || $0.isNumber }) {
            return
                "We could not standardize your job's location. Please update the location in your ATS or careers site to post."
        }
        return nil
    }
}

extension JobRules {
    private static func shape(_ surface: Surface, _ switches: Switches) -> RecordShape {
        var shape = RecordShape(Catalogue.job, on: surface).changing { name in
            switch name {
            // A wrong type is answered with 500, so it is looked at apart.
            case "externalJobPostingId":
                (true, .text(least: 1, most: surface.isVersioned ? 75 : 200))
            // Wrong values are answered with texts of their own.
            case "companyApplyUrl": (true, .text(least: 0, most: nil))
            case "workplaceTypes", "alternateLocations": (false, .list(.text(least: 0, most: nil)))
            case "jobPostingOperationType":
                (false, symbols(surface, ["CREATE", "UPDATE", "RENEW", "CLOSE"], rest: ["UPGRADE", "DOWNGRADE"]))
            case "availability":
                // The private kind moved to job requisitions on the versioned surface (protocol reference 9, item 19).
                (
                    false,
                    surface.isVersioned
                        ? words(["PUBLIC", "INTERNAL"]) : words(["PUBLIC", "PRIVATE_TO_ATS_INTEGRATION", "INTERNAL"])
                )
            case "employmentStatus", "experienceLevel":
                switches.strictJobEnumerations ? nil : (false, .text(least: 0, most: nil))
            default: nil
            }
        }
        // Both names of the company are accepted on both surfaces (jobs reference 9, item 5).
        for name in ["integrationContext", "company"] where shape.index(of: name) == nil {
            shape = RecordShape(
                shape.name,
                shape.fields + [RecordShape.Field(name, isRequired: false, .urn([Array("urn:li:organization:".utf8)]))])
        }
        return shape
    }

    private static func words(_ words: [String]) -> Shape { .symbol(words.map { Array($0.utf8) }) }

    private static func symbols(_ surface: Surface, _ common: [String], rest: [String]) -> Shape {
        words(common + (surface.isVersioned ? rest : []))
    }

    /// Reads values of a checked element by field name.
    private struct Reading {
        let shape: RecordShape
        let sketch: Sketch
        let bytes: UnsafeRawBufferPointer

        init(_ shape: RecordShape, _ sketch: Sketch, _ bytes: UnsafeRawBufferPointer) {
            self.shape = shape
            self.sketch = sketch
            self.bytes = bytes
        }

        func has(_ name: String) -> Bool { shape.index(of: name).map { sketch.values[$0] != nil } ?? false }
        func string(_ name: String) -> String? { sketch.string(shape.index(of: name), in: bytes) }
        func int(_ name: String) -> Int64? { sketch.int(shape.index(of: name), in: bytes) }

        func first(_ name: String) -> UInt8? {
            shape.index(of: name).flatMap { sketch.values[$0] }.map { bytes[$0.lowerBound] }
        }

        func strings(_ name: String) -> [String] {
            var found: [String] = []
            sketch.each(shape.index(of: name), in: bytes) { found.append($0.string) }
            return found
        }

        var organization: Int64? {
            (string("integrationContext") ?? string("company")).flatMap { OrganizationURN($0)?.number }
        }

        /// The operation decides when both are present (protocol reference 9, item 15).
        var operation: JobSubmission.Operation {
            switch string("jobPostingOperationType") {
            case "CREATE": .create
            case "UPDATE", "UPGRADE", "DOWNGRADE": .update
            case "RENEW": .renew
            case "CLOSE": .close
            default: .upsert(isListed: string("state") != "CLOSED")
            }
        }
    }
}
