-- Mails by rule: what the secretariat set otherwise than `data/mail-rules.toml`, for a course or for one session.
CREATE TABLE mail_rules (
    scope      uuid    NOT NULL,             -- the course or the session
    rule       text    NOT NULL,
    is_on      boolean NOT NULL,
    days       bigint,                          -- so many days from the day it goes by; nothing: so many minutes before it
    minutes    bigint  NOT NULL,                -- of that day, or before it
    extra_ja   text    NOT NULL DEFAULT '',
    extra_en   text    NOT NULL DEFAULT '',
    changed_at bigint  NOT NULL,
    changed_by text    NOT NULL,
    PRIMARY KEY (scope, rule),
    CONSTRAINT mail_rules_are_within_a_year CHECK (days IS NULL OR days BETWEEN -366 AND 366),
    CONSTRAINT mail_rules_are_within_a_day CHECK (minutes >= 0 AND minutes < 1440)
);

-- Who gets which rule's mail: the key is what keeps anybody from getting it twice. A mail may carry several of them.
CREATE TABLE reminders (
    application uuid   NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
    session     uuid   NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    rule        text   NOT NULL,
    edition     bigint NOT NULL,                -- 0, or the moment it is about where a moved session is told of again
    person      uuid   NOT NULL,
    due_at      bigint NOT NULL,
    mail        uuid,                        -- that of the outbox, once it is there
    parts       bigint NOT NULL DEFAULT 1,      -- how many rules that mail speaks for
    PRIMARY KEY (application, session, rule, edition)
);
CREATE INDEX reminders_to_post ON reminders (person, due_at) WHERE mail IS NULL;
CREATE INDEX reminders_by_session ON reminders (session, rule, due_at);
CREATE INDEX reminders_by_mail ON reminders (mail) WHERE mail IS NOT NULL;

-- Which mails an address does not want. Necessary ones are never here.
CREATE TABLE mail_declined (
    email       text   NOT NULL,
    rule        text   NOT NULL,
    declined_at bigint NOT NULL,
    PRIMARY KEY (email, rule)
);

-- Addresses from which mail came back for good. They get necessary mails only, until somebody says that they are right.
CREATE TABLE mail_bounces (
    email        text   PRIMARY KEY,
    class        text   NOT NULL,            -- as RFC 3463 has it: 5.1.1
    bounced_at   bigint NOT NULL,
    confirmed_at bigint
);

CREATE INDEX sessions_by_day ON sessions (day) WHERE cancelled_at IS NULL;
