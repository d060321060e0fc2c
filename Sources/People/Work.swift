// SPDX-License-Identifier: Apache-2.0

/// How high people rank and where they work. As in `Names`, order is part of what makes a person reproducible.
enum Work {
    static let levels = ["Senior", "Lead", "Principal", "Junior", "Staff", "Associate", "Head"]
    static let titles = Occupation.all.map(\.title)
    static let companyHeads = [
        "Northgate", "Bluefern", "Halden", "Quillmark", "Sunderby", "Oakmere", "Brightwater", "Vantara", "Kestrel",
        "Lumenfield",
        "Greywick", "Talbridge", "Marlowe", "Fennel", "Ironvale", "Copperline", "Wexmoor", "Silverpine", "Tidewell",
        "Arborview",
        "Calderon", "Draymoor", "Everlea", "Foxglade", "Glenhaven", "Hollowell", "Juniper", "Larkspur", "Mistral",
        "Nettlebrook",
    ]
    static let companyTails = [
        "Systems", "Foods", "Health", "Logistics", "Energy", "Studios", "Analytics", "Robotics", "Insurance",
        "Outfitters",
        "Pharma", "Mobility", "Bank", "Materials", "Games", "Hospitals", "Software", "Shipping", "Textiles", "Partners",
    ]
    static let mailHosts = ["post.example", "inbox.example", "mail.example", "letters.example", "webmail.example"]
}
