// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
package import Hummingbird
import NIOCore
package import Web

extension WebResponse {
    /// As the server sends it.
    package var response: Response {
        var fields = HTTPFields()
        for (name, value) in headers {
            if let name = HTTPField.Name(name) { fields.append(HTTPField(name: name, value: value)) }
        }
        let content =
            switch body {
            case .bytes(let bytes): ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
            case .stream(let pieces): ResponseBody(asyncSequence: pieces.map { ByteBuffer(bytes: $0) })
            }
        return Response(status: HTTPResponse.Status(code: status), headers: fields, body: content)
    }
}

/// The files that pages load: the same for the sign-in page and the dashboard.
enum AssetRoutes {
    static let endpoints: [Endpoint] = [
        .open(.get, "/assets/{hash}/{name}") { call in
            (Asset.find("/assets/\(call.values[0])/\(call.values[1])")?.response ?? WebResponse(status: 404)).response
        }
    ]
}
