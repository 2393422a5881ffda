-- Fixed pages as they are public: a copy of the published version. All versions stay in text_versions.
CREATE TABLE pages (
    id           BLOB    PRIMARY KEY REFERENCES texts (id),
    name         TEXT    NOT NULL UNIQUE,
    title_ja     TEXT    NOT NULL,
    lead_ja      TEXT    NOT NULL,
    body_ja      TEXT    NOT NULL,
    title_en     TEXT    NOT NULL,
    lead_en      TEXT    NOT NULL,
    body_en      TEXT    NOT NULL,
    search       TEXT    NOT NULL,
    updated_on   TEXT    NOT NULL,
    published_at INTEGER NOT NULL
) STRICT;
