// SPDX-License-Identifier: Apache-2.0

import Domain
import Web

/// The first page: every customer, trouble first.
enum Overview {
    static let routes: [DashboardRoute] = [.get("/ui", .viewer) { call in call.page(OverviewPage()) }]
}

struct OverviewPage: Page {
    static let template = PageTemplate("overview", utf8: PackageResources.overview_mustache)
    var title = "Overview"
}
