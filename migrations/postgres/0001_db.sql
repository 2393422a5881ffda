-- What the write of each idempotency key answered: a request that comes again gets the same answer and changes nothing.
CREATE TABLE idempotency (
    key     uuid   PRIMARY KEY,
    actor   text   NOT NULL,
    digest  bytea  NOT NULL,  -- HMAC of the request; its secret lies outside the database
    outcome jsonb  NOT NULL,  -- never a code, token or link
    at      bigint NOT NULL,
    CONSTRAINT idempotency_digests_are_sha256 CHECK (length(digest) = 32)
);

-- Old keys are dropped by age, and the clock never starts before the newest.
CREATE INDEX idempotency_by_age ON idempotency (at);

-- Rises with every commit that changes something a public page shows, so that every process drops its kept pages.
CREATE TABLE public_version (
    one     integer PRIMARY KEY,
    version bigint  NOT NULL,
    CONSTRAINT public_version_is_one_row CHECK (one = 1)
);

INSERT INTO public_version (one, version) VALUES (1, 0);
