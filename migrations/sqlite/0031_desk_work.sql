-- The desk's work on cases. Words are sealed to the key of the case; in clear is only what queue, clocks, alarms and clusters need.

-- How stage and urgency came about: each judgement with what was known then. A lowering by one person alone waits for a second.
CREATE TABLE case_judgements (
    id        BLOB PRIMARY KEY,
    case_id   BLOB NOT NULL REFERENCES cases (id),
    seq       INTEGER NOT NULL,
    actor     TEXT NOT NULL,
    judged_at INTEGER NOT NULL,
    event     TEXT,
    axes      TEXT NOT NULL,
    answers   TEXT NOT NULL,                 -- details that have a floor, such as account/money
    stage     INTEGER,
    urgency   INTEGER NOT NULL,
    rule      TEXT,
    reason    BLOB,                          -- sealed
    base      TEXT,                          -- of a lowering: what it goes back to
    until     INTEGER,                          -- of a lowering: when it goes back
    ended_at  INTEGER,
    ended     TEXT,
    ended_by  TEXT,
    because   BLOB,                          -- why the second person confirms, sealed
    CONSTRAINT case_judgements_are_numbered UNIQUE (case_id, seq),
    CONSTRAINT case_judgements_that_lower_know_their_way_back CHECK ((base IS NULL) = (until IS NULL)),
    CONSTRAINT case_judgements_end_in_one_of_four_ways CHECK (ended IN ('confirmed', 'undone', 'raised', 'replaced')),
    CONSTRAINT case_judgements_are_confirmed_by_another CHECK (ended <> 'confirmed' OR ended_by <> actor)
) STRICT;
CREATE UNIQUE INDEX case_judgements_wait_one_at_a_time ON case_judgements (case_id) WHERE until IS NOT NULL AND ended_at IS NULL;

-- The institution's products that have to do with it, for clusters.
CREATE TABLE case_products (
    case_id  BLOB NOT NULL REFERENCES cases (id),
    product  TEXT NOT NULL,                  -- an id of data/desk/products.toml
    noted_by TEXT NOT NULL,
    noted_at INTEGER NOT NULL,
    PRIMARY KEY (case_id, product)
) STRICT;
CREATE INDEX case_products_by_product ON case_products (product, noted_at);

-- That two cases belong together.
CREATE TABLE case_links (
    case_id BLOB NOT NULL REFERENCES cases (id),
    other   BLOB NOT NULL REFERENCES cases (id),
    kind    TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    PRIMARY KEY (case_id, other),
    CONSTRAINT case_links_are_of_two_kinds CHECK (kind IN ('duplicate', 'similar')),
    CONSTRAINT case_links_lead_elsewhere CHECK (case_id <> other)
) STRICT;
CREATE INDEX case_links_back ON case_links (other);

-- When the institution knew, as it was said: the last holds, earlier ones stay with who said them.
CREATE TABLE case_known (
    id       BLOB PRIMARY KEY,
    case_id  BLOB NOT NULL REFERENCES cases (id),
    seq      INTEGER NOT NULL,
    known_at INTEGER NOT NULL,
    wrongful INTEGER NOT NULL,                  -- whether an attack or a theft is feared
    actor    TEXT NOT NULL,
    said_at  INTEGER NOT NULL,
    reason   BLOB,                           -- sealed
    CONSTRAINT case_known_is_numbered UNIQUE (case_id, seq)
) STRICT;

CREATE TABLE case_clocks (
    id         BLOB PRIMARY KEY,
    case_id    BLOB NOT NULL REFERENCES cases (id),
    kind       TEXT NOT NULL,                -- an id of data/desk/clocks.toml
    round      INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    due_at     INTEGER,
    amber_at   INTEGER,
    made_by    TEXT NOT NULL,
    made_at    INTEGER NOT NULL,
    stopped_at INTEGER,
    ended      TEXT,
    stopped_by TEXT,
    reason     BLOB,                         -- sealed
    CONSTRAINT case_clocks_are_numbered_within_their_kind UNIQUE (case_id, kind, round),
    CONSTRAINT case_clocks_end_in_one_of_three_ways CHECK (ended IN ('done', 'cancelled', 'replaced')),
    CONSTRAINT case_clocks_that_stopped_say_how CHECK ((stopped_at IS NULL) = (ended IS NULL))
) STRICT;
CREATE UNIQUE INDEX case_clocks_run_once ON case_clocks (case_id, kind) WHERE stopped_at IS NULL;
CREATE INDEX case_clocks_by_due ON case_clocks (due_at) WHERE stopped_at IS NULL AND due_at IS NOT NULL;

-- That somebody was reminded: once for each moment that a clock goes by.
CREATE TABLE clock_reminders (
    clock_id BLOB NOT NULL REFERENCES case_clocks (id),
    moment   TEXT NOT NULL,
    for_at   INTEGER NOT NULL,
    told_at  INTEGER NOT NULL,
    late     INTEGER NOT NULL,
    PRIMARY KEY (clock_id, moment, for_at),
    CONSTRAINT clock_reminders_are_of_two_moments CHECK (moment IN ('amber', 'due'))
) STRICT;

-- Who is on duty. place 1 is rung first.
CREATE TABLE desk_shifts (
    id         BLOB PRIMARY KEY,
    account    BLOB NOT NULL,
    place      INTEGER NOT NULL,
    starts_at  INTEGER NOT NULL,
    ends_at    INTEGER NOT NULL,
    made_by    TEXT NOT NULL,
    made_at    INTEGER NOT NULL,
    removed_at INTEGER,
    CONSTRAINT desk_shifts_end_after_they_begin CHECK (ends_at > starts_at),
    CONSTRAINT desk_shifts_have_a_place_from_one_to_nine CHECK (place BETWEEN 1 AND 9)
) STRICT;
CREATE INDEX desk_shifts_by_end ON desk_shifts (ends_at) WHERE removed_at IS NULL;

CREATE TABLE desk_handovers (
    id           BLOB PRIMARY KEY,
    given_by     BLOB NOT NULL,
    given_at     INTEGER NOT NULL,
    open_cases   INTEGER NOT NULL,
    clocks_due   INTEGER NOT NULL,
    taken_by     BLOB,
    taken_at     INTEGER,
    CONSTRAINT desk_handovers_are_taken_by_another CHECK (taken_by IS NULL OR taken_by <> given_by),
    CONSTRAINT desk_handovers_are_taken_at_a_time CHECK ((taken_by IS NULL) = (taken_at IS NULL))
) STRICT;
CREATE INDEX desk_handovers_by_time ON desk_handovers (given_at, id);

-- An alarm repeats until somebody takes it.
CREATE TABLE desk_alarms (
    id       BLOB PRIMARY KEY,
    kind     TEXT NOT NULL,
    case_id  BLOB REFERENCES cases (id),
    shift_id BLOB REFERENCES desk_shifts (id),
    made_at  INTEGER NOT NULL,
    rounds   INTEGER NOT NULL,
    taken_at INTEGER,
    taken_by BLOB,
    CONSTRAINT desk_alarms_are_for_a_case_or_a_test CHECK (
        (kind = 'case' AND case_id IS NOT NULL AND shift_id IS NULL) OR (kind = 'test' AND case_id IS NULL AND shift_id IS NOT NULL)),
    CONSTRAINT desk_alarms_are_taken_by_somebody CHECK (taken_by IS NULL OR taken_at IS NOT NULL)
) STRICT;
CREATE INDEX desk_alarms_by_case ON desk_alarms (case_id) WHERE case_id IS NOT NULL;
CREATE UNIQUE INDEX desk_alarms_test_a_shift_once ON desk_alarms (shift_id) WHERE shift_id IS NOT NULL;
CREATE INDEX desk_alarms_that_ring ON desk_alarms (made_at) WHERE taken_at IS NULL;

CREATE TABLE desk_rings (
    alarm_id BLOB NOT NULL REFERENCES desk_alarms (id),
    round    INTEGER NOT NULL,
    account  BLOB NOT NULL,
    notice   TEXT NOT NULL,                  -- an id of data/desk/notices.toml
    rung_at  INTEGER NOT NULL,
    PRIMARY KEY (alarm_id, round, account)
) STRICT;

CREATE TABLE case_tasks (
    id         BLOB PRIMARY KEY,
    case_id    BLOB NOT NULL REFERENCES cases (id),
    task       TEXT,                         -- an id of data/desk/playbooks; none for a task of this case alone
    place      INTEGER NOT NULL,
    phase      TEXT NOT NULL,
    who        TEXT NOT NULL,
    words      BLOB,                         -- what is to be done, sealed, where it is not as in the playbook
    made_by    TEXT NOT NULL,
    made_at    INTEGER NOT NULL,
    done_at    INTEGER,
    done_by    TEXT,
    dropped_at INTEGER,
    dropped_by TEXT,
    note       BLOB,                         -- sealed
    CONSTRAINT case_tasks_stand_once_in_a_case UNIQUE (case_id, task),
    CONSTRAINT case_tasks_say_what_is_to_be_done CHECK (task IS NOT NULL OR words IS NOT NULL)
) STRICT;
CREATE INDEX case_tasks_by_case ON case_tasks (case_id, place, id);

CREATE TABLE case_evidence (
    id          BLOB PRIMARY KEY,
    case_id     BLOB NOT NULL REFERENCES cases (id),
    file_id     BLOB,                         -- the file that was sent, if it is one
    about       BLOB NOT NULL,               -- what it is, from where, and its SHA-256 as it was sent; sealed
    sealed_hash BLOB,                        -- SHA-256 of what lies here
    actor       TEXT NOT NULL,
    noted_at    INTEGER NOT NULL
) STRICT;
CREATE INDEX case_evidence_by_case ON case_evidence (case_id, noted_at, id);
CREATE UNIQUE INDEX case_evidence_of_a_file_once ON case_evidence (file_id) WHERE file_id IS NOT NULL;

-- Through whose hands a piece went. Rows are added and never changed.
CREATE TABLE case_custody (
    evidence_id BLOB NOT NULL REFERENCES case_evidence (id),
    seq         INTEGER NOT NULL,
    act         TEXT NOT NULL,
    words       BLOB NOT NULL,               -- from whom, to whom, why, and the hash found then; sealed
    actor       TEXT NOT NULL,
    happened_at INTEGER NOT NULL,
    noted_at    INTEGER NOT NULL,
    PRIMARY KEY (evidence_id, seq),
    CONSTRAINT case_custody_is_of_six_acts CHECK (act IN ('received', 'copied', 'handed', 'examined', 'returned', 'deleted'))
) STRICT;

CREATE TABLE case_indicators (
    id         BLOB PRIMARY KEY,
    case_id    BLOB NOT NULL REFERENCES cases (id),
    kind       TEXT NOT NULL,
    tlp        TEXT NOT NULL,
    value      BLOB NOT NULL,                -- sealed
    mark       BLOB NOT NULL,                -- an HMAC, by which the same indicator is found in another case
    actor      TEXT NOT NULL,
    noted_at   INTEGER NOT NULL,
    dropped_at INTEGER,
    CONSTRAINT case_indicators_stand_once_in_a_case UNIQUE (case_id, mark)
) STRICT;
CREATE INDEX case_indicators_by_mark ON case_indicators (mark, noted_at);

-- Notes, decisions, what the next shift has to know, lessons.
CREATE TABLE case_notes (
    id         BLOB PRIMARY KEY,
    case_id    BLOB NOT NULL REFERENCES cases (id),
    kind       TEXT NOT NULL,
    tlp        TEXT NOT NULL,
    words      BLOB NOT NULL,                -- sealed
    points     TEXT NOT NULL,                -- of a lesson: checklist items and slides that it leads to
    actor      TEXT NOT NULL,
    written_at INTEGER NOT NULL,
    CONSTRAINT case_notes_are_of_four_kinds CHECK (kind IN ('note', 'decision', 'handover', 'lesson')),
    CONSTRAINT case_notes_have_a_colour CHECK (tlp IN ('CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED'))
) STRICT;
CREATE INDEX case_notes_by_case ON case_notes (case_id, kind, written_at, id);

-- Who has to do with it: the institution's people, vendor, police.
CREATE TABLE case_people (
    id       BLOB PRIMARY KEY,
    case_id  BLOB NOT NULL REFERENCES cases (id),
    side     TEXT NOT NULL,
    words    BLOB NOT NULL,                  -- name, post, telephone, mail; sealed
    added_by TEXT NOT NULL,
    added_at INTEGER NOT NULL,
    left_at  INTEGER,
    CONSTRAINT case_people_are_of_seven_sides CHECK (side IN ('institution', 'vendor', 'police', 'ministry', 'insurer', 'lawyer', 'other'))
) STRICT;
CREATE INDEX case_people_by_case ON case_people (case_id, added_at, id);

CREATE TABLE case_consents (
    id           BLOB PRIMARY KEY,
    case_id      BLOB NOT NULL REFERENCES cases (id),
    scopes       TEXT NOT NULL,              -- ids of data/desk/consent.toml
    version      TEXT NOT NULL,
    how          TEXT NOT NULL,
    from_at      INTEGER NOT NULL,
    until_at     INTEGER NOT NULL,
    words        BLOB NOT NULL,              -- devices, who consented, who is present; sealed
    actor        TEXT NOT NULL,
    noted_at     INTEGER NOT NULL,
    withdrawn_at INTEGER,
    withdrawn_by TEXT,
    CONSTRAINT case_consents_are_given_in_one_of_three_ways CHECK (how IN ('screen', 'phone', 'paper')),
    CONSTRAINT case_consents_end_after_they_begin CHECK (until_at > from_at)
) STRICT;
CREATE INDEX case_consents_by_case ON case_consents (case_id, noted_at, id);

-- Remote sessions and visits. None without a consent in force, no visit without a lead.
CREATE TABLE case_supports (
    id             BLOB PRIMARY KEY,
    case_id        BLOB NOT NULL REFERENCES cases (id),
    kind           TEXT NOT NULL,
    consent_id     BLOB NOT NULL REFERENCES case_consents (id),
    starts_at      INTEGER NOT NULL,
    plan           BLOB NOT NULL,            -- who goes, what for; sealed
    asked_by       TEXT NOT NULL,
    asked_at       INTEGER NOT NULL,
    decided_by     TEXT,
    decided_at     INTEGER,
    is_approved    INTEGER,
    travel_minutes INTEGER,
    work_minutes   INTEGER,
    found          BLOB,                     -- sealed
    reported_by    TEXT,
    reported_at    INTEGER,
    CONSTRAINT case_supports_are_of_two_kinds CHECK (kind IN ('remote', 'visit')),
    CONSTRAINT case_supports_are_decided_by_somebody CHECK ((decided_at IS NULL) = (is_approved IS NULL)),
    CONSTRAINT case_supports_are_reported_with_hours CHECK (reported_at IS NULL OR (work_minutes IS NOT NULL AND found IS NOT NULL))
) STRICT;
CREATE INDEX case_supports_by_case ON case_supports (case_id, asked_at, id);

-- The queue reads from its weight on, fifty at a time.
CREATE INDEX cases_queue ON cases (urgency, (coalesce(-stage, 1)), heard_at, id) WHERE closed_at IS NULL;
CREATE INDEX cases_untaken ON cases (made_at) WHERE taken_at IS NULL AND closed_at IS NULL;
CREATE INDEX cases_closed ON cases (closed_at DESC, id DESC) WHERE closed_at IS NOT NULL;
