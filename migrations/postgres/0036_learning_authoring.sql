-- A course as it is written in the browser: the files that otherwise stand in data/courses, one version after the other. What was
-- published is never written over.
CREATE TABLE course_versions (
    id        uuid    PRIMARY KEY,
    course    text    NOT NULL,
    number    bigint  NOT NULL,              -- 0 is what stood in data/courses when the first version took its place
    label     text    NOT NULL,              -- the version's name, as records of completions say it
    files     text    NOT NULL,              -- JSON: names below the course's folder, and their texts
    saved_at  bigint  NOT NULL,
    effect    text,                          -- once published: what that meant for those who had completed the course
    opens_on  text,                          -- 公開期間
    ends_on   text,
    edition   bigint  NOT NULL,              -- rises within a period when the course has to be taken again
    starts_on text,                          -- from which day on readers see it
    CONSTRAINT course_versions_have_one_number UNIQUE (course, number),
    CONSTRAINT course_versions_have_a_known_effect CHECK (effect IN ('first', 'correction', 'retake', 'next_year')),
    CONSTRAINT course_versions_are_published_as_a_whole CHECK (
        (effect IS NULL) = (starts_on IS NULL) AND (effect IS NULL) = (opens_on IS NULL) AND (effect IS NULL) = (ends_on IS NULL)),
    CONSTRAINT course_versions_count_editions_from_one CHECK (edition >= 1)
);
CREATE INDEX course_versions_shown ON course_versions (course, opens_on, number) WHERE starts_on IS NOT NULL;

-- What happened to a version, by whom. Its stage is the last of these steps; nothing here is ever changed.
CREATE TABLE course_steps (
    version uuid    NOT NULL REFERENCES course_versions (id),
    number  bigint NOT NULL,
    step    text    NOT NULL,
    actor   text    NOT NULL,
    role    text    NOT NULL,
    note    text    NOT NULL,
    at      bigint  NOT NULL,
    PRIMARY KEY (version, number),
    CONSTRAINT course_steps_are_known CHECK (step IN ('saved', 'requested', 'returned', 'approved', 'published', 'dropped'))
);
