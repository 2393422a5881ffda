-- What people asked the secretariat. How an inquiry stands is derived: taken, closed, or neither.
CREATE TABLE inquiries (
    id          BLOB    PRIMARY KEY,
    year        TEXT    NOT NULL,
    number      INTEGER NOT NULL,  -- R8-Q-0012
    about       TEXT    NOT NULL,
    name        TEXT    NOT NULL,
    email       TEXT    NOT NULL,
    institution TEXT    NOT NULL,
    lang        TEXT    NOT NULL,
    search      TEXT    NOT NULL,
    received_at INTEGER NOT NULL,
    taken_at    INTEGER,
    taken_by    TEXT,
    closed_at   INTEGER,
    closed_by   TEXT,
    CONSTRAINT inquiries_have_one_number UNIQUE (year, number),
    CONSTRAINT inquiries_are_about_one_of_two CHECK (about IN ('programme', 'portal')),
    CONSTRAINT inquiries_langs_are_known CHECK (lang IN ('ja', 'en'))
) STRICT;
CREATE INDEX inquiries_by_arrival ON inquiries (received_at, id);
CREATE INDEX inquiries_that_wait  ON inquiries (received_at) WHERE closed_at IS NULL;

CREATE TABLE inquiry_messages (
    inquiry BLOB    NOT NULL REFERENCES inquiries (id) ON DELETE CASCADE,
    number  INTEGER NOT NULL,
    kind    TEXT    NOT NULL,  -- a note is for the secretariat alone; a reply came by mail or telephone and was written down
    actor   TEXT    NOT NULL,
    body    TEXT    NOT NULL,
    at      INTEGER NOT NULL,
    PRIMARY KEY (inquiry, number),
    CONSTRAINT inquiry_messages_are_known CHECK (kind IN ('question', 'answer', 'reply', 'note'))
) STRICT, WITHOUT ROWID;
