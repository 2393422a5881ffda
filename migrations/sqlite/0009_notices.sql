-- Running numbers that are given once and never again: notices of a day, questions, inquiries of a fiscal year.
CREATE TABLE running_numbers (
    series TEXT    PRIMARY KEY,  -- notice/2026-08-10, question, inquiry/R8
    last   INTEGER NOT NULL,
    CONSTRAINT running_numbers_begin_at_one CHECK (last >= 1)
) STRICT;

-- Whatever goes public by way of 下書き, 確認依頼, 承認 and 公開: a notice, a question, a fixed page.
CREATE TABLE texts (
    id      BLOB    PRIMARY KEY,
    kind    TEXT    NOT NULL,
    made_at INTEGER NOT NULL,
    CONSTRAINT texts_are_of_three_kinds CHECK (kind IN ('notice', 'question', 'page'))
) STRICT;
CREATE INDEX texts_by_kind ON texts (kind, made_at);

-- Every wording that a text ever had. One that was published is never written over: a change begins the next version.
CREATE TABLE text_versions (
    id       BLOB    PRIMARY KEY,
    text     BLOB    NOT NULL REFERENCES texts (id),
    number   INTEGER NOT NULL,
    title_ja TEXT    NOT NULL,
    lead_ja  TEXT    NOT NULL,
    body_ja  TEXT    NOT NULL,
    title_en TEXT    NOT NULL,
    lead_en  TEXT    NOT NULL,
    body_en  TEXT    NOT NULL,
    facts    TEXT    NOT NULL,  -- JSON: what else the version says, in the words of its kind
    saved_at INTEGER NOT NULL,
    CONSTRAINT text_versions_have_one_number UNIQUE (text, number)
) STRICT;

-- What happened to a version, by whom. Its stage is the last of these steps; nothing here is ever changed.
CREATE TABLE text_steps (
    version BLOB    NOT NULL REFERENCES text_versions (id),
    number  INTEGER NOT NULL,
    step    TEXT    NOT NULL,
    actor   TEXT    NOT NULL,
    role    TEXT    NOT NULL,
    note    TEXT    NOT NULL,
    at      INTEGER NOT NULL,
    PRIMARY KEY (version, number),
    CONSTRAINT text_steps_are_known CHECK (step IN ('saved', 'requested', 'returned', 'approved', 'published', 'withdrawn'))
) STRICT, WITHOUT ROWID;

-- Notices as they are public: a copy of the published version, under an address that never changes.
CREATE TABLE notices (
    id              BLOB    PRIMARY KEY REFERENCES texts (id),
    day             TEXT    NOT NULL,
    number          INTEGER NOT NULL,  -- of that day; both make the address /notices/2026-0810-1
    category        TEXT    NOT NULL,
    title_ja        TEXT    NOT NULL,
    body_ja         TEXT    NOT NULL,
    title_en        TEXT    NOT NULL,
    body_en         TEXT    NOT NULL,
    search          TEXT    NOT NULL,
    published_at    INTEGER NOT NULL,  -- seen from this moment on
    revised_at      INTEGER,
    withdrawn_at    INTEGER,
    withdraw_reason TEXT    NOT NULL DEFAULT '',
    CONSTRAINT notices_have_one_address UNIQUE (day, number)
) STRICT;
CREATE INDEX notices_newest_first ON notices (day, number) WHERE withdrawn_at IS NULL;
