// SPDX-License-Identifier: Apache-2.0

import Web

/// Where recruiters find people and keep them: search, projects, recommended matches, unified search.
enum SearchPages {
    static let routes =
        SearchPage.routes + ProjectsPage.routes + ProjectPage.routes + KeepPage.routes + MatchesPage.routes
        + UnifiedPage.routes
    static let fragments = [MemberRow.fragment, MatchBoard.fragment, UnifiedBoard.fragment]
}
