-- Who acts: sign-ins that a person sees and ends, roles with their standing, the tree of organizations, tokens of programs.
CREATE TABLE places (
    id     uuid PRIMARY KEY,
    parent uuid REFERENCES places (id)
);
CREATE INDEX places_by_parent ON places (parent);

CREATE TABLE memberships (
    id           uuid    PRIMARY KEY,
    account      uuid    NOT NULL,
    role         text    NOT NULL,
    standing     text    NOT NULL,
    organization uuid    REFERENCES places (id),
    granted_by   text    NOT NULL,
    granted_at   bigint NOT NULL,
    changed_at   bigint NOT NULL,
    CONSTRAINT memberships_stand_in_one_of_five_ways CHECK (standing IN ('invited', 'accepted', 'confirmed', 'suspended', 'left'))
);
CREATE INDEX memberships_by_account ON memberships (account);

-- Only the SHA-256 of a sign-in's secret is kept: whoever reads the table can't act as anybody.
CREATE TABLE sign_ins (
    id            uuid    PRIMARY KEY,
    secret        bytea    NOT NULL UNIQUE,
    account       uuid    NOT NULL,
    strength      text    NOT NULL,
    opened_at     bigint NOT NULL,
    seen_at       bigint NOT NULL,
    idle_micros   bigint NOT NULL,
    ends_at       bigint NOT NULL,
    stepped_up_at bigint,
    device        text    NOT NULL,
    network       text    NOT NULL,
    ended_at      bigint
);
CREATE INDEX sign_ins_by_account ON sign_ins (account, opened_at);

CREATE TABLE api_tokens (
    id         uuid    PRIMARY KEY,
    secret     bytea    NOT NULL UNIQUE,
    name       text    NOT NULL,
    scopes     text    NOT NULL,
    issued_by  text    NOT NULL,
    issued_at  bigint NOT NULL,
    ends_at    bigint,
    ended_at   bigint,
    used_at    bigint
);
