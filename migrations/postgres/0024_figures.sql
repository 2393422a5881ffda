-- Figures: how many of what, kept beside the rows that they count and changed in the same transaction, so that a page of figures
-- costs the same with a million applications as with a hundred. Whatever changes a row, the triggers see it.
--
-- owner: a session; of 修了証 (series) its course. what: applied, cancelled (by the day in Japan), kind, prefecture (of living
-- applications), verdict, completed, certificate, series, survey. What one transaction may count up thousands of times one by
-- one (certificates) is spread over rows whose sum counts: a row that was changed a thousand times within one transaction is slow.
CREATE TABLE figures (
    owner uuid    NOT NULL,
    what  text    NOT NULL,
    value text    NOT NULL,
    n     bigint  NOT NULL,
    PRIMARY KEY (owner, what, value)
) WITH (fillfactor = 50);

CREATE FUNCTION figures_day(micros bigint) RETURNS text LANGUAGE sql IMMUTABLE AS
    'SELECT to_char(timestamp ''epoch'' + (micros / 1000000 + 32400) * interval ''1 second'', ''YYYY-MM-DD'')';
CREATE FUNCTION figures_share(id uuid) RETURNS text LANGUAGE sql IMMUTABLE AS
    'SELECT CAST(get_byte(uuid_send(id), 15) & 31 AS text)';

CREATE FUNCTION figures_count_new_applications() RETURNS trigger LANGUAGE plpgsql AS '
BEGIN
    INSERT INTO figures (owner, what, value, n)
    SELECT owner, what, value, COUNT(*) FROM (
        SELECT session AS owner, ''applied'' AS what, figures_day(applied_at) AS value FROM added
        UNION ALL SELECT session, ''kind'', organization_kind FROM added WHERE cancelled_at IS NULL
        UNION ALL SELECT session, ''prefecture'', prefecture FROM added WHERE cancelled_at IS NULL
        UNION ALL SELECT session, ''cancelled'', figures_day(cancelled_at) FROM added WHERE cancelled_at IS NOT NULL
    ) AS one GROUP BY owner, what, value ORDER BY owner, what, value
    ON CONFLICT (owner, what, value) DO UPDATE SET n = figures.n + excluded.n;
    RETURN NULL;
END';
CREATE TRIGGER figures_count_new_applications AFTER INSERT ON applications REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION figures_count_new_applications();

CREATE FUNCTION figures_count_changed_applications() RETURNS trigger LANGUAGE plpgsql AS '
BEGIN
    INSERT INTO figures (owner, what, value, n)
    SELECT owner, what, value, SUM(one) FROM (
        SELECT OLD.session AS owner, ''applied'' AS what, figures_day(OLD.applied_at) AS value, -1 AS one
        UNION ALL SELECT OLD.session, ''kind'', OLD.organization_kind, -1 WHERE OLD.cancelled_at IS NULL
        UNION ALL SELECT OLD.session, ''prefecture'', OLD.prefecture, -1 WHERE OLD.cancelled_at IS NULL
        UNION ALL SELECT OLD.session, ''cancelled'', figures_day(OLD.cancelled_at), -1 WHERE OLD.cancelled_at IS NOT NULL
        UNION ALL SELECT NEW.session, ''applied'', figures_day(NEW.applied_at), 1
        UNION ALL SELECT NEW.session, ''kind'', NEW.organization_kind, 1 WHERE NEW.cancelled_at IS NULL
        UNION ALL SELECT NEW.session, ''prefecture'', NEW.prefecture, 1 WHERE NEW.cancelled_at IS NULL
        UNION ALL SELECT NEW.session, ''cancelled'', figures_day(NEW.cancelled_at), 1 WHERE NEW.cancelled_at IS NOT NULL
    ) AS change GROUP BY owner, what, value HAVING SUM(one) <> 0 ORDER BY owner, what, value
    ON CONFLICT (owner, what, value) DO UPDATE SET n = figures.n + excluded.n;
    RETURN NULL;
END';
CREATE TRIGGER figures_count_changed_applications AFTER UPDATE ON applications FOR EACH ROW
    WHEN ((OLD.session, OLD.applied_at, OLD.cancelled_at, OLD.organization_kind, OLD.prefecture)
        IS DISTINCT FROM (NEW.session, NEW.applied_at, NEW.cancelled_at, NEW.organization_kind, NEW.prefecture))
    EXECUTE FUNCTION figures_count_changed_applications();

CREATE FUNCTION figures_forget_applications() RETURNS trigger LANGUAGE plpgsql AS '
BEGIN
    INSERT INTO figures (owner, what, value, n)
    SELECT owner, what, value, -COUNT(*) FROM (
        SELECT session AS owner, ''applied'' AS what, figures_day(applied_at) AS value FROM gone
        UNION ALL SELECT session, ''kind'', organization_kind FROM gone WHERE cancelled_at IS NULL
        UNION ALL SELECT session, ''prefecture'', prefecture FROM gone WHERE cancelled_at IS NULL
        UNION ALL SELECT session, ''cancelled'', figures_day(cancelled_at) FROM gone WHERE cancelled_at IS NOT NULL
    ) AS one GROUP BY owner, what, value ORDER BY owner, what, value
    ON CONFLICT (owner, what, value) DO UPDATE SET n = figures.n + excluded.n;
    RETURN NULL;
END';
CREATE TRIGGER figures_forget_applications AFTER DELETE ON applications REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION figures_forget_applications();

CREATE FUNCTION figures_count_new_verdicts() RETURNS trigger LANGUAGE plpgsql AS '
BEGIN
    INSERT INTO figures (owner, what, value, n)
    SELECT session, ''verdict'', verdict, COUNT(*) FROM added WHERE verdict IS NOT NULL GROUP BY session, verdict ORDER BY session, verdict
    ON CONFLICT (owner, what, value) DO UPDATE SET n = figures.n + excluded.n;
    RETURN NULL;
END';
CREATE TRIGGER figures_count_new_verdicts AFTER INSERT ON attendances REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION figures_count_new_verdicts();
CREATE FUNCTION figures_count_changed_verdicts() RETURNS trigger LANGUAGE plpgsql AS '
BEGIN
    INSERT INTO figures (owner, what, value, n)
    SELECT session, ''verdict'', verdict, SUM(one) FROM (
        SELECT session, verdict, -1 AS one FROM gone UNION ALL SELECT session, verdict, 1 FROM added
    ) AS change WHERE verdict IS NOT NULL GROUP BY session, verdict HAVING SUM(one) <> 0 ORDER BY session, verdict
    ON CONFLICT (owner, what, value) DO UPDATE SET n = figures.n + excluded.n;
    RETURN NULL;
END';
CREATE TRIGGER figures_count_changed_verdicts AFTER UPDATE ON attendances REFERENCING OLD TABLE AS gone NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION figures_count_changed_verdicts();
CREATE FUNCTION figures_forget_verdicts() RETURNS trigger LANGUAGE plpgsql AS '
BEGIN
    INSERT INTO figures (owner, what, value, n)
    SELECT session, ''verdict'', verdict, -COUNT(*) FROM gone WHERE verdict IS NOT NULL GROUP BY session, verdict ORDER BY session, verdict
    ON CONFLICT (owner, what, value) DO UPDATE SET n = figures.n + excluded.n;
    RETURN NULL;
END';
CREATE TRIGGER figures_forget_verdicts AFTER DELETE ON attendances REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION figures_forget_verdicts();

CREATE FUNCTION figures_count_completions() RETURNS trigger LANGUAGE plpgsql AS '
BEGIN
    INSERT INTO figures (owner, what, value, n)
    SELECT r.session, ''completed'', '''', COUNT(*) FROM added JOIN recordings r ON r.id = added.recording GROUP BY r.session ORDER BY r.session
    ON CONFLICT (owner, what, value) DO UPDATE SET n = figures.n + excluded.n;
    RETURN NULL;
END';
CREATE TRIGGER figures_count_completions AFTER INSERT ON completions REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION figures_count_completions();

CREATE FUNCTION figures_count_certificates() RETURNS trigger LANGUAGE plpgsql AS '
BEGIN
    INSERT INTO figures (owner, what, value, n)
    VALUES (CASE NEW.kind WHEN ''session'' THEN NEW.session ELSE NEW.course END,
        CASE NEW.kind WHEN ''session'' THEN ''certificate'' ELSE ''series'' END, figures_share(NEW.id),
        CASE WHEN NEW.revoked_at IS NULL THEN 1 ELSE -1 END)
    ON CONFLICT (owner, what, value) DO UPDATE SET n = figures.n + excluded.n;
    RETURN NULL;
END';
CREATE TRIGGER figures_count_certificates AFTER INSERT ON certificates FOR EACH ROW
    WHEN (NEW.revoked_at IS NULL) EXECUTE FUNCTION figures_count_certificates();
CREATE TRIGGER figures_count_revocations AFTER UPDATE OF revoked_at ON certificates FOR EACH ROW
    WHEN (OLD.revoked_at IS NULL AND NEW.revoked_at IS NOT NULL) EXECUTE FUNCTION figures_count_certificates();

CREATE FUNCTION figures_count_surveys() RETURNS trigger LANGUAGE plpgsql AS '
BEGIN
    INSERT INTO figures (owner, what, value, n) VALUES (NEW.session, ''survey'', figures_share(NEW.application), 1)
    ON CONFLICT (owner, what, value) DO UPDATE SET n = figures.n + excluded.n;
    RETURN NULL;
END';
CREATE TRIGGER figures_count_surveys AFTER INSERT ON survey_done FOR EACH ROW EXECUTE FUNCTION figures_count_surveys();

-- What was there before.
INSERT INTO figures (owner, what, value, n)
SELECT session, 'applied', figures_day(applied_at), COUNT(*) FROM applications GROUP BY session, figures_day(applied_at)
UNION ALL SELECT session, 'cancelled', figures_day(cancelled_at), COUNT(*) FROM applications
    WHERE cancelled_at IS NOT NULL GROUP BY session, figures_day(cancelled_at)
UNION ALL SELECT session, 'kind', organization_kind, COUNT(*) FROM applications WHERE cancelled_at IS NULL GROUP BY session, organization_kind
UNION ALL SELECT session, 'prefecture', prefecture, COUNT(*) FROM applications WHERE cancelled_at IS NULL GROUP BY session, prefecture
UNION ALL SELECT session, 'verdict', verdict, COUNT(*) FROM attendances WHERE verdict IS NOT NULL GROUP BY session, verdict
UNION ALL SELECT r.session, 'completed', '', COUNT(*) FROM completions c JOIN recordings r ON r.id = c.recording GROUP BY r.session
UNION ALL SELECT session, 'certificate', '', COUNT(*) FROM certificates WHERE kind = 'session' AND revoked_at IS NULL GROUP BY session
UNION ALL SELECT course, 'series', '', COUNT(*) FROM certificates WHERE kind = 'series' AND revoked_at IS NULL GROUP BY course
UNION ALL SELECT session, 'survey', '', COUNT(*) FROM survey_done GROUP BY session;

-- 月次の実績報告, kept as issued: what stands in it, and the file.
CREATE TABLE reports (
    id        uuid    PRIMARY KEY,
    month     text    NOT NULL,  -- 2026-11
    edition   bigint  NOT NULL,
    number    text    NOT NULL UNIQUE,
    sheets    jsonb   NOT NULL,
    bytes     bytea   NOT NULL,
    sha256    bytea   NOT NULL,
    issued_at bigint  NOT NULL,
    issued_by text    NOT NULL,
    CONSTRAINT reports_count_their_editions CHECK (edition >= 1),
    CONSTRAINT reports_once_an_edition UNIQUE (month, edition),
    CONSTRAINT reports_are_known_by_a_sha256 CHECK (length(sha256) = 32)
);
CREATE INDEX reports_by_moment ON reports (issued_at, id);
CREATE FUNCTION reports_stay_as_issued() RETURNS trigger LANGUAGE plpgsql AS
    'BEGIN RAISE EXCEPTION ''a report stays as it was issued''; END';
CREATE TRIGGER reports_are_never_changed BEFORE UPDATE OR DELETE ON reports
    FOR EACH ROW EXECUTE FUNCTION reports_stay_as_issued();
