-- 修了証 of e-learning stand among the other certificates: they rest on an account's way through a course, and on no application.
ALTER TABLE certificates
    ALTER COLUMN application DROP NOT NULL,
    ALTER COLUMN person      DROP NOT NULL,
    ALTER COLUMN course      DROP NOT NULL,
    ADD COLUMN account uuid REFERENCES accounts (id),
    ADD COLUMN study   uuid REFERENCES studies (id),
    DROP CONSTRAINT certificates_are_of_two_kinds,
    DROP CONSTRAINT certificates_of_a_session_name_it,
    ADD CONSTRAINT certificates_are_of_three_kinds   CHECK (kind IN ('session', 'series', 'learned')),
    ADD CONSTRAINT certificates_of_a_session_name_it CHECK (kind <> 'session' OR session IS NOT NULL),
    ADD CONSTRAINT certificates_rest_on_something    CHECK (CASE kind
        WHEN 'learned' THEN account IS NOT NULL AND study IS NOT NULL AND application IS NULL
        ELSE application IS NOT NULL AND person IS NOT NULL AND course IS NOT NULL AND study IS NULL END);
CREATE UNIQUE INDEX certificates_once_a_study ON certificates (study) WHERE kind = 'learned' AND revoked_at IS NULL;
CREATE INDEX certificates_by_account ON certificates (account, issued_at);
-- The figures of trainings count those of trainings.
DROP TRIGGER figures_count_certificates ON certificates;
DROP TRIGGER figures_count_revocations ON certificates;
CREATE TRIGGER figures_count_certificates AFTER INSERT ON certificates FOR EACH ROW
    WHEN (NEW.revoked_at IS NULL AND NEW.kind <> 'learned') EXECUTE FUNCTION figures_count_certificates();
CREATE TRIGGER figures_count_revocations AFTER UPDATE OF revoked_at ON certificates FOR EACH ROW
    WHEN (OLD.revoked_at IS NULL AND NEW.revoked_at IS NOT NULL AND NEW.kind <> 'learned') EXECUTE FUNCTION figures_count_certificates();

-- What stands on the 修了証 of an account's courses: an account is an address alone.
CREATE TABLE learners (
    account    uuid    PRIMARY KEY REFERENCES accounts (id),
    family     text    NOT NULL,
    given      text    NOT NULL,
    workplace  text    NOT NULL,
    written_at bigint  NOT NULL,
    CONSTRAINT learners_have_a_name CHECK (family <> '' AND given <> '')
);

-- 名簿: whom an institution has learn, by the address with which they sign in. Whoever left stays in what was assigned.
CREATE TABLE staff (
    id           uuid    PRIMARY KEY,
    organization uuid    NOT NULL REFERENCES organizations (id),
    email        text    NOT NULL,
    name         text    NOT NULL,
    job          text    NOT NULL,
    added_at     bigint  NOT NULL,
    added_by     text    NOT NULL,
    left_at      bigint,
    CONSTRAINT staff_have_a_name CHECK (name <> '')
);
CREATE UNIQUE INDEX staff_once_an_organization ON staff (organization, email);
CREATE INDEX staff_by_email ON staff (email);
CREATE INDEX staff_by_name ON staff (organization, name, id);

-- 割り当て: what people of an organization are to learn, by when, and why.
CREATE TABLE assignments (
    id           uuid    PRIMARY KEY,
    organization uuid    NOT NULL REFERENCES organizations (id),
    path         text    NOT NULL,             -- id in learning-paths.toml; empty: one course
    jobs         text    NOT NULL,             -- whom: ids of jobs, each between spaces; empty: everybody
    reason       text    NOT NULL,
    due_at       bigint  NOT NULL,             -- the midnight with which the last day ends
    made_at      bigint  NOT NULL,
    made_by      text    NOT NULL,
    ended_at     bigint 
);
CREATE INDEX assignments_by_organization ON assignments (organization, made_at, id);
CREATE INDEX assignments_by_moment ON assignments (made_at, id);
CREATE INDEX assignments_by_due ON assignments (due_at) WHERE ended_at IS NULL;

-- The courses of an assignment, in order; a course is named with the period in which it is open.
CREATE TABLE assignment_courses (
    assignment uuid    NOT NULL REFERENCES assignments (id),
    place      bigint  NOT NULL,
    course     text    NOT NULL,
    period     text    NOT NULL,
    PRIMARY KEY (assignment, place)
);

-- Who has to. How far they are follows from their studies.
CREATE TABLE assignment_people (
    assignment  uuid    NOT NULL REFERENCES assignments (id),
    person      uuid    NOT NULL REFERENCES staff (id),
    added_at    bigint  NOT NULL,
    waived_at   bigint,
    waived_why  text,
    waived_note text    NOT NULL DEFAULT '',
    waived_by   text    NOT NULL DEFAULT '',
    PRIMARY KEY (assignment, person),
    CONSTRAINT assignment_people_are_waived_for_a_reason CHECK ((waived_at IS NULL) = (waived_why IS NULL)),
    CONSTRAINT assignment_people_are_waived_in_four_ways CHECK (waived_why IN ('exempt', 'known', 'away', 'other'))
);
CREATE INDEX assignment_people_by_person ON assignment_people (person);

-- That somebody is written to, noted down before the mail and in its transaction: once for each moment, and anew where the last
-- day moved. What one run notes down goes into one mail for each address.
CREATE TABLE assignment_reminders (
    assignment uuid    NOT NULL,
    person     uuid    NOT NULL,
    moment     text    NOT NULL,
    due_at     bigint  NOT NULL,               -- 0 for the first mail, which goes by no day
    noted_at   bigint  NOT NULL,
    run        text    NOT NULL,
    PRIMARY KEY (assignment, person, moment, due_at),
    FOREIGN KEY (assignment, person) REFERENCES assignment_people (assignment, person),
    CONSTRAINT assignment_reminders_come_at_five_moments CHECK (moment IN ('assigned', 'week', 'day', 'over', 'later'))
);
CREATE INDEX assignment_reminders_by_run ON assignment_reminders (run);

-- How questions do is read from the latest answers and tests.
CREATE INDEX study_answers_by_moment ON study_answers (course, answered_at);
CREATE INDEX study_results_by_moment ON study_results (handed_in_at);
