-- What the desk knows of a case, by the facts of data/desk/forms/facts.toml: one record, from which forms, reports and exports are
-- filled. Earlier words stay in the chain of the case. Of what was handed out nothing is kept but an entry there.
CREATE TABLE case_facts (
    id         BLOB PRIMARY KEY,
    case_id    BLOB NOT NULL REFERENCES cases (id),
    fact       TEXT NOT NULL,
    tlp        TEXT NOT NULL,
    words      BLOB NOT NULL,                -- sealed
    actor      TEXT NOT NULL,
    written_at INTEGER NOT NULL,
    CONSTRAINT case_facts_are_known_once UNIQUE (case_id, fact),
    CONSTRAINT case_facts_have_a_colour CHECK (tlp IN ('CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED'))
) STRICT;
