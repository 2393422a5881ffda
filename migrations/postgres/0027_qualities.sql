-- How many pieces of the film there are in every quality; -1 if it cannot be had in others than its own.
ALTER TABLE recordings ADD COLUMN pieces bigint NOT NULL DEFAULT 0;

-- Films in several qualities, piece by piece. The bytes of each lie in the object store under their hash.
CREATE TABLE film_pieces (
    recording uuid    NOT NULL REFERENCES recordings (id),
    edition   bigint NOT NULL,
    height    bigint NOT NULL,                -- of the picture, in lines
    number    bigint NOT NULL,
    hash      bytea   NOT NULL,
    playlist  text    NOT NULL,                -- where its segments lie, as the encoder wrote it (RFC 8216)
    PRIMARY KEY (recording, edition, height, number),
    CONSTRAINT film_pieces_are_found_by_sha256 CHECK (octet_length(hash) = 32)
);
