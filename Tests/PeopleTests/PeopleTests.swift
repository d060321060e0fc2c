// SPDX-License-Identifier: Apache-2.0

import People
import Testing

@Suite struct PeopleTests {
    @Test func `the same seed and index make the same person`() {
        #expect(Person(seed: 7, index: 42) == People(seed: 7).person(42))
        #expect(Person(seed: 7, index: 42) != Person(seed: 8, index: 42))
    }

    @Test func `twenty thousand people share no e-mail and no profile URL`() {
        let people = (0..<20_000).map(People(seed: 1).person)
        #expect(Set(people.map(\.email)).count == people.count)
        #expect(Set(people.map(\.profileURL)).count == people.count)
    }

    @Test func `addresses are plain ASCII and reserved for examples`() {
        for index in 0..<5_000 {
            let person = Person(seed: 3, index: index)
            let parts = person.email.split(separator: "@")
            #expect(parts.count == 2 && person.email.hasSuffix(".example"))
            #expect(person.email.utf8.allSatisfy { $0 < 128 } && person.profileURL.utf8.allSatisfy { $0 < 128 })
            // A letter without a plain spelling would shorten the name to nothing.
            #expect(!person.email.hasPrefix(".") && !person.email.contains(".."))
            #expect(person.profileURL.hasPrefix("https://www.linkedin.com/in/"))
        }
    }

    @Test func `every culture and every place has its people`() {
        let people = (0..<20_000).map(People(seed: 1).person)
        #expect(Set(people.map(\.country)).count >= 20)
        #expect(Set(people.map { $0.firstName + " " + $0.lastName }).count > 4_000)
    }
}
