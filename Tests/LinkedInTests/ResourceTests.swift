// SPDX-License-Identifier: Apache-2.0

import LinkedIn
import Testing

private let surfaces: [Surface] = [.v2, .rest(version: "202603")]

@Suite struct ResourceTests {
    @Test(arguments: surfaces, Resource.allCases)
    func `a path is written and read back`(surface: Surface, resource: Resource) {
        let place = resource.place(on: surface)
        let parent = place.parent == nil ? nil : "a=1&b=2"
        for key in [nil, "K%201"] {
            let path = ResourcePath(resource, parentKey: parent, key: key)
            #expect(ResourcePath(path.text(on: surface), on: surface) == path)
            #expect(ResourcePath(path.text(on: surface) + "/", on: surface) == path)
        }
    }

    @Test(arguments: [
        "", "/", "/v2", "/v2/atsCandidate", "/rest/candidates", "/v2/atsCandidates/k/stages", "/v2/notes", "/v2/me/x/y",
        "/v2/atsApplications/k/notes/n/x",
    ])
    func `an unknown path names nothing`(path: String) {
        #expect(ResourcePath(path, on: .v2) == nil)
    }

    @Test(arguments: Resource.allCases)
    func `the data provider is in every complex key of v2 and in none of rest`(resource: Resource) {
        let old = resource.place(on: .v2).key.parts
        #expect(old.isEmpty || old.contains { $0.role == .dataProvider })
        #expect(!resource.place(on: surfaces[1]).key.parts.contains { $0.role == .dataProvider })
    }

    @Test(arguments: surfaces, Resource.allCases)
    func `a complex key has one id or is an integration's`(surface: Surface, resource: Resource) {
        let parts = resource.place(on: surface).key.parts
        guard !parts.isEmpty else { return }
        #expect(parts.filter { $0.role == .id }.count == (resource == .integrations ? 0 : 1))
        #expect(parts.filter { $0.role == .context }.count == 1)
        #expect(Set(parts.map(\.name)).count == parts.count)
    }

    @Test func `LinkedIn's published paths are ours`() {
        func text(_ resource: Resource, parent: String? = nil) -> String {
            ResourcePath(resource, parentKey: parent).text(on: .v2)
        }
        #expect(text(.integrations) == "/v2/atsIntegrations")
        #expect(text(.configurations, parent: "K") == "/v2/atsIntegrations/K/configurations")
        #expect(text(.jobs) == "/v2/simpleJobPostings")
        #expect(text(.candidateNotes, parent: "K") == "/v2/atsCandidates/K/notes")
        #expect(text(.feedback, parent: "K") == "/v2/atsApplications/K/interviewFeedback")
        #expect(ResourcePath(.candidateNotes).text(on: surfaces[1]) == "/rest/candidateNotes")
        #expect(ResourcePath(.stages).text(on: surfaces[1]) == "/rest/applicationStage")
    }

    @Test(arguments: EndpointGroup.allCases)
    func `every endpoint group has a quota row`(group: EndpointGroup) {
        #expect(Quota.table[group] != nil)
        #expect((1...100).contains(group.quota.batch))
    }

    @Test func `the documented throttles`() {
        #expect(EndpointGroup.candidates.quota.requestsPerDay == 100_000)
        #expect(EndpointGroup.candidates.quota.recordsPerMinute == 10_000)
        #expect(EndpointGroup.jobs.quota.recordsPerMinute == 2_000)
        #expect(EndpointGroup.jobs.quota.recordsPerDay == 60_000)
        #expect(EndpointGroup.jobTasks.quota.requestsPerDay == 300_000)
        #expect(EndpointGroup.integrations.quota.requestsPerDay == 5_000)
    }
}
