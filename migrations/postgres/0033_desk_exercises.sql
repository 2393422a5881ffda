-- Exercises that an institution began itself: how many run at once, and whether somebody has one that has not ended. Which institution
-- it is stands here no more than in any case.
CREATE TABLE desk_exercises (
    case_id  uuid PRIMARY KEY REFERENCES cases (id),
    account  uuid NOT NULL,
    begun_at bigint NOT NULL
);
CREATE INDEX desk_exercises_by_time ON desk_exercises (begun_at);
