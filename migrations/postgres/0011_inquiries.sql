-- What people asked the secretariat. How an inquiry stands is derived: taken, closed, or neither.
CREATE TABLE inquiries (
    id          uuid    PRIMARY KEY,
    year        text    NOT NULL,
    number      bigint  NOT NULL,  -- R8-Q-0012
    about       text    NOT NULL,
    name        text    NOT NULL,
    email       text    NOT NULL,
    institution text    NOT NULL,
    lang        text    NOT NULL,
    search      text    NOT NULL,
    received_at bigint  NOT NULL,
    taken_at    bigint,
    taken_by    text,
    closed_at   bigint,
    closed_by   text,
    CONSTRAINT inquiries_have_one_number UNIQUE (year, number),
    CONSTRAINT inquiries_are_about_one_of_two CHECK (about IN ('programme', 'portal')),
    CONSTRAINT inquiries_langs_are_known CHECK (lang IN ('ja', 'en'))
);
CREATE INDEX inquiries_by_arrival ON inquiries (received_at, id);
CREATE INDEX inquiries_that_wait  ON inquiries (received_at) WHERE closed_at IS NULL;

CREATE TABLE inquiry_messages (
    inquiry uuid    NOT NULL REFERENCES inquiries (id) ON DELETE CASCADE,
    number  bigint  NOT NULL,
    kind    text    NOT NULL,  -- a note is for the secretariat alone; a reply came by mail or telephone and was written down
    actor   text    NOT NULL,
    body    text    NOT NULL,
    at      bigint  NOT NULL,
    PRIMARY KEY (inquiry, number),
    CONSTRAINT inquiry_messages_are_known CHECK (kind IN ('question', 'answer', 'reply', 'note'))
);
