-- Where a session is held online, and how its lobby opens. A session without a row has the usual settings and no link yet.
CREATE TABLE meetings (
    session       BLOB    PRIMARY KEY REFERENCES sessions (id),
    provider      TEXT    NOT NULL,
    link          TEXT    NOT NULL,
    entry         TEXT    NOT NULL,            -- number and passcode of the meeting, as they are to be read
    dial_in       TEXT    NOT NULL,
    opens_minutes INTEGER NOT NULL,
    keyword       TEXT    NOT NULL,
    checks        TEXT    NOT NULL,            -- questions for those who watch together
    questionnaire TEXT    NOT NULL,            -- of data/questionnaires, empty for none
    phone         TEXT    NOT NULL,
    hours         TEXT    NOT NULL,
    materials     TEXT    NOT NULL,
    version       INTEGER NOT NULL DEFAULT 1,
    switched_at   INTEGER,
    CONSTRAINT meetings_open_before_they_begin CHECK (opens_minutes >= 0 AND opens_minutes <= 240)
) STRICT;

-- From when until when somebody was there, on one device; a beat that comes late begins another line.
CREATE TABLE presences (
    id          BLOB    PRIMARY KEY,
    application BLOB    NOT NULL REFERENCES applications (id),
    device      BLOB    NOT NULL,
    kind        TEXT    NOT NULL,
    began_at    INTEGER NOT NULL,
    last_at     INTEGER NOT NULL,
    CONSTRAINT presences_are_of_two_kinds CHECK (kind IN ('own', 'group')),
    CONSTRAINT presences_end_after_they_begin CHECK (last_at >= began_at)
) STRICT;
CREATE INDEX presences_by_application ON presences (application, device, began_at);
CREATE INDEX presences_by_device ON presences (device, last_at);

-- What was typed as keyword, folded. Whether it is right is asked when it is looked at: the keyword may be entered later.
CREATE TABLE keyword_answers (
    application BLOB    NOT NULL REFERENCES applications (id),
    given       TEXT    NOT NULL,
    answered_at INTEGER NOT NULL,
    PRIMARY KEY (application, given)
) STRICT, WITHOUT ROWID;

-- Who has answered the questionnaire, and, without a way from one to the other, what was answered.
CREATE TABLE survey_done (
    application BLOB    PRIMARY KEY REFERENCES applications (id),
    session     BLOB    NOT NULL REFERENCES sessions (id),
    done_at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX survey_done_by_session ON survey_done (session);
CREATE TABLE survey_answers (
    response      BLOB NOT NULL,
    session       BLOB NOT NULL REFERENCES sessions (id),
    questionnaire TEXT NOT NULL,
    question      TEXT NOT NULL,
    value         TEXT NOT NULL,
    PRIMARY KEY (response, question, value)
) STRICT, WITHOUT ROWID;
CREATE INDEX survey_answers_by_session ON survey_answers (session, questionnaire, question, response);

-- 集合視聴: one screen, many people, each with an application of their own.
CREATE TABLE viewings (
    id        BLOB    PRIMARY KEY,
    session   BLOB    NOT NULL REFERENCES sessions (id),
    host      BLOB    NOT NULL REFERENCES applications (id),
    code      TEXT    NOT NULL UNIQUE,
    opened_at INTEGER NOT NULL,
    ended_at  INTEGER
) STRICT;
CREATE UNIQUE INDEX viewings_once_a_host ON viewings (host) WHERE ended_at IS NULL;
CREATE TABLE viewers (
    application BLOB    PRIMARY KEY REFERENCES applications (id),
    viewing     BLOB    NOT NULL REFERENCES viewings (id),
    by_mail     INTEGER NOT NULL,             -- whether they gave an address of their own
    added_at    INTEGER NOT NULL,
    tries       INTEGER NOT NULL DEFAULT 0,
    checked_at  INTEGER                       -- when the questions were answered right
) STRICT;
CREATE INDEX viewers_by_viewing ON viewers (viewing, application);

-- Questions to the lecturer that have been answered.
CREATE TABLE question_marks (
    application BLOB    PRIMARY KEY REFERENCES applications (id),
    answered_at INTEGER NOT NULL,
    answered_by TEXT    NOT NULL
) STRICT;
CREATE INDEX applications_with_a_question ON applications (session, id) WHERE question <> '' AND cancelled_at IS NULL;
