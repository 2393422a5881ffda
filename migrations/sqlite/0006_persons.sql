-- A person is a mail address and a name, folded: clinics share one mailbox, so the address alone is nobody.
CREATE TABLE persons (
    id          BLOB    PRIMARY KEY,
    key         TEXT    NOT NULL UNIQUE,
    email       TEXT    NOT NULL,
    family      TEXT    NOT NULL,
    given       TEXT    NOT NULL,
    family_kana TEXT    NOT NULL,
    given_kana  TEXT    NOT NULL,
    known_since INTEGER NOT NULL
) STRICT;
CREATE INDEX persons_by_email ON persons (email);
