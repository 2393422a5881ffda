-- What the write of each idempotency key answered: a request that comes again gets the same answer and changes nothing.
CREATE TABLE idempotency (
    key     BLOB    PRIMARY KEY,
    actor   TEXT    NOT NULL,
    digest  BLOB    NOT NULL,  -- HMAC of the request; its secret lies outside the database
    outcome TEXT    NOT NULL,  -- JSON: never a code, token or link
    at      INTEGER NOT NULL,
    CONSTRAINT idempotency_keys_are_uuids     CHECK (length(key) = 16),
    CONSTRAINT idempotency_digests_are_sha256 CHECK (length(digest) = 32)
) STRICT, WITHOUT ROWID;

-- Old keys are dropped by age, and the clock never starts before the newest.
CREATE INDEX idempotency_by_age ON idempotency (at);

-- Rises with every commit that changes something a public page shows, so that every process drops its kept pages.
CREATE TABLE public_version (
    one     INTEGER PRIMARY KEY,
    version INTEGER NOT NULL,
    CONSTRAINT public_version_is_one_row CHECK (one = 1)
) STRICT;

INSERT INTO public_version (one, version) VALUES (1, 0);
