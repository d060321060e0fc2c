// SPDX-License-Identifier: Apache-2.0

/// The sentences the sample company writes. Order matters: it is part of what makes a row reproducible.
enum Texts {
    static let departments = [
        "Engineering", "Operations", "Sales", "People", "Finance", "Care", "Logistics", "Product",
    ]
    static let openings = [
        "Our team is growing, and we are looking for a", "To open our next site we need a", "You would be the first",
        "We are replacing a retiring colleague and hire a",
    ]
    static let duties = [
        "Own your area from the first idea to its use by customers", "Plan the week with two colleagues and keep to it",
        "Find out what slows us down and remove it",
        "Talk to customers every month and write down what you hear", "Keep our records complete &amp; correct",
        "Teach new colleagues and learn from them",
        "Report figures that can be checked", "Improve safety on every shift",
    ]
    static let wishes = [
        "Three years of experience in a similar position", "Good written English; another language helps",
        "Joy in working with others",
        "A driving licence, or a plan without one", "Careful handling of personal data",
        "A degree, an apprenticeship, or the same by experience",
    ]
    static let closings = [
        "We answer every application within ten days.", "Part-time is possible. Tell us how you would like to work.",
        "Questions? Call us before you apply.",
    ]
    static let streets = [
        "Mill Lane", "Station Road", "High Street", "Orchard Way", "Harbour Street", "Church Road", "Garden Close",
        "Bridge Street",
    ]
    static let channels = ["Careers page", "Job board", "Referral", "Agency", "Fair", "LinkedIn"]
    static let declineReasons = [
        "Experience does not fit", "Salary expectation", "Position filled", "Candidate withdrew", "No reply",
    ]
    static let comments = [
        "Met at the fair, interested in a change next spring.", "Prefers to be called after 17:00.",
        "Strong portfolio;\nask about the second project.",
        "Would relocate. Notice period: three months.",
        "Asked us to keep the file for two years – consent is on record.", "Knows two of our colleagues 🙂",
        "Salary range discussed and fine.", "References checked: all \"very good\".",
    ]
    static let summaries = [
        "Clear answers, good questions.", "Knows the tools, less sure about planning.", "Would be a gain for the team.",
        "Not ready for this level yet, keep in touch.",
        "Nervous at first, convincing in the second half.", "Solved the exercise in half the time.",
    ]
}
