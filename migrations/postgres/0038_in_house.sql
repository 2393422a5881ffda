-- 院内研修キットの持ち出し版: a course that was given out to an institution, to be taken without the portal. Its key is derived from a
-- secret of the program and stands nowhere. What is asked and what is right is kept as it was given out: courses go on.
CREATE TABLE kits (
    id           uuid    PRIMARY KEY,
    organization uuid    NOT NULL REFERENCES organizations (id),
    course       text    NOT NULL,
    period       text    NOT NULL,
    version      text    NOT NULL,
    title        text    NOT NULL,             -- of the course
    label        text    NOT NULL,             -- what the institution calls the session
    lang         text    NOT NULL,
    asked        text    NOT NULL,             -- JSON: by what the answers are judged
    made_at      bigint  NOT NULL,
    made_by      text    NOT NULL,
    CONSTRAINT kits_have_a_label CHECK (label <> '')
);
CREATE INDEX kits_by_organization ON kits (organization, made_at, id);

-- 結果ファイル: a file that came back and was whole. Nobody is recorded before somebody has looked at who is in it.
CREATE TABLE kit_files (
    id          uuid    PRIMARY KEY,
    kit         uuid    NOT NULL REFERENCES kits (id),
    digest      text    NOT NULL,              -- SHA-256 of the file
    sittings    text    NOT NULL,              -- JSON: who answered what
    sent_at     bigint  NOT NULL,
    sent_by     text    NOT NULL,
    recorded_at bigint ,
    CONSTRAINT kit_files_come_once UNIQUE (kit, digest)
);
CREATE INDEX kit_files_by_moment ON kit_files (sent_at) WHERE recorded_at IS NULL;

-- 院内実施・自己申告: who has taken the test of a kit, as the institution says, and with which answers. Never changed, and apart from what
-- people have learned here themselves.
CREATE TABLE kit_results (
    kit         uuid    NOT NULL REFERENCES kits (id),
    sitting     uuid    NOT NULL,              -- made on the computer on which it was taken
    file        uuid    NOT NULL REFERENCES kit_files (id),
    person      uuid    REFERENCES staff (id),
    name        text    NOT NULL,
    department  text    NOT NULL,
    course      text    NOT NULL,
    period      text    NOT NULL,
    right_ones  bigint  NOT NULL,
    asked       bigint  NOT NULL,
    needed      bigint  NOT NULL,
    begun_at    bigint  NOT NULL,
    ended_at    bigint  NOT NULL,
    answers     text    NOT NULL,
    recorded_at bigint  NOT NULL,
    recorded_by text    NOT NULL,
    PRIMARY KEY (kit, sitting),
    CONSTRAINT kit_results_have_a_name CHECK (name <> ''),
    CONSTRAINT kit_results_count_what_was_asked CHECK (right_ones BETWEEN 0 AND asked AND needed BETWEEN 0 AND asked)
);
CREATE INDEX kit_results_by_person ON kit_results (person, course, period) WHERE person IS NOT NULL;
