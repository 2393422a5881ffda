-- Ways into cases that a member's browser made anew: they stand beside those that are known to open, until another member's browser
-- has opened them.
CREATE TABLE case_new_wraps (
    id        uuid PRIMARY KEY,
    case_id   uuid NOT NULL REFERENCES cases (id),
    kind      text NOT NULL,
    holder    uuid NOT NULL,                    -- the epoch, or the key behind glass
    wrap      bytea NOT NULL,
    made_by   uuid NOT NULL REFERENCES accounts (id),
    made_at   bigint NOT NULL,
    failed_at bigint,                          -- another member's browser could not open it
    CONSTRAINT case_new_wraps_are_of_two_kinds CHECK (kind IN ('group', 'glass'))
);
CREATE UNIQUE INDEX case_new_wraps_are_one_by_each_maker ON case_new_wraps (case_id, kind, holder, made_by);
