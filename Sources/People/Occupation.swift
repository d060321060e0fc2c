// SPDX-License-Identifier: Apache-2.0

/// What people do, and the skills that go with it. As in `Names`, order is part of what makes a person reproducible.
package struct Occupation: Sendable, Hashable {
    package let title: String
    package let skills: [String]

    /// - Parameter skills: with commas between.
    private init(_ title: String, _ skills: String) {
        self.title = title
        self.skills = skills.split(separator: ", ").map(String.init)
    }

    package static let all = [
        Occupation("Data Engineer", "SQL, Python, Spark, Airflow, Data Modeling, Kafka"),
        Occupation(
            "Nurse Practitioner", "Patient Care, Triage, Prescribing, Health Records, Pediatrics, Patient Education"),
        Occupation(
            "Account Executive", "Prospecting, Negotiation, Salesforce, Forecasting, Enterprise Sales, Presentations"),
        Occupation("Product Designer", "Figma, Prototyping, User Research, Design Systems, Accessibility, Wireframing"),
        Occupation(
            "Civil Engineer",
            "AutoCAD, Structural Analysis, Surveying, Drainage Design, Site Supervision, Cost Estimation"),
        Occupation("Backend Developer", "Java, PostgreSQL, REST, Docker, Microservices, Go"),
        Occupation("Financial Analyst", "Excel, Valuation, Budgeting, Financial Modeling, Reporting, SQL"),
        Occupation("Recruiter", "Sourcing, Interviewing, Employer Branding, Onboarding, Negotiation, Talent Pipelines"),
        Occupation(
            "Warehouse Supervisor",
            "Inventory Control, Shift Planning, Forklift Operation, Safety, Lean, Team Leadership"),
        Occupation("Marketing Specialist", "SEO, Copywriting, Campaigns, Analytics, Social Media, E-mail Marketing"),
        Occupation(
            "Customer Success Specialist", "Onboarding, Retention, Support, Product Training, Salesforce, Presentations"
        ),
        Occupation("Machinist", "CNC, Milling, Blueprint Reading, Calipers, Lathe, Quality Control"),
        Occupation(
            "Clinical Researcher",
            "Clinical Trials, Biostatistics, Protocol Design, Regulatory Affairs, Data Collection, GCP"),
        Occupation("Site Reliability Engineer", "Linux, Kubernetes, Terraform, Monitoring, Incident Response, Go"),
        Occupation("Procurement Officer", "Tendering, Contracts, Supplier Management, Negotiation, Budgeting, SAP"),
        Occupation(
            "Legal Counsel", "Contract Law, Compliance, Negotiation, Privacy Law, Litigation, Corporate Governance"),
        Occupation(
            "Teacher", "Lesson Planning, Classroom Management, Assessment, Curriculum Design, Mentoring, Mathematics"),
        Occupation("Mobile Developer", "Swift, Kotlin, iOS, Android, UI Design, REST"),
        Occupation(
            "Quality Inspector", "Quality Control, ISO 9001, Calipers, Root Cause Analysis, Sampling, Reporting"),
        Occupation(
            "Logistics Planner", "Route Planning, Inventory Control, Forecasting, Customs, SAP, Carrier Management"),
        Occupation(
            "Security Analyst",
            "SIEM, Threat Modeling, Incident Response, Network Security, Python, Penetration Testing"),
        Occupation("Technical Writer", "Documentation, Markdown, API Documentation, Editing, DITA, Information Design"),
        Occupation("Payroll Specialist", "Payroll, Tax Filing, Excel, Benefits, Bookkeeping, Compliance"),
        Occupation("Chemist", "Chromatography, Spectroscopy, Titration, Laboratory Safety, Method Validation, GMP"),
        Occupation("Electrician", "Wiring, Blueprint Reading, Safety, PLC, Fault Finding, Maintenance"),
        Occupation("Translator", "Translation, Proofreading, Localization, Interpreting, Terminology, Editing"),
        Occupation(
            "Business Analyst", "Requirements, Process Mapping, SQL, Stakeholder Management, Reporting, User Stories"),
        Occupation(
            "Store Supervisor",
            "Merchandising, Cash Handling, Team Leadership, Shift Planning, Customer Service, Inventory Control"),
        Occupation("Data Scientist", "Python, Statistics, Machine Learning, SQL, Experiment Design, Visualization"),
        Occupation("Frontend Developer", "JavaScript, CSS, React, Accessibility, TypeScript, REST"),
    ]
}
