-- Forwarding: up to which statement another store has what is in a room of this one. `target` is the address there, and the room.
CREATE TABLE record_forwarding (
    target   TEXT    PRIMARY KEY,
    through  INTEGER NOT NULL,                 -- `stored` of the last statement that was sent or refused
    sent     INTEGER NOT NULL DEFAULT 0,
    sent_at  INTEGER,
    failed_at INTEGER,                        -- since when nothing gets through
    failed_why TEXT  NOT NULL DEFAULT '',
    failures INTEGER NOT NULL DEFAULT 0,
    next_at  INTEGER NOT NULL                  -- not before
) STRICT;

-- Statements that the other store did not take; what follows them is sent all the same.
CREATE TABLE record_forwarding_refused (
    target     TEXT    NOT NULL,
    statement  BLOB    NOT NULL,
    status     INTEGER NOT NULL,
    refused_at INTEGER NOT NULL,
    PRIMARY KEY (target, statement)
) STRICT, WITHOUT ROWID;
CREATE INDEX record_forwarding_refused_lately ON record_forwarding_refused (target, refused_at DESC, statement);
