-- Where a session is held online, and how its lobby opens. A session without a row has the usual settings and no link yet.
CREATE TABLE meetings (
    session       uuid    PRIMARY KEY REFERENCES sessions (id),
    provider      text    NOT NULL,
    link          text    NOT NULL,
    entry         text    NOT NULL,            -- number and passcode of the meeting, as they are to be read
    dial_in       text    NOT NULL,
    opens_minutes bigint NOT NULL,
    keyword       text    NOT NULL,
    checks        text    NOT NULL,            -- questions for those who watch together
    questionnaire text    NOT NULL,            -- of data/questionnaires, empty for none
    phone         text    NOT NULL,
    hours         text    NOT NULL,
    materials     text    NOT NULL,
    version       bigint NOT NULL DEFAULT 1,
    switched_at   bigint,
    CONSTRAINT meetings_open_before_they_begin CHECK (opens_minutes >= 0 AND opens_minutes <= 240)
);

-- From when until when somebody was there, on one device; a beat that comes late begins another line.
CREATE TABLE presences (
    id          uuid    PRIMARY KEY,
    application uuid    NOT NULL REFERENCES applications (id),
    device      uuid    NOT NULL,
    kind        text    NOT NULL,
    began_at    bigint NOT NULL,
    last_at     bigint NOT NULL,
    CONSTRAINT presences_are_of_two_kinds CHECK (kind IN ('own', 'group')),
    CONSTRAINT presences_end_after_they_begin CHECK (last_at >= began_at)
);
CREATE INDEX presences_by_application ON presences (application, device, began_at);
CREATE INDEX presences_by_device ON presences (device, last_at);

-- What was typed as keyword, folded. Whether it is right is asked when it is looked at: the keyword may be entered later.
CREATE TABLE keyword_answers (
    application uuid    NOT NULL REFERENCES applications (id),
    given       text    NOT NULL,
    answered_at bigint NOT NULL,
    PRIMARY KEY (application, given)
);

-- Who has answered the questionnaire, and, without a way from one to the other, what was answered.
CREATE TABLE survey_done (
    application uuid    PRIMARY KEY REFERENCES applications (id),
    session     uuid    NOT NULL REFERENCES sessions (id),
    done_at     bigint NOT NULL
);
CREATE INDEX survey_done_by_session ON survey_done (session);
CREATE TABLE survey_answers (
    response      uuid NOT NULL,
    session       uuid NOT NULL REFERENCES sessions (id),
    questionnaire text NOT NULL,
    question      text NOT NULL,
    value         text NOT NULL,
    PRIMARY KEY (response, question, value)
);
CREATE INDEX survey_answers_by_session ON survey_answers (session, questionnaire, question, response);

-- 集合視聴: one screen, many people, each with an application of their own.
CREATE TABLE viewings (
    id        uuid    PRIMARY KEY,
    session   uuid    NOT NULL REFERENCES sessions (id),
    host      uuid    NOT NULL REFERENCES applications (id),
    code      text    NOT NULL UNIQUE,
    opened_at bigint NOT NULL,
    ended_at  bigint
);
CREATE UNIQUE INDEX viewings_once_a_host ON viewings (host) WHERE ended_at IS NULL;
CREATE TABLE viewers (
    application uuid    PRIMARY KEY REFERENCES applications (id),
    viewing     uuid    NOT NULL REFERENCES viewings (id),
    by_mail     boolean NOT NULL,             -- whether they gave an address of their own
    added_at    bigint NOT NULL,
    tries       bigint NOT NULL DEFAULT 0,
    checked_at  bigint                       -- when the questions were answered right
);
CREATE INDEX viewers_by_viewing ON viewers (viewing, application);

-- Questions to the lecturer that have been answered.
CREATE TABLE question_marks (
    application uuid    PRIMARY KEY REFERENCES applications (id),
    answered_at bigint NOT NULL,
    answered_by text    NOT NULL
);
CREATE INDEX applications_with_a_question ON applications (session, id) WHERE question <> '' AND cancelled_at IS NULL;
