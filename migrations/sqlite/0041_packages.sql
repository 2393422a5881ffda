-- Course packages (cmi5): what they hold, who is registered for them, each launch of a unit.
CREATE TABLE packages (
    id          BLOB    PRIMARY KEY,
    course      TEXT    NOT NULL,              -- the publisher's id
    title       TEXT    NOT NULL,              -- by language
    manifest    BLOB    NOT NULL,              -- the cmi5.xml as it came
    units       INTEGER NOT NULL,
    files       INTEGER NOT NULL,
    bytes       INTEGER NOT NULL,
    imported_by TEXT    NOT NULL,
    imported_at INTEGER NOT NULL,
    opened_at   INTEGER,                       -- since when learners see it
    CONSTRAINT packages_have_a_unit CHECK (units > 0)
) STRICT;
CREATE INDEX packages_by_import ON packages (imported_at DESC, id);
CREATE INDEX packages_open ON packages (opened_at DESC, id) WHERE opened_at IS NOT NULL;

-- Files of a package. Their bytes lie in the object store.
CREATE TABLE package_files (
    package BLOB    NOT NULL REFERENCES packages (id),
    path    TEXT    NOT NULL,
    object  BLOB    NOT NULL,
    bytes   INTEGER NOT NULL,
    PRIMARY KEY (package, path)
) STRICT, WITHOUT ROWID;

-- One learner in one course.
CREATE TABLE package_registrations (
    id           BLOB    PRIMARY KEY,
    package      BLOB    NOT NULL REFERENCES packages (id),
    account      BLOB    REFERENCES accounts (id),
    actor        TEXT    NOT NULL,             -- an agent of xAPI
    actor_key    TEXT    NOT NULL,
    trial        INTEGER NOT NULL DEFAULT 0,   -- somebody of the secretariat looks at it
    progress     TEXT    NOT NULL,             -- what was achieved and what was said to be satisfied
    done         INTEGER NOT NULL DEFAULT 0,   -- units whose condition is met
    satisfied_at INTEGER,
    made_at      INTEGER NOT NULL,
    changes      INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX package_registrations_of_a_learner ON package_registrations (package, account) WHERE account IS NOT NULL AND trial = 0;
CREATE INDEX package_registrations_by_package ON package_registrations (package, made_at DESC, id);

-- One launch of a unit: what cmi5 calls a session.
CREATE TABLE package_launches (
    id           BLOB    PRIMARY KEY,
    registration BLOB    NOT NULL REFERENCES package_registrations (id),
    unit         INTEGER NOT NULL,
    publisher    TEXT    NOT NULL,             -- the publisher's id of the unit
    progress     TEXT    NOT NULL,             -- what was said in it
    host         TEXT    NOT NULL UNIQUE,      -- the name before the host of packages
    asking       BLOB    NOT NULL UNIQUE,      -- SHA-256 of what is in the fetch URL
    token        BLOB,                         -- SHA-256 of the token, once it was fetched
    launched_at  INTEGER NOT NULL,
    ended_at     INTEGER
) STRICT;
CREATE INDEX package_launches_open ON package_launches (registration) WHERE ended_at IS NULL;
