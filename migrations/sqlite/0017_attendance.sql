-- Attendance: who was in a session, how long, and what follows. A session has a row here from the first time somebody does something.
CREATE TABLE attendance_sessions (
    session    BLOB    PRIMARY KEY REFERENCES sessions (id),
    unit       TEXT    NOT NULL DEFAULT 'percent',
    least      INTEGER NOT NULL DEFAULT 75,
    two_proofs INTEGER NOT NULL DEFAULT 0,
    closed_at  INTEGER,
    closed_by  TEXT,
    closings   INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT attendance_rules_count_minutes_or_percent CHECK (unit IN ('percent', 'minutes')),
    CONSTRAINT attendance_rules_ask_for_something CHECK (least > 0 AND (unit = 'minutes' OR least <= 100))
) STRICT;

-- A participant file that somebody sent: kept from the preview until a day later, or until it is brought in.
CREATE TABLE attendance_files (
    id      BLOB    PRIMARY KEY,
    session BLOB    NOT NULL REFERENCES sessions (id),
    account BLOB    NOT NULL,
    name    TEXT    NOT NULL,
    zone    TEXT    NOT NULL,
    bytes   BLOB    NOT NULL,
    sent_at INTEGER NOT NULL
) STRICT;
CREATE INDEX attendance_files_by_age ON attendance_files (sent_at);

-- A file that was brought in.
CREATE TABLE attendance_imports (
    id           BLOB    PRIMARY KEY,
    session      BLOB    NOT NULL REFERENCES sessions (id),
    name         TEXT    NOT NULL,
    tool         TEXT    NOT NULL,
    zone         TEXT    NOT NULL,
    has_times    INTEGER NOT NULL,
    digest       BLOB    NOT NULL,
    rows         INTEGER NOT NULL,
    wrong        INTEGER NOT NULL,
    imported_at  INTEGER NOT NULL,
    imported_by  TEXT    NOT NULL,
    withdrawn_at INTEGER,
    withdrawn_by TEXT
) STRICT;
CREATE UNIQUE INDEX attendance_imports_once ON attendance_imports (session, digest) WHERE withdrawn_at IS NULL;
CREATE INDEX attendance_imports_by_session ON attendance_imports (session, imported_at);

-- A participant of a file: all rows under the same name and address. It is somebody's, or of nobody who applied, or waits in the queue.
CREATE TABLE attendees (
    id          BLOB    PRIMARY KEY,
    import      BLOB    NOT NULL REFERENCES attendance_imports (id),
    session     BLOB    NOT NULL REFERENCES sessions (id),
    place       INTEGER NOT NULL,  -- the first row of the file
    name        TEXT    NOT NULL,
    email       TEXT    NOT NULL,
    search      TEXT    NOT NULL,
    seconds     INTEGER,           -- of a file that says lengths alone
    application BLOB    REFERENCES applications (id),
    how         TEXT    NOT NULL,
    settled_at  INTEGER,
    settled_by  TEXT,
    CONSTRAINT attendees_are_found_in_one_of_these_ways CHECK (how IN ('', 'token', 'mail', 'name', 'hand', 'stranger')),
    CONSTRAINT attendees_are_somebodys_or_not CHECK ((application IS NULL) = (how IN ('', 'stranger')))
) STRICT;
CREATE INDEX attendees_in_order ON attendees (session, how, place, id);
CREATE INDEX attendees_by_import ON attendees (import, place);
CREATE INDEX attendees_by_application ON attendees (application) WHERE application IS NOT NULL;

-- Whose a participant may be, where more than one could be meant.
CREATE TABLE attendee_candidates (
    attendee    BLOB    NOT NULL REFERENCES attendees (id),
    application BLOB    NOT NULL REFERENCES applications (id),
    PRIMARY KEY (attendee, application)
) STRICT, WITHOUT ROWID;
CREATE INDEX attendee_candidates_by_application ON attendee_candidates (application);

-- A stretch of time in which somebody was there: of a participant of a file, or of an applicant at once.
CREATE TABLE attendance_stays (
    id          BLOB    PRIMARY KEY,
    session     BLOB    NOT NULL REFERENCES sessions (id),
    attendee    BLOB    REFERENCES attendees (id),
    application BLOB    REFERENCES applications (id),
    source      TEXT    NOT NULL,
    from_at     INTEGER NOT NULL,
    until_at    INTEGER NOT NULL,
    CONSTRAINT attendance_stays_are_from_known_sources CHECK (source IN ('file', 'heartbeat', 'hand', 'group')),
    CONSTRAINT attendance_stays_are_somebodys CHECK ((attendee IS NULL) <> (application IS NULL)),
    CONSTRAINT attendance_stays_do_not_end_before_they_begin CHECK (until_at >= from_at)
) STRICT;
CREATE INDEX attendance_stays_by_session ON attendance_stays (session);
CREATE INDEX attendance_stays_by_attendee ON attendance_stays (attendee) WHERE attendee IS NOT NULL;
CREATE INDEX attendance_stays_by_application ON attendance_stays (application, source, until_at) WHERE application IS NOT NULL;

-- A sign beside minutes that somebody followed: two of them count as presence where the session's rule says so.
CREATE TABLE attendance_proofs (
    application BLOB    NOT NULL REFERENCES applications (id),
    kind        TEXT    NOT NULL,
    at          INTEGER NOT NULL,
    PRIMARY KEY (application, kind),
    CONSTRAINT attendance_proofs_are_of_three_kinds CHECK (kind IN ('heartbeat', 'keyword', 'survey'))
) STRICT, WITHOUT ROWID;

-- What the secretariat decided by hand. The last one that is not taken back counts.
CREATE TABLE attendance_marks (
    application BLOB    NOT NULL REFERENCES applications (id),
    number      INTEGER NOT NULL,
    batch       BLOB    NOT NULL,
    verdict     TEXT    NOT NULL,
    reason      TEXT    NOT NULL,
    note        TEXT    NOT NULL,
    marked_at   INTEGER NOT NULL,
    marked_by   TEXT    NOT NULL,
    undone_at   INTEGER,
    undone_by   TEXT,
    PRIMARY KEY (application, number),
    CONSTRAINT attendance_marks_say_yes_or_no CHECK (verdict IN ('present', 'absent'))
) STRICT, WITHOUT ROWID;
CREATE INDEX attendance_marks_by_batch ON attendance_marks (batch);

-- What is known of each applicant: reckoned from the tables above whenever one of them changes, and the verdict of the last closing.
CREATE TABLE attendances (
    application BLOB    PRIMARY KEY REFERENCES applications (id),
    session     BLOB    NOT NULL REFERENCES sessions (id),
    seconds     INTEGER NOT NULL DEFAULT 0,
    proofs      INTEGER NOT NULL DEFAULT 0,
    mark        TEXT,
    reason      TEXT    NOT NULL DEFAULT '',
    verdict     TEXT,
    evidence    TEXT    NOT NULL DEFAULT '',
    decided_at  INTEGER,
    CONSTRAINT attendances_are_decided_in_one_of_four_ways CHECK (verdict IS NULL OR verdict IN ('present', 'absent', 'review', 'archive'))
) STRICT;
CREATE INDEX attendances_by_session ON attendances (session, verdict);

-- 「出席の記録について申し出る」
CREATE TABLE attendance_objections (
    id          BLOB    PRIMARY KEY,
    application BLOB    NOT NULL REFERENCES applications (id),
    session     BLOB    NOT NULL REFERENCES sessions (id),
    body        TEXT    NOT NULL,
    lang        TEXT    NOT NULL,
    received_at INTEGER NOT NULL,
    answer      TEXT    NOT NULL DEFAULT '',
    mark        TEXT,
    answered_at INTEGER,
    answered_by TEXT
) STRICT;
CREATE UNIQUE INDEX attendance_objections_one_at_a_time ON attendance_objections (application) WHERE answered_at IS NULL;
CREATE INDEX attendance_objections_by_application ON attendance_objections (application, received_at);
CREATE INDEX attendance_objections_by_arrival ON attendance_objections (received_at, id);

CREATE INDEX applications_by_number ON applications (session, number);
