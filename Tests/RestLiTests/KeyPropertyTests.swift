// SPDX-License-Identifier: Apache-2.0

import RestLi
import TestSupport
import Testing

@Suite struct KeyPropertyTests {
    @Test(arguments: ProtocolVersion.allCases, 0..<20)
    func `any key survives every place`(version: ProtocolVersion, seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        for _ in 0..<50 {
            let text = String.awkward(&random)
            let keys: [EntityKey] = [
                .simple(text),
                .parts(["atsCandidateId": text, "dataProvider": "ATS", "integrationContext": "urn:li:organization:1"]),
                .parts(["a": text, "b": .awkward(&random)]),
                .parts(["a~.[0]": text]),
            ]
            for key in keys {
                for place in KeyPlace.allCases {
                    // A simple id header is raw, and read as if it might be encoded.
                    if place == .header && key.text?.contains("%") == true { continue }
                    let spelled = KeyCodec.encode(key, in: place, version)
                    let read = try KeyCodec.decode(spelled, in: place, version, simple: key.text != nil)
                    #expect(read == key, "\(place) \(spelled.debugDescription)")
                }
            }
        }
    }

    @Test(arguments: ProtocolVersion.allCases, 0..<10)
    func `any batch of ids survives the query`(version: ProtocolVersion, seed: UInt64) throws {
        var random = SeededRandom(seed: seed &+ 500)
        for isSimple in [true, false] {
            var keys: [EntityKey] = []
            for number in 0..<100 {
                let id = "\(number)" + .awkward(&random)
                keys.append(
                    isSimple
                        ? .simple(id) : .parts(["atsCandidateId": id, "integrationContext": "urn:li:organization:1"]))
            }
            let query = KeyCodec.idsQuery(keys, version)
            #expect(query.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }, "a query is printable ASCII")
            #expect(try KeyCodec.ids(from: QueryCodec.decode(query, version), simple: isSimple) == keys)
        }
    }

    @Test(arguments: 0..<10)
    func `a client finds its key in an answer, whatever the spelling`(seed: UInt64) {
        var random = SeededRandom(seed: seed &+ 900)
        for _ in 0..<50 {
            let key = EntityKey.parts([
                "atsCandidateId": .awkward(&random), "integrationContext": "urn:li:organization:1",
            ])
            for version in ProtocolVersion.allCases {
                for place in [KeyPlace.path, .requestBody, .responseBody] {
                    let spelled = KeyCodec.encode(key, in: place, version)
                    #expect(KeyCodec.readings(spelled, simple: false).contains(key), "\(spelled.debugDescription)")
                }
            }
            guard let id = key["atsCandidateId"], !id.contains("&"), !id.isEmpty else { continue }
            let raw = "integrationContext=urn:li:organization:1&atsCandidateId=\(id)"
            #expect(KeyCodec.readings(raw, simple: false).contains(key), "\(raw.debugDescription)")
        }
    }
}
