-- 院内研修キットの持ち出し版: a course that was given out to an institution, to be taken without the portal. Its key is derived from a
-- secret of the program and stands nowhere. What is asked and what is right is kept as it was given out: courses go on.
CREATE TABLE kits (
    id           BLOB    PRIMARY KEY,
    organization BLOB    NOT NULL REFERENCES organizations (id),
    course       TEXT    NOT NULL,
    period       TEXT    NOT NULL,
    version      TEXT    NOT NULL,
    title        TEXT    NOT NULL,             -- of the course
    label        TEXT    NOT NULL,             -- what the institution calls the session
    lang         TEXT    NOT NULL,
    asked        TEXT    NOT NULL,             -- JSON: by what the answers are judged
    made_at      INTEGER NOT NULL,
    made_by      TEXT    NOT NULL,
    CONSTRAINT kits_have_a_label CHECK (label <> '')
) STRICT;
CREATE INDEX kits_by_organization ON kits (organization, made_at, id);

-- 結果ファイル: a file that came back and was whole. Nobody is recorded before somebody has looked at who is in it.
CREATE TABLE kit_files (
    id          BLOB    PRIMARY KEY,
    kit         BLOB    NOT NULL REFERENCES kits (id),
    digest      TEXT    NOT NULL,              -- SHA-256 of the file
    sittings    TEXT    NOT NULL,              -- JSON: who answered what
    sent_at     INTEGER NOT NULL,
    sent_by     TEXT    NOT NULL,
    recorded_at INTEGER,
    CONSTRAINT kit_files_come_once UNIQUE (kit, digest)
) STRICT;
CREATE INDEX kit_files_by_moment ON kit_files (sent_at) WHERE recorded_at IS NULL;

-- 院内実施・自己申告: who has taken the test of a kit, as the institution says, and with which answers. Never changed, and apart from what
-- people have learned here themselves.
CREATE TABLE kit_results (
    kit         BLOB    NOT NULL REFERENCES kits (id),
    sitting     BLOB    NOT NULL,              -- made on the computer on which it was taken
    file        BLOB    NOT NULL REFERENCES kit_files (id),
    person      BLOB    REFERENCES staff (id),
    name        TEXT    NOT NULL,
    department  TEXT    NOT NULL,
    course      TEXT    NOT NULL,
    period      TEXT    NOT NULL,
    right_ones  INTEGER NOT NULL,
    asked       INTEGER NOT NULL,
    needed      INTEGER NOT NULL,
    begun_at    INTEGER NOT NULL,
    ended_at    INTEGER NOT NULL,
    answers     TEXT    NOT NULL,
    recorded_at INTEGER NOT NULL,
    recorded_by TEXT    NOT NULL,
    PRIMARY KEY (kit, sitting),
    CONSTRAINT kit_results_have_a_name CHECK (name <> ''),
    CONSTRAINT kit_results_count_what_was_asked CHECK (right_ones BETWEEN 0 AND asked AND needed BETWEEN 0 AND asked)
) STRICT, WITHOUT ROWID;
CREATE INDEX kit_results_by_person ON kit_results (person, course, period) WHERE person IS NOT NULL;
