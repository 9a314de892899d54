-- tocsin: refill
-- Cards on which was decided who goes; people called in turn; what others are asked to lend.
CREATE TABLE decision (
    id       TEXT PRIMARY KEY,
    incident TEXT NOT NULL,
    state    TEXT NOT NULL,
    at       INTEGER NOT NULL,
    body     TEXT NOT NULL
);
CREATE INDEX decision_incident ON decision (incident);
CREATE TABLE call_down (
    id       TEXT PRIMARY KEY,
    state    TEXT NOT NULL,
    incident TEXT,
    body     TEXT NOT NULL
);
CREATE TABLE aid_request (
    id       TEXT PRIMARY KEY,
    incident TEXT NOT NULL,
    partner  TEXT NOT NULL,
    state    TEXT NOT NULL,
    body     TEXT NOT NULL
);
