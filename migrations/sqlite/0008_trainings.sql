-- The offer of a fiscal year (年度). Facts are kept as printed beside what was read from them.
CREATE TABLE programmes (
    id               BLOB    PRIMARY KEY,
    year             TEXT    NOT NULL UNIQUE,
    name             TEXT    NOT NULL,
    project_name     TEXT    NOT NULL,
    operator         TEXT    NOT NULL,
    owner            TEXT    NOT NULL,
    source           TEXT    NOT NULL,
    facts            TEXT    NOT NULL,
    archive_opens_at INTEGER,
    archive_ends_at  INTEGER,
    imported_at      INTEGER NOT NULL
) STRICT;

CREATE TABLE courses (
    id               BLOB    PRIMARY KEY,
    programme        BLOB    NOT NULL REFERENCES programmes (id),
    slug             TEXT    NOT NULL,
    position         INTEGER NOT NULL,
    name             TEXT    NOT NULL,
    format           TEXT    NOT NULL,
    format_raw       TEXT    NOT NULL,
    summary          TEXT    NOT NULL,
    delivery         TEXT    NOT NULL,
    audience         TEXT    NOT NULL,
    fee_yen          INTEGER NOT NULL,
    opens_raw        TEXT    NOT NULL,
    rules            TEXT    NOT NULL,
    anomaly          TEXT    NOT NULL,
    archive_opens_at INTEGER,
    CONSTRAINT courses_have_one_address UNIQUE (programme, slug),
    CONSTRAINT courses_are_given_in_one_of_three_ways CHECK (format IN ('interchangeable', 'series', 'unknown')),
    CONSTRAINT courses_cost_nothing_or_more CHECK (fee_yen >= 0)
) STRICT;

-- A seat is taken in the row itself, so that two people cannot both get the last one. The state is derived, never stored.
CREATE TABLE sessions (
    id             BLOB    PRIMARY KEY,
    course         BLOB    NOT NULL REFERENCES courses (id),
    number         INTEGER NOT NULL,
    extra          INTEGER NOT NULL DEFAULT 0,
    title          TEXT    NOT NULL,
    raw            TEXT    NOT NULL,
    deadline_raw   TEXT    NOT NULL,
    anomaly        TEXT    NOT NULL,
    day            TEXT,
    starts_at      INTEGER,
    ends_at        INTEGER,
    window_raw     TEXT    NOT NULL,
    window_start   TEXT,
    window_end     TEXT,
    opens_at       INTEGER,
    closes_at      INTEGER,
    default_window INTEGER NOT NULL DEFAULT 0,
    tentative      INTEGER NOT NULL DEFAULT 0,
    sample         INTEGER NOT NULL DEFAULT 0,
    seats          INTEGER,
    taken          INTEGER NOT NULL DEFAULT 0,
    waiting_places INTEGER,
    waiting        INTEGER NOT NULL DEFAULT 0,
    waited         INTEGER NOT NULL DEFAULT 0,
    received       INTEGER NOT NULL DEFAULT 0,
    cancelled_at   INTEGER,
    cancel_reason  TEXT    NOT NULL DEFAULT '',
    moved_from     TEXT,
    moved_at       INTEGER,
    sequence       INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT sessions_have_one_number UNIQUE (course, number),
    CONSTRAINT sessions_never_oversold CHECK (taken >= 0 AND (seats IS NULL OR taken <= seats)),
    CONSTRAINT sessions_never_overwaited CHECK (waiting >= 0 AND (waiting_places IS NULL OR waiting <= waiting_places)),
    CONSTRAINT sessions_end_after_they_start CHECK (starts_at IS NULL OR ends_at > starts_at)
) STRICT;

-- One application is one person for one session; after cancelling one may apply again.
CREATE TABLE applications (
    id                BLOB    PRIMARY KEY,
    session           BLOB    NOT NULL REFERENCES sessions (id),
    person            BLOB    NOT NULL REFERENCES persons (id),
    number            INTEGER NOT NULL,
    place             TEXT    NOT NULL,
    waited            INTEGER,
    organization      BLOB,
    organization_name TEXT    NOT NULL,
    organization_kind TEXT    NOT NULL,
    prefecture        TEXT    NOT NULL,
    job               TEXT    NOT NULL,
    question          TEXT    NOT NULL,
    lang              TEXT    NOT NULL,
    search            TEXT    NOT NULL,
    entered_by        TEXT,
    applied_at        INTEGER NOT NULL,
    sequence          INTEGER NOT NULL DEFAULT 0,
    generation        INTEGER NOT NULL DEFAULT 1,
    moved_from        BLOB    REFERENCES sessions (id),
    moved_at          INTEGER,
    promoted_at       INTEGER,
    cancelled_at      INTEGER,
    cancelled_by      TEXT,
    held_until        INTEGER,
    CONSTRAINT applications_have_a_seat_or_wait CHECK (place IN ('seat', 'waiting')),
    CONSTRAINT applications_wait_in_an_order CHECK (place = 'seat' OR waited IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX applications_once_a_person ON applications (session, person) WHERE cancelled_at IS NULL;
CREATE INDEX applications_by_session ON applications (session, applied_at, id);
CREATE INDEX applications_in_waiting_order ON applications (session, waited) WHERE place = 'waiting' AND cancelled_at IS NULL;
CREATE INDEX applications_by_person ON applications (person);

-- 「受付が始まったら知らせてほしい」「録画が公開されたら知らせてほしい」
CREATE TABLE interests (
    id        BLOB    PRIMARY KEY,
    kind      TEXT    NOT NULL,
    audience  TEXT    NOT NULL,
    email     TEXT    NOT NULL,
    lang      TEXT    NOT NULL,
    asked_at  INTEGER NOT NULL,
    told_at   INTEGER,
    ended_at  INTEGER,
    CONSTRAINT interests_are_of_two_kinds CHECK (kind IN ('opening', 'archive'))
) STRICT;
CREATE UNIQUE INDEX interests_once_an_address ON interests (kind, audience, email) WHERE ended_at IS NULL;
