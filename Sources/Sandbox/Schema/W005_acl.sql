-- SPDX-License-Identifier: Apache-2.0
-- Who may see which job. Both tables name security groups of the ATS, which LinkedIn knows nothing else about.

-- A job and one of the groups that may see it. The job need not be there yet.
CREATE TABLE acl (
    tenancy BIGINT NOT NULL REFERENCES tenancy (number),
    job TEXT NOT NULL CHECK (job <> ''),
    security_group TEXT NOT NULL CHECK (security_group <> ''),
    PRIMARY KEY (tenancy, job, security_group)
) WITHOUT ROWID;

-- A member, as the application sees them, and one of the groups they are in. The group need not be in `acl`.
CREATE TABLE acl_assignee (
    tenancy BIGINT NOT NULL REFERENCES tenancy (number),
    person TEXT NOT NULL,
    security_group TEXT NOT NULL CHECK (security_group <> ''),
    PRIMARY KEY (tenancy, person, security_group)
) WITHOUT ROWID;
