-- One account's way through one course in the time in which it is open. What is taught stands in data/courses, not here.
CREATE TABLE studies (
    id         uuid    PRIMARY KEY,
    account    uuid    NOT NULL REFERENCES accounts (id),
    course     text    NOT NULL,
    period     text    NOT NULL,               -- the first day on which that edition of the course is open
    begun_at   bigint NOT NULL,
    seen_at    bigint NOT NULL,
    slide      text    NOT NULL,               -- where to go on
    seconds    bigint  NOT NULL DEFAULT 0,     -- learning time, gaps cut
    CONSTRAINT studies_count_time_up CHECK (seconds >= 0)
);
CREATE UNIQUE INDEX studies_one_for_each_course ON studies (account, course, period);
CREATE INDEX studies_by_course ON studies (course, period);

-- Which slides were read to the end, and when first.
CREATE TABLE study_slides (
    study    uuid    NOT NULL REFERENCES studies (id),
    slide    text    NOT NULL,
    first_at bigint NOT NULL,
    PRIMARY KEY (study, slide)
);

-- Every answer to a question of a unit; nothing is ever changed.
CREATE TABLE study_answers (
    id          uuid    PRIMARY KEY,
    study       uuid    NOT NULL REFERENCES studies (id),
    course      text    NOT NULL,
    question    text    NOT NULL,
    version     text    NOT NULL,
    given       text    NOT NULL,
    is_right    boolean NOT NULL,
    answered_at bigint  NOT NULL
);
CREATE INDEX study_answers_by_study ON study_answers (study, question);
CREATE INDEX study_answers_by_question ON study_answers (course, question);

-- A test that was begun: which questions were drawn.
CREATE TABLE study_tests (
    id       uuid    PRIMARY KEY,
    study    uuid    NOT NULL REFERENCES studies (id),
    kind     text    NOT NULL,
    version  text    NOT NULL,
    drawn    text    NOT NULL,
    begun_at bigint NOT NULL,
    CONSTRAINT study_tests_are_of_two_kinds CHECK (kind IN ('test', 'test_out'))
);
CREATE INDEX study_tests_by_study ON study_tests (study, begun_at);

-- What is answered so far in a test that was not handed in yet.
CREATE TABLE study_test_answers (
    test     uuid    NOT NULL REFERENCES study_tests (id),
    place    bigint NOT NULL,
    given    text    NOT NULL,
    saved_at bigint NOT NULL,
    PRIMARY KEY (test, place)
);

-- What came of a test: once, and for good.
CREATE TABLE study_results (
    test         uuid    PRIMARY KEY REFERENCES study_tests (id),
    study        uuid    NOT NULL REFERENCES studies (id),
    right_ones   bigint NOT NULL,
    asked        bigint NOT NULL,
    needed       bigint NOT NULL,
    handed_in_at bigint NOT NULL,
    CONSTRAINT study_results_count_what_was_asked CHECK (right_ones BETWEEN 0 AND asked AND needed BETWEEN 0 AND asked)
);
CREATE INDEX study_results_by_study ON study_results (study, handed_in_at);

-- Who has completed a course. The first time counts, and stays.
CREATE TABLE study_completions (
    study        uuid    PRIMARY KEY REFERENCES studies (id),
    how          text    NOT NULL,
    version      text    NOT NULL,
    seconds      bigint NOT NULL,
    right_ones   bigint NOT NULL,
    asked        bigint NOT NULL,
    completed_at bigint NOT NULL,
    CONSTRAINT study_completions_come_in_two_ways CHECK (how IN ('learned', 'tested_out'))
);
