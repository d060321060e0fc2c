// SPDX-License-Identifier: Apache-2.0

/// One setting as it counts in this process: `crosswalk config show` prints the same.
package struct ConfigurationLine: Sendable, Hashable {
    package var key: String
    /// nil: not set. Of a secret, never the value.
    package var value: String?
    /// Who said it: a flag, a variable, the file, the default.
    package var origin: String
    package var meaning: String

    package init(key: String, value: String?, origin: String, meaning: String) {
        self.key = key
        self.value = value
        self.origin = origin
        self.meaning = meaning
    }
}
