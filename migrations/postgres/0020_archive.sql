-- What goes with a training on paper: for one session, or for all of its course. The files of each lie below it, the newest counts.
CREATE TABLE materials (
    id           uuid    PRIMARY KEY,
    course       uuid    NOT NULL REFERENCES courses (id),
    session      uuid    REFERENCES sessions (id),
    title        text    NOT NULL,
    moment       text    NOT NULL,             -- from when everybody may have it
    position     bigint NOT NULL,
    added_at     bigint NOT NULL,
    withdrawn_at bigint,
    CONSTRAINT materials_come_at_one_of_three_moments CHECK (moment IN ('before', 'day', 'after'))
);
CREATE INDEX materials_by_course ON materials (course, position);

-- Every file that a material has had. The bytes lie in the object store under their hash.
CREATE TABLE material_files (
    id       uuid    PRIMARY KEY,
    material uuid    NOT NULL REFERENCES materials (id),
    name     text    NOT NULL,                 -- the file's own name, never a path
    kind     text    NOT NULL,
    bytes    bigint NOT NULL,
    hash     bytea    NOT NULL,
    sent_by  text    NOT NULL,
    sent_at  bigint NOT NULL,
    CONSTRAINT material_files_are_found_by_sha256 CHECK (length(hash) = 32)
);
CREATE INDEX material_files_by_material ON material_files (material, id);

-- The recording of a session, from the first thing that is known of it.
CREATE TABLE recordings (
    id             uuid    PRIMARY KEY,
    session        uuid    NOT NULL UNIQUE REFERENCES sessions (id),
    hash           bytea,                       -- the film; nothing yet while it is being prepared
    bytes          bigint,
    kind           text,
    seconds        bigint,
    edition        bigint NOT NULL DEFAULT 0, -- rises with each film
    captions       text    NOT NULL DEFAULT '',
    no_captions    text    NOT NULL DEFAULT '', -- why it goes without
    chapters       text    NOT NULL DEFAULT '',
    questions      text    NOT NULL DEFAULT '',
    threshold      bigint NOT NULL DEFAULT 80,
    published_at   bigint,
    withdrawn_at   bigint,
    told_at        bigint,                    -- when people were told that it is there
    CONSTRAINT recordings_ask_for_a_part CHECK (threshold BETWEEN 1 AND 100),
    CONSTRAINT recordings_have_a_whole_film CHECK ((hash IS NULL) = (bytes IS NULL) AND (hash IS NULL) = (kind IS NULL) AND (hash IS NULL) = (seconds IS NULL)),
    CONSTRAINT recordings_are_published_with_a_film CHECK (published_at IS NULL OR hash IS NOT NULL)
);
CREATE INDEX recordings_to_tell_of ON recordings (session) WHERE published_at IS NOT NULL AND told_at IS NULL;

-- A film on its way in, part by part, so that it goes on after a break.
CREATE TABLE film_uploads (
    id       uuid    PRIMARY KEY,
    session  uuid    NOT NULL REFERENCES sessions (id),
    name     text    NOT NULL,
    bytes    bigint NOT NULL,
    part     bigint NOT NULL,                 -- how many bytes each part has, the last one perhaps fewer
    begun_by text    NOT NULL,
    begun_at bigint NOT NULL,
    sent_at  bigint,                          -- every part is here
    ended_at bigint,
    refusal  text    NOT NULL DEFAULT '',      -- why it was not taken
    CONSTRAINT film_uploads_have_parts CHECK (bytes > 0 AND part > 0)
);
CREATE INDEX film_uploads_by_session ON film_uploads (session, id);
CREATE UNIQUE INDEX film_uploads_one_at_a_time ON film_uploads (session) WHERE ended_at IS NULL;

CREATE TABLE film_parts (
    upload  uuid    NOT NULL REFERENCES film_uploads (id),
    number  bigint NOT NULL,
    hash    bytea    NOT NULL,
    bytes   bigint NOT NULL,
    PRIMARY KEY (upload, number)
);

-- Which seconds of a recording somebody has seen, for an application.
CREATE TABLE watchings (
    application uuid    PRIMARY KEY REFERENCES applications (id),
    recording   uuid    NOT NULL REFERENCES recordings (id),
    edition     bigint NOT NULL,
    seen        text    NOT NULL,              -- [[from, until], …] in seconds
    seconds     bigint NOT NULL,
    resume_at   bigint NOT NULL,
    first_at    bigint NOT NULL,
    last_at     bigint NOT NULL,
    CONSTRAINT watchings_count_up CHECK (seconds >= 0 AND resume_at >= 0)
);

-- Who has made up for a session by its recording. The first time counts, and stays.
CREATE TABLE completions (
    application  uuid    PRIMARY KEY REFERENCES applications (id),
    recording    uuid    NOT NULL REFERENCES recordings (id),
    edition      bigint NOT NULL,
    seen_seconds bigint NOT NULL,
    of_seconds   bigint NOT NULL,
    threshold    bigint NOT NULL,
    questions    bigint NOT NULL,             -- how many were answered rightly
    completed_at bigint NOT NULL
);

CREATE INDEX watchings_by_recording ON watchings (recording);
CREATE INDEX completions_by_recording ON completions (recording);

-- Who was told that the recordings are there: each application once.
CREATE TABLE archive_told (
    application uuid    PRIMARY KEY REFERENCES applications (id),
    told_at     bigint NOT NULL
);
-- Who does not want such mails any more.
CREATE TABLE archive_declined (
    email       text    PRIMARY KEY,
    declined_at bigint NOT NULL
);
