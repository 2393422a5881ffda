-- Packages that were deleted: their files are gone and nobody launches them; who learned from them stays told.
ALTER TABLE packages ADD COLUMN deleted_at bigint;
