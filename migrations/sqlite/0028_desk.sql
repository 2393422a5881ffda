-- Cases of the first-response desk. In clear is only what the queue, the clocks and the clusters need; words, names, contacts and
-- institutions are sealed to the key of the case.
CREATE TABLE cases (
    id               BLOB PRIMARY KEY,
    number           TEXT NOT NULL UNIQUE,      -- 2026-000123-7: year, count, check digit
    door             TEXT NOT NULL,             -- request or consult
    channel          TEXT NOT NULL,             -- web, phone or drill
    is_drill         INTEGER NOT NULL,
    lang             TEXT NOT NULL,
    role             TEXT,                      -- staff or admin, as the reporter said
    event            TEXT,                      -- what kind of incident; ids of data/desk/questions.toml
    phase            TEXT NOT NULL,             -- detect, respond, recover, after
    prefecture       TEXT,
    institution_kind TEXT,
    spread           TEXT NOT NULL,
    backup           TEXT NOT NULL,
    product          TEXT NOT NULL,
    care_impact      TEXT NOT NULL,
    data_exit        TEXT NOT NULL,
    path             TEXT NOT NULL,
    stage            INTEGER,                       -- 0 to 4 as the rule says; none while undecided, or where it is no malware
    urgency          INTEGER NOT NULL,              -- 1 (highest) to 4: the rank of data/desk/stages.toml, from care impact
    public_key       BLOB NOT NULL,
    code_salt        BLOB NOT NULL,
    made_at          INTEGER NOT NULL,
    heard_at         INTEGER NOT NULL,             -- the institution's last word
    answered_at      INTEGER,                      -- the desk's last word
    taken_at         INTEGER,
    taken_by         BLOB,
    called_at        INTEGER,                      -- first spoken with the institution
    bound_at         INTEGER,                      -- who they are was confirmed by calling a number that is not from the report
    closed_at        INTEGER,
    outcome          TEXT,
    CONSTRAINT cases_have_one_of_two_doors CHECK (door IN ('request', 'consult')),
    CONSTRAINT cases_come_one_of_three_ways CHECK (channel IN ('web', 'phone', 'drill')),
    CONSTRAINT cases_are_in_a_phase CHECK (phase IN ('detect', 'respond', 'recover', 'after')),
    CONSTRAINT cases_have_a_stage_from_nought_to_four CHECK (stage IS NULL OR stage BETWEEN 0 AND 4),
    CONSTRAINT cases_have_an_urgency CHECK (urgency BETWEEN 1 AND 4),
    CONSTRAINT cases_that_are_closed_have_an_outcome CHECK ((closed_at IS NULL) = (outcome IS NULL))
) STRICT;
CREATE INDEX cases_open_by_weight ON cases (urgency, stage DESC, heard_at, id) WHERE closed_at IS NULL;
CREATE INDEX cases_by_day ON cases (made_at, id);

-- The private key of a case, wrapped once for each way in. Destroying all of them deletes the case.
CREATE TABLE case_wraps (
    case_id BLOB NOT NULL REFERENCES cases (id),
    kind    TEXT NOT NULL,
    holder  BLOB NOT NULL,                      -- the epoch, the visit, the break-glass key; the case itself for its code
    wrap    BLOB NOT NULL,
    made_at INTEGER NOT NULL,
    ends_at INTEGER,
    PRIMARY KEY (case_id, kind, holder),
    CONSTRAINT case_wraps_are_of_four_kinds CHECK (kind IN ('group', 'code', 'visit', 'glass'))
) STRICT;
CREATE INDEX case_wraps_by_holder ON case_wraps (kind, holder);
CREATE INDEX case_wraps_that_end ON case_wraps (ends_at) WHERE ends_at IS NOT NULL;

-- Everything that happened in a case, chained: each entry's hash covers the one before it.
CREATE TABLE case_entries (
    case_id     BLOB NOT NULL REFERENCES cases (id),
    seq         INTEGER  NOT NULL,
    id          BLOB NOT NULL UNIQUE,
    recorded_at INTEGER NOT NULL,
    happened_at INTEGER NOT NULL,
    actor       TEXT NOT NULL,                  -- reporter, system, or account:ID
    action      TEXT NOT NULL,
    subject     BLOB,                           -- the row that it is about
    facts       TEXT NOT NULL,                  -- in clear: ids and axes, never words
    sealed      BLOB,                           -- its words
    hash        BLOB NOT NULL,
    PRIMARY KEY (case_id, seq)
) STRICT;
