-- 修了証 of e-learning stand among the other certificates: they rest on an account's way through a course, and on no application.
-- SQLite changes no column, so the table is made anew; whoever points at it keeps pointing at the same rows.
PRAGMA defer_foreign_keys = ON;
CREATE TABLE certificates_before AS SELECT * FROM certificates;
DROP TABLE certificates;
CREATE TABLE certificates (
    id            BLOB    PRIMARY KEY,
    number        TEXT    NOT NULL UNIQUE,
    code          TEXT    NOT NULL UNIQUE,
    kind          TEXT    NOT NULL,
    application   BLOB    REFERENCES applications (id),
    person        BLOB    REFERENCES persons (id),
    course        BLOB    REFERENCES courses (id),
    session       BLOB    REFERENCES sessions (id),
    organization  BLOB,
    printed       TEXT    NOT NULL,
    attended      TEXT    NOT NULL,
    search        TEXT    NOT NULL,
    lang          TEXT    NOT NULL,
    slot          INTEGER NOT NULL UNIQUE,
    issued_at     INTEGER NOT NULL,
    issued_by     TEXT    NOT NULL,
    told          INTEGER NOT NULL DEFAULT 0,  -- whether the mail about the attendance speaks of it
    failed_at     INTEGER,
    failed_why    TEXT    NOT NULL DEFAULT '',
    revoked_at    INTEGER,
    revoked_why   TEXT    NOT NULL DEFAULT '',
    revoked_note  TEXT    NOT NULL DEFAULT '',
    replaces      BLOB    REFERENCES certificates (id),
    replaced_by   BLOB    REFERENCES certificates (id),
    account       BLOB    REFERENCES accounts (id),
    study         BLOB    REFERENCES studies (id),
    CONSTRAINT certificates_are_of_three_kinds   CHECK (kind IN ('session', 'series', 'learned')),
    CONSTRAINT certificates_of_a_session_name_it CHECK (kind <> 'session' OR session IS NOT NULL),
    CONSTRAINT certificates_rest_on_something    CHECK (CASE kind
        WHEN 'learned' THEN account IS NOT NULL AND study IS NOT NULL AND application IS NULL
        ELSE application IS NOT NULL AND person IS NOT NULL AND course IS NOT NULL AND study IS NULL END),
    CONSTRAINT certificates_end_for_a_reason     CHECK (revoked_at IS NULL OR revoked_why <> '')
) STRICT;
INSERT INTO certificates SELECT *, NULL, NULL FROM certificates_before;
DROP TABLE certificates_before;
CREATE UNIQUE INDEX certificates_once_a_session ON certificates (application) WHERE kind = 'session' AND revoked_at IS NULL;
CREATE UNIQUE INDEX certificates_once_a_series  ON certificates (person, course) WHERE kind = 'series' AND revoked_at IS NULL;
CREATE UNIQUE INDEX certificates_once_a_study   ON certificates (study) WHERE kind = 'learned' AND revoked_at IS NULL;
CREATE INDEX certificates_by_application  ON certificates (application);
CREATE INDEX certificates_by_person       ON certificates (person, course);
CREATE INDEX certificates_by_session      ON certificates (session, issued_at, id);
CREATE INDEX certificates_by_organization ON certificates (organization, issued_at, id);
CREATE INDEX certificates_by_moment       ON certificates (issued_at, id);
CREATE INDEX certificates_by_account      ON certificates (account, issued_at);
CREATE INDEX certificates_failed          ON certificates (issued_at, id) WHERE failed_at IS NOT NULL;
CREATE INDEX certificates_ended           ON certificates (slot) WHERE revoked_at IS NOT NULL;
CREATE TRIGGER certificates_keep_what_is_printed BEFORE UPDATE OF number, code, kind, printed ON certificates BEGIN SELECT RAISE(ABORT, 'a certificate stays as it was issued'); END;
-- The figures of trainings count those of trainings.
CREATE TRIGGER figures_count_certificates AFTER INSERT ON certificates WHEN NEW.revoked_at IS NULL BEGIN
    INSERT INTO figures (owner, what, value, n)
    SELECT NEW.session, 'certificate', '', 1 WHERE NEW.kind = 'session'
    UNION ALL SELECT NEW.course, 'series', '', 1 WHERE NEW.kind = 'series'
    ON CONFLICT (owner, what, value) DO UPDATE SET n = n + excluded.n;
END;
CREATE TRIGGER figures_count_revocations AFTER UPDATE OF revoked_at ON certificates WHEN OLD.revoked_at IS NULL AND NEW.revoked_at IS NOT NULL AND OLD.kind <> 'learned' BEGIN
    UPDATE figures SET n = n - 1
    WHERE owner = CASE OLD.kind WHEN 'session' THEN OLD.session ELSE OLD.course END
        AND what = CASE OLD.kind WHEN 'session' THEN 'certificate' ELSE 'series' END AND value = '';
END;

-- What stands on the 修了証 of an account's courses: an account is an address alone.
CREATE TABLE learners (
    account    BLOB    PRIMARY KEY REFERENCES accounts (id),
    family     TEXT    NOT NULL,
    given      TEXT    NOT NULL,
    workplace  TEXT    NOT NULL,
    written_at INTEGER NOT NULL,
    CONSTRAINT learners_have_a_name CHECK (family <> '' AND given <> '')
) STRICT;

-- 名簿: whom an institution has learn, by the address with which they sign in. Whoever left stays in what was assigned.
CREATE TABLE staff (
    id           BLOB    PRIMARY KEY,
    organization BLOB    NOT NULL REFERENCES organizations (id),
    email        TEXT    NOT NULL,
    name         TEXT    NOT NULL,
    job          TEXT    NOT NULL,
    added_at     INTEGER NOT NULL,
    added_by     TEXT    NOT NULL,
    left_at      INTEGER,
    CONSTRAINT staff_have_a_name CHECK (name <> '')
) STRICT;
CREATE UNIQUE INDEX staff_once_an_organization ON staff (organization, email);
CREATE INDEX staff_by_email ON staff (email);
CREATE INDEX staff_by_name ON staff (organization, name, id);

-- 割り当て: what people of an organization are to learn, by when, and why.
CREATE TABLE assignments (
    id           BLOB    PRIMARY KEY,
    organization BLOB    NOT NULL REFERENCES organizations (id),
    path         TEXT    NOT NULL,             -- id in learning-paths.toml; empty: one course
    jobs         TEXT    NOT NULL,             -- whom: ids of jobs, each between spaces; empty: everybody
    reason       TEXT    NOT NULL,
    due_at       INTEGER NOT NULL,             -- the midnight with which the last day ends
    made_at      INTEGER NOT NULL,
    made_by      TEXT    NOT NULL,
    ended_at     INTEGER
) STRICT;
CREATE INDEX assignments_by_organization ON assignments (organization, made_at, id);
CREATE INDEX assignments_by_moment ON assignments (made_at, id);
CREATE INDEX assignments_by_due ON assignments (due_at) WHERE ended_at IS NULL;

-- The courses of an assignment, in order; a course is named with the period in which it is open.
CREATE TABLE assignment_courses (
    assignment BLOB    NOT NULL REFERENCES assignments (id),
    place      INTEGER NOT NULL,
    course     TEXT    NOT NULL,
    period     TEXT    NOT NULL,
    PRIMARY KEY (assignment, place)
) STRICT, WITHOUT ROWID;

-- Who has to. How far they are follows from their studies.
CREATE TABLE assignment_people (
    assignment  BLOB    NOT NULL REFERENCES assignments (id),
    person      BLOB    NOT NULL REFERENCES staff (id),
    added_at    INTEGER NOT NULL,
    waived_at   INTEGER,
    waived_why  TEXT,
    waived_note TEXT    NOT NULL DEFAULT '',
    waived_by   TEXT    NOT NULL DEFAULT '',
    PRIMARY KEY (assignment, person),
    CONSTRAINT assignment_people_are_waived_for_a_reason CHECK ((waived_at IS NULL) = (waived_why IS NULL)),
    CONSTRAINT assignment_people_are_waived_in_four_ways CHECK (waived_why IN ('exempt', 'known', 'away', 'other'))
) STRICT, WITHOUT ROWID;
CREATE INDEX assignment_people_by_person ON assignment_people (person);

-- That somebody is written to, noted down before the mail and in its transaction: once for each moment, and anew where the last
-- day moved. What one run notes down goes into one mail for each address.
CREATE TABLE assignment_reminders (
    assignment BLOB    NOT NULL,
    person     BLOB    NOT NULL,
    moment     TEXT    NOT NULL,
    due_at     INTEGER NOT NULL,               -- 0 for the first mail, which goes by no day
    noted_at   INTEGER NOT NULL,
    run        TEXT    NOT NULL,
    PRIMARY KEY (assignment, person, moment, due_at),
    FOREIGN KEY (assignment, person) REFERENCES assignment_people (assignment, person),
    CONSTRAINT assignment_reminders_come_at_five_moments CHECK (moment IN ('assigned', 'week', 'day', 'over', 'later'))
) STRICT, WITHOUT ROWID;
CREATE INDEX assignment_reminders_by_run ON assignment_reminders (run);

-- How questions do is read from the latest answers and tests.
CREATE INDEX study_answers_by_moment ON study_answers (course, answered_at);
CREATE INDEX study_results_by_moment ON study_results (handed_in_at);
