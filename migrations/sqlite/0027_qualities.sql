-- How many pieces of the film there are in every quality; -1 if it cannot be had in others than its own.
ALTER TABLE recordings ADD COLUMN pieces INTEGER NOT NULL DEFAULT 0;

-- Films in several qualities, piece by piece. The bytes of each lie in the object store under their hash.
CREATE TABLE film_pieces (
    recording BLOB    NOT NULL REFERENCES recordings (id),
    edition   INTEGER NOT NULL,
    height    INTEGER NOT NULL,                -- of the picture, in lines
    number    INTEGER NOT NULL,
    hash      BLOB    NOT NULL,
    playlist  TEXT    NOT NULL,                -- where its segments lie, as the encoder wrote it (RFC 8216)
    PRIMARY KEY (recording, edition, height, number),
    CONSTRAINT film_pieces_are_found_by_sha256 CHECK (length(hash) = 32)
) STRICT, WITHOUT ROWID;
