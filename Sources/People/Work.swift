// SPDX-License-Identifier: Apache-2.0

/// What people do and where. As in `Names`, order is part of what makes a person reproducible.
enum Work {
    static let levels = ["Senior", "Lead", "Principal", "Junior", "Staff", "Associate", "Head"]
    static let titles = [
        "Data Engineer", "Nurse Practitioner", "Account Executive", "Product Designer", "Civil Engineer",
        "Backend Developer",
        "Financial Analyst", "Recruiter", "Warehouse Supervisor", "Marketing Specialist", "Customer Success Specialist",
        "Machinist",
        "Clinical Researcher", "Site Reliability Engineer", "Procurement Officer", "Legal Counsel", "Teacher",
        "Mobile Developer",
        "Quality Inspector", "Logistics Planner", "Security Analyst", "Technical Writer", "Payroll Specialist",
        "Chemist",
        "Electrician", "Translator", "Business Analyst", "Store Supervisor", "Data Scientist", "Frontend Developer",
    ]
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
