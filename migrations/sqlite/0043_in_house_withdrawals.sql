-- 取り消し: what was put down for the wrong person is taken back by a row of its own, which says who did it, when and why. Nothing is erased:
-- the result stays as it was, and the same sitting is put down once more under the next number.
-- SQLite changes no primary key, so the table is made anew; nobody points at it yet.
CREATE TABLE kit_results_before AS SELECT * FROM kit_results;
DROP TABLE kit_results;
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
    number      INTEGER NOT NULL,              -- from 1: how often the sitting was put down; all but the last are taken back
    PRIMARY KEY (kit, sitting, number),
    CONSTRAINT kit_results_have_a_name CHECK (name <> ''),
    CONSTRAINT kit_results_are_numbered CHECK (number > 0),
    CONSTRAINT kit_results_count_what_was_asked CHECK (right_ones BETWEEN 0 AND asked AND needed BETWEEN 0 AND asked)
) STRICT, WITHOUT ROWID;
INSERT INTO kit_results SELECT *, 1 FROM kit_results_before;
DROP TABLE kit_results_before;
CREATE INDEX kit_results_by_person ON kit_results (person, course, period) WHERE person IS NOT NULL;

CREATE TABLE kit_withdrawals (
    kit          BLOB    NOT NULL,
    sitting      BLOB    NOT NULL,
    number       INTEGER NOT NULL,
    reason       TEXT    NOT NULL,
    withdrawn_at INTEGER NOT NULL,
    withdrawn_by BLOB    NOT NULL REFERENCES accounts (id),
    PRIMARY KEY (kit, sitting, number),
    FOREIGN KEY (kit, sitting, number) REFERENCES kit_results (kit, sitting, number),
    CONSTRAINT kit_withdrawals_say_why CHECK (reason <> '')
) STRICT, WITHOUT ROWID;
