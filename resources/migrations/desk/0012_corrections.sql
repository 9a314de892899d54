-- Corrections of readings that the journal has and the readings' files may not have yet: written with their entry, taken away
-- once they are in those files, done again at a start if the desk ended between the two.
CREATE TABLE correction_due (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    sensor   TEXT NOT NULL,
    time     INTEGER NOT NULL, -- microseconds since 1970 UTC, as the next
    received INTEGER NOT NULL,
    before   REAL NOT NULL,
    value    REAL NOT NULL
);
