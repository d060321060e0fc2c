-- SPDX-License-Identifier: Apache-2.0
-- What people say in the widgets.

-- Somebody who a candidate is not, although the two match: unlinked in the profile plugin.
CREATE TABLE unlinked_match (
    entity BIGINT NOT NULL REFERENCES entity (number) ON DELETE CASCADE,
    member BIGINT NOT NULL REFERENCES member (number),
    PRIMARY KEY (entity, member)
) WITHOUT ROWID;
