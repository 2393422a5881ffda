-- A restore repeats the deletion of cases that came back with the backup, and whoever had asked for one need not be in that backup.
ALTER TABLE desk_deletions ALTER COLUMN account DROP NOT NULL; -- none where a restore repeated it
