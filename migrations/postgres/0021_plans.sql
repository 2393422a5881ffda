-- A proposed change of a programme: drafts that are looked at, approved by somebody else and published together.
CREATE TABLE plans (
    id       uuid    PRIMARY KEY,
    kind     text    NOT NULL,
    year     text    NOT NULL,                    -- which programme it makes or changes
    pattern  text,                                -- the year it is cloned from
    restores uuid    REFERENCES plans (id),       -- the published plan whose changes it takes back
    revision bigint  NOT NULL DEFAULT 0,          -- rises with every change of its drafts
    made_at  bigint  NOT NULL,
    saved_at bigint  NOT NULL,
    CONSTRAINT plans_are_of_five_kinds CHECK (kind IN ('clone', 'new', 'course', 'bulk', 'restore'))
);
CREATE INDEX plans_newest_first ON plans (made_at, id);
CREATE INDEX plans_by_year ON plans (year, made_at);
CREATE INDEX plans_by_restored ON plans (restores) WHERE restores IS NOT NULL;

-- One programme, course or session as it was when the plan was made, and as it would be.
CREATE TABLE plan_drafts (
    plan     uuid    NOT NULL REFERENCES plans (id),
    position bigint  NOT NULL,
    object   text    NOT NULL,
    target   uuid,                                -- what is changed; empty for what is new
    pattern  uuid,                                -- the session or course that a new one follows
    was      text,                                -- JSON; empty for what is new
    becomes  text    NOT NULL,                    -- JSON
    left_out boolean NOT NULL DEFAULT false,
    PRIMARY KEY (plan, position),
    CONSTRAINT plan_drafts_are_of_three_kinds CHECK (object IN ('programme', 'course', 'session')),
    CONSTRAINT plan_drafts_change_what_they_know CHECK ((target IS NULL) = (was IS NULL))
);

-- What happened to a plan, by whom. Its stage is the last of these steps; nothing here is ever changed.
CREATE TABLE plan_steps (
    plan   uuid    NOT NULL REFERENCES plans (id),
    number bigint  NOT NULL,
    step   text    NOT NULL,
    actor  text    NOT NULL,
    role   text    NOT NULL,
    note   text    NOT NULL,
    at     bigint  NOT NULL,
    PRIMARY KEY (plan, number),
    CONSTRAINT plan_steps_are_known CHECK (step IN ('saved', 'requested', 'returned', 'approved', 'published', 'abandoned'))
);

-- Who speaks in a session. The secretariat types the names; readers see them only once that is wanted.
CREATE TABLE session_lecturers (
    session uuid    PRIMARY KEY REFERENCES sessions (id),
    names   text    NOT NULL,
    shown   boolean NOT NULL
);

-- What our pages say of one course in place of the words for all courses of its audience.
CREATE TABLE course_words (
    course uuid PRIMARY KEY REFERENCES courses (id),
    words  text NOT NULL  -- JSON
);
