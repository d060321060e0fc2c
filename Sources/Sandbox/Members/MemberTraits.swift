// SPDX-License-Identifier: Apache-2.0

import People

/// What a profile says that the directory does not: skills, and whether the member is open to work. A pure function of
/// number and title, so that nothing is stored for a million members and every run sees the same.
struct MemberTraits: Sendable, Hashable {
    var skills: [String]
    var isOpenToWork: Bool

    /// Four of the skills that go with the title, none for a title nobody knows. Eighteen of a hundred members are open
    /// to work.
    init(number: Int64, title: String) {
        var dice = Self.dice(number)
        isOpenToWork = Self.isOpen(&dice)
        let all = Skills.of(title: title)
        guard all.count > 4 else {
            skills = all
            return
        }
        let start = Int(dice.next() % UInt64(all.count))
        skills = (0..<4).map { all[(start + $0) % all.count] }
    }

    /// The same without the skills.
    static func isOpenToWork(number: Int64) -> Bool {
        var dice = dice(number)
        return isOpen(&dice)
    }

    private static func dice(_ number: Int64) -> Dice { Dice(seed: 0x7A17, index: Int(number)) }

    private static func isOpen(_ dice: inout Dice) -> Bool { dice.chance(of: 18, in: 100) }
}

/// Which skills go with which of the directory's titles.
enum Skills {
    static let byTitle: [String: [String]] = [
        "Data Engineer": ["SQL", "Python", "Spark", "Airflow", "Data Modeling", "Kafka"],
        "Nurse Practitioner": [
            "Patient Care", "Triage", "Prescribing", "Health Records", "Pediatrics", "Patient Education",
        ],
        "Account Executive": [
            "Prospecting", "Negotiation", "Salesforce", "Forecasting", "Enterprise Sales", "Presentations",
        ],
        "Product Designer": [
            "Figma", "Prototyping", "User Research", "Design Systems", "Accessibility", "Wireframing",
        ],
        "Civil Engineer": [
            "AutoCAD", "Structural Analysis", "Surveying", "Drainage Design", "Site Supervision", "Cost Estimation",
        ],
        "Backend Developer": ["Java", "PostgreSQL", "REST", "Docker", "Microservices", "Go"],
        "Financial Analyst": ["Excel", "Valuation", "Budgeting", "Financial Modeling", "Reporting", "SQL"],
        "Recruiter": [
            "Sourcing", "Interviewing", "Employer Branding", "Onboarding", "Negotiation", "Talent Pipelines",
        ],
        "Warehouse Supervisor": [
            "Inventory Control", "Shift Planning", "Forklift Operation", "Safety", "Lean", "Team Leadership",
        ],
        "Marketing Specialist": ["SEO", "Copywriting", "Campaigns", "Analytics", "Social Media", "E-mail Marketing"],
        "Customer Success Specialist": [
            "Onboarding", "Retention", "Support", "Product Training", "Salesforce", "Presentations",
        ],
        "Machinist": ["CNC", "Milling", "Blueprint Reading", "Calipers", "Lathe", "Quality Control"],
        "Clinical Researcher": [
            "Clinical Trials", "Biostatistics", "Protocol Design", "Regulatory Affairs", "Data Collection", "GCP",
        ],
        "Site Reliability Engineer": ["Linux", "Kubernetes", "Terraform", "Monitoring", "Incident Response", "Go"],
        "Procurement Officer": [
            "Tendering", "Contracts", "Supplier Management", "Negotiation", "Budgeting", "SAP",
        ],
        "Legal Counsel": [
            "Contract Law", "Compliance", "Negotiation", "Privacy Law", "Litigation", "Corporate Governance",
        ],
        "Teacher": [
            "Lesson Planning", "Classroom Management", "Assessment", "Curriculum Design", "Mentoring", "Mathematics",
        ],
        "Mobile Developer": ["Swift", "Kotlin", "iOS", "Android", "UI Design", "REST"],
        "Quality Inspector": [
            "Quality Control", "ISO 9001", "Calipers", "Root Cause Analysis", "Sampling", "Reporting",
        ],
        "Logistics Planner": [
            "Route Planning", "Inventory Control", "Forecasting", "Customs", "SAP", "Carrier Management",
        ],
        "Security Analyst": [
            "SIEM", "Threat Modeling", "Incident Response", "Network Security", "Python", "Penetration Testing",
        ],
        "Technical Writer": [
            "Documentation", "Markdown", "API Documentation", "Editing", "DITA", "Information Design",
        ],
        "Payroll Specialist": ["Payroll", "Tax Filing", "Excel", "Benefits", "Bookkeeping", "Compliance"],
        "Chemist": [
            "Chromatography", "Spectroscopy", "Titration", "Laboratory Safety", "Method Validation", "GMP",
        ],
        "Electrician": ["Wiring", "Blueprint Reading", "Safety", "PLC", "Fault Finding", "Maintenance"],
        "Translator": ["Translation", "Proofreading", "Localization", "Interpreting", "Terminology", "Editing"],
        "Business Analyst": [
            "Requirements", "Process Mapping", "SQL", "Stakeholder Management", "Reporting", "User Stories",
        ],
        "Store Supervisor": [
            "Merchandising", "Cash Handling", "Team Leadership", "Shift Planning", "Customer Service",
            "Inventory Control",
        ],
        "Data Scientist": ["Python", "Statistics", "Machine Learning", "SQL", "Experiment Design", "Visualization"],
        "Frontend Developer": ["JavaScript", "CSS", "React", "Accessibility", "TypeScript", "REST"],
    ]

    /// - Parameter title: with or without a level, any case.
    static func of(title: String) -> [String] {
        if let exact = byTitle[title] { return exact }
        // "Senior Data Engineer" is a data engineer.
        if let space = title.firstIndex(of: " "), let known = byTitle[String(title[title.index(after: space)...])] {
            return known
        }
        let folded = title.prefix(200).lowercased()
        guard !folded.isEmpty else { return [] }
        return byTitle.keys.sorted().first { folded.contains($0.lowercased()) }.flatMap { byTitle[$0] } ?? []
    }

    /// Every skill there is, once.
    static let all: [String] = Set(byTitle.values.joined()).sorted()
}
