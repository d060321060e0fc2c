// SPDX-License-Identifier: Apache-2.0

import Web

/// Where `/` and `/talent` lead.
enum RecruiterHome {
    static let routes: [PageRoute] = [
        .get("/") { _ in .see("/talent") },
        .get("/talent") { _ in .see("/talent/search") },
    ]
}
