-- A role for more than an institution that one operator asked for, until another has decided (rule 23).
CREATE TABLE role_requests (
    id           uuid    PRIMARY KEY,
    account      uuid    NOT NULL REFERENCES accounts (id),
    role         text    NOT NULL,
    organization uuid,
    exception    text    NOT NULL,        -- why one person may hold two roles that exclude each other; mostly empty
    lang         text    NOT NULL,        -- of the invitation
    asked_by     uuid    NOT NULL,
    asked_at     bigint  NOT NULL,
    decided_by   uuid,
    decided_at   bigint,
    decision     text,
    CONSTRAINT role_requests_are_decided_in_one_of_two_ways CHECK (decision IN ('approved', 'refused')),
    CONSTRAINT role_requests_are_decided_by_somebody CHECK ((decided_at IS NULL) = (decision IS NULL) AND (decided_at IS NULL) = (decided_by IS NULL)),
    CONSTRAINT role_requests_take_two_persons CHECK (decision IS NULL OR decision <> 'approved' OR decided_by <> asked_by)
);
CREATE INDEX role_requests_waiting ON role_requests (asked_at) WHERE decided_at IS NULL;
CREATE INDEX role_requests_by_account ON role_requests (account, asked_at);

-- The list of who holds which role: those of one standing or role, the last changed first.
CREATE INDEX memberships_by_change ON memberships (changed_at, id);
