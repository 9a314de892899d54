-- tocsin: refill
-- Reports of which a person has said that they speak of one event.
CREATE TABLE cluster (
    id         TEXT PRIMARY KEY,
    changed_at INTEGER NOT NULL,
    incident   TEXT,
    body       TEXT NOT NULL
);
