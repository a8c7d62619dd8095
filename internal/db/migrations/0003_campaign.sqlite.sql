-- What belongs together: the fingerprint of each report, and the keys under
-- which the like are found. No foreign key: a fingerprint holds no word of a
-- message, so it may outlive its report. Its twin for PostgreSQL differs in the
-- numbers it draws, in the type of bytes, and in that here the keys alone are
-- the table.

CREATE TABLE campaign_members (
    id        INTEGER PRIMARY KEY, -- in the order of arrival
    report_id TEXT NOT NULL UNIQUE,
    campaign  TEXT NOT NULL,
    print     BLOB NOT NULL        -- similar.Print.Bytes
);
CREATE INDEX campaign_members_campaign ON campaign_members (campaign, id);

CREATE TABLE campaign_bands (
    band   BIGINT NOT NULL,        -- similar.Print.Bands
    member BIGINT NOT NULL,
    PRIMARY KEY (band, member)
) WITHOUT ROWID;
