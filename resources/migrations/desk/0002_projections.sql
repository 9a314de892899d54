-- tocsin: refill
-- The projections: what is so now, derived from the journal and made again from it whenever the line above says so.
-- `body` is the whole thing as JSON; the columns beside it serve queries. Times in microseconds since 1970 UTC,
-- coordinates in degrees WGS-84.

CREATE TABLE desk (
    id   INTEGER PRIMARY KEY CHECK (id = 1),
    body TEXT NOT NULL
);
CREATE TABLE incident (
    id        TEXT PRIMARY KEY,
    number    TEXT NOT NULL,
    state     TEXT NOT NULL,
    grade     INTEGER NOT NULL,
    hazard    TEXT NOT NULL,
    latitude  REAL NOT NULL,
    longitude REAL NOT NULL,
    opened_at INTEGER NOT NULL,
    closed_at INTEGER,
    exercise  INTEGER NOT NULL,
    body      TEXT NOT NULL
);
CREATE TABLE alarm (
    id        TEXT PRIMARY KEY,
    rule      TEXT NOT NULL,
    sensor    TEXT NOT NULL,
    state     TEXT NOT NULL,
    severity  INTEGER NOT NULL,
    raised_at INTEGER NOT NULL,
    incident  TEXT,
    latitude  REAL NOT NULL,
    longitude REAL NOT NULL,
    body      TEXT NOT NULL
);
CREATE TABLE warning (
    id         TEXT PRIMARY KEY,
    source_key TEXT NOT NULL UNIQUE,
    state      TEXT NOT NULL,
    colour     INTEGER NOT NULL,
    sent       INTEGER NOT NULL,
    expires    INTEGER,
    body       TEXT NOT NULL
);
CREATE TABLE report (
    id          TEXT PRIMARY KEY,
    source_key  TEXT UNIQUE,
    state       TEXT NOT NULL,
    category    TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    incident    TEXT,
    latitude    REAL,
    longitude   REAL,
    body        TEXT NOT NULL
);
CREATE TABLE earthquake (
    id         TEXT PRIMARY KEY,
    source_key TEXT NOT NULL UNIQUE,
    time       INTEGER NOT NULL,
    magnitude  REAL,
    latitude   REAL NOT NULL,
    longitude  REAL NOT NULL,
    body       TEXT NOT NULL
);
-- Every name under which an agency has ever sent an earthquake: its preferred id changes in the first hours.
CREATE TABLE earthquake_key (
    source_key TEXT PRIMARY KEY,
    id         TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE resource (
    id        TEXT PRIMARY KEY,
    kind      TEXT NOT NULL,
    status    TEXT NOT NULL,
    latitude  REAL NOT NULL,
    longitude REAL NOT NULL,
    body      TEXT NOT NULL
);
CREATE TABLE assignment (
    id          TEXT PRIMARY KEY,
    incident    TEXT NOT NULL,
    resource    TEXT NOT NULL,
    state       TEXT NOT NULL,
    proposed_at INTEGER NOT NULL,
    body        TEXT NOT NULL
);
CREATE INDEX assignment_incident ON assignment (incident);
CREATE INDEX assignment_resource ON assignment (resource);
CREATE TABLE sensor (
    id        TEXT PRIMARY KEY,
    kind      TEXT NOT NULL,
    latitude  REAL NOT NULL,
    longitude REAL NOT NULL,
    body      TEXT NOT NULL
);

-- Which entries are about what. Every entry has at least the row of its own subject.
CREATE TABLE entry_subject (
    subject TEXT NOT NULL,
    seq     INTEGER NOT NULL,
    PRIMARY KEY (subject, seq)
) WITHOUT ROWID;
