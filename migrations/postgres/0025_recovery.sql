-- The way back of somebody whose role asks for more than a mailbox, and who has lost what they proved themselves by (rule 30).
CREATE TABLE recoveries (
    id           uuid    PRIMARY KEY,
    account      uuid    NOT NULL REFERENCES accounts (id),
    lang         text    NOT NULL,
    asked_at     bigint NOT NULL,
    approved_at  bigint,
    held_until   bigint,
    generation   bigint NOT NULL DEFAULT 0,  -- of the link: the newest alone opens
    link_ends_at bigint,
    used_at      bigint,
    sign_in      uuid,                    -- the one that the link opened: it may register the new way
    new_hash     text,                    -- a passphrase that waits for the first code that goes with it
    new_secret   bytea,                    -- of those codes, sealed
    closed_at    bigint,
    outcome      text,
    CONSTRAINT recoveries_end_in_one_of_four_ways CHECK (outcome IN ('refused', 'cancelled', 'completed', 'lapsed')),
    CONSTRAINT recoveries_that_are_over_have_an_outcome CHECK ((closed_at IS NULL) = (outcome IS NULL)),
    CONSTRAINT recoveries_hold_from_the_approval CHECK ((approved_at IS NULL) = (held_until IS NULL) AND (held_until IS NULL OR held_until >= approved_at)),
    CONSTRAINT recoveries_open_after_the_hold CHECK (used_at IS NULL OR (held_until IS NOT NULL AND used_at >= held_until)),
    CONSTRAINT recoveries_are_completed_by_the_link CHECK (outcome IS NULL OR outcome <> 'completed' OR used_at IS NOT NULL)
);
CREATE UNIQUE INDEX recoveries_one_at_a_time ON recoveries (account) WHERE closed_at IS NULL;
CREATE INDEX recoveries_waiting ON recoveries (asked_at, id) WHERE closed_at IS NULL;
CREATE INDEX recoveries_by_sign_in ON recoveries (sign_in) WHERE closed_at IS NULL;

-- Who confirmed that it is the person, once each, and never the person.
CREATE TABLE recovery_approvals (
    recovery    uuid    NOT NULL REFERENCES recoveries (id),
    approver    uuid    NOT NULL,
    person      uuid    NOT NULL,
    way         text    NOT NULL,
    reason      text    NOT NULL,
    approved_at bigint NOT NULL,
    PRIMARY KEY (recovery, approver),
    CONSTRAINT recovery_approvals_are_by_another CHECK (approver <> person),
    CONSTRAINT recovery_approvals_come_in_one_of_three_ways CHECK (way IN ('colleague', 'call_back', 'operator'))
);
