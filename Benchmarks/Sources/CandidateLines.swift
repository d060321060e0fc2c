// SPDX-License-Identifier: Apache-2.0

/// Candidates of about 1 KB as lines of a bulk body, made fast enough not to be what is measured: 64 prepared texts, into each of which the
/// candidate's number is written at fixed places.
struct CandidateLines: Sendable {
    private let texts: [[UInt8]]
    private let places: [[Int]]
    private let seed: UInt64
    private static let slot = Array("################".utf8)

    /// - Parameters:
    ///   - seed: other seeds give other ids.
    ///   - linkedIn: the body as LinkedIn receives it, without type and id, in place of an ATS's line.
    init(seed: UInt64, linkedIn: Bool = false) {
        self.seed = seed
        texts = (0..<64).map { Array((linkedIn ? Self.body($0) : Self.line($0)).utf8) }
        places = texts.map { text in
            text.indices.filter { $0 + 16 <= text.count && text[$0..<$0 + 16].elementsEqual(Self.slot) }
        }
    }

    /// The candidate's id: 16 hexadecimal digits in no order, as UUIDs would be.
    func id(_ number: Int) -> [UInt8] {
        var value = (UInt64(number) &+ seed &* 0x1_0000_0000) &* 0x9E37_79B9_7F4A_7C15
        value = (value ^ (value >> 32)) &* 0xD6E8_FEB8_6659_FD93
        let digits = Array("0123456789abcdef".utf8)
        return (0..<16).map { digits[Int(truncatingIfNeeded: value >> (UInt64($0) * 4)) & 15] }
    }

    func append(_ number: Int, to bytes: inout [UInt8]) {
        let which = number % texts.count
        let start = bytes.count
        bytes.append(contentsOf: texts[which])
        let id = id(number)
        for place in places[which] { bytes.replaceSubrange(start + place..<start + place + 16, with: id) }
    }

    /// The lines of some candidates.
    func lines(_ numbers: Range<Int>) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(numbers.count * 1_100)
        for number in numbers { append(number, to: &bytes) }
        return bytes
    }

    private static let first = ["Ada", "Grace", "Edsger", "Barbara", "Zoë", "Łukasz", "José", "Mary"]
    private static let last = ["Lovelace", "Hopper", "Dijkstra", "Liskov", "Müller", "Nowak", "García", "O'Brien"]
    private static let towns = ["Austin", "London", "Zürich", "São Paulo"]
    private static let company = "Analytical Engines and Difference Machines International, Research and Development"
    private static let title = "Principal Engineer for Distributed Systems, Storage and Observability (Platform Group)"
    private static let street =
        "Building 12, Floor 4, Room 4711, 1600 Long Industrial Park Avenue, North Campus Entrance B"

    private static func line(_ number: Int) -> String {
        let (first, last, town) = (first[number % 8], last[number / 8 % 8], towns[number % 4])
        return """
            {"type":"candidate","id":"################","firstName":"\(first)","lastName":"\(last)","middleInitial":"K",\
            "emails":["################@example.org","home.################@mail.example.com"],\
            "phones":[{"number":"+1 512 555 01\(10 + number)","extension":"42"},{"number":"+44 20 7946 01\(10 + number)"}],\
            "addresses":[{"line1":"\(street)","city":"\(town)","state":"TX","postalCode":"787\(10 + number)","country":"US"},\
            {"line1":"\(street)","city":"\(town)","country":"GB"}],"currentCompany":"\(company)","currentTitle":"\(title)",\
            "profileUrl":"https://ats.example.com/tenants/acme/candidates/################?from=recruiter","doNotContact":false,\
            "linkedInUrl":"https://www.linkedin.com/in/candidate-################",\
            "createdAt":"2024-02-\(10 + number % 19)T09:30:00Z","updatedAt":"2024-03-\(10 + number % 19)T10:31:02Z"}

            """
    }

    private static func body(_ number: Int) -> String {
        let (first, last, town) = (first[number % 8], last[number / 8 % 8], towns[number % 4])
        return """
            {"firstName":"\(first)","lastName":"\(last)","middleInitial":"K",\
            "emailAddresses":["################@example.org","home.################@mail.example.com"],\
            "phoneNumbers":[{"number":"+1 512 555 01\(10 + number)","extension":"42"},{"number":"+44 20 7946 01\(10 + number)"}],\
            "addresses":[{"line1":"\(street)","city":"\(town)","geographicArea":"TX","geographicAreaType":"STATE","postalCode":"787\(10 + number)",\
            "country":"us"},{"line1":"\(street)","city":"\(town)","country":"gb"}],"currentCompanyName":"\(company)","currentJobTitle":"\(title)",\
            "externalProfileUrl":"https://ats.example.com/tenants/acme/candidates/################?from=recruiter","doNotContact":false,\
            "linkedInProfileUrl":"https://www.linkedin.com/in/candidate-################",\
            "atsCreatedAt":17072\(10 + number)000000,"atsLastModifiedAt":17092\(10 + number)000000}
            """
    }
}
