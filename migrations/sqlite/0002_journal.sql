-- Who did what, to what, when and why. Ids only, never a name or an address, so that nothing here has to be erased.
CREATE TABLE audit (
    seq         INTEGER PRIMARY KEY AUTOINCREMENT,
    id          BLOB    NOT NULL UNIQUE,
    at          INTEGER NOT NULL,
    actor       TEXT    NOT NULL,  -- account:…, token:…, application:…, visitor, system
    role        TEXT,              -- in which capacity, where that matters
    act         TEXT    NOT NULL,  -- applications.applied
    object_kind TEXT,
    object_id   BLOB,
    reason      TEXT,
    result      TEXT    NOT NULL,
    detail      TEXT    NOT NULL,  -- JSON, kept to the letter since it is hashed
    CONSTRAINT audit_ids_are_uuids       CHECK (length(id) = 16 AND (object_id IS NULL OR length(object_id) = 16)),
    CONSTRAINT audit_results_are_known   CHECK (result IN ('done', 'refused')),
    CONSTRAINT audit_objects_have_a_kind CHECK (object_id IS NULL OR object_kind IS NOT NULL)
) STRICT;

CREATE INDEX audit_by_object ON audit (object_kind, object_id, seq);
CREATE INDEX audit_by_actor  ON audit (actor, seq);
CREATE INDEX audit_by_act    ON audit (act, seq);
CREATE INDEX audit_by_time   ON audit (at, seq);

-- Each link hashes its entry and the link before it. Entries are written free; one leader at a time chains them afterwards.
CREATE TABLE audit_chain (
    seq   INTEGER PRIMARY KEY,
    entry BLOB    NOT NULL UNIQUE REFERENCES audit (id),
    hash  BLOB    NOT NULL,
    CONSTRAINT audit_chain_begins_at_one CHECK (seq >= 1),
    CONSTRAINT audit_hashes_are_sha256   CHECK (length(hash) = 32)
) STRICT;

-- The last link. Whoever chains updates this row first and so is alone. Entries up to audit.seq = settled are all chained.
CREATE TABLE audit_head (
    one     INTEGER PRIMARY KEY,
    seq     INTEGER NOT NULL,
    hash    BLOB    NOT NULL,
    settled INTEGER NOT NULL,
    CONSTRAINT audit_head_is_one_row       CHECK (one = 1),
    CONSTRAINT audit_head_hash_is_a_sha256 CHECK (length(hash) = 32)
) STRICT;

INSERT INTO audit_head (one, seq, hash, settled) VALUES (1, 0, zeroblob(32), 0);

CREATE TRIGGER audit_is_never_edited        BEFORE UPDATE ON audit       BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
CREATE TRIGGER audit_is_never_shortened     BEFORE DELETE ON audit       BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
CREATE TRIGGER audit_chain_is_never_edited  BEFORE UPDATE ON audit_chain BEGIN SELECT RAISE(ABORT, 'the audit chain is append-only'); END;
CREATE TRIGGER audit_chain_is_never_cut     BEFORE DELETE ON audit_chain BEGIN SELECT RAISE(ABORT, 'the audit chain is append-only'); END;

-- Mail that is to be sent: written by the transaction that makes it due, sent by a worker, at least once, under one Message-ID.
CREATE TABLE outbox (
    id             BLOB    PRIMARY KEY,  -- the Message-ID is made of it
    kind           TEXT    NOT NULL,     -- trainings.applied: who renders it
    object_id      BLOB    NOT NULL,
    lang           TEXT    NOT NULL,
    facts          TEXT    NOT NULL,     -- JSON: what the object will no longer tell when the mail is rendered
    recipient      TEXT,                 -- only where it is not the object's own address; emptied once sent
    priority       INTEGER NOT NULL,     -- 0 first
    created_at     INTEGER NOT NULL,
    due_at         INTEGER NOT NULL,
    expires_at     INTEGER,              -- later than this it would be no use to anybody
    attempts       INTEGER NOT NULL DEFAULT 0,
    first_tried_at INTEGER,
    lease_owner    BLOB,
    lease_until    INTEGER,
    sent_at        INTEGER,
    failed_at      INTEGER,              -- given up; waits for a person
    dropped_at     INTEGER,              -- not sent on purpose: expired, pointless, or retired by a person
    bounced_at     INTEGER,              -- came back after it was sent
    last_error     TEXT,                 -- a class such as smtp-550, never what the server said
    CONSTRAINT outbox_ids_are_uuids     CHECK (length(id) = 16 AND length(object_id) = 16),
    CONSTRAINT outbox_ends_in_one_way   CHECK ((sent_at IS NOT NULL) + (failed_at IS NOT NULL) + (dropped_at IS NOT NULL) <= 1),
    CONSTRAINT outbox_bounces_were_sent CHECK (bounced_at IS NULL OR sent_at IS NOT NULL),
    CONSTRAINT outbox_langs_are_known   CHECK (lang IN ('ja', 'en'))
) STRICT;

CREATE INDEX outbox_waiting   ON outbox (priority, due_at, id) WHERE sent_at IS NULL AND failed_at IS NULL AND dropped_at IS NULL;
CREATE INDEX outbox_expiring  ON outbox (expires_at) WHERE expires_at IS NOT NULL AND sent_at IS NULL AND failed_at IS NULL AND dropped_at IS NULL;
CREATE INDEX outbox_held      ON outbox (lease_owner) WHERE lease_owner IS NOT NULL;
CREATE INDEX outbox_failed    ON outbox (id) WHERE failed_at IS NOT NULL;
CREATE INDEX outbox_by_object ON outbox (object_id, id);

-- Work for later: queued by the verb that needs it, in its transaction; done at least once.
CREATE TABLE jobs (
    id             BLOB    PRIMARY KEY,
    kind           TEXT    NOT NULL,  -- trainings.promote: who does it
    object_id      BLOB,
    payload        TEXT    NOT NULL,  -- JSON
    once_key       TEXT    UNIQUE,    -- queued once, however often it is asked for
    created_at     INTEGER NOT NULL,
    run_at         INTEGER NOT NULL,
    attempts       INTEGER NOT NULL DEFAULT 0,
    first_tried_at INTEGER,
    lease_owner    BLOB,
    lease_until    INTEGER,
    done_at        INTEGER,
    dead_at        INTEGER,           -- given up; waits for a person
    retired_at     INTEGER,           -- a person decided that it need not be done
    last_error     TEXT,              -- a class, never what somebody typed
    CONSTRAINT jobs_ids_are_uuids   CHECK (length(id) = 16 AND (object_id IS NULL OR length(object_id) = 16)),
    CONSTRAINT jobs_end_in_one_way  CHECK ((done_at IS NOT NULL) + (dead_at IS NOT NULL) + (retired_at IS NOT NULL) <= 1)
) STRICT;

CREATE INDEX jobs_waiting ON jobs (run_at, id) WHERE done_at IS NULL AND dead_at IS NULL AND retired_at IS NULL;
CREATE INDEX jobs_held    ON jobs (lease_owner) WHERE lease_owner IS NOT NULL;
CREATE INDEX jobs_dead    ON jobs (id) WHERE dead_at IS NOT NULL;
