-- Frequent questions as they are public: a copy of the published version. A number is never given to another question.
CREATE TABLE questions (
    id           uuid    PRIMARY KEY REFERENCES texts (id),
    number       bigint  NOT NULL UNIQUE,
    topic        text    NOT NULL,
    on_course    boolean NOT NULL,  -- beside which pages it is shown, too
    on_apply     boolean NOT NULL,
    on_thanks    boolean NOT NULL,
    on_my        boolean NOT NULL,
    title_ja     text    NOT NULL,
    body_ja      text    NOT NULL,
    title_en     text    NOT NULL,
    body_en      text    NOT NULL,
    search       text    NOT NULL,
    published_at bigint  NOT NULL,
    withdrawn_at bigint,
    CONSTRAINT questions_are_numbered_from_one CHECK (number >= 1)
);
