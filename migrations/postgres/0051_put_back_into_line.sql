-- What somebody gave up who waited and sat down before a screen: whoever is taken away again is back in the line where they were.
ALTER TABLE viewers ADD COLUMN waited bigint;
ALTER TABLE viewers ADD COLUMN entered_by text;
