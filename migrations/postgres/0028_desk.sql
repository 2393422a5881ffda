-- Cases of the first-response desk. In clear is only what the queue, the clocks and the clusters need; words, names, contacts and
-- institutions are sealed to the key of the case.
CREATE TABLE cases (
    id               uuid PRIMARY KEY,
    number           text NOT NULL UNIQUE,      -- 2026-000123-7: year, count, check digit
    door             text NOT NULL,             -- request or consult
    channel          text NOT NULL,             -- web, phone or drill
    is_drill         boolean NOT NULL,
    lang             text NOT NULL,
    role             text,                      -- staff or admin, as the reporter said
    event            text,                      -- what kind of incident; ids of data/desk/questions.toml
    phase            text NOT NULL,             -- detect, respond, recover, after
    prefecture       text,
    institution_kind text,
    spread           text NOT NULL,
    backup           text NOT NULL,
    product          text NOT NULL,
    care_impact      text NOT NULL,
    data_exit        text NOT NULL,
    path             text NOT NULL,
    stage            bigint,                       -- 0 to 4 as the rule says; none while undecided, or where it is no malware
    urgency          bigint NOT NULL,              -- 1 (highest) to 4: the rank of data/desk/stages.toml, from care impact
    public_key       bytea NOT NULL,
    code_salt        bytea NOT NULL,
    made_at          bigint NOT NULL,
    heard_at         bigint NOT NULL,             -- the institution's last word
    answered_at      bigint,                      -- the desk's last word
    taken_at         bigint,
    taken_by         uuid,
    called_at        bigint,                      -- first spoken with the institution
    bound_at         bigint,                      -- who they are was confirmed by calling a number that is not from the report
    closed_at        bigint,
    outcome          text,
    CONSTRAINT cases_have_one_of_two_doors CHECK (door IN ('request', 'consult')),
    CONSTRAINT cases_come_one_of_three_ways CHECK (channel IN ('web', 'phone', 'drill')),
    CONSTRAINT cases_are_in_a_phase CHECK (phase IN ('detect', 'respond', 'recover', 'after')),
    CONSTRAINT cases_have_a_stage_from_nought_to_four CHECK (stage IS NULL OR stage BETWEEN 0 AND 4),
    CONSTRAINT cases_have_an_urgency CHECK (urgency BETWEEN 1 AND 4),
    CONSTRAINT cases_that_are_closed_have_an_outcome CHECK ((closed_at IS NULL) = (outcome IS NULL))
);
CREATE INDEX cases_open_by_weight ON cases (urgency, stage DESC, heard_at, id) WHERE closed_at IS NULL;
CREATE INDEX cases_by_day ON cases (made_at, id);

-- The private key of a case, wrapped once for each way in. Destroying all of them deletes the case.
CREATE TABLE case_wraps (
    case_id uuid NOT NULL REFERENCES cases (id),
    kind    text NOT NULL,
    holder  uuid NOT NULL,                      -- the epoch, the visit, the break-glass key; the case itself for its code
    wrap    bytea NOT NULL,
    made_at bigint NOT NULL,
    ends_at bigint,
    PRIMARY KEY (case_id, kind, holder),
    CONSTRAINT case_wraps_are_of_four_kinds CHECK (kind IN ('group', 'code', 'visit', 'glass'))
);
CREATE INDEX case_wraps_by_holder ON case_wraps (kind, holder);
CREATE INDEX case_wraps_that_end ON case_wraps (ends_at) WHERE ends_at IS NOT NULL;

-- Everything that happened in a case, chained: each entry's hash covers the one before it.
CREATE TABLE case_entries (
    case_id     uuid NOT NULL REFERENCES cases (id),
    seq         bigint  NOT NULL,
    id          uuid NOT NULL UNIQUE,
    recorded_at bigint NOT NULL,
    happened_at bigint NOT NULL,
    actor       text NOT NULL,                  -- reporter, system, or account:ID
    action      text NOT NULL,
    subject     uuid,                           -- the row that it is about
    facts       jsonb NOT NULL,                  -- in clear: ids and axes, never words
    sealed      bytea,                           -- its words
    hash        bytea NOT NULL,
    PRIMARY KEY (case_id, seq)
);
