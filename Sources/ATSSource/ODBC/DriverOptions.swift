// SPDX-License-Identifier: Apache-2.0

/// What must be said to a driver so that it streams a result instead of keeping it in memory, and does nothing
/// surprising.
///
/// Those for SQLite, PostgreSQL and MariaDB were tried with the drivers of Debian 12, and a test keeps watching the
/// memory; those for
/// Oracle's MySQL driver are from its manual and untried.
struct DriverOptions {
    /// Keys and values for the connection string.
    var pairs: [(key: String, value: String)]

    /// By the name in `DRIVER=`.
    static func of(connectionString: String) -> DriverOptions {
        let text = connectionString.lowercased()
        guard let start = text.firstRange(of: "driver=") else { return DriverOptions(pairs: []) }
        return of(driver: String(text[start.upperBound...].prefix { $0 != ";" }))
    }

    /// By a driver's name or file.
    static func of(driver: String) -> DriverOptions {
        let name = driver.lowercased()
        if name.contains("sqlite") {
            // Rows one by one; and a mistyped path is an error, not a new empty database.
            return DriverOptions(pairs: [("StepAPI", "1"), ("NoCreat", "1")])
        }
        if name.contains("psqlodbc") || name.contains("postgres") {
            return DriverOptions(pairs: [("UseDeclareFetch", "1"), ("Fetch", "1000")])
        }
        if name.contains("maodbc") || name.contains("mariadb") {
            // Nothing makes version 3.1 stream (see `PagedRows`).
            return DriverOptions(pairs: [("FORWARDONLY", "1"), ("CHARSET", "utf8mb4")])
        }
        if name.contains("myodbc") || name.contains("mysql") {
            return DriverOptions(pairs: [("NO_CACHE", "1"), ("FORWARD_CURSOR", "1"), ("CHARSET", "utf8mb4")])
        }
        return DriverOptions(pairs: [])
    }

    /// The string with the pairs it does not have yet.
    func added(to string: String) -> String {
        let keys = ConnectionString.keys(string)
        var result = string
        for (key, value) in pairs where !keys.contains(key.uppercased()) {
            if !result.isEmpty, !result.hasSuffix(";") { result += ";" }
            result += "\(key)=\(value);"
        }
        return result
    }
}
