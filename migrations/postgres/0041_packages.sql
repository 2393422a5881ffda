-- Course packages (cmi5): what they hold, who is registered for them, each launch of a unit.
CREATE TABLE packages (
    id          uuid    PRIMARY KEY,
    course      text    NOT NULL,              -- the publisher's id
    title       jsonb   NOT NULL,              -- by language
    manifest    bytea NOT NULL,              -- the cmi5.xml as it came
    units       bigint NOT NULL,
    files       bigint NOT NULL,
    bytes       bigint NOT NULL,
    imported_by text    NOT NULL,
    imported_at bigint NOT NULL,
    opened_at   bigint,                       -- since when learners see it
    CONSTRAINT packages_have_a_unit CHECK (units > 0)
);
CREATE INDEX packages_by_import ON packages (imported_at DESC, id);
CREATE INDEX packages_open ON packages (opened_at DESC, id) WHERE opened_at IS NOT NULL;

-- Files of a package. Their bytes lie in the object store.
CREATE TABLE package_files (
    package uuid    NOT NULL REFERENCES packages (id),
    path    text    NOT NULL,
    object  bytea NOT NULL,
    bytes   bigint NOT NULL,
    PRIMARY KEY (package, path)
);

-- One learner in one course.
CREATE TABLE package_registrations (
    id           uuid    PRIMARY KEY,
    package      uuid    NOT NULL REFERENCES packages (id),
    account      uuid    REFERENCES accounts (id),
    actor        text    NOT NULL,             -- an agent of xAPI
    actor_key    text    NOT NULL,
    trial        boolean NOT NULL DEFAULT false,   -- somebody of the secretariat looks at it
    progress     jsonb   NOT NULL,             -- what was achieved and what was said to be satisfied
    done         bigint NOT NULL DEFAULT 0,   -- units whose condition is met
    satisfied_at bigint,
    made_at      bigint NOT NULL,
    changes      bigint NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX package_registrations_of_a_learner ON package_registrations (package, account) WHERE account IS NOT NULL AND NOT trial;
CREATE INDEX package_registrations_by_package ON package_registrations (package, made_at DESC, id);

-- One launch of a unit: what cmi5 calls a session.
CREATE TABLE package_launches (
    id           uuid    PRIMARY KEY,
    registration uuid    NOT NULL REFERENCES package_registrations (id),
    unit         bigint NOT NULL,
    publisher    text    NOT NULL,             -- the publisher's id of the unit
    progress     jsonb   NOT NULL,             -- what was said in it
    host         text    NOT NULL UNIQUE,      -- the name before the host of packages
    asking       bytea   NOT NULL UNIQUE,      -- SHA-256 of what is in the fetch URL
    token        bytea,                        -- SHA-256 of the token, once it was fetched
    launched_at  bigint NOT NULL,
    ended_at     bigint
);
CREATE INDEX package_launches_open ON package_launches (registration) WHERE ended_at IS NULL;
