// SPDX-License-Identifier: Apache-2.0

package import JSONBytes

/// One message of an InMail conversation.
/// Source: inmail-history (documented by a copy of its sample).
package struct ConversationEvent: Hashable, Sendable {
    package var id: String
    /// `urn:li:messagingThread:…`, as written.
    package var thread: String
    /// A seat when the recruiter wrote, a person when the member wrote.
    package var author: URN
    package var recipients: [URN]
    /// Milliseconds since 1970.
    package var createdAt: Int64
    package var subject: String?
    package var text: String?

    /// - Returns: nil without an id, a thread, an author or a time.
    package init?(json: JSONValue) {
        guard let id = json["id"]?.looseID, let thread = (json["threadUrn"] ?? json["thread"])?.looseID,
            let author = json["author"]?.string.flatMap(URN.init), let createdAt = json["createdAt"]?.looseNumber
        else { return nil }
        self.id = id
        self.thread = thread
        self.author = author
        recipients = json["recipients"]?.looseTexts.compactMap(URN.init) ?? []
        self.createdAt = createdAt
        let content = Self.mail(json["content"])
        subject = content?["subject"]?.looseText
        text = content?["body"]?["text"]?.looseText ?? content?["body"]?.looseText
    }

    /// The seat on either side; of two the author.
    package var seat: SeatURN? { parties.lazy.compactMap { SeatURN($0) }.first }
    /// The member on either side.
    package var person: PersonURN? { parties.lazy.compactMap { PersonURN($0) }.first }

    private var parties: [URN] { [author] + recipients }

    /// The content of a union, whatever its key is called: `com.linkedin.messaging.events.MailContent` under 1.0.0
    /// (documented), perhaps something shorter under 2.0.0 (J-21).
    private static func mail(_ content: JSONValue?) -> JSONValue? {
        guard let members = content?.object else { return nil }
        if members["body"] != nil || members["subject"] != nil { return content }
        return members.first { $0.0.hasSuffix("MailContent") }?.1 ?? members.first { $0.1.object != nil }?.1
    }
}
