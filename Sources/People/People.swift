// SPDX-License-Identifier: Apache-2.0

/// A reproducible directory of invented people, any size, nothing kept in memory.
///
/// The sandbox makes its members from it and the sample ATS its candidates, so that the two overlap where the indexes
/// do.
package struct People: Sendable {
    package let seed: UInt64

    package init(seed: UInt64) { self.seed = seed }

    /// Person number `index`, from 0.
    package func person(_ index: Int) -> Person { Person(seed: seed, index: index) }
}
