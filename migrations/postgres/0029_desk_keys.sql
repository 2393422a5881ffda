-- Keys of the duty group. Nothing here opens anything without a passphrase or a passkey that never comes to the server.
CREATE TABLE desk_members (
    id         uuid PRIMARY KEY,
    account    uuid NOT NULL REFERENCES accounts (id),
    public_key bytea NOT NULL,
    made_at    bigint NOT NULL,
    ended_at   bigint,
    CONSTRAINT desk_members_have_keys_of_32_bytes CHECK (octet_length(public_key) = 32)
);
CREATE UNIQUE INDEX desk_members_have_one_key_at_a_time ON desk_members (account) WHERE ended_at IS NULL;

-- A member's secret key, wrapped in the browser under what follows from their passphrase or their passkey.
CREATE TABLE desk_member_ways (
    member_id  uuid NOT NULL REFERENCES desk_members (id),
    way        text NOT NULL,
    salt       bytea NOT NULL,
    memory     bigint,                        -- KiB, and passes: what Argon2id cost in the browser
    passes     bigint,
    credential text,                          -- by which the browser names the passkey, in base64
    wrap       bytea NOT NULL,
    made_at    bigint NOT NULL,
    PRIMARY KEY (member_id, way),
    CONSTRAINT desk_member_ways_are_two CHECK (way IN ('passphrase', 'passkey')),
    CONSTRAINT desk_member_passphrases_have_a_cost CHECK ((way = 'passphrase') = (memory IS NOT NULL AND passes IS NOT NULL)),
    CONSTRAINT desk_member_passkeys_have_a_name CHECK ((way = 'passkey') = (credential IS NOT NULL))
);

-- The group's key from one change of the roster to the next. The one with the greatest number is in use.
CREATE TABLE desk_epochs (
    id           uuid PRIMARY KEY,
    number       bigint NOT NULL UNIQUE,
    public_key   bytea NOT NULL,
    made_by      uuid NOT NULL REFERENCES accounts (id),
    made_at      bigint NOT NULL,
    destroyed_at bigint,                      -- no wrap of its secret key is left
    CONSTRAINT desk_epochs_have_keys_of_32_bytes CHECK (octet_length(public_key) = 32)
);

-- The secret key of an epoch, wrapped in the lead's browser for each member.
CREATE TABLE desk_epoch_wraps (
    epoch_id  uuid NOT NULL REFERENCES desk_epochs (id),
    member_id uuid NOT NULL REFERENCES desk_members (id),
    wrap      bytea NOT NULL,
    PRIMARY KEY (epoch_id, member_id)
);
CREATE INDEX desk_epoch_wraps_by_member ON desk_epoch_wraps (member_id);

-- The key behind glass: its secret exists on the paper of three bodies alone, of which two open it.
CREATE TABLE desk_glass (
    id         uuid PRIMARY KEY,
    public_key bytea NOT NULL,
    made_by    uuid NOT NULL REFERENCES accounts (id),
    made_at    bigint NOT NULL,
    ended_at   bigint,
    CONSTRAINT desk_glass_has_keys_of_32_bytes CHECK (octet_length(public_key) = 32)
);
CREATE UNIQUE INDEX desk_glass_is_one_at_a_time ON desk_glass ((ended_at IS NULL)) WHERE ended_at IS NULL;

-- Each time the glass was broken for a case. Why, is said in the case's own chain, sealed.
CREATE TABLE desk_glass_uses (
    id        uuid PRIMARY KEY,
    glass_id  uuid NOT NULL REFERENCES desk_glass (id),
    case_id   uuid NOT NULL REFERENCES cases (id),
    account   uuid NOT NULL REFERENCES accounts (id),
    asked_at  bigint NOT NULL,
    day       text NOT NULL,                   -- whose root covers it
    opened_at bigint                          -- the duty group has its way in again
);
CREATE INDEX desk_glass_uses_by_time ON desk_glass_uses (asked_at, id);

-- Cases that nobody can open any more, with the hashes of what was destroyed.
CREATE TABLE desk_deletions (
    case_id     uuid PRIMARY KEY REFERENCES cases (id),
    account     uuid NOT NULL REFERENCES accounts (id),
    wraps       bigint NOT NULL,
    certificate jsonb NOT NULL,                -- JSON: the end of the chain, and of each file the SHA-256 of its sealed bytes
    deleted_at  bigint NOT NULL
);

-- Who works at the desk, among everybody with a role.
CREATE INDEX memberships_by_role ON memberships (role, account);
