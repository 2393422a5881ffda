-- Official letters that announced the trainings, as written.
CREATE TABLE letters (
    id         TEXT PRIMARY KEY,      -- mhlw-2023-01-11: its anchor on the page
    position   INTEGER NOT NULL,
    chain      TEXT NOT NULL,         -- whose associations passed it on
    level      INTEGER NOT NULL,      -- 0: the ministry
    day        TEXT NOT NULL,
    sender     TEXT NOT NULL,
    addressee  TEXT NOT NULL,
    kind       TEXT NOT NULL,
    number     TEXT NOT NULL,
    subject_ja TEXT NOT NULL,
    subject_en TEXT NOT NULL,
    transfers  TEXT NOT NULL,         -- the letter that it passes on, empty if none
    follows    TEXT NOT NULL,
    facts      TEXT NOT NULL,         -- JSON: everything else that is known of it
    search     TEXT NOT NULL
) STRICT;

-- Rules and guidelines of the ministry, with the editions that followed, so that nobody works from an old one.
CREATE TABLE documents (
    id            TEXT PRIMARY KEY,
    position      INTEGER NOT NULL,
    kind_ja       TEXT NOT NULL,
    kind_en       TEXT NOT NULL,
    issued        TEXT NOT NULL,      -- a day, a month, or nothing
    number        TEXT NOT NULL,
    title_ja      TEXT NOT NULL,
    title_en      TEXT NOT NULL,
    url           TEXT NOT NULL,
    size_bytes    INTEGER,
    superseded_by TEXT NOT NULL,
    superseded_on TEXT,
    facts         TEXT NOT NULL,
    search        TEXT NOT NULL
) STRICT;
