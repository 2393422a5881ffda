-- Forwarding: up to which statement another store has what is in a room of this one. `target` is the address there, and the room.
CREATE TABLE record_forwarding (
    target   text    PRIMARY KEY,
    through  bigint NOT NULL,                 -- `stored` of the last statement that was sent or refused
    sent     bigint NOT NULL DEFAULT 0,
    sent_at  bigint,
    failed_at bigint,                         -- since when nothing gets through
    failed_why text  NOT NULL DEFAULT '',
    failures bigint NOT NULL DEFAULT 0,
    next_at  bigint NOT NULL                  -- not before
);

-- Statements that the other store did not take; what follows them is sent all the same.
CREATE TABLE record_forwarding_refused (
    target     text    NOT NULL,
    statement  uuid    NOT NULL,
    status     bigint NOT NULL,
    refused_at bigint NOT NULL,
    PRIMARY KEY (target, statement)
);
CREATE INDEX record_forwarding_refused_lately ON record_forwarding_refused (target, refused_at DESC, statement);
