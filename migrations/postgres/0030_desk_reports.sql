-- Reports, the way back to them, and what the institution and the desk say to each other. What is sealed is sealed to the key of the
-- case, except where it says otherwise.
CREATE TABLE case_numbers (
    year bigint PRIMARY KEY,
    last bigint NOT NULL
);

-- One hash a day over the chains of all cases, each over the one before.
CREATE TABLE case_roots (
    day     text PRIMARY KEY,
    cases   bigint NOT NULL,
    root    bytea NOT NULL,
    made_at bigint NOT NULL
);

-- The last answer to each question; earlier ones stand in the chain.
CREATE TABLE case_answers (
    id          uuid PRIMARY KEY,
    case_id     uuid NOT NULL REFERENCES cases (id),
    question    text NOT NULL,                  -- an id of data/desk/questions.toml
    actor       text NOT NULL,
    sealed      bytea NOT NULL,                  -- the answer, and what was typed with it
    answered_at bigint NOT NULL,
    CONSTRAINT case_answers_are_one_for_each_question UNIQUE (case_id, question)
);

-- That six words were given, and that somebody showed that they wrote them down.
CREATE TABLE case_codes (
    case_id    uuid PRIMARY KEY REFERENCES cases (id),
    given_at   bigint NOT NULL,
    checked_at bigint
);

-- Tries to come back, by an HMAC of the number that was typed, whether there is such a case or not.
CREATE TABLE case_tries (
    subject bytea PRIMARY KEY,
    tries   bigint NOT NULL,
    last_at bigint NOT NULL                      -- the last that was let through
);
CREATE INDEX case_tries_by_time ON case_tries (last_at);

-- Where notices go, sealed to a key of the program that lies outside the database: the program has to read it to send them.
CREATE TABLE case_contacts (
    case_id uuid PRIMARY KEY REFERENCES cases (id),
    address bytea NOT NULL,
    left_at bigint NOT NULL
);

CREATE TABLE case_messages (
    id        uuid PRIMARY KEY,
    case_id   uuid NOT NULL REFERENCES cases (id),
    side      text NOT NULL,
    actor     text NOT NULL,
    is_urgent boolean NOT NULL,
    sealed    bytea NOT NULL,
    sent_at   bigint NOT NULL,
    read_at   bigint,
    CONSTRAINT case_messages_come_from_two_sides CHECK (side IN ('institution', 'desk'))
);
CREATE INDEX case_messages_by_case ON case_messages (case_id, sent_at, id);

-- What the desk asks for, as a checklist.
CREATE TABLE case_requests (
    id       uuid PRIMARY KEY,
    case_id  uuid NOT NULL REFERENCES cases (id),
    actor    text NOT NULL,
    sealed   bytea NOT NULL,                     -- why it is asked
    asked_at bigint NOT NULL,
    done_at  bigint
);
CREATE INDEX case_requests_by_case ON case_requests (case_id, asked_at, id);

CREATE TABLE case_request_items (
    id          uuid PRIMARY KEY,
    request_id  uuid NOT NULL REFERENCES case_requests (id),
    place       bigint NOT NULL,
    sealed      bytea NOT NULL,                  -- what is asked for
    answer      text,
    reply       bytea,                           -- what was answered, sealed
    answered_at bigint,
    CONSTRAINT case_request_items_have_a_place_each UNIQUE (request_id, place),
    CONSTRAINT case_request_items_have_one_of_three_answers CHECK (answer IN ('done', 'cannot', 'unknown')),
    CONSTRAINT case_request_items_are_answered_at_a_time CHECK ((answer IS NULL) = (answered_at IS NULL))
);

-- Files, in sealed pieces that may come one by one.
CREATE TABLE case_files (
    id          uuid PRIMARY KEY,
    case_id     uuid NOT NULL REFERENCES cases (id),
    side        text NOT NULL,
    header      bytea NOT NULL,                  -- leads to the key of the file, for who has the key of the case
    about       bytea NOT NULL,                  -- its name, kind and size, sealed
    pieces      bigint,                        -- how many there will be, once that is known
    hashes      bytea,                           -- SHA-256 of what was sent, sealed
    sealed_hash bytea,                           -- SHA-256 of what lies here
    begun_at    bigint NOT NULL,
    heard_at    bigint NOT NULL,
    here_at     bigint,
    CONSTRAINT case_files_come_from_two_sides CHECK (side IN ('institution', 'desk')),
    CONSTRAINT case_files_that_are_here_have_hashes CHECK (here_at IS NULL OR (hashes IS NOT NULL AND sealed_hash IS NOT NULL))
);
CREATE INDEX case_files_by_case ON case_files (case_id, begun_at, id);
CREATE INDEX case_files_under_way ON case_files (heard_at) WHERE here_at IS NULL;

CREATE TABLE case_file_pieces (
    file_id uuid NOT NULL REFERENCES case_files (id),
    number  bigint NOT NULL,
    bytes   bigint NOT NULL,
    PRIMARY KEY (file_id, number)
);

-- A way back for who has lost the words: one responder has called back, another approves, and gives new words.
CREATE TABLE case_rebindings (
    id          uuid PRIMARY KEY,
    case_id     uuid NOT NULL REFERENCES cases (id),
    asked_by    uuid NOT NULL,
    asked_at    bigint NOT NULL,
    called      bytea NOT NULL,                  -- which number of which list was called, sealed
    approved_by uuid,
    ended_at    bigint,
    CONSTRAINT case_rebindings_are_approved_by_another CHECK (approved_by IS NULL OR approved_by <> asked_by),
    CONSTRAINT case_rebindings_that_were_approved_have_ended CHECK (approved_by IS NULL OR ended_at IS NOT NULL)
);
CREATE UNIQUE INDEX case_rebindings_wait_one_at_a_time ON case_rebindings (case_id) WHERE ended_at IS NULL;

-- Numbers for call-back, from elsewhere than a report.
CREATE TABLE call_numbers (
    organization uuid PRIMARY KEY REFERENCES organizations (id),
    phone        text NOT NULL,
    source       text NOT NULL,
    as_of        text NOT NULL
);
