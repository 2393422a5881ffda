-- A role for more than an institution that one operator asked for, until another has decided (rule 23).
CREATE TABLE role_requests (
    id           BLOB    PRIMARY KEY,
    account      BLOB    NOT NULL REFERENCES accounts (id),
    role         TEXT    NOT NULL,
    organization BLOB,
    exception    TEXT    NOT NULL,        -- why one person may hold two roles that exclude each other; mostly empty
    lang         TEXT    NOT NULL,        -- of the invitation
    asked_by     BLOB    NOT NULL,
    asked_at     INTEGER NOT NULL,
    decided_by   BLOB,
    decided_at   INTEGER,
    decision     TEXT,
    CONSTRAINT role_requests_are_decided_in_one_of_two_ways CHECK (decision IN ('approved', 'refused')),
    CONSTRAINT role_requests_are_decided_by_somebody CHECK ((decided_at IS NULL) = (decision IS NULL) AND (decided_at IS NULL) = (decided_by IS NULL)),
    CONSTRAINT role_requests_take_two_persons CHECK (decision IS NULL OR decision <> 'approved' OR decided_by <> asked_by)
) STRICT;
CREATE INDEX role_requests_waiting ON role_requests (asked_at) WHERE decided_at IS NULL;
CREATE INDEX role_requests_by_account ON role_requests (account, asked_at);

-- The list of who holds which role: those of one standing or role, the last changed first.
CREATE INDEX memberships_by_change ON memberships (changed_at, id);
