// SPDX-License-Identifier: Apache-2.0

/// A real browser for tests: headless Chromium, driven over WebDriver.
package struct Browser: Sendable {}
