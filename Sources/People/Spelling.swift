// SPDX-License-Identifier: Apache-2.0

/// Names as they appear in addresses.
enum Spelling {
    /// Lower case a–z only: what a mail address or profile URL makes of a name. "José Nuñez-Díaz" becomes
    /// "josenunezdiaz".
    static func plain(_ name: String) -> String {
        var result = ""
        for scalar in name.lowercased().unicodeScalars {
            switch scalar {
            case "a"..."z": result.unicodeScalars.append(scalar)
            default: result += folded[scalar] ?? ""
            }
        }
        return result
    }

    /// The letters the tables of `Names` use beyond a–z.
    private static let folded: [Unicode.Scalar: String] = [
        "á": "a", "à": "a", "â": "a", "ä": "ae", "ã": "a", "å": "a", "ą": "a", "ç": "c", "ć": "c", "č": "c", "é": "e",
        "è": "e",
        "ê": "e", "ë": "e", "ę": "e", "ğ": "g", "í": "i", "ı": "i", "ł": "l", "ñ": "n", "ń": "n", "ó": "o", "ô": "o",
        "ö": "oe",
        "õ": "o", "ø": "o", "ş": "s", "ś": "s", "š": "s", "ú": "u", "ü": "ue", "ż": "z", "ź": "z", "ž": "z", "ß": "ss",
        "æ": "ae",
    ]
}
