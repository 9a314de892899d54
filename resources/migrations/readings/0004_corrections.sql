-- Values that took the place of what a run holds: it stays there as it came. Of several revisions of one moment the last is in force.
-- Those of a month in the archive stand here too.
CREATE TABLE correction (
    sensor   INTEGER NOT NULL,
    time     INTEGER NOT NULL, -- microseconds since 1970 UTC
    revision INTEGER NOT NULL, -- from 1
    delay    INTEGER NOT NULL, -- milliseconds from `time` until this value was taken
    value    REAL NOT NULL,
    PRIMARY KEY (sensor, time, revision)
) WITHOUT ROWID;
