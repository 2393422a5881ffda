-- A proposed change of a programme: drafts that are looked at, approved by somebody else and published together.
CREATE TABLE plans (
    id       BLOB    PRIMARY KEY,
    kind     TEXT    NOT NULL,
    year     TEXT    NOT NULL,                    -- which programme it makes or changes
    pattern  TEXT,                                -- the year it is cloned from
    restores BLOB    REFERENCES plans (id),       -- the published plan whose changes it takes back
    revision INTEGER NOT NULL DEFAULT 0,          -- rises with every change of its drafts
    made_at  INTEGER NOT NULL,
    saved_at INTEGER NOT NULL,
    CONSTRAINT plans_are_of_five_kinds CHECK (kind IN ('clone', 'new', 'course', 'bulk', 'restore'))
) STRICT;
CREATE INDEX plans_newest_first ON plans (made_at, id);
CREATE INDEX plans_by_year ON plans (year, made_at);
CREATE INDEX plans_by_restored ON plans (restores) WHERE restores IS NOT NULL;

-- One programme, course or session as it was when the plan was made, and as it would be.
CREATE TABLE plan_drafts (
    plan     BLOB    NOT NULL REFERENCES plans (id),
    position INTEGER NOT NULL,
    object   TEXT    NOT NULL,
    target   BLOB,                                -- what is changed; empty for what is new
    pattern  BLOB,                                -- the session or course that a new one follows
    was      TEXT,                                -- JSON; empty for what is new
    becomes  TEXT    NOT NULL,                    -- JSON
    left_out INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (plan, position),
    CONSTRAINT plan_drafts_are_of_three_kinds CHECK (object IN ('programme', 'course', 'session')),
    CONSTRAINT plan_drafts_change_what_they_know CHECK ((target IS NULL) = (was IS NULL))
) STRICT, WITHOUT ROWID;

-- What happened to a plan, by whom. Its stage is the last of these steps; nothing here is ever changed.
CREATE TABLE plan_steps (
    plan   BLOB    NOT NULL REFERENCES plans (id),
    number INTEGER NOT NULL,
    step   TEXT    NOT NULL,
    actor  TEXT    NOT NULL,
    role   TEXT    NOT NULL,
    note   TEXT    NOT NULL,
    at     INTEGER NOT NULL,
    PRIMARY KEY (plan, number),
    CONSTRAINT plan_steps_are_known CHECK (step IN ('saved', 'requested', 'returned', 'approved', 'published', 'abandoned'))
) STRICT, WITHOUT ROWID;

-- Who speaks in a session. The secretariat types the names; readers see them only once that is wanted.
CREATE TABLE session_lecturers (
    session BLOB    PRIMARY KEY REFERENCES sessions (id),
    names   TEXT    NOT NULL,
    shown   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What our pages say of one course in place of the words for all courses of its audience.
CREATE TABLE course_words (
    course BLOB PRIMARY KEY REFERENCES courses (id),
    words  TEXT NOT NULL  -- JSON
) STRICT, WITHOUT ROWID;
