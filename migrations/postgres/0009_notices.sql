-- Running numbers that are given once and never again: notices of a day, questions, inquiries of a fiscal year.
CREATE TABLE running_numbers (
    series text    PRIMARY KEY,  -- notice/2026-08-10, question, inquiry/R8
    last   bigint  NOT NULL,
    CONSTRAINT running_numbers_begin_at_one CHECK (last >= 1)
);

-- Whatever goes public by way of 下書き, 確認依頼, 承認 and 公開: a notice, a question, a fixed page.
CREATE TABLE texts (
    id      uuid    PRIMARY KEY,
    kind    text    NOT NULL,
    made_at bigint  NOT NULL,
    CONSTRAINT texts_are_of_three_kinds CHECK (kind IN ('notice', 'question', 'page'))
);
CREATE INDEX texts_by_kind ON texts (kind, made_at);

-- Every wording that a text ever had. One that was published is never written over: a change begins the next version.
CREATE TABLE text_versions (
    id       uuid    PRIMARY KEY,
    text     uuid    NOT NULL REFERENCES texts (id),
    number   bigint  NOT NULL,
    title_ja text    NOT NULL,
    lead_ja  text    NOT NULL,
    body_ja  text    NOT NULL,
    title_en text    NOT NULL,
    lead_en  text    NOT NULL,
    body_en  text    NOT NULL,
    facts    text    NOT NULL,  -- JSON: what else the version says, in the words of its kind
    saved_at bigint  NOT NULL,
    CONSTRAINT text_versions_have_one_number UNIQUE (text, number)
);

-- What happened to a version, by whom. Its stage is the last of these steps; nothing here is ever changed.
CREATE TABLE text_steps (
    version uuid    NOT NULL REFERENCES text_versions (id),
    number  bigint  NOT NULL,
    step    text    NOT NULL,
    actor   text    NOT NULL,
    role    text    NOT NULL,
    note    text    NOT NULL,
    at      bigint  NOT NULL,
    PRIMARY KEY (version, number),
    CONSTRAINT text_steps_are_known CHECK (step IN ('saved', 'requested', 'returned', 'approved', 'published', 'withdrawn'))
);

-- Notices as they are public: a copy of the published version, under an address that never changes.
CREATE TABLE notices (
    id              uuid    PRIMARY KEY REFERENCES texts (id),
    day             text    NOT NULL,
    number          bigint  NOT NULL,  -- of that day; both make the address /notices/2026-0810-1
    category        text    NOT NULL,
    title_ja        text    NOT NULL,
    body_ja         text    NOT NULL,
    title_en        text    NOT NULL,
    body_en         text    NOT NULL,
    search          text    NOT NULL,
    published_at    bigint  NOT NULL,  -- seen from this moment on
    revised_at      bigint,
    withdrawn_at    bigint,
    withdraw_reason text    NOT NULL DEFAULT '',
    CONSTRAINT notices_have_one_address UNIQUE (day, number)
);
CREATE INDEX notices_newest_first ON notices (day, number) WHERE withdrawn_at IS NULL;
