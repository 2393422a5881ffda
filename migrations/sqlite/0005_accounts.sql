-- An account is a mail address that somebody signs in with.
CREATE TABLE accounts (
    id         BLOB    PRIMARY KEY,
    email      TEXT    NOT NULL UNIQUE,
    lang       TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    CONSTRAINT accounts_langs_are_known CHECK (lang IN ('ja', 'en'))
) STRICT;

-- Public key, counter and flags of a passkey: nothing secret.
CREATE TABLE passkeys (
    id         BLOB    PRIMARY KEY,
    account    BLOB    NOT NULL REFERENCES accounts (id),
    credential BLOB    NOT NULL UNIQUE,  -- by which the browser names it
    passkey    TEXT    NOT NULL,         -- JSON
    name       TEXT    NOT NULL,         -- as its owner calls it
    added_at   INTEGER NOT NULL,
    used_at    INTEGER
) STRICT;
CREATE INDEX passkeys_by_account ON passkeys (account);

CREATE TABLE passphrases (
    account BLOB    PRIMARY KEY REFERENCES accounts (id),
    hash    TEXT    NOT NULL,            -- Argon2id
    set_at  INTEGER NOT NULL
) STRICT;

-- Secrets of one-time codes, sealed with a key that lies outside the database.
CREATE TABLE code_secrets (
    account      BLOB    PRIMARY KEY REFERENCES accounts (id),
    secret       BLOB    NOT NULL,
    last_step    INTEGER,                -- no code of this time or before is taken again
    added_at     INTEGER NOT NULL,
    confirmed_at INTEGER                 -- empty until the first code was right
) STRICT;

-- What was asked of a passkey, until it answers: once, and soon.
CREATE TABLE ceremonies (
    id      BLOB    PRIMARY KEY,
    account BLOB    REFERENCES accounts (id),
    state   TEXT    NOT NULL,            -- JSON
    ends_at INTEGER NOT NULL
) STRICT;
CREATE INDEX ceremonies_by_end ON ceremonies (ends_at);

-- The link's text is made from its id and a key outside the database, so nothing here opens anything.
CREATE TABLE sign_in_links (
    id         BLOB    PRIMARY KEY,
    email      TEXT    NOT NULL,
    next       TEXT    NOT NULL,         -- where to go afterwards, a path of the portal
    lang       TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    ends_at    INTEGER NOT NULL,
    used_at    INTEGER
) STRICT;
CREATE INDEX sign_in_links_by_end ON sign_in_links (ends_at);

-- An invitation to a role stays open until the invited person can prove who they are, or until its end.
CREATE TABLE invitations (
    id           BLOB    PRIMARY KEY,
    account      BLOB    NOT NULL REFERENCES accounts (id),
    role         TEXT    NOT NULL,
    organization BLOB,
    invited_by   TEXT    NOT NULL,
    created_at   INTEGER NOT NULL,
    ends_at      INTEGER NOT NULL,
    accepted_at  INTEGER,
    sign_in      BLOB,                   -- the sign-in that accepted it: it may add the first passkey
    finished_at  INTEGER
) STRICT;
CREATE INDEX invitations_by_account ON invitations (account);

-- Browsers that have signed in to an account before: strangers who guess can never shut them out.
CREATE TABLE devices (
    device      BLOB    NOT NULL,        -- SHA-256 of the secret in its cookie
    account     BLOB    NOT NULL REFERENCES accounts (id),
    known_since INTEGER NOT NULL,
    seen_at     INTEGER NOT NULL,
    PRIMARY KEY (device, account)
) STRICT;

-- Tries that have not turned out right, counted by address and device whether there is such an account or not.
CREATE TABLE tries (
    counter BLOB    PRIMARY KEY,
    failed  INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    CONSTRAINT tries_are_counted_up CHECK (failed >= 0)
) STRICT;
CREATE INDEX tries_by_age ON tries (last_at);
