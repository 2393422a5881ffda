-- Frequent questions as they are public: a copy of the published version. A number is never given to another question.
CREATE TABLE questions (
    id           BLOB    PRIMARY KEY REFERENCES texts (id),
    number       INTEGER NOT NULL UNIQUE,
    topic        TEXT    NOT NULL,
    on_course    INTEGER NOT NULL,  -- beside which pages it is shown, too
    on_apply     INTEGER NOT NULL,
    on_thanks    INTEGER NOT NULL,
    on_my        INTEGER NOT NULL,
    title_ja     TEXT    NOT NULL,
    body_ja      TEXT    NOT NULL,
    title_en     TEXT    NOT NULL,
    body_en      TEXT    NOT NULL,
    search       TEXT    NOT NULL,
    published_at INTEGER NOT NULL,
    withdrawn_at INTEGER,
    CONSTRAINT questions_are_numbered_from_one CHECK (number >= 1)
) STRICT;
