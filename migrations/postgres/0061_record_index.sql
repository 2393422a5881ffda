-- What a statement is found by is worked out from the statement itself where another refers to it: this index was written eight times
-- for each statement, and asked for the few that are referred to. The keys are hashes of their room already.
DROP INDEX record_index_by_statement;
ALTER TABLE record_index DROP COLUMN room;
