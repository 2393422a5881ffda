-- The desk's work on cases. Words are sealed to the key of the case; in clear is only what queue, clocks, alarms and clusters need.

-- How stage and urgency came about: each judgement with what was known then. A lowering by one person alone waits for a second.
CREATE TABLE case_judgements (
    id        uuid PRIMARY KEY,
    case_id   uuid NOT NULL REFERENCES cases (id),
    seq       bigint NOT NULL,
    actor     text NOT NULL,
    judged_at bigint NOT NULL,
    event     text,
    axes      jsonb NOT NULL,
    answers   jsonb NOT NULL,                 -- details that have a floor, such as account/money
    stage     bigint,
    urgency   bigint NOT NULL,
    rule      text,
    reason    bytea,                          -- sealed
    base      jsonb,                          -- of a lowering: what it goes back to
    until     bigint,                          -- of a lowering: when it goes back
    ended_at  bigint,
    ended     text,
    ended_by  text,
    because   bytea,                          -- why the second person confirms, sealed
    CONSTRAINT case_judgements_are_numbered UNIQUE (case_id, seq),
    CONSTRAINT case_judgements_that_lower_know_their_way_back CHECK ((base IS NULL) = (until IS NULL)),
    CONSTRAINT case_judgements_end_in_one_of_four_ways CHECK (ended IN ('confirmed', 'undone', 'raised', 'replaced')),
    CONSTRAINT case_judgements_are_confirmed_by_another CHECK (ended <> 'confirmed' OR ended_by <> actor)
);
CREATE UNIQUE INDEX case_judgements_wait_one_at_a_time ON case_judgements (case_id) WHERE until IS NOT NULL AND ended_at IS NULL;

-- The institution's products that have to do with it, for clusters.
CREATE TABLE case_products (
    case_id  uuid NOT NULL REFERENCES cases (id),
    product  text NOT NULL,                  -- an id of data/desk/products.toml
    noted_by text NOT NULL,
    noted_at bigint NOT NULL,
    PRIMARY KEY (case_id, product)
);
CREATE INDEX case_products_by_product ON case_products (product, noted_at);

-- That two cases belong together.
CREATE TABLE case_links (
    case_id uuid NOT NULL REFERENCES cases (id),
    other   uuid NOT NULL REFERENCES cases (id),
    kind    text NOT NULL,
    made_by text NOT NULL,
    made_at bigint NOT NULL,
    PRIMARY KEY (case_id, other),
    CONSTRAINT case_links_are_of_two_kinds CHECK (kind IN ('duplicate', 'similar')),
    CONSTRAINT case_links_lead_elsewhere CHECK (case_id <> other)
);
CREATE INDEX case_links_back ON case_links (other);

-- When the institution knew, as it was said: the last holds, earlier ones stay with who said them.
CREATE TABLE case_known (
    id       uuid PRIMARY KEY,
    case_id  uuid NOT NULL REFERENCES cases (id),
    seq      bigint NOT NULL,
    known_at bigint NOT NULL,
    wrongful boolean NOT NULL,                  -- whether an attack or a theft is feared
    actor    text NOT NULL,
    said_at  bigint NOT NULL,
    reason   bytea,                           -- sealed
    CONSTRAINT case_known_is_numbered UNIQUE (case_id, seq)
);

CREATE TABLE case_clocks (
    id         uuid PRIMARY KEY,
    case_id    uuid NOT NULL REFERENCES cases (id),
    kind       text NOT NULL,                -- an id of data/desk/clocks.toml
    round      bigint NOT NULL,
    started_at bigint NOT NULL,
    due_at     bigint,
    amber_at   bigint,
    made_by    text NOT NULL,
    made_at    bigint NOT NULL,
    stopped_at bigint,
    ended      text,
    stopped_by text,
    reason     bytea,                         -- sealed
    CONSTRAINT case_clocks_are_numbered_within_their_kind UNIQUE (case_id, kind, round),
    CONSTRAINT case_clocks_end_in_one_of_three_ways CHECK (ended IN ('done', 'cancelled', 'replaced')),
    CONSTRAINT case_clocks_that_stopped_say_how CHECK ((stopped_at IS NULL) = (ended IS NULL))
);
CREATE UNIQUE INDEX case_clocks_run_once ON case_clocks (case_id, kind) WHERE stopped_at IS NULL;
CREATE INDEX case_clocks_by_due ON case_clocks (due_at) WHERE stopped_at IS NULL AND due_at IS NOT NULL;

-- That somebody was reminded: once for each moment that a clock goes by.
CREATE TABLE clock_reminders (
    clock_id uuid NOT NULL REFERENCES case_clocks (id),
    moment   text NOT NULL,
    for_at   bigint NOT NULL,
    told_at  bigint NOT NULL,
    late     boolean NOT NULL,
    PRIMARY KEY (clock_id, moment, for_at),
    CONSTRAINT clock_reminders_are_of_two_moments CHECK (moment IN ('amber', 'due'))
);

-- Who is on duty. place 1 is rung first.
CREATE TABLE desk_shifts (
    id         uuid PRIMARY KEY,
    account    uuid NOT NULL,
    place      bigint NOT NULL,
    starts_at  bigint NOT NULL,
    ends_at    bigint NOT NULL,
    made_by    text NOT NULL,
    made_at    bigint NOT NULL,
    removed_at bigint,
    CONSTRAINT desk_shifts_end_after_they_begin CHECK (ends_at > starts_at),
    CONSTRAINT desk_shifts_have_a_place_from_one_to_nine CHECK (place BETWEEN 1 AND 9)
);
CREATE INDEX desk_shifts_by_end ON desk_shifts (ends_at) WHERE removed_at IS NULL;

CREATE TABLE desk_handovers (
    id           uuid PRIMARY KEY,
    given_by     uuid NOT NULL,
    given_at     bigint NOT NULL,
    open_cases   bigint NOT NULL,
    clocks_due   bigint NOT NULL,
    taken_by     uuid,
    taken_at     bigint,
    CONSTRAINT desk_handovers_are_taken_by_another CHECK (taken_by IS NULL OR taken_by <> given_by),
    CONSTRAINT desk_handovers_are_taken_at_a_time CHECK ((taken_by IS NULL) = (taken_at IS NULL))
);
CREATE INDEX desk_handovers_by_time ON desk_handovers (given_at, id);

-- An alarm repeats until somebody takes it.
CREATE TABLE desk_alarms (
    id       uuid PRIMARY KEY,
    kind     text NOT NULL,
    case_id  uuid REFERENCES cases (id),
    shift_id uuid REFERENCES desk_shifts (id),
    made_at  bigint NOT NULL,
    rounds   bigint NOT NULL,
    taken_at bigint,
    taken_by uuid,
    CONSTRAINT desk_alarms_are_for_a_case_or_a_test CHECK (
        (kind = 'case' AND case_id IS NOT NULL AND shift_id IS NULL) OR (kind = 'test' AND case_id IS NULL AND shift_id IS NOT NULL)),
    CONSTRAINT desk_alarms_are_taken_by_somebody CHECK (taken_by IS NULL OR taken_at IS NOT NULL)
);
CREATE INDEX desk_alarms_by_case ON desk_alarms (case_id) WHERE case_id IS NOT NULL;
CREATE UNIQUE INDEX desk_alarms_test_a_shift_once ON desk_alarms (shift_id) WHERE shift_id IS NOT NULL;
CREATE INDEX desk_alarms_that_ring ON desk_alarms (made_at) WHERE taken_at IS NULL;

CREATE TABLE desk_rings (
    alarm_id uuid NOT NULL REFERENCES desk_alarms (id),
    round    bigint NOT NULL,
    account  uuid NOT NULL,
    notice   text NOT NULL,                  -- an id of data/desk/notices.toml
    rung_at  bigint NOT NULL,
    PRIMARY KEY (alarm_id, round, account)
);

CREATE TABLE case_tasks (
    id         uuid PRIMARY KEY,
    case_id    uuid NOT NULL REFERENCES cases (id),
    task       text,                         -- an id of data/desk/playbooks; none for a task of this case alone
    place      bigint NOT NULL,
    phase      text NOT NULL,
    who        text NOT NULL,
    words      bytea,                         -- what is to be done, sealed, where it is not as in the playbook
    made_by    text NOT NULL,
    made_at    bigint NOT NULL,
    done_at    bigint,
    done_by    text,
    dropped_at bigint,
    dropped_by text,
    note       bytea,                         -- sealed
    CONSTRAINT case_tasks_stand_once_in_a_case UNIQUE (case_id, task),
    CONSTRAINT case_tasks_say_what_is_to_be_done CHECK (task IS NOT NULL OR words IS NOT NULL)
);
CREATE INDEX case_tasks_by_case ON case_tasks (case_id, place, id);

CREATE TABLE case_evidence (
    id          uuid PRIMARY KEY,
    case_id     uuid NOT NULL REFERENCES cases (id),
    file_id     uuid,                         -- the file that was sent, if it is one
    about       bytea NOT NULL,               -- what it is, from where, and its SHA-256 as it was sent; sealed
    sealed_hash bytea,                        -- SHA-256 of what lies here
    actor       text NOT NULL,
    noted_at    bigint NOT NULL
);
CREATE INDEX case_evidence_by_case ON case_evidence (case_id, noted_at, id);
CREATE UNIQUE INDEX case_evidence_of_a_file_once ON case_evidence (file_id) WHERE file_id IS NOT NULL;

-- Through whose hands a piece went. Rows are added and never changed.
CREATE TABLE case_custody (
    evidence_id uuid NOT NULL REFERENCES case_evidence (id),
    seq         bigint NOT NULL,
    act         text NOT NULL,
    words       bytea NOT NULL,               -- from whom, to whom, why, and the hash found then; sealed
    actor       text NOT NULL,
    happened_at bigint NOT NULL,
    noted_at    bigint NOT NULL,
    PRIMARY KEY (evidence_id, seq),
    CONSTRAINT case_custody_is_of_six_acts CHECK (act IN ('received', 'copied', 'handed', 'examined', 'returned', 'deleted'))
);

CREATE TABLE case_indicators (
    id         uuid PRIMARY KEY,
    case_id    uuid NOT NULL REFERENCES cases (id),
    kind       text NOT NULL,
    tlp        text NOT NULL,
    value      bytea NOT NULL,                -- sealed
    mark       bytea NOT NULL,                -- an HMAC, by which the same indicator is found in another case
    actor      text NOT NULL,
    noted_at   bigint NOT NULL,
    dropped_at bigint,
    CONSTRAINT case_indicators_stand_once_in_a_case UNIQUE (case_id, mark)
);
CREATE INDEX case_indicators_by_mark ON case_indicators (mark, noted_at);

-- Notes, decisions, what the next shift has to know, lessons.
CREATE TABLE case_notes (
    id         uuid PRIMARY KEY,
    case_id    uuid NOT NULL REFERENCES cases (id),
    kind       text NOT NULL,
    tlp        text NOT NULL,
    words      bytea NOT NULL,                -- sealed
    points     jsonb NOT NULL,                -- of a lesson: checklist items and slides that it leads to
    actor      text NOT NULL,
    written_at bigint NOT NULL,
    CONSTRAINT case_notes_are_of_four_kinds CHECK (kind IN ('note', 'decision', 'handover', 'lesson')),
    CONSTRAINT case_notes_have_a_colour CHECK (tlp IN ('CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED'))
);
CREATE INDEX case_notes_by_case ON case_notes (case_id, kind, written_at, id);

-- Who has to do with it: the institution's people, vendor, police.
CREATE TABLE case_people (
    id       uuid PRIMARY KEY,
    case_id  uuid NOT NULL REFERENCES cases (id),
    side     text NOT NULL,
    words    bytea NOT NULL,                  -- name, post, telephone, mail; sealed
    added_by text NOT NULL,
    added_at bigint NOT NULL,
    left_at  bigint,
    CONSTRAINT case_people_are_of_seven_sides CHECK (side IN ('institution', 'vendor', 'police', 'ministry', 'insurer', 'lawyer', 'other'))
);
CREATE INDEX case_people_by_case ON case_people (case_id, added_at, id);

CREATE TABLE case_consents (
    id           uuid PRIMARY KEY,
    case_id      uuid NOT NULL REFERENCES cases (id),
    scopes       jsonb NOT NULL,              -- ids of data/desk/consent.toml
    version      text NOT NULL,
    how          text NOT NULL,
    from_at      bigint NOT NULL,
    until_at     bigint NOT NULL,
    words        bytea NOT NULL,              -- devices, who consented, who is present; sealed
    actor        text NOT NULL,
    noted_at     bigint NOT NULL,
    withdrawn_at bigint,
    withdrawn_by text,
    CONSTRAINT case_consents_are_given_in_one_of_three_ways CHECK (how IN ('screen', 'phone', 'paper')),
    CONSTRAINT case_consents_end_after_they_begin CHECK (until_at > from_at)
);
CREATE INDEX case_consents_by_case ON case_consents (case_id, noted_at, id);

-- Remote sessions and visits. None without a consent in force, no visit without a lead.
CREATE TABLE case_supports (
    id             uuid PRIMARY KEY,
    case_id        uuid NOT NULL REFERENCES cases (id),
    kind           text NOT NULL,
    consent_id     uuid NOT NULL REFERENCES case_consents (id),
    starts_at      bigint NOT NULL,
    plan           bytea NOT NULL,            -- who goes, what for; sealed
    asked_by       text NOT NULL,
    asked_at       bigint NOT NULL,
    decided_by     text,
    decided_at     bigint,
    is_approved    boolean,
    travel_minutes bigint,
    work_minutes   bigint,
    found          bytea,                     -- sealed
    reported_by    text,
    reported_at    bigint,
    CONSTRAINT case_supports_are_of_two_kinds CHECK (kind IN ('remote', 'visit')),
    CONSTRAINT case_supports_are_decided_by_somebody CHECK ((decided_at IS NULL) = (is_approved IS NULL)),
    CONSTRAINT case_supports_are_reported_with_hours CHECK (reported_at IS NULL OR (work_minutes IS NOT NULL AND found IS NOT NULL))
);
CREATE INDEX case_supports_by_case ON case_supports (case_id, asked_at, id);

-- The queue reads from its weight on, fifty at a time.
CREATE INDEX cases_queue ON cases (urgency, (coalesce(-stage, 1)), heard_at, id) WHERE closed_at IS NULL;
CREATE INDEX cases_untaken ON cases (made_at) WHERE taken_at IS NULL AND closed_at IS NULL;
CREATE INDEX cases_closed ON cases (closed_at DESC, id DESC) WHERE closed_at IS NOT NULL;
