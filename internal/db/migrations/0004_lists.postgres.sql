-- The last good copy of each list of what others know to be dangerous, and what
-- became of the last attempt to read it. Times are BIGINT microseconds since
-- 1970 UTC, 0 for "not yet".

CREATE TABLE lists (
    name     TEXT PRIMARY KEY,
    source   TEXT NOT NULL,             -- where it came from, as configured
    etag     TEXT NOT NULL DEFAULT '',  -- of the copy
    modified TEXT NOT NULL DEFAULT '',  -- of the copy, as its source writes it
    tried_at BIGINT NOT NULL,
    got_at   BIGINT NOT NULL DEFAULT 0, -- when the copy was last known to be current
    entries  BIGINT NOT NULL DEFAULT 0,
    skipped  BIGINT NOT NULL DEFAULT 0,
    cut      BOOLEAN NOT NULL DEFAULT FALSE,
    problem  TEXT NOT NULL DEFAULT '',  -- key of the sentence that says what went wrong last
    failures BIGINT NOT NULL DEFAULT 0, -- in a row
    packed   BYTEA                      -- the copy (feed.List.Pack); NULL before the first
);

CREATE TABLE list_ages (
    domain        TEXT PRIMARY KEY,
    registered_at BIGINT NOT NULL DEFAULT 0, -- 0: the registry did not say
    asked_at      BIGINT NOT NULL
);
CREATE INDEX list_ages_asked ON list_ages (asked_at);
