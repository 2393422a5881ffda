-- Who acts: sign-ins that a person sees and ends, roles with their standing, the tree of organizations, tokens of programs.
CREATE TABLE places (
    id     BLOB PRIMARY KEY,
    parent BLOB REFERENCES places (id)
) STRICT;
CREATE INDEX places_by_parent ON places (parent);

CREATE TABLE memberships (
    id           BLOB    PRIMARY KEY,
    account      BLOB    NOT NULL,
    role         TEXT    NOT NULL,
    standing     TEXT    NOT NULL,
    organization BLOB    REFERENCES places (id),
    granted_by   TEXT    NOT NULL,
    granted_at   INTEGER NOT NULL,
    changed_at   INTEGER NOT NULL,
    CONSTRAINT memberships_stand_in_one_of_five_ways CHECK (standing IN ('invited', 'accepted', 'confirmed', 'suspended', 'left'))
) STRICT;
CREATE INDEX memberships_by_account ON memberships (account);

-- Only the SHA-256 of a sign-in's secret is kept: whoever reads the table can't act as anybody.
CREATE TABLE sign_ins (
    id            BLOB    PRIMARY KEY,
    secret        BLOB    NOT NULL UNIQUE,
    account       BLOB    NOT NULL,
    strength      TEXT    NOT NULL,
    opened_at     INTEGER NOT NULL,
    seen_at       INTEGER NOT NULL,
    idle_micros   INTEGER NOT NULL,
    ends_at       INTEGER NOT NULL,
    stepped_up_at INTEGER,
    device        TEXT    NOT NULL,
    network       TEXT    NOT NULL,
    ended_at      INTEGER
) STRICT;
CREATE INDEX sign_ins_by_account ON sign_ins (account, opened_at);

CREATE TABLE api_tokens (
    id         BLOB    PRIMARY KEY,
    secret     BLOB    NOT NULL UNIQUE,
    name       TEXT    NOT NULL,
    scopes     TEXT    NOT NULL,
    issued_by  TEXT    NOT NULL,
    issued_at  INTEGER NOT NULL,
    ends_at    INTEGER,
    ended_at   INTEGER,
    used_at    INTEGER
) STRICT;
