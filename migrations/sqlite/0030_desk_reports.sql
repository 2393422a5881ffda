-- Reports, the way back to them, and what the institution and the desk say to each other. What is sealed is sealed to the key of the
-- case, except where it says otherwise.
CREATE TABLE case_numbers (
    year INTEGER PRIMARY KEY,
    last INTEGER NOT NULL
) STRICT;

-- One hash a day over the chains of all cases, each over the one before.
CREATE TABLE case_roots (
    day     TEXT PRIMARY KEY,
    cases   INTEGER NOT NULL,
    root    BLOB NOT NULL,
    made_at INTEGER NOT NULL
) STRICT;

-- The last answer to each question; earlier ones stand in the chain.
CREATE TABLE case_answers (
    id          BLOB PRIMARY KEY,
    case_id     BLOB NOT NULL REFERENCES cases (id),
    question    TEXT NOT NULL,                  -- an id of data/desk/questions.toml
    actor       TEXT NOT NULL,
    sealed      BLOB NOT NULL,                  -- the answer, and what was typed with it
    answered_at INTEGER NOT NULL,
    CONSTRAINT case_answers_are_one_for_each_question UNIQUE (case_id, question)
) STRICT;

-- That six words were given, and that somebody showed that they wrote them down.
CREATE TABLE case_codes (
    case_id    BLOB PRIMARY KEY REFERENCES cases (id),
    given_at   INTEGER NOT NULL,
    checked_at INTEGER
) STRICT;

-- Tries to come back, by an HMAC of the number that was typed, whether there is such a case or not.
CREATE TABLE case_tries (
    subject BLOB PRIMARY KEY,
    tries   INTEGER NOT NULL,
    last_at INTEGER NOT NULL                      -- the last that was let through
) STRICT;
CREATE INDEX case_tries_by_time ON case_tries (last_at);

-- Where notices go, sealed to a key of the program that lies outside the database: the program has to read it to send them.
CREATE TABLE case_contacts (
    case_id BLOB PRIMARY KEY REFERENCES cases (id),
    address BLOB NOT NULL,
    left_at INTEGER NOT NULL
) STRICT;

CREATE TABLE case_messages (
    id        BLOB PRIMARY KEY,
    case_id   BLOB NOT NULL REFERENCES cases (id),
    side      TEXT NOT NULL,
    actor     TEXT NOT NULL,
    is_urgent INTEGER NOT NULL,
    sealed    BLOB NOT NULL,
    sent_at   INTEGER NOT NULL,
    read_at   INTEGER,
    CONSTRAINT case_messages_come_from_two_sides CHECK (side IN ('institution', 'desk'))
) STRICT;
CREATE INDEX case_messages_by_case ON case_messages (case_id, sent_at, id);

-- What the desk asks for, as a checklist.
CREATE TABLE case_requests (
    id       BLOB PRIMARY KEY,
    case_id  BLOB NOT NULL REFERENCES cases (id),
    actor    TEXT NOT NULL,
    sealed   BLOB NOT NULL,                     -- why it is asked
    asked_at INTEGER NOT NULL,
    done_at  INTEGER
) STRICT;
CREATE INDEX case_requests_by_case ON case_requests (case_id, asked_at, id);

CREATE TABLE case_request_items (
    id          BLOB PRIMARY KEY,
    request_id  BLOB NOT NULL REFERENCES case_requests (id),
    place       INTEGER NOT NULL,
    sealed      BLOB NOT NULL,                  -- what is asked for
    answer      TEXT,
    reply       BLOB,                           -- what was answered, sealed
    answered_at INTEGER,
    CONSTRAINT case_request_items_have_a_place_each UNIQUE (request_id, place),
    CONSTRAINT case_request_items_have_one_of_three_answers CHECK (answer IN ('done', 'cannot', 'unknown')),
    CONSTRAINT case_request_items_are_answered_at_a_time CHECK ((answer IS NULL) = (answered_at IS NULL))
) STRICT;

-- Files, in sealed pieces that may come one by one.
CREATE TABLE case_files (
    id          BLOB PRIMARY KEY,
    case_id     BLOB NOT NULL REFERENCES cases (id),
    side        TEXT NOT NULL,
    header      BLOB NOT NULL,                  -- leads to the key of the file, for who has the key of the case
    about       BLOB NOT NULL,                  -- its name, kind and size, sealed
    pieces      INTEGER,                        -- how many there will be, once that is known
    hashes      BLOB,                           -- SHA-256 of what was sent, sealed
    sealed_hash BLOB,                           -- SHA-256 of what lies here
    begun_at    INTEGER NOT NULL,
    heard_at    INTEGER NOT NULL,
    here_at     INTEGER,
    CONSTRAINT case_files_come_from_two_sides CHECK (side IN ('institution', 'desk')),
    CONSTRAINT case_files_that_are_here_have_hashes CHECK (here_at IS NULL OR (hashes IS NOT NULL AND sealed_hash IS NOT NULL))
) STRICT;
CREATE INDEX case_files_by_case ON case_files (case_id, begun_at, id);
CREATE INDEX case_files_under_way ON case_files (heard_at) WHERE here_at IS NULL;

CREATE TABLE case_file_pieces (
    file_id BLOB NOT NULL REFERENCES case_files (id),
    number  INTEGER NOT NULL,
    bytes   INTEGER NOT NULL,
    PRIMARY KEY (file_id, number)
) STRICT;

-- A way back for who has lost the words: one responder has called back, another approves, and gives new words.
CREATE TABLE case_rebindings (
    id          BLOB PRIMARY KEY,
    case_id     BLOB NOT NULL REFERENCES cases (id),
    asked_by    BLOB NOT NULL,
    asked_at    INTEGER NOT NULL,
    called      BLOB NOT NULL,                  -- which number of which list was called, sealed
    approved_by BLOB,
    ended_at    INTEGER,
    CONSTRAINT case_rebindings_are_approved_by_another CHECK (approved_by IS NULL OR approved_by <> asked_by),
    CONSTRAINT case_rebindings_that_were_approved_have_ended CHECK (approved_by IS NULL OR ended_at IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX case_rebindings_wait_one_at_a_time ON case_rebindings (case_id) WHERE ended_at IS NULL;

-- Numbers for call-back, from elsewhere than a report.
CREATE TABLE call_numbers (
    organization BLOB PRIMARY KEY REFERENCES organizations (id),
    phone        TEXT NOT NULL,
    source       TEXT NOT NULL,
    as_of        TEXT NOT NULL
) STRICT;
