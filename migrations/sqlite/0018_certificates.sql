-- Running numbers: one for each beginning of a certificate number, and one for the places in the lists of what is no longer valid.
CREATE TABLE certificate_numbers (
    prefix TEXT    PRIMARY KEY,
    last   INTEGER NOT NULL
) STRICT;

-- How many parts of a series have to be attended for its 修了証; a series without a row asks for all of them.
CREATE TABLE certificate_rules (
    course BLOB    PRIMARY KEY REFERENCES courses (id),
    parts  INTEGER NOT NULL,
    CONSTRAINT certificate_rules_ask_for_something CHECK (parts >= 1)
) STRICT;

-- 受講証明書 and 修了証. What is printed is frozen when it is issued; only what became of it afterwards is written later.
CREATE TABLE certificates (
    id            BLOB    PRIMARY KEY,
    number        TEXT    NOT NULL UNIQUE,
    code          TEXT    NOT NULL UNIQUE,
    kind          TEXT    NOT NULL,
    application   BLOB    NOT NULL REFERENCES applications (id),
    person        BLOB    NOT NULL REFERENCES persons (id),
    course        BLOB    NOT NULL REFERENCES courses (id),
    session       BLOB    REFERENCES sessions (id),
    organization  BLOB,
    printed       TEXT    NOT NULL,
    attended      TEXT    NOT NULL,
    search        TEXT    NOT NULL,
    lang          TEXT    NOT NULL,
    slot          INTEGER NOT NULL UNIQUE,
    issued_at     INTEGER NOT NULL,
    issued_by     TEXT    NOT NULL,
    told          INTEGER NOT NULL DEFAULT 0,  -- whether the mail about the attendance speaks of it
    failed_at     INTEGER,
    failed_why    TEXT    NOT NULL DEFAULT '',
    revoked_at    INTEGER,
    revoked_why   TEXT    NOT NULL DEFAULT '',
    revoked_note  TEXT    NOT NULL DEFAULT '',
    replaces      BLOB    REFERENCES certificates (id),
    replaced_by   BLOB    REFERENCES certificates (id),
    CONSTRAINT certificates_are_of_two_kinds     CHECK (kind IN ('session', 'series')),
    CONSTRAINT certificates_of_a_session_name_it CHECK (kind = 'series' OR session IS NOT NULL),
    CONSTRAINT certificates_end_for_a_reason     CHECK (revoked_at IS NULL OR revoked_why <> '')
) STRICT;
CREATE UNIQUE INDEX certificates_once_a_session ON certificates (application) WHERE kind = 'session' AND revoked_at IS NULL;
CREATE UNIQUE INDEX certificates_once_a_series  ON certificates (person, course) WHERE kind = 'series' AND revoked_at IS NULL;
CREATE INDEX certificates_by_application  ON certificates (application);
CREATE INDEX certificates_by_person       ON certificates (person, course);
CREATE INDEX certificates_by_session      ON certificates (session, issued_at, id);
CREATE INDEX certificates_by_organization ON certificates (organization, issued_at, id);
CREATE INDEX certificates_by_moment       ON certificates (issued_at, id);
CREATE INDEX certificates_failed          ON certificates (issued_at, id) WHERE failed_at IS NOT NULL;
CREATE INDEX certificates_ended           ON certificates (slot) WHERE revoked_at IS NOT NULL;

-- The file as it was made, once and for all.
CREATE TABLE certificate_files (
    certificate BLOB    PRIMARY KEY REFERENCES certificates (id),
    address     TEXT    NOT NULL,
    sha256      BLOB    NOT NULL,
    size        INTEGER NOT NULL,
    bytes       BLOB    NOT NULL,
    made_at     INTEGER NOT NULL,
    CONSTRAINT certificate_files_are_known_by_a_sha256 CHECK (length(sha256) = 32)
) STRICT;
CREATE INDEX certificate_files_by_moment ON certificate_files (made_at);
CREATE TRIGGER certificate_files_are_never_changed BEFORE UPDATE ON certificate_files BEGIN SELECT RAISE(ABORT, 'a certificate stays as it was issued'); END;
CREATE TRIGGER certificates_keep_what_is_printed BEFORE UPDATE OF number, code, kind, printed ON certificates BEGIN SELECT RAISE(ABORT, 'a certificate stays as it was issued'); END;
