-- An account is a mail address that somebody signs in with.
CREATE TABLE accounts (
    id         uuid    PRIMARY KEY,
    email      text    NOT NULL UNIQUE,
    lang       text    NOT NULL,
    created_at bigint  NOT NULL,
    CONSTRAINT accounts_langs_are_known CHECK (lang IN ('ja', 'en'))
);

-- Public key, counter and flags of a passkey: nothing secret.
CREATE TABLE passkeys (
    id         uuid    PRIMARY KEY,
    account    uuid    NOT NULL REFERENCES accounts (id),
    credential bytea   NOT NULL UNIQUE,  -- by which the browser names it
    passkey    jsonb   NOT NULL,
    name       text    NOT NULL,         -- as its owner calls it
    added_at   bigint  NOT NULL,
    used_at    bigint
);
CREATE INDEX passkeys_by_account ON passkeys (account);

CREATE TABLE passphrases (
    account uuid    PRIMARY KEY REFERENCES accounts (id),
    hash    text    NOT NULL,            -- Argon2id
    set_at  bigint  NOT NULL
);

-- Secrets of one-time codes, sealed with a key that lies outside the database.
CREATE TABLE code_secrets (
    account      uuid    PRIMARY KEY REFERENCES accounts (id),
    secret       bytea   NOT NULL,
    last_step    bigint,                -- no code of this time or before is taken again
    added_at     bigint  NOT NULL,
    confirmed_at bigint                  -- empty until the first code was right
);

-- What was asked of a passkey, until it answers: once, and soon.
CREATE TABLE ceremonies (
    id      uuid    PRIMARY KEY,
    account uuid    REFERENCES accounts (id),
    state   jsonb   NOT NULL,
    ends_at bigint  NOT NULL
);
CREATE INDEX ceremonies_by_end ON ceremonies (ends_at);

-- The link's text is made from its id and a key outside the database, so nothing here opens anything.
CREATE TABLE sign_in_links (
    id         uuid    PRIMARY KEY,
    email      text    NOT NULL,
    next       text    NOT NULL,         -- where to go afterwards, a path of the portal
    lang       text    NOT NULL,
    created_at bigint  NOT NULL,
    ends_at    bigint  NOT NULL,
    used_at    bigint
);
CREATE INDEX sign_in_links_by_end ON sign_in_links (ends_at);

-- An invitation to a role stays open until the invited person can prove who they are, or until its end.
CREATE TABLE invitations (
    id           uuid    PRIMARY KEY,
    account      uuid    NOT NULL REFERENCES accounts (id),
    role         text    NOT NULL,
    organization uuid,
    invited_by   text    NOT NULL,
    created_at   bigint  NOT NULL,
    ends_at      bigint  NOT NULL,
    accepted_at  bigint,
    sign_in      uuid,                   -- the sign-in that accepted it: it may add the first passkey
    finished_at  bigint
);
CREATE INDEX invitations_by_account ON invitations (account);

-- Browsers that have signed in to an account before: strangers who guess can never shut them out.
CREATE TABLE devices (
    device      bytea   NOT NULL,        -- SHA-256 of the secret in its cookie
    account     uuid    NOT NULL REFERENCES accounts (id),
    known_since bigint  NOT NULL,
    seen_at     bigint  NOT NULL,
    PRIMARY KEY (device, account)
);

-- Tries that have not turned out right, counted by address and device whether there is such an account or not.
CREATE TABLE tries (
    counter bytea   PRIMARY KEY,
    failed  bigint  NOT NULL,
    last_at bigint  NOT NULL,
    CONSTRAINT tries_are_counted_up CHECK (failed >= 0)
);
CREATE INDEX tries_by_age ON tries (last_at);
