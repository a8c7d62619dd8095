-- Who may do what, and how we know who asks. Secrets are kept as SHA-256 only,
-- passwords as argon2id. Times are BIGINT microseconds since 1970 UTC.

CREATE TABLE login_roles (
    person_id  TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    role       TEXT NOT NULL, -- responder, lead, admin; everybody is a reporter
    account_id TEXT NOT NULL DEFAULT '', -- '' for every account
    granted_at BIGINT NOT NULL,
    PRIMARY KEY (person_id, role, account_id)
);

CREATE TABLE login_passwords (
    person_id  TEXT PRIMARY KEY REFERENCES people (id) ON DELETE CASCADE,
    hash       TEXT NOT NULL,
    changed_at BIGINT NOT NULL
);

CREATE TABLE login_failures (
    address TEXT NOT NULL,
    at      BIGINT NOT NULL
);
CREATE INDEX login_failures_address ON login_failures (address, at);
CREATE INDEX login_failures_at ON login_failures (at);

CREATE TABLE login_sessions (
    token_hash TEXT PRIMARY KEY,
    person_id  TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    created_at BIGINT NOT NULL,
    used_at    BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX login_sessions_person ON login_sessions (person_id);
CREATE INDEX login_sessions_expires ON login_sessions (expires_at);

CREATE TABLE login_links (
    token_hash TEXT PRIMARY KEY,
    person_id  TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at    BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX login_links_person ON login_links (person_id, created_at);
CREATE INDEX login_links_created ON login_links (created_at);

CREATE TABLE login_tokens (
    id         TEXT PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE,
    name       TEXT NOT NULL,
    person_id  TEXT REFERENCES people (id) ON DELETE CASCADE, -- NULL: a service
    account_id TEXT NOT NULL DEFAULT '', -- a service's; '' for every account
    rights     TEXT NOT NULL, -- space separated; '' is all rights of its person
    created_at BIGINT NOT NULL,
    used_at    BIGINT NOT NULL DEFAULT 0,
    expires_at BIGINT NOT NULL DEFAULT 0, -- 0: never
    revoked_at BIGINT NOT NULL DEFAULT 0,
    CHECK (person_id IS NOT NULL OR rights <> '')
);
CREATE INDEX login_tokens_person ON login_tokens (person_id);
