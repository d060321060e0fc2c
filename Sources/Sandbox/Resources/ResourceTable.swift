// SPDX-License-Identifier: Apache-2.0

internal import LinkedIn

/// Every resource that the sandbox serves, made once.
enum ResourceTable {
    static func handlers(_ core: SandboxCore) -> [Resource: any ResourceHandler] {
        var handlers: [Resource: any ResourceHandler] = [
            .provisionedApplications: ProvisioningResource(core: core),
            .developerApplicationsSecurity: SecretResource(core: core),
            .integrations: IntegrationResource(core: core),
            .configurations: ConfigurationResource(core: core),
            .jobs: JobPostingResource(core: core),
            .jobTasks: JobTaskResource(core: core),
            .me: ProfileResource(core: core),
            .seats: SeatResource(core: core),
            .legacySeats: LegacySeatResource(core: core),
            .conversationEvents: ConversationResource(core: core),
            .mailStubs: MailStubResource(core: core),
            .prospectNotes: ProspectNoteResource(core: core),
            .exportedCandidates: ExportResource(core: core),
            .entityACLs: PermissionResource(core: core, kind: .job),
            .aclAssignees: PermissionResource(core: core, kind: .person),
        ]
        for kind in EntityKind.allCases where kind != .job { handlers[kind.resource] = RecordResource(kind, core) }
        return handlers
    }
}
