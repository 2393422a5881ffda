-- What was changed under 設定; everything else is as shipped in data/settings.toml.
CREATE TABLE settings (
    name       text    PRIMARY KEY,
    value      text    NOT NULL,
    changed_at bigint NOT NULL,
    changed_by text    NOT NULL
);
