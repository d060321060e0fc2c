// SPDX-License-Identifier: Apache-2.0

import Web

/// What ATSs load and embed, and the page that shows how.
enum WidgetPages {
    static let routes: [PageRoute] =
        WidgetLoader.routes + WidgetFrame.routes + SetupWidget.routes + ProfileWidget.routes + MatchesWidget.routes
        + SearchWidget.routes + DemoATS.routes

    static let fragments = [
        Fragment("widget_bar", utf8: PackageResources.widget_bar_mustache),
        Fragment("widget_kept", utf8: PackageResources.widget_kept_mustache),
        Fragment("widget_compose", utf8: PackageResources.widget_compose_mustache),
    ]
}
