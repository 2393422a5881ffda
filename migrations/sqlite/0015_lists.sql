-- Lists that somebody sent to be brought in: kept from the preview until a day later, then forgotten with everything in them.
CREATE TABLE lists (
    id      BLOB    PRIMARY KEY,
    kind    TEXT    NOT NULL,             -- applicants, notices, questions
    target  TEXT    NOT NULL,             -- what it is brought into: a session's id, or nothing
    account BLOB    NOT NULL,             -- who sent it; nobody else sees it
    name    TEXT    NOT NULL,             -- the file's own name, never a path
    bytes   BLOB    NOT NULL,
    sent_at INTEGER NOT NULL,
    settled INTEGER NOT NULL DEFAULT 0,   -- how many of its lines are brought in or passed over
    done_at INTEGER,
    CONSTRAINT lists_settle_their_lines_in_order CHECK (settled >= 0)
) STRICT;
CREATE INDEX lists_by_age ON lists (sent_at);

-- What became of each line.
CREATE TABLE list_lines (
    list   BLOB    NOT NULL REFERENCES lists (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,              -- of the row in the file
    fate   TEXT    NOT NULL,
    why    TEXT    NOT NULL,              -- what is to be mended
    PRIMARY KEY (list, number),
    CONSTRAINT list_lines_end_in_one_of_four_ways CHECK (fate IN ('new', 'waiting', 'known', 'not'))
) STRICT, WITHOUT ROWID;

-- By which list an application came, if by one; the list itself is gone after a day.
ALTER TABLE applications ADD COLUMN list BLOB;
