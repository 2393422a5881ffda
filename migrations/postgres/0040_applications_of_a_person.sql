-- The applications of one person are found by an index that holds nothing else. Until the server has counted the rows of a table
-- that grows from nothing to thousands within a minute, all indexes cost it the same, and of those that suit it takes the oldest:
-- one that it can only read from end to end must not be older, nor fit by its condition alone.
CREATE INDEX applications_living_of_a_person ON applications (person) WHERE cancelled_at IS NULL;
DROP INDEX applications_once_a_person;
CREATE UNIQUE INDEX applications_once_a_person ON applications (session, person) WHERE cancelled_at IS NULL;
DROP INDEX applications_by_kind;
CREATE INDEX applications_by_kind ON applications (session, cancelled_at, place, organization_kind);
DROP INDEX applications_living;
CREATE INDEX applications_living ON applications (session, cancelled_at, id);
