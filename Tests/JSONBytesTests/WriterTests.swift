// SPDX-License-Identifier: Apache-2.0

import JSONBytes
import Testing

@Suite struct WriterTests {
    @Test func `commas and colons are the writer's business`() {
        var writer = JSONWriter()
        writer.beginObject()
        writer.name("a")
        writer.beginArray()
        writer.int(.min)
        writer.double(0.5)
        writer.bool(true)
        writer.null()
        writer.raw(Array(#"{"x":1}"#.utf8))
        writer.beginObject()
        writer.endObject()
        writer.beginArray()
        writer.endArray()
        writer.endArray()
        writer.name("b")
        writer.string("c/d")
        writer.endObject()
        writer.endLine()
        writer.int(1)
        #expect(
            String(decoding: writer.bytes, as: UTF8.self) == """
                {"a":[-9223372036854775808,0.5,true,null,{"x":1},{},[]],"b":"c/d"}
                1
                """)
    }

    @Test(arguments: [
        ("", #""""#), ("\"\\/", #""\"\\/""#), ("\u{8}\t\n\u{C}\r", #""\b\t\n\f\r""#),
        ("\0\u{1F}\u{7F}", #""\u0000\u001f\#u{7F}""#),
        ("é😀\u{2028}", "\"é😀\u{2028}\""), ("a\nb", #""a\nb""#),
    ])
    func `a string is escaped as little as RFC 8259 allows`(text: String, json: String) {
        #expect(JSONValue.string(text).bytes == Array(json.utf8))
    }

    @Test func `a number JSON cannot say becomes null`() {
        #expect(
            JSONValue.array([.double(.nan), .double(.infinity), .double(1e300)]).bytes
                == Array("[null,null,1e+300]".utf8))
    }

    @Test func `an object keeps its order, replaces in place and equals one in another order`() {
        var object: JSONObject = ["b": 1, "a": 2]
        object["c"] = 3
        object["b"] = .null
        #expect(JSONValue.object(object).bytes == Array(#"{"b":null,"a":2,"c":3}"#.utf8))
        object["a"] = nil
        #expect(
            object == ["c": 3, "b": nil] && object.keys == ["b", "c"] && Set([object]).contains(["c": 3, "b": nil]))
        #expect(object != ["c": 3])
    }

    @Test func `an object of many members is found, replaced and removed by name`() {
        var object = JSONObject((0..<500).map { ("m\($0)", JSONValue.int($0)) })
        for number in stride(from: 0, to: 500, by: 2) { object["m\(number)"] = nil }
        object["m1"] = "one"
        object["new"] = true
        #expect(object.count == 251 && object["m0"] == nil && object["m1"] == "one" && object["m499"] == 499)
        #expect(object.keys.first == "m1" && object.keys.last == "new")
    }

    @Test func `values are read and changed through subscripts`() {
        var value: JSONValue = ["a": [1, ["b": 2.0]], "s": "x"]
        #expect(value["a"]?[1]?["b"]?.int == 2 && value["a"]?[5] == nil && value["s"]?["t"] == nil)
        value["s"] = nil
        value["a"]?["x"] = 1  // an array has no members
        #expect(value == ["a": [1, ["b": 2.0]]])
        #expect(value.kind == .object && JSONValue.int(3).double == 3 && JSONValue.double(2.5).int == nil)
    }
}
