-- Times are BIGINT microseconds since 1970 UTC, 0 for "not yet".
-- Identifiers are UUIDv7 as text; people see cases.number.

CREATE TABLE counters (
    name  TEXT PRIMARY KEY,
    value BIGINT NOT NULL
);
INSERT INTO counters (name, value) VALUES ('case', 0);

CREATE TABLE settings (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE accounts (
    id         TEXT PRIMARY KEY,
    name       TEXT NOT NULL UNIQUE,
    created_at BIGINT NOT NULL
);

CREATE TABLE people (
    id         TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    address    TEXT NOT NULL UNIQUE, -- lower case
    name       TEXT NOT NULL,
    language   TEXT NOT NULL DEFAULT '', -- what they chose; '' when they didn't
    created_at BIGINT NOT NULL
);
CREATE INDEX people_account ON people (account_id);

CREATE TABLE cases (
    id               TEXT PRIMARY KEY,
    number           BIGINT NOT NULL UNIQUE,
    account_id       TEXT NOT NULL REFERENCES accounts (id),
    reporter_id      TEXT REFERENCES people (id), -- NULL: somebody we don't know
    reporter_address TEXT NOT NULL,               -- as claimed
    subject          TEXT NOT NULL,
    kind             TEXT NOT NULL,  -- report, question, rescue
    state            TEXT NOT NULL,  -- new, waiting, answered, closed
    hold             TEXT NOT NULL DEFAULT '', -- why a person is needed; '' when none is
    urgent           BOOLEAN NOT NULL DEFAULT FALSE,
    acted            TEXT NOT NULL DEFAULT '', -- what the reporter did, comma separated
    language         TEXT NOT NULL,
    verdict          TEXT NOT NULL DEFAULT '',
    score            DOUBLE PRECISION NOT NULL DEFAULT 0,
    decided_by       TEXT REFERENCES people (id), -- NULL: the product, or nobody yet
    opened_at        BIGINT NOT NULL,
    promised_at      BIGINT NOT NULL DEFAULT 0,
    answered_at      BIGINT NOT NULL DEFAULT 0,
    updated_at       BIGINT NOT NULL
);
CREATE INDEX cases_queue ON cases (state, urgent, opened_at);
CREATE INDEX cases_reporter ON cases (reporter_id, opened_at);
CREATE INDEX cases_updated ON cases (updated_at);

CREATE TABLE deliveries (
    id            TEXT PRIMARY KEY,
    case_id       TEXT NOT NULL REFERENCES cases (id),
    channel       TEXT NOT NULL, -- smtp, web, api
    blob          TEXT NOT NULL, -- hash of what arrived
    once          TEXT NOT NULL UNIQUE, -- the same mail handed over twice is one delivery
    envelope_from TEXT NOT NULL,
    remote_ip     TEXT NOT NULL,
    helo          TEXT NOT NULL,
    person_id     TEXT REFERENCES people (id), -- signed in, so proved; NULL when it came by mail
    from_address  TEXT NOT NULL,
    message_id    TEXT NOT NULL,
    refs          TEXT NOT NULL, -- for threading our answer
    subject       TEXT NOT NULL,
    comment       TEXT NOT NULL,
    acted         TEXT NOT NULL DEFAULT '',
    automatic     TEXT NOT NULL, -- why it is never answered; '' when it may be
    received_at   BIGINT NOT NULL,
    assessed_at   BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX deliveries_case ON deliveries (case_id);
CREATE INDEX deliveries_message ON deliveries (message_id);

CREATE TABLE reports (
    id          TEXT PRIMARY KEY,
    case_id     TEXT NOT NULL REFERENCES cases (id),
    delivery_id TEXT NOT NULL REFERENCES deliveries (id),
    person_id   TEXT REFERENCES people (id),
    blob        TEXT NOT NULL, -- hash of the reported original
    shape       TEXT NOT NULL, -- how it was delivered
    complete    BOOLEAN NOT NULL,
    choice      TEXT NOT NULL, -- what the reporter thinks it is
    subject     TEXT NOT NULL,
    sender      TEXT NOT NULL,
    campaign    TEXT NOT NULL DEFAULT '',
    verdict     TEXT NOT NULL DEFAULT '',
    judgement   TEXT NOT NULL DEFAULT '', -- JSON of analysis.Result
    created_at  BIGINT NOT NULL
);
CREATE INDEX reports_case ON reports (case_id);
CREATE INDEX reports_person ON reports (person_id, created_at);
CREATE INDEX reports_campaign ON reports (campaign, created_at);

CREATE TABLE entries (
    id        TEXT PRIMARY KEY,
    case_id   TEXT NOT NULL REFERENCES cases (id),
    kind      TEXT NOT NULL, -- report, comment, letter, decision, feedback, rescue, notice
    author_id TEXT REFERENCES people (id), -- NULL: the product, or somebody we don't know
    body      TEXT NOT NULL, -- a person's words, or a catalogue key for notices
    letter_id TEXT NOT NULL DEFAULT '',
    at        BIGINT NOT NULL
);
CREATE INDEX entries_case ON entries (case_id, at);

CREATE TABLE decisions (
    id       TEXT PRIMARY KEY,
    case_id  TEXT NOT NULL REFERENCES cases (id),
    verdict  TEXT NOT NULL,
    previous TEXT NOT NULL,
    by_id    TEXT REFERENCES people (id), -- NULL: the product
    at       BIGINT NOT NULL
);
CREATE INDEX decisions_case ON decisions (case_id, at);

CREATE TABLE letters (
    id          TEXT PRIMARY KEY,
    case_id     TEXT REFERENCES cases (id), -- NULL for sign-in links
    person_id   TEXT REFERENCES people (id),
    once        TEXT NOT NULL UNIQUE, -- one letter per occasion, however often its job runs
    to_address  TEXT NOT NULL,
    situation   TEXT NOT NULL,
    language    TEXT NOT NULL,
    verdict     TEXT NOT NULL DEFAULT '', -- what it tells, '' when it tells none
    subject     TEXT NOT NULL,
    body_text   TEXT NOT NULL,
    body_html   TEXT NOT NULL,
    message_id  TEXT NOT NULL UNIQUE,
    in_reply_to TEXT NOT NULL,
    refs        TEXT NOT NULL,
    reply_to    TEXT NOT NULL,
    tone        TEXT NOT NULL, -- JSON of the tone check: recorded for every letter
    tone_pass   BOOLEAN NOT NULL,
    approved_by TEXT REFERENCES people (id),
    state       TEXT NOT NULL, -- held, ready, claimed, handing, sent, failed, doubtful
    claimed_by  TEXT NOT NULL DEFAULT '', -- the running process that holds it
    claimed_at  BIGINT NOT NULL DEFAULT 0,
    attempts    INTEGER NOT NULL DEFAULT 0,
    note        TEXT NOT NULL DEFAULT '', -- what the other side said when it failed
    created_at  BIGINT NOT NULL,
    sent_at     BIGINT NOT NULL DEFAULT 0,
    CHECK (tone_pass OR state = 'held' OR approved_by IS NOT NULL)
);
CREATE INDEX letters_case ON letters (case_id, created_at);
CREATE INDEX letters_state ON letters (state);
CREATE INDEX letters_person ON letters (person_id, created_at);

CREATE TABLE feedback (
    id        TEXT PRIMARY KEY,
    case_id   TEXT NOT NULL REFERENCES cases (id),
    person_id TEXT NOT NULL REFERENCES people (id),
    helped    BOOLEAN NOT NULL,
    sentence  TEXT NOT NULL,
    at        BIGINT NOT NULL,
    UNIQUE (case_id, person_id)
);
