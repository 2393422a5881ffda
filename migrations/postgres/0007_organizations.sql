-- The master list of institutions, authorities, associations and vendors: who can be chosen as a place of work.
CREATE TABLE organizations (
    id          uuid    PRIMARY KEY,
    code        text    UNIQUE,            -- 医療機関コード, digits only; empty for those that have none
    name        text    NOT NULL,
    kana        text    NOT NULL,
    kind        text    NOT NULL,          -- id in institution-kinds.toml
    prefecture  text    NOT NULL,          -- JIS X 0401
    postcode    text    NOT NULL,          -- 000-0000, or nothing
    address     text    NOT NULL,
    beds        bigint,
    sample      boolean NOT NULL,
    known_since bigint  NOT NULL,
    CONSTRAINT organizations_have_a_name    CHECK (name <> ''),
    CONSTRAINT organizations_count_their_beds CHECK (beds IS NULL OR beds >= 0)
);
CREATE INDEX organizations_by_name ON organizations (name, prefecture);

-- Every tail of a folded name and reading, so that any part of it is found by the beginning of a key: an index does that
-- alike on both engines, for 260,000 institutions. Rank 0 is the beginning itself, a code or a postcode.
-- Keys are compared by their bytes, whatever the server's language, since a range of them is read.
CREATE TABLE organization_keys (
    rank         bigint           NOT NULL,
    key          text COLLATE "C" NOT NULL,
    organization uuid             NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    PRIMARY KEY (rank, key, organization)
);
CREATE INDEX organization_keys_by_organization ON organization_keys (organization);
