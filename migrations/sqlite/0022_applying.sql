-- The parts of a series that somebody applied for at once: the link of one shows them all.
ALTER TABLE applications ADD COLUMN series BLOB;
CREATE INDEX applications_by_series ON applications (series) WHERE series IS NOT NULL;

-- A seat that came free shortly before the beginning. It stays taken while it is offered to somebody who waits.
CREATE TABLE seat_offers (
    id          BLOB    PRIMARY KEY,
    application BLOB    NOT NULL REFERENCES applications (id),
    session     BLOB    NOT NULL REFERENCES sessions (id),
    offered_at  INTEGER NOT NULL,
    ends_at     INTEGER NOT NULL,
    ended_at    INTEGER,
    outcome     TEXT,
    CONSTRAINT seat_offers_end_after_they_begin CHECK (ends_at > offered_at),
    CONSTRAINT seat_offers_end_in_one_of_four_ways CHECK (outcome IN ('taken', 'declined', 'over', 'left')),
    CONSTRAINT seat_offers_end_for_a_reason CHECK ((ended_at IS NULL) = (outcome IS NULL))
) STRICT;
CREATE UNIQUE INDEX seat_offers_one_at_a_time ON seat_offers (application) WHERE ended_at IS NULL;
CREATE INDEX seat_offers_by_session ON seat_offers (session, application);
CREATE INDEX seat_offers_by_application ON seat_offers (application, offered_at);
