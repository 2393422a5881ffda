-- A restore repeats the deletion of cases that came back with the backup, and whoever had asked for one need not be in that backup.
-- SQLite lets no column be empty that had to be filled, so the table is made anew; nobody points at it.
CREATE TABLE desk_deletions_before AS SELECT * FROM desk_deletions;
DROP TABLE desk_deletions;
CREATE TABLE desk_deletions (
    case_id     BLOB PRIMARY KEY REFERENCES cases (id),
    account     BLOB REFERENCES accounts (id), -- none where a restore repeated it
    wraps       INTEGER NOT NULL,
    certificate TEXT NOT NULL,                 -- JSON: the end of the chain, and of each file the SHA-256 of its sealed bytes
    deleted_at  INTEGER NOT NULL
) STRICT;
INSERT INTO desk_deletions SELECT * FROM desk_deletions_before;
DROP TABLE desk_deletions_before;
