-- The record store: what learners did, as other systems say it in xAPI, and what those systems keep about activities and people.
-- A room is whose records these are: an organization, or 16 zero bytes for the portal itself. No statement of the program
-- looks into two rooms.
CREATE TABLE record_clients (
    id           BLOB    PRIMARY KEY,
    key          TEXT    NOT NULL UNIQUE,
    secret       BLOB    NOT NULL,             -- SHA-256 of key and secret
    name         TEXT    NOT NULL,
    organization BLOB    REFERENCES organizations (id),
    made_by      TEXT    NOT NULL,
    made_at      INTEGER NOT NULL,
    ended_at     INTEGER,
    CONSTRAINT record_clients_have_a_key CHECK (key <> '')
) STRICT;

-- Up to when each room is filled. Whoever stores holds this row until the commit, so that statements of a room become visible
-- in the order of `stored`.
CREATE TABLE record_rooms (
    room   BLOB    PRIMARY KEY,
    filled INTEGER NOT NULL
) STRICT;

-- A statement as it was received. `stored` is its time and its place in its room at once: no two of a room are the same.
CREATE TABLE record_statements (
    room      BLOB    NOT NULL,
    stored    INTEGER NOT NULL,
    id        BLOB    NOT NULL,
    rules     TEXT    NOT NULL,                -- the version whose rules it keeps
    json      TEXT    NOT NULL,
    refers_to BLOB,                            -- the statement that is its object
    voids     BLOB,                            -- the statement that it voids
    voided    INTEGER NOT NULL DEFAULT 0,
    client    TEXT    NOT NULL,
    PRIMARY KEY (room, stored),
    CONSTRAINT record_statements_keep_one_of_two_versions CHECK (rules IN ('1.0.3', '2.0.0')),
    CONSTRAINT record_statements_that_void_are_not_voided CHECK (voids IS NULL OR voided = 0)
) STRICT;
CREATE UNIQUE INDEX record_statements_once ON record_statements (room, id);
CREATE INDEX record_statements_by_reference ON record_statements (room, refers_to) WHERE refers_to IS NOT NULL;
CREATE INDEX record_statements_by_voiding ON record_statements (room, voids) WHERE voids IS NOT NULL;

-- What statements are found by: one row for each agent, activity, verb and registration of a statement, and the same again for
-- each statement that refers to it. `key` is the beginning of a hash of the room and of what is looked for. A filter of several
-- conditions is met where all of them have a row of one `found` and one `source`.
CREATE TABLE record_index (
    key    BLOB    NOT NULL,
    found  INTEGER NOT NULL,                   -- the statement that is returned
    source INTEGER NOT NULL,                   -- the statement that says it: itself, or one that it refers to
    room   BLOB    NOT NULL,
    PRIMARY KEY (key, found, source)
) STRICT, WITHOUT ROWID;
CREATE INDEX record_index_by_statement ON record_index (room, found, source);

-- What came with a statement. The bytes lie in the object store under their own hash, whatever hash the statement says.
CREATE TABLE record_attachments (
    room         BLOB    NOT NULL,
    stored       INTEGER NOT NULL,
    sha2         TEXT    NOT NULL,             -- as the statement says it
    object       BLOB    NOT NULL,
    content_type TEXT    NOT NULL,
    bytes        INTEGER NOT NULL,
    PRIMARY KEY (room, stored, sha2)
) STRICT, WITHOUT ROWID;

-- What is known of activities and verbs from all statements of a room.
CREATE TABLE record_terms (
    key  BLOB NOT NULL PRIMARY KEY,
    json TEXT NOT NULL                         -- the definition of an activity, the display of a verb
) STRICT, WITHOUT ROWID;

-- The names under which an agent stands in statements.
CREATE TABLE record_names (
    agent BLOB NOT NULL,
    entry BLOB NOT NULL,
    name  TEXT NOT NULL,                       -- a JSON text
    PRIMARY KEY (agent, entry)
) STRICT, WITHOUT ROWID;

-- Documents of states and profiles.
CREATE TABLE record_documents (
    place        BLOB    NOT NULL,             -- a hash of the room, the resource, the activity and the agent
    registration BLOB    NOT NULL,             -- 16 zero bytes: none
    key          BLOB    NOT NULL,             -- a hash of its id
    name         TEXT    NOT NULL,             -- its id, a JSON text
    content_type TEXT    NOT NULL,
    content      BLOB    NOT NULL,
    etag         TEXT    NOT NULL,
    changed_at   INTEGER NOT NULL,
    client       TEXT    NOT NULL,
    PRIMARY KEY (place, registration, key)
) STRICT;
