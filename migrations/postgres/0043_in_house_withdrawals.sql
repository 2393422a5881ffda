-- 取り消し: what was put down for the wrong person is taken back by a row of its own, which says who did it, when and why. Nothing is erased:
-- the result stays as it was, and the same sitting is put down once more under the next number.
ALTER TABLE kit_results ADD COLUMN number bigint NOT NULL DEFAULT 1; -- from 1: how often the sitting was put down; all but the last are taken back
ALTER TABLE kit_results ALTER COLUMN number DROP DEFAULT;
ALTER TABLE kit_results DROP CONSTRAINT kit_results_pkey;
ALTER TABLE kit_results ADD PRIMARY KEY (kit, sitting, number);
ALTER TABLE kit_results ADD CONSTRAINT kit_results_are_numbered CHECK (number > 0);

CREATE TABLE kit_withdrawals (
    kit          uuid   NOT NULL,
    sitting      uuid   NOT NULL,
    number       bigint NOT NULL,
    reason       text   NOT NULL,
    withdrawn_at bigint NOT NULL,
    withdrawn_by uuid   NOT NULL REFERENCES accounts (id),
    PRIMARY KEY (kit, sitting, number),
    FOREIGN KEY (kit, sitting, number) REFERENCES kit_results (kit, sitting, number),
    CONSTRAINT kit_withdrawals_say_why CHECK (reason <> '')
);
