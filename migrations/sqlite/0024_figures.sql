-- Figures: how many of what, kept beside the rows that they count and changed in the same transaction, so that a page of figures
-- costs the same with a million applications as with a hundred. Whatever changes a row, the triggers see it.
--
-- owner: a session; of 修了証 (series) its course. what: applied, cancelled (by the day in Japan), kind, prefecture (of living
-- applications), verdict, completed, certificate, series, survey.
CREATE TABLE figures (
    owner BLOB    NOT NULL,
    what  TEXT    NOT NULL,
    value TEXT    NOT NULL,
    n     INTEGER NOT NULL,
    PRIMARY KEY (owner, what, value)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER figures_count_new_applications AFTER INSERT ON applications BEGIN
    INSERT INTO figures (owner, what, value, n)
    SELECT NEW.session, 'applied', date(NEW.applied_at / 1000000 + 32400, 'unixepoch'), 1
    UNION ALL SELECT NEW.session, 'kind', NEW.organization_kind, 1 WHERE NEW.cancelled_at IS NULL
    UNION ALL SELECT NEW.session, 'prefecture', NEW.prefecture, 1 WHERE NEW.cancelled_at IS NULL
    UNION ALL SELECT NEW.session, 'cancelled', date(NEW.cancelled_at / 1000000 + 32400, 'unixepoch'), 1 WHERE NEW.cancelled_at IS NOT NULL
    ON CONFLICT (owner, what, value) DO UPDATE SET n = n + excluded.n;
END;
CREATE TRIGGER figures_count_changed_applications AFTER UPDATE OF session, applied_at, cancelled_at, organization_kind, prefecture ON applications
WHEN (OLD.session, OLD.applied_at, OLD.cancelled_at, OLD.organization_kind, OLD.prefecture)
    IS NOT (NEW.session, NEW.applied_at, NEW.cancelled_at, NEW.organization_kind, NEW.prefecture) BEGIN
    INSERT INTO figures (owner, what, value, n)
    SELECT OLD.session, 'applied', date(OLD.applied_at / 1000000 + 32400, 'unixepoch'), -1
    UNION ALL SELECT OLD.session, 'kind', OLD.organization_kind, -1 WHERE OLD.cancelled_at IS NULL
    UNION ALL SELECT OLD.session, 'prefecture', OLD.prefecture, -1 WHERE OLD.cancelled_at IS NULL
    UNION ALL SELECT OLD.session, 'cancelled', date(OLD.cancelled_at / 1000000 + 32400, 'unixepoch'), -1 WHERE OLD.cancelled_at IS NOT NULL
    UNION ALL SELECT NEW.session, 'applied', date(NEW.applied_at / 1000000 + 32400, 'unixepoch'), 1
    UNION ALL SELECT NEW.session, 'kind', NEW.organization_kind, 1 WHERE NEW.cancelled_at IS NULL
    UNION ALL SELECT NEW.session, 'prefecture', NEW.prefecture, 1 WHERE NEW.cancelled_at IS NULL
    UNION ALL SELECT NEW.session, 'cancelled', date(NEW.cancelled_at / 1000000 + 32400, 'unixepoch'), 1 WHERE NEW.cancelled_at IS NOT NULL
    ON CONFLICT (owner, what, value) DO UPDATE SET n = n + excluded.n;
END;
CREATE TRIGGER figures_forget_applications AFTER DELETE ON applications BEGIN
    INSERT INTO figures (owner, what, value, n)
    SELECT OLD.session, 'applied', date(OLD.applied_at / 1000000 + 32400, 'unixepoch'), -1
    UNION ALL SELECT OLD.session, 'kind', OLD.organization_kind, -1 WHERE OLD.cancelled_at IS NULL
    UNION ALL SELECT OLD.session, 'prefecture', OLD.prefecture, -1 WHERE OLD.cancelled_at IS NULL
    UNION ALL SELECT OLD.session, 'cancelled', date(OLD.cancelled_at / 1000000 + 32400, 'unixepoch'), -1 WHERE OLD.cancelled_at IS NOT NULL
    ON CONFLICT (owner, what, value) DO UPDATE SET n = n + excluded.n;
END;

CREATE TRIGGER figures_count_new_verdicts AFTER INSERT ON attendances WHEN NEW.verdict IS NOT NULL BEGIN
    INSERT INTO figures (owner, what, value, n) VALUES (NEW.session, 'verdict', NEW.verdict, 1)
    ON CONFLICT (owner, what, value) DO UPDATE SET n = n + excluded.n;
END;
CREATE TRIGGER figures_count_changed_verdicts AFTER UPDATE OF session, verdict ON attendances
WHEN (OLD.session, OLD.verdict) IS NOT (NEW.session, NEW.verdict) BEGIN
    INSERT INTO figures (owner, what, value, n)
    SELECT OLD.session, 'verdict', OLD.verdict, -1 WHERE OLD.verdict IS NOT NULL
    UNION ALL SELECT NEW.session, 'verdict', NEW.verdict, 1 WHERE NEW.verdict IS NOT NULL
    ON CONFLICT (owner, what, value) DO UPDATE SET n = n + excluded.n;
END;
CREATE TRIGGER figures_forget_verdicts AFTER DELETE ON attendances WHEN OLD.verdict IS NOT NULL BEGIN
    UPDATE figures SET n = n - 1 WHERE owner = OLD.session AND what = 'verdict' AND value = OLD.verdict;
END;

CREATE TRIGGER figures_count_completions AFTER INSERT ON completions BEGIN
    INSERT INTO figures (owner, what, value, n) SELECT session, 'completed', '', 1 FROM recordings WHERE id = NEW.recording
    ON CONFLICT (owner, what, value) DO UPDATE SET n = n + excluded.n;
END;
CREATE TRIGGER figures_count_certificates AFTER INSERT ON certificates WHEN NEW.revoked_at IS NULL BEGIN
    INSERT INTO figures (owner, what, value, n)
    SELECT NEW.session, 'certificate', '', 1 WHERE NEW.kind = 'session'
    UNION ALL SELECT NEW.course, 'series', '', 1 WHERE NEW.kind = 'series'
    ON CONFLICT (owner, what, value) DO UPDATE SET n = n + excluded.n;
END;
CREATE TRIGGER figures_count_revocations AFTER UPDATE OF revoked_at ON certificates WHEN OLD.revoked_at IS NULL AND NEW.revoked_at IS NOT NULL BEGIN
    UPDATE figures SET n = n - 1
    WHERE owner = CASE OLD.kind WHEN 'session' THEN OLD.session ELSE OLD.course END
        AND what = CASE OLD.kind WHEN 'session' THEN 'certificate' ELSE 'series' END AND value = '';
END;
CREATE TRIGGER figures_count_surveys AFTER INSERT ON survey_done BEGIN
    INSERT INTO figures (owner, what, value, n) VALUES (NEW.session, 'survey', '', 1)
    ON CONFLICT (owner, what, value) DO UPDATE SET n = n + excluded.n;
END;

-- What was there before.
INSERT INTO figures (owner, what, value, n)
SELECT session, 'applied', date(applied_at / 1000000 + 32400, 'unixepoch') AS day, COUNT(*) FROM applications GROUP BY session, day
UNION ALL SELECT session, 'cancelled', date(cancelled_at / 1000000 + 32400, 'unixepoch') AS day, COUNT(*) FROM applications
    WHERE cancelled_at IS NOT NULL GROUP BY session, day
UNION ALL SELECT session, 'kind', organization_kind, COUNT(*) FROM applications WHERE cancelled_at IS NULL GROUP BY session, organization_kind
UNION ALL SELECT session, 'prefecture', prefecture, COUNT(*) FROM applications WHERE cancelled_at IS NULL GROUP BY session, prefecture
UNION ALL SELECT session, 'verdict', verdict, COUNT(*) FROM attendances WHERE verdict IS NOT NULL GROUP BY session, verdict
UNION ALL SELECT r.session, 'completed', '', COUNT(*) FROM completions c JOIN recordings r ON r.id = c.recording GROUP BY r.session
UNION ALL SELECT session, 'certificate', '', COUNT(*) FROM certificates WHERE kind = 'session' AND revoked_at IS NULL GROUP BY session
UNION ALL SELECT course, 'series', '', COUNT(*) FROM certificates WHERE kind = 'series' AND revoked_at IS NULL GROUP BY course
UNION ALL SELECT session, 'survey', '', COUNT(*) FROM survey_done GROUP BY session;

-- 月次の実績報告, kept as issued: what stands in it, and the file.
CREATE TABLE reports (
    id        BLOB    PRIMARY KEY,
    month     TEXT    NOT NULL,  -- 2026-11
    edition   INTEGER NOT NULL,
    number    TEXT    NOT NULL UNIQUE,
    sheets    TEXT    NOT NULL,
    bytes     BLOB    NOT NULL,
    sha256    BLOB    NOT NULL,
    issued_at INTEGER NOT NULL,
    issued_by TEXT    NOT NULL,
    CONSTRAINT reports_count_their_editions CHECK (edition >= 1),
    CONSTRAINT reports_once_an_edition UNIQUE (month, edition),
    CONSTRAINT reports_are_known_by_a_sha256 CHECK (length(sha256) = 32)
) STRICT;
CREATE INDEX reports_by_moment ON reports (issued_at, id);
CREATE TRIGGER reports_are_never_changed BEFORE UPDATE ON reports BEGIN SELECT RAISE(ABORT, 'a report stays as it was issued'); END;
CREATE TRIGGER reports_are_never_taken_away BEFORE DELETE ON reports BEGIN SELECT RAISE(ABORT, 'a report stays as it was issued'); END;
