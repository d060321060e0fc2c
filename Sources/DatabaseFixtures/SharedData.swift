// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Files that lie beside the repository and are not part of it.
package enum SharedData {
    /// The dump of the OpenCATS sample database; nil where the folder `shared` does not exist.
    package static var openCATS: String? {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let path = root.appendingPathComponent("../shared/data/opencats/opencats-sample.sql").standardized.path
        return FileManager.default.fileExists(atPath: path) ? path : nil
    }

    /// A file of the repository, such as `mappings/opencats.yaml`.
    package static func repositoryFile(_ name: String) -> String {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
            .appendingPathComponent(name).path
    }
}
