-- A person is a mail address and a name, folded: clinics share one mailbox, so the address alone is nobody.
CREATE TABLE persons (
    id          uuid    PRIMARY KEY,
    key         text    NOT NULL UNIQUE,
    email       text    NOT NULL,
    family      text    NOT NULL,
    given       text    NOT NULL,
    family_kana text    NOT NULL,
    given_kana  text    NOT NULL,
    known_since bigint NOT NULL
);
CREATE INDEX persons_by_email ON persons (email);
