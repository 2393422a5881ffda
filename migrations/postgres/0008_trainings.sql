-- The offer of a fiscal year (年度). Facts are kept as printed beside what was read from them.
CREATE TABLE programmes (
    id               uuid    PRIMARY KEY,
    year             text    NOT NULL UNIQUE,
    name             text    NOT NULL,
    project_name     text    NOT NULL,
    operator         text    NOT NULL,
    owner            text    NOT NULL,
    source           text    NOT NULL,
    facts            text    NOT NULL,
    archive_opens_at bigint,
    archive_ends_at  bigint,
    imported_at      bigint NOT NULL
);

CREATE TABLE courses (
    id               uuid    PRIMARY KEY,
    programme        uuid    NOT NULL REFERENCES programmes (id),
    slug             text    NOT NULL,
    position         bigint NOT NULL,
    name             text    NOT NULL,
    format           text    NOT NULL,
    format_raw       text    NOT NULL,
    summary          text    NOT NULL,
    delivery         text    NOT NULL,
    audience         text    NOT NULL,
    fee_yen          bigint NOT NULL,
    opens_raw        text    NOT NULL,
    rules            text    NOT NULL,
    anomaly          text    NOT NULL,
    archive_opens_at bigint,
    CONSTRAINT courses_have_one_address UNIQUE (programme, slug),
    CONSTRAINT courses_are_given_in_one_of_three_ways CHECK (format IN ('interchangeable', 'series', 'unknown')),
    CONSTRAINT courses_cost_nothing_or_more CHECK (fee_yen >= 0)
);

-- A seat is taken in the row itself, so that two people cannot both get the last one. The state is derived, never stored.
CREATE TABLE sessions (
    id             uuid    PRIMARY KEY,
    course         uuid    NOT NULL REFERENCES courses (id),
    number         bigint NOT NULL,
    extra          boolean NOT NULL DEFAULT false,
    title          text    NOT NULL,
    raw            text    NOT NULL,
    deadline_raw   text    NOT NULL,
    anomaly        text    NOT NULL,
    day            text,
    starts_at      bigint,
    ends_at        bigint,
    window_raw     text    NOT NULL,
    window_start   text,
    window_end     text,
    opens_at       bigint,
    closes_at      bigint,
    default_window boolean NOT NULL DEFAULT false,
    tentative      boolean NOT NULL DEFAULT false,
    sample         boolean NOT NULL DEFAULT false,
    seats          bigint,
    taken          bigint NOT NULL DEFAULT 0,
    waiting_places bigint,
    waiting        bigint NOT NULL DEFAULT 0,
    waited         bigint NOT NULL DEFAULT 0,
    received       bigint NOT NULL DEFAULT 0,
    cancelled_at   bigint,
    cancel_reason  text    NOT NULL DEFAULT '',
    moved_from     text,
    moved_at       bigint,
    sequence       bigint NOT NULL DEFAULT 0,
    CONSTRAINT sessions_have_one_number UNIQUE (course, number),
    CONSTRAINT sessions_never_oversold CHECK (taken >= 0 AND (seats IS NULL OR taken <= seats)),
    CONSTRAINT sessions_never_overwaited CHECK (waiting >= 0 AND (waiting_places IS NULL OR waiting <= waiting_places)),
    CONSTRAINT sessions_end_after_they_start CHECK (starts_at IS NULL OR ends_at > starts_at)
);

-- One application is one person for one session; after cancelling one may apply again.
CREATE TABLE applications (
    id                uuid    PRIMARY KEY,
    session           uuid    NOT NULL REFERENCES sessions (id),
    person            uuid    NOT NULL REFERENCES persons (id),
    number            bigint NOT NULL,
    place             text    NOT NULL,
    waited            bigint,
    organization      uuid,
    organization_name text    NOT NULL,
    organization_kind text    NOT NULL,
    prefecture        text    NOT NULL,
    job               text    NOT NULL,
    question          text    NOT NULL,
    lang              text    NOT NULL,
    search            text    NOT NULL,
    entered_by        text,
    applied_at        bigint NOT NULL,
    sequence          bigint NOT NULL DEFAULT 0,
    generation        bigint NOT NULL DEFAULT 1,
    moved_from        uuid    REFERENCES sessions (id),
    moved_at          bigint,
    promoted_at       bigint,
    cancelled_at      bigint,
    cancelled_by      text,
    held_until        bigint,
    CONSTRAINT applications_have_a_seat_or_wait CHECK (place IN ('seat', 'waiting')),
    CONSTRAINT applications_wait_in_an_order CHECK (place = 'seat' OR waited IS NOT NULL)
);
CREATE UNIQUE INDEX applications_once_a_person ON applications (session, person) WHERE cancelled_at IS NULL;
CREATE INDEX applications_by_session ON applications (session, applied_at, id);
CREATE INDEX applications_in_waiting_order ON applications (session, waited) WHERE place = 'waiting' AND cancelled_at IS NULL;
CREATE INDEX applications_by_person ON applications (person);

-- 「受付が始まったら知らせてほしい」「録画が公開されたら知らせてほしい」
CREATE TABLE interests (
    id        uuid    PRIMARY KEY,
    kind      text    NOT NULL,
    audience  text    NOT NULL,
    email     text    NOT NULL,
    lang      text    NOT NULL,
    asked_at  bigint NOT NULL,
    told_at   bigint,
    ended_at  bigint,
    CONSTRAINT interests_are_of_two_kinds CHECK (kind IN ('opening', 'archive'))
);
CREATE UNIQUE INDEX interests_once_an_address ON interests (kind, audience, email) WHERE ended_at IS NULL;
