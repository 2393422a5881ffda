-- One account's way through one course in the time in which it is open. What is taught stands in data/courses, not here.
CREATE TABLE studies (
    id         BLOB    PRIMARY KEY,
    account    BLOB    NOT NULL REFERENCES accounts (id),
    course     TEXT    NOT NULL,
    period     TEXT    NOT NULL,               -- the first day on which that edition of the course is open
    begun_at   INTEGER NOT NULL,
    seen_at    INTEGER NOT NULL,
    slide      TEXT    NOT NULL,               -- where to go on
    seconds    INTEGER NOT NULL DEFAULT 0,     -- learning time, gaps cut
    CONSTRAINT studies_count_time_up CHECK (seconds >= 0)
) STRICT;
CREATE UNIQUE INDEX studies_one_for_each_course ON studies (account, course, period);
CREATE INDEX studies_by_course ON studies (course, period);

-- Which slides were read to the end, and when first.
CREATE TABLE study_slides (
    study    BLOB    NOT NULL REFERENCES studies (id),
    slide    TEXT    NOT NULL,
    first_at INTEGER NOT NULL,
    PRIMARY KEY (study, slide)
) STRICT, WITHOUT ROWID;

-- Every answer to a question of a unit; nothing is ever changed.
CREATE TABLE study_answers (
    id          BLOB    PRIMARY KEY,
    study       BLOB    NOT NULL REFERENCES studies (id),
    course      TEXT    NOT NULL,
    question    TEXT    NOT NULL,
    version     TEXT    NOT NULL,
    given       TEXT    NOT NULL,
    is_right    INTEGER NOT NULL,
    answered_at INTEGER NOT NULL
) STRICT;
CREATE INDEX study_answers_by_study ON study_answers (study, question);
CREATE INDEX study_answers_by_question ON study_answers (course, question);

-- A test that was begun: which questions were drawn.
CREATE TABLE study_tests (
    id       BLOB    PRIMARY KEY,
    study    BLOB    NOT NULL REFERENCES studies (id),
    kind     TEXT    NOT NULL,
    version  TEXT    NOT NULL,
    drawn    TEXT    NOT NULL,
    begun_at INTEGER NOT NULL,
    CONSTRAINT study_tests_are_of_two_kinds CHECK (kind IN ('test', 'test_out'))
) STRICT;
CREATE INDEX study_tests_by_study ON study_tests (study, begun_at);

-- What is answered so far in a test that was not handed in yet.
CREATE TABLE study_test_answers (
    test     BLOB    NOT NULL REFERENCES study_tests (id),
    place    INTEGER NOT NULL,
    given    TEXT    NOT NULL,
    saved_at INTEGER NOT NULL,
    PRIMARY KEY (test, place)
) STRICT, WITHOUT ROWID;

-- What came of a test: once, and for good.
CREATE TABLE study_results (
    test         BLOB    PRIMARY KEY REFERENCES study_tests (id),
    study        BLOB    NOT NULL REFERENCES studies (id),
    right_ones   INTEGER NOT NULL,
    asked        INTEGER NOT NULL,
    needed       INTEGER NOT NULL,
    handed_in_at INTEGER NOT NULL,
    CONSTRAINT study_results_count_what_was_asked CHECK (right_ones BETWEEN 0 AND asked AND needed BETWEEN 0 AND asked)
) STRICT;
CREATE INDEX study_results_by_study ON study_results (study, handed_in_at);

-- Who has completed a course. The first time counts, and stays.
CREATE TABLE study_completions (
    study        BLOB    PRIMARY KEY REFERENCES studies (id),
    how          TEXT    NOT NULL,
    version      TEXT    NOT NULL,
    seconds      INTEGER NOT NULL,
    right_ones   INTEGER NOT NULL,
    asked        INTEGER NOT NULL,
    completed_at INTEGER NOT NULL,
    CONSTRAINT study_completions_come_in_two_ways CHECK (how IN ('learned', 'tested_out'))
) STRICT;
