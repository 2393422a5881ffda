-- What goes with a training on paper: for one session, or for all of its course. The files of each lie below it, the newest counts.
CREATE TABLE materials (
    id           BLOB    PRIMARY KEY,
    course       BLOB    NOT NULL REFERENCES courses (id),
    session      BLOB    REFERENCES sessions (id),
    title        TEXT    NOT NULL,
    moment       TEXT    NOT NULL,             -- from when everybody may have it
    position     INTEGER NOT NULL,
    added_at     INTEGER NOT NULL,
    withdrawn_at INTEGER,
    CONSTRAINT materials_come_at_one_of_three_moments CHECK (moment IN ('before', 'day', 'after'))
) STRICT;
CREATE INDEX materials_by_course ON materials (course, position);

-- Every file that a material has had. The bytes lie in the object store under their hash.
CREATE TABLE material_files (
    id       BLOB    PRIMARY KEY,
    material BLOB    NOT NULL REFERENCES materials (id),
    name     TEXT    NOT NULL,                 -- the file's own name, never a path
    kind     TEXT    NOT NULL,
    bytes    INTEGER NOT NULL,
    hash     BLOB    NOT NULL,
    sent_by  TEXT    NOT NULL,
    sent_at  INTEGER NOT NULL,
    CONSTRAINT material_files_are_found_by_sha256 CHECK (length(hash) = 32)
) STRICT;
CREATE INDEX material_files_by_material ON material_files (material, id);

-- The recording of a session, from the first thing that is known of it.
CREATE TABLE recordings (
    id             BLOB    PRIMARY KEY,
    session        BLOB    NOT NULL UNIQUE REFERENCES sessions (id),
    hash           BLOB,                       -- the film; nothing yet while it is being prepared
    bytes          INTEGER,
    kind           TEXT,
    seconds        INTEGER,
    edition        INTEGER NOT NULL DEFAULT 0, -- rises with each film
    captions       TEXT    NOT NULL DEFAULT '',
    no_captions    TEXT    NOT NULL DEFAULT '', -- why it goes without
    chapters       TEXT    NOT NULL DEFAULT '',
    questions      TEXT    NOT NULL DEFAULT '',
    threshold      INTEGER NOT NULL DEFAULT 80,
    published_at   INTEGER,
    withdrawn_at   INTEGER,
    told_at        INTEGER,                    -- when people were told that it is there
    CONSTRAINT recordings_ask_for_a_part CHECK (threshold BETWEEN 1 AND 100),
    CONSTRAINT recordings_have_a_whole_film CHECK ((hash IS NULL) = (bytes IS NULL) AND (hash IS NULL) = (kind IS NULL) AND (hash IS NULL) = (seconds IS NULL)),
    CONSTRAINT recordings_are_published_with_a_film CHECK (published_at IS NULL OR hash IS NOT NULL)
) STRICT;
CREATE INDEX recordings_to_tell_of ON recordings (session) WHERE published_at IS NOT NULL AND told_at IS NULL;

-- A film on its way in, part by part, so that it goes on after a break.
CREATE TABLE film_uploads (
    id       BLOB    PRIMARY KEY,
    session  BLOB    NOT NULL REFERENCES sessions (id),
    name     TEXT    NOT NULL,
    bytes    INTEGER NOT NULL,
    part     INTEGER NOT NULL,                 -- how many bytes each part has, the last one perhaps fewer
    begun_by TEXT    NOT NULL,
    begun_at INTEGER NOT NULL,
    sent_at  INTEGER,                          -- every part is here
    ended_at INTEGER,
    refusal  TEXT    NOT NULL DEFAULT '',      -- why it was not taken
    CONSTRAINT film_uploads_have_parts CHECK (bytes > 0 AND part > 0)
) STRICT;
CREATE INDEX film_uploads_by_session ON film_uploads (session, id);
CREATE UNIQUE INDEX film_uploads_one_at_a_time ON film_uploads (session) WHERE ended_at IS NULL;

CREATE TABLE film_parts (
    upload  BLOB    NOT NULL REFERENCES film_uploads (id),
    number  INTEGER NOT NULL,
    hash    BLOB    NOT NULL,
    bytes   INTEGER NOT NULL,
    PRIMARY KEY (upload, number)
) STRICT, WITHOUT ROWID;

-- Which seconds of a recording somebody has seen, for an application.
CREATE TABLE watchings (
    application BLOB    PRIMARY KEY REFERENCES applications (id),
    recording   BLOB    NOT NULL REFERENCES recordings (id),
    edition     INTEGER NOT NULL,
    seen        TEXT    NOT NULL,              -- [[from, until], …] in seconds
    seconds     INTEGER NOT NULL,
    resume_at   INTEGER NOT NULL,
    first_at    INTEGER NOT NULL,
    last_at     INTEGER NOT NULL,
    CONSTRAINT watchings_count_up CHECK (seconds >= 0 AND resume_at >= 0)
) STRICT;

-- Who has made up for a session by its recording. The first time counts, and stays.
CREATE TABLE completions (
    application  BLOB    PRIMARY KEY REFERENCES applications (id),
    recording    BLOB    NOT NULL REFERENCES recordings (id),
    edition      INTEGER NOT NULL,
    seen_seconds INTEGER NOT NULL,
    of_seconds   INTEGER NOT NULL,
    threshold    INTEGER NOT NULL,
    questions    INTEGER NOT NULL,             -- how many were answered rightly
    completed_at INTEGER NOT NULL
) STRICT;

CREATE INDEX watchings_by_recording ON watchings (recording);
CREATE INDEX completions_by_recording ON completions (recording);

-- Who was told that the recordings are there: each application once.
CREATE TABLE archive_told (
    application BLOB    PRIMARY KEY REFERENCES applications (id),
    told_at     INTEGER NOT NULL
) STRICT;
-- Who does not want such mails any more.
CREATE TABLE archive_declined (
    email       TEXT    PRIMARY KEY,
    declined_at INTEGER NOT NULL
) STRICT;
