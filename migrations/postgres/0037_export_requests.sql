-- A list of more than a thousand people leaves the portal only when a second person has agreed: who asked for what and why, who
-- decided, and when it was taken. The words that were searched for go when the request is over, since they may be a name.
CREATE TABLE export_requests (
    id           uuid    PRIMARY KEY,
    session      uuid    NOT NULL REFERENCES sessions (id),
    query        text    NOT NULL,             -- the filters of the list, as in its address
    part         boolean NOT NULL,
    format       text    NOT NULL,
    people       bigint  NOT NULL,
    reason       text    NOT NULL,
    asked_by     text    NOT NULL,
    asked_at     bigint  NOT NULL,
    decided_by   text,
    decided_at   bigint,
    approved     boolean NOT NULL DEFAULT false,
    remark       text    NOT NULL DEFAULT '',
    withdrawn_at bigint,
    taken_at     bigint,
    taken        bigint,                      -- how many people were in the file
    CONSTRAINT export_requests_are_decided_by_somebody CHECK ((decided_by IS NULL) = (decided_at IS NULL)),
    CONSTRAINT export_requests_are_decided_by_another  CHECK (decided_by IS NULL OR decided_by <> asked_by),
    CONSTRAINT export_requests_are_taken_if_approved   CHECK (taken_at IS NULL OR (approved AND taken IS NOT NULL)),
    CONSTRAINT export_requests_say_why                 CHECK (reason <> '')
);
CREATE INDEX export_requests_by_time ON export_requests (asked_at, id);
CREATE INDEX export_requests_that_wait ON export_requests (asked_at) WHERE decided_at IS NULL AND withdrawn_at IS NULL;
