-- Exercises that an institution began itself: how many run at once, and whether somebody has one that has not ended. Which institution
-- it is stands here no more than in any case.
CREATE TABLE desk_exercises (
    case_id  BLOB PRIMARY KEY REFERENCES cases (id),
    account  BLOB NOT NULL,
    begun_at INTEGER NOT NULL
);
CREATE INDEX desk_exercises_by_time ON desk_exercises (begun_at);
