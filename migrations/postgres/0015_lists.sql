-- Lists that somebody sent to be brought in: kept from the preview until a day later, then forgotten with everything in them.
CREATE TABLE lists (
    id      uuid    PRIMARY KEY,
    kind    text    NOT NULL,             -- applicants, notices, questions
    target  text    NOT NULL,             -- what it is brought into: a session's id, or nothing
    account uuid    NOT NULL,             -- who sent it; nobody else sees it
    name    text    NOT NULL,             -- the file's own name, never a path
    bytes   bytea   NOT NULL,
    sent_at bigint  NOT NULL,
    settled bigint  NOT NULL DEFAULT 0,   -- how many of its lines are brought in or passed over
    done_at bigint,
    CONSTRAINT lists_settle_their_lines_in_order CHECK (settled >= 0)
);
CREATE INDEX lists_by_age ON lists (sent_at);

-- What became of each line.
CREATE TABLE list_lines (
    list   uuid    NOT NULL REFERENCES lists (id) ON DELETE CASCADE,
    number bigint  NOT NULL,              -- of the row in the file
    fate   text    NOT NULL,
    why    text    NOT NULL,              -- what is to be mended
    PRIMARY KEY (list, number),
    CONSTRAINT list_lines_end_in_one_of_four_ways CHECK (fate IN ('new', 'waiting', 'known', 'not'))
);

-- By which list an application came, if by one; the list itself is gone after a day.
ALTER TABLE applications ADD COLUMN list uuid;
