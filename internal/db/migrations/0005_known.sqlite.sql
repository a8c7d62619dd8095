-- What the organisation knows and remembers. Times are BIGINT microseconds since
-- 1970 UTC, 0 for "not yet". Its twin for PostgreSQL differs in the type of bytes.

-- Who sent what was reported: one row for each report of a person of ours.
CREATE TABLE known_sightings (
    report_id  TEXT PRIMARY KEY REFERENCES reports (id),
    case_id    TEXT NOT NULL REFERENCES cases (id),
    account_id TEXT NOT NULL REFERENCES accounts (id),
    person_id  TEXT NOT NULL REFERENCES people (id), -- who reported it
    address    TEXT NOT NULL,    -- of the author, lower case
    domain     TEXT NOT NULL,    -- registrable, of that address
    proved     BOOLEAN NOT NULL, -- the domain was authenticated
    at         BIGINT NOT NULL
);
CREATE INDEX known_sightings_domain ON known_sightings (account_id, domain, at);
CREATE INDEX known_sightings_address ON known_sightings (account_id, address, at);

-- Whom the team entered: suppliers, customers, services, newsletters.
CREATE TABLE known_partners (
    account_id TEXT NOT NULL DEFAULT '', -- '' for all of them
    domain     TEXT NOT NULL,
    kind       TEXT NOT NULL,
    note       TEXT NOT NULL DEFAULT '',
    added_at   BIGINT NOT NULL,
    PRIMARY KEY (domain, account_id)
);

-- Persons whose name others like to borrow.
ALTER TABLE people ADD COLUMN prominent BOOLEAN NOT NULL DEFAULT FALSE;
CREATE INDEX people_prominent ON people (account_id) WHERE prominent;

-- What was learned from decisions, and how it did on those it had not seen.
CREATE TABLE known_lessons (
    id          TEXT PRIMARY KEY,
    by_id       TEXT REFERENCES people (id), -- NULL: the desk by itself
    made_at     BIGINT NOT NULL,
    revoked_at  BIGINT NOT NULL DEFAULT 0,
    adopted     BOOLEAN NOT NULL,
    decisions   BIGINT NOT NULL,          -- it was made of
    figures     TEXT NOT NULL,            -- JSON of lesson.Figures
    packed      BLOB                      -- the correction; NULL when it was not adopted
);
CREATE INDEX known_lessons_made ON known_lessons (made_at);
CREATE INDEX decisions_at ON decisions (at) WHERE by_id IS NOT NULL;
