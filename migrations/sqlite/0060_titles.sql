-- The titles of a version, folded, so that the staff's list is searched where it lies. SQL cannot fold: those of before are folded by the
-- program, within the hour.
ALTER TABLE text_versions ADD COLUMN titles TEXT NOT NULL DEFAULT '';
