-- The master list of institutions, authorities, associations and vendors: who can be chosen as a place of work.
CREATE TABLE organizations (
    id          BLOB    PRIMARY KEY,
    code        TEXT    UNIQUE,            -- 医療機関コード, digits only; empty for those that have none
    name        TEXT    NOT NULL,
    kana        TEXT    NOT NULL,
    kind        TEXT    NOT NULL,          -- id in institution-kinds.toml
    prefecture  TEXT    NOT NULL,          -- JIS X 0401
    postcode    TEXT    NOT NULL,          -- 000-0000, or nothing
    address     TEXT    NOT NULL,
    beds        INTEGER,
    sample      INTEGER NOT NULL,
    known_since INTEGER NOT NULL,
    CONSTRAINT organizations_have_a_name    CHECK (name <> ''),
    CONSTRAINT organizations_count_their_beds CHECK (beds IS NULL OR beds >= 0),
    CONSTRAINT organizations_are_samples_or_not CHECK (sample IN (0, 1))
) STRICT;
CREATE INDEX organizations_by_name ON organizations (name, prefecture);

-- Every tail of a folded name and reading, so that any part of it is found by the beginning of a key: an index does that
-- alike on both engines, for 260,000 institutions. Rank 0 is the beginning itself, a code or a postcode.
CREATE TABLE organization_keys (
    rank         INTEGER NOT NULL,
    key          TEXT    NOT NULL,
    organization BLOB    NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    PRIMARY KEY (rank, key, organization)
) STRICT, WITHOUT ROWID;
CREATE INDEX organization_keys_by_organization ON organization_keys (organization);
