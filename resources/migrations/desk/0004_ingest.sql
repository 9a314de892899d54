-- tocsin: refill
-- Units in the field, as the journal knows them. Where they are stands in tracks/, as readings do.
CREATE TABLE unit (
    id       TEXT PRIMARY KEY,
    resource TEXT,
    body     TEXT NOT NULL
);

-- Who told: not a projection, never in the journal, so that it can be kept from those who need not know.
CREATE TABLE contact (
    report TEXT PRIMARY KEY,
    body   TEXT NOT NULL
);

-- What became of what could not be taken: 'open', 'taken' (again, after a mend), 'dismissed'.
ALTER TABLE quarantine ADD COLUMN state TEXT NOT NULL DEFAULT 'open';
ALTER TABLE quarantine ADD COLUMN judged_by TEXT NOT NULL DEFAULT '';
ALTER TABLE quarantine ADD COLUMN judged_at INTEGER;
CREATE INDEX quarantine_open ON quarantine (id) WHERE state = 'open';
