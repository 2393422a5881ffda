-- Attendance: who was in a session, how long, and what follows. A session has a row here from the first time somebody does something.
CREATE TABLE attendance_sessions (
    session    uuid    PRIMARY KEY REFERENCES sessions (id),
    unit       text    NOT NULL DEFAULT 'percent',
    least      bigint  NOT NULL DEFAULT 75,
    two_proofs boolean NOT NULL DEFAULT false,
    closed_at  bigint,
    closed_by  text,
    closings   bigint  NOT NULL DEFAULT 0,
    CONSTRAINT attendance_rules_count_minutes_or_percent CHECK (unit IN ('percent', 'minutes')),
    CONSTRAINT attendance_rules_ask_for_something CHECK (least > 0 AND (unit = 'minutes' OR least <= 100))
);

-- A participant file that somebody sent: kept from the preview until a day later, or until it is brought in.
CREATE TABLE attendance_files (
    id      uuid    PRIMARY KEY,
    session uuid    NOT NULL REFERENCES sessions (id),
    account uuid    NOT NULL,
    name    text    NOT NULL,
    zone    text    NOT NULL,
    bytes   bytea   NOT NULL,
    sent_at bigint  NOT NULL
);
CREATE INDEX attendance_files_by_age ON attendance_files (sent_at);

-- A file that was brought in.
CREATE TABLE attendance_imports (
    id           uuid    PRIMARY KEY,
    session      uuid    NOT NULL REFERENCES sessions (id),
    name         text    NOT NULL,
    tool         text    NOT NULL,
    zone         text    NOT NULL,
    has_times    boolean NOT NULL,
    digest       bytea   NOT NULL,
    rows         bigint  NOT NULL,
    wrong        bigint  NOT NULL,
    imported_at  bigint  NOT NULL,
    imported_by  text    NOT NULL,
    withdrawn_at bigint,
    withdrawn_by text
);
CREATE UNIQUE INDEX attendance_imports_once ON attendance_imports (session, digest) WHERE withdrawn_at IS NULL;
CREATE INDEX attendance_imports_by_session ON attendance_imports (session, imported_at);

-- A participant of a file: all rows under the same name and address. It is somebody's, or of nobody who applied, or waits in the queue.
CREATE TABLE attendees (
    id          uuid    PRIMARY KEY,
    import      uuid    NOT NULL REFERENCES attendance_imports (id),
    session     uuid    NOT NULL REFERENCES sessions (id),
    place       bigint  NOT NULL,  -- the first row of the file
    name        text    NOT NULL,
    email       text    NOT NULL,
    search      text    NOT NULL,
    seconds     bigint,            -- of a file that says lengths alone
    application uuid    REFERENCES applications (id),
    how         text    NOT NULL,
    settled_at  bigint,
    settled_by  text,
    CONSTRAINT attendees_are_found_in_one_of_these_ways CHECK (how IN ('', 'token', 'mail', 'name', 'hand', 'stranger')),
    CONSTRAINT attendees_are_somebodys_or_not CHECK ((application IS NULL) = (how IN ('', 'stranger')))
);
CREATE INDEX attendees_in_order ON attendees (session, how, place, id);
CREATE INDEX attendees_by_import ON attendees (import, place);
CREATE INDEX attendees_by_application ON attendees (application) WHERE application IS NOT NULL;

-- Whose a participant may be, where more than one could be meant.
CREATE TABLE attendee_candidates (
    attendee    uuid    NOT NULL REFERENCES attendees (id),
    application uuid    NOT NULL REFERENCES applications (id),
    PRIMARY KEY (attendee, application)
);
CREATE INDEX attendee_candidates_by_application ON attendee_candidates (application);

-- A stretch of time in which somebody was there: of a participant of a file, or of an applicant at once.
CREATE TABLE attendance_stays (
    id          uuid    PRIMARY KEY,
    session     uuid    NOT NULL REFERENCES sessions (id),
    attendee    uuid    REFERENCES attendees (id),
    application uuid    REFERENCES applications (id),
    source      text    NOT NULL,
    from_at     bigint  NOT NULL,
    until_at    bigint  NOT NULL,
    CONSTRAINT attendance_stays_are_from_known_sources CHECK (source IN ('file', 'heartbeat', 'hand', 'group')),
    CONSTRAINT attendance_stays_are_somebodys CHECK ((attendee IS NULL) <> (application IS NULL)),
    CONSTRAINT attendance_stays_do_not_end_before_they_begin CHECK (until_at >= from_at)
);
CREATE INDEX attendance_stays_by_session ON attendance_stays (session);
CREATE INDEX attendance_stays_by_attendee ON attendance_stays (attendee) WHERE attendee IS NOT NULL;
CREATE INDEX attendance_stays_by_application ON attendance_stays (application, source, until_at) WHERE application IS NOT NULL;

-- A sign beside minutes that somebody followed: two of them count as presence where the session's rule says so.
CREATE TABLE attendance_proofs (
    application uuid    NOT NULL REFERENCES applications (id),
    kind        text    NOT NULL,
    at          bigint  NOT NULL,
    PRIMARY KEY (application, kind),
    CONSTRAINT attendance_proofs_are_of_three_kinds CHECK (kind IN ('heartbeat', 'keyword', 'survey'))
);

-- What the secretariat decided by hand. The last one that is not taken back counts.
CREATE TABLE attendance_marks (
    application uuid    NOT NULL REFERENCES applications (id),
    number      bigint  NOT NULL,
    batch       uuid    NOT NULL,
    verdict     text    NOT NULL,
    reason      text    NOT NULL,
    note        text    NOT NULL,
    marked_at   bigint  NOT NULL,
    marked_by   text    NOT NULL,
    undone_at   bigint,
    undone_by   text,
    PRIMARY KEY (application, number),
    CONSTRAINT attendance_marks_say_yes_or_no CHECK (verdict IN ('present', 'absent'))
);
CREATE INDEX attendance_marks_by_batch ON attendance_marks (batch);

-- What is known of each applicant: reckoned from the tables above whenever one of them changes, and the verdict of the last closing.
CREATE TABLE attendances (
    application uuid    PRIMARY KEY REFERENCES applications (id),
    session     uuid    NOT NULL REFERENCES sessions (id),
    seconds     bigint  NOT NULL DEFAULT 0,
    proofs      bigint  NOT NULL DEFAULT 0,
    mark        text,
    reason      text    NOT NULL DEFAULT '',
    verdict     text,
    evidence    text    NOT NULL DEFAULT '',
    decided_at  bigint,
    CONSTRAINT attendances_are_decided_in_one_of_four_ways CHECK (verdict IS NULL OR verdict IN ('present', 'absent', 'review', 'archive'))
);
CREATE INDEX attendances_by_session ON attendances (session, verdict);

-- 「出席の記録について申し出る」
CREATE TABLE attendance_objections (
    id          uuid    PRIMARY KEY,
    application uuid    NOT NULL REFERENCES applications (id),
    session     uuid    NOT NULL REFERENCES sessions (id),
    body        text    NOT NULL,
    lang        text    NOT NULL,
    received_at bigint  NOT NULL,
    answer      text    NOT NULL DEFAULT '',
    mark        text,
    answered_at bigint,
    answered_by text
);
CREATE UNIQUE INDEX attendance_objections_one_at_a_time ON attendance_objections (application) WHERE answered_at IS NULL;
CREATE INDEX attendance_objections_by_application ON attendance_objections (application, received_at);
CREATE INDEX attendance_objections_by_arrival ON attendance_objections (received_at, id);

CREATE INDEX applications_by_number ON applications (session, number);
