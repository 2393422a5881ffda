-- Running numbers: one for each beginning of a certificate number, and one for the places in the lists of what is no longer valid.
CREATE TABLE certificate_numbers (
    prefix text    PRIMARY KEY,
    last   bigint  NOT NULL
);

-- How many parts of a series have to be attended for its 修了証; a series without a row asks for all of them.
CREATE TABLE certificate_rules (
    course uuid    PRIMARY KEY REFERENCES courses (id),
    parts  bigint  NOT NULL,
    CONSTRAINT certificate_rules_ask_for_something CHECK (parts >= 1)
);

-- 受講証明書 and 修了証. What is printed is frozen when it is issued; only what became of it afterwards is written later.
CREATE TABLE certificates (
    id            uuid    PRIMARY KEY,
    number        text    NOT NULL UNIQUE,
    code          text    NOT NULL UNIQUE,
    kind          text    NOT NULL,
    application   uuid    NOT NULL REFERENCES applications (id),
    person        uuid    NOT NULL REFERENCES persons (id),
    course        uuid    NOT NULL REFERENCES courses (id),
    session       uuid    REFERENCES sessions (id),
    organization  uuid,
    printed       jsonb   NOT NULL,
    attended      jsonb   NOT NULL,
    search        text    NOT NULL,
    lang          text    NOT NULL,
    slot          bigint  NOT NULL UNIQUE,
    issued_at     bigint  NOT NULL,
    issued_by     text    NOT NULL,
    told          boolean NOT NULL DEFAULT false,  -- whether the mail about the attendance speaks of it
    failed_at     bigint,
    failed_why    text    NOT NULL DEFAULT '',
    revoked_at    bigint,
    revoked_why   text    NOT NULL DEFAULT '',
    revoked_note  text    NOT NULL DEFAULT '',
    replaces      uuid    REFERENCES certificates (id),
    replaced_by   uuid    REFERENCES certificates (id),
    CONSTRAINT certificates_are_of_two_kinds     CHECK (kind IN ('session', 'series')),
    CONSTRAINT certificates_of_a_session_name_it CHECK (kind = 'series' OR session IS NOT NULL),
    CONSTRAINT certificates_end_for_a_reason     CHECK (revoked_at IS NULL OR revoked_why <> '')
);
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
    certificate uuid    PRIMARY KEY REFERENCES certificates (id),
    address     text    NOT NULL,
    sha256      bytea   NOT NULL,
    size        bigint  NOT NULL,
    bytes       bytea   NOT NULL,
    made_at     bigint  NOT NULL,
    CONSTRAINT certificate_files_are_known_by_a_sha256 CHECK (length(sha256) = 32)
);
CREATE INDEX certificate_files_by_moment ON certificate_files (made_at);
CREATE FUNCTION certificates_stay_as_issued() RETURNS trigger LANGUAGE plpgsql AS
    'BEGIN RAISE EXCEPTION ''a certificate stays as it was issued''; END';
CREATE TRIGGER certificate_files_are_never_changed BEFORE UPDATE ON certificate_files
    FOR EACH STATEMENT EXECUTE FUNCTION certificates_stay_as_issued();
CREATE TRIGGER certificates_keep_what_is_printed BEFORE UPDATE OF number, code, kind, printed ON certificates
    FOR EACH STATEMENT EXECUTE FUNCTION certificates_stay_as_issued();
