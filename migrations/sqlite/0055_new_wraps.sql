-- Ways into cases that a member's browser made anew: they stand beside those that are known to open, until another member's browser
-- has opened them.
CREATE TABLE case_new_wraps (
    id        BLOB PRIMARY KEY,
    case_id   BLOB NOT NULL REFERENCES cases (id),
    kind      TEXT NOT NULL,
    holder    BLOB NOT NULL,                    -- the epoch, or the key behind glass
    wrap      BLOB NOT NULL,
    made_by   BLOB NOT NULL REFERENCES accounts (id),
    made_at   INTEGER NOT NULL,
    failed_at INTEGER,                          -- another member's browser could not open it
    CONSTRAINT case_new_wraps_are_of_two_kinds CHECK (kind IN ('group', 'glass'))
) STRICT;
CREATE UNIQUE INDEX case_new_wraps_are_one_by_each_maker ON case_new_wraps (case_id, kind, holder, made_by);
