-- Fixed pages as they are public: a copy of the published version. All versions stay in text_versions.
CREATE TABLE pages (
    id           uuid    PRIMARY KEY REFERENCES texts (id),
    name         text    NOT NULL UNIQUE,
    title_ja     text    NOT NULL,
    lead_ja      text    NOT NULL,
    body_ja      text    NOT NULL,
    title_en     text    NOT NULL,
    lead_en      text    NOT NULL,
    body_en      text    NOT NULL,
    search       text    NOT NULL,
    updated_on   text    NOT NULL,
    published_at bigint  NOT NULL
);
