-- Official letters that announced the trainings, as written.
CREATE TABLE letters (
    id         text PRIMARY KEY,      -- mhlw-2023-01-11: its anchor on the page
    position   bigint  NOT NULL,
    chain      text NOT NULL,         -- whose associations passed it on
    level      bigint  NOT NULL,      -- 0: the ministry
    day        text NOT NULL,
    sender     text NOT NULL,
    addressee  text NOT NULL,
    kind       text NOT NULL,
    number     text NOT NULL,
    subject_ja text NOT NULL,
    subject_en text NOT NULL,
    transfers  text NOT NULL,         -- the letter that it passes on, empty if none
    follows    text NOT NULL,
    facts      text NOT NULL,         -- JSON: everything else that is known of it
    search     text NOT NULL
);

-- Rules and guidelines of the ministry, with the editions that followed, so that nobody works from an old one.
CREATE TABLE documents (
    id            text PRIMARY KEY,
    position      bigint  NOT NULL,
    kind_ja       text NOT NULL,
    kind_en       text NOT NULL,
    issued        text NOT NULL,      -- a day, a month, or nothing
    number        text NOT NULL,
    title_ja      text NOT NULL,
    title_en      text NOT NULL,
    url           text NOT NULL,
    size_bytes    bigint,
    superseded_by text NOT NULL,
    superseded_on text,
    facts         text NOT NULL,
    search        text NOT NULL
);
