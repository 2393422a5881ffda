-- The record store: what learners did, as other systems say it in xAPI, and what those systems keep about activities and people.
-- A room is whose records these are: an organization, or 16 zero bytes for the portal itself. No statement of the program
-- looks into two rooms.
CREATE TABLE record_clients (
    id           uuid    PRIMARY KEY,
    key          text    NOT NULL UNIQUE,
    secret       bytea   NOT NULL,             -- SHA-256 of key and secret
    name         text    NOT NULL,
    organization uuid    REFERENCES organizations (id),
    made_by      text    NOT NULL,
    made_at      bigint NOT NULL,
    ended_at     bigint,
    CONSTRAINT record_clients_have_a_key CHECK (key <> '')
);

-- Up to when each room is filled. Whoever stores holds this row until the commit, so that statements of a room become visible
-- in the order of `stored`.
CREATE TABLE record_rooms (
    room   uuid    PRIMARY KEY,
    filled bigint NOT NULL
);

-- A statement as it was received. `stored` is its time and its place in its room at once: no two of a room are the same.
CREATE TABLE record_statements (
    room      uuid    NOT NULL,
    stored    bigint NOT NULL,
    id        uuid    NOT NULL,
    rules     text    NOT NULL,                -- the version whose rules it keeps
    json      text    NOT NULL,
    refers_to uuid,                            -- the statement that is its object
    voids     uuid,                            -- the statement that it voids
    voided    boolean NOT NULL DEFAULT false,
    client    text    NOT NULL,
    PRIMARY KEY (room, stored),
    CONSTRAINT record_statements_keep_one_of_two_versions CHECK (rules IN ('1.0.3', '2.0.0')),
    CONSTRAINT record_statements_that_void_are_not_voided CHECK (voids IS NULL OR NOT voided)
);
CREATE UNIQUE INDEX record_statements_once ON record_statements (room, id);
CREATE INDEX record_statements_by_reference ON record_statements (room, refers_to) WHERE refers_to IS NOT NULL;
CREATE INDEX record_statements_by_voiding ON record_statements (room, voids) WHERE voids IS NOT NULL;

-- What statements are found by: one row for each agent, activity, verb and registration of a statement, and the same again for
-- each statement that refers to it. `key` is the beginning of a hash of the room and of what is looked for. A filter of several
-- conditions is met where all of them have a row of one `found` and one `source`.
CREATE TABLE record_index (
    key    uuid    NOT NULL,
    found  bigint NOT NULL,                   -- the statement that is returned
    source bigint NOT NULL,                   -- the statement that says it: itself, or one that it refers to
    room   uuid    NOT NULL,
    PRIMARY KEY (key, found, source)
);
CREATE INDEX record_index_by_statement ON record_index (room, found, source);

-- What came with a statement. The bytes lie in the object store under their own hash, whatever hash the statement says.
CREATE TABLE record_attachments (
    room         uuid    NOT NULL,
    stored       bigint NOT NULL,
    sha2         text    NOT NULL,             -- as the statement says it
    object       bytea   NOT NULL,
    content_type text    NOT NULL,
    bytes        bigint NOT NULL,
    PRIMARY KEY (room, stored, sha2)
);

-- What is known of activities and verbs from all statements of a room.
CREATE TABLE record_terms (
    key  uuid NOT NULL PRIMARY KEY,
    json text NOT NULL                         -- the definition of an activity, the display of a verb
);

-- The names under which an agent stands in statements.
CREATE TABLE record_names (
    agent uuid NOT NULL,
    entry uuid NOT NULL,
    name  text NOT NULL,                       -- a JSON text
    PRIMARY KEY (agent, entry)
);

-- Documents of states and profiles.
CREATE TABLE record_documents (
    place        uuid    NOT NULL,             -- a hash of the room, the resource, the activity and the agent
    registration uuid    NOT NULL,             -- 16 zero bytes: none
    key          uuid    NOT NULL,             -- a hash of its id
    name         text    NOT NULL,             -- its id, a JSON text
    content_type text    NOT NULL,
    content      bytea   NOT NULL,
    etag         text    NOT NULL,
    changed_at   bigint NOT NULL,
    client       text    NOT NULL,
    PRIMARY KEY (place, registration, key)
);
