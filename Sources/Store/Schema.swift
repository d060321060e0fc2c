// SPDX-License-Identifier: Apache-2.0

package import SQLFile

/// The steps of the connector's schema, oldest first. A released one is never edited.
package enum Schema {
    package static let migrations = [
        Migration(name: "V001_customers", utf8: PackageResources.V001_customers_sql),
        Migration(name: "V002_records", utf8: PackageResources.V002_records_sql),
        Migration(name: "V003_lanes", utf8: PackageResources.V003_lanes_sql),
        Migration(name: "V004_events", utf8: PackageResources.V004_events_sql),
        Migration(name: "V005_exports", utf8: PackageResources.V005_exports_sql),
        Migration(name: "V006_recruiter", utf8: PackageResources.V006_recruiter_sql),
        Migration(name: "V007_webhooks", utf8: PackageResources.V007_webhooks_sql),
        Migration(name: "V008_permissions", utf8: PackageResources.V008_permissions_sql),
        Migration(name: "V009_privacy", utf8: PackageResources.V009_privacy_sql),
        Migration(name: "V010_access", utf8: PackageResources.V010_access_sql),
        Migration(name: "V011_sync", utf8: PackageResources.V011_sync_sql),
        Migration(name: "V012_sources", utf8: PackageResources.V012_sources_sql),
        Migration(name: "V013_lookup", utf8: PackageResources.V013_lookup_sql),
        Migration(name: "V014_pages", utf8: PackageResources.V014_pages_sql),
    ]
}
