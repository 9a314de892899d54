-- Readings lie in runs. A run is in order of sensor and time and cut into pieces, packed by the program; no two runs hold
-- the same moment of a sensor. Each append makes one; runs are merged into longer ones. What version 2 left in `reading`
-- is read as one more run, until it is merged too.
CREATE TABLE run (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    state    INTEGER NOT NULL, -- 0 being made, 1 whole, 2 whole with its readings in the archive, 3 to be cleared away
    readings INTEGER NOT NULL,
    first    INTEGER NOT NULL, -- microseconds since 1970 UTC
    last     INTEGER NOT NULL,
    summed   INTEGER NOT NULL  -- 1: has pieces of the kinds 1 to 4
);
CREATE TABLE piece (
    id     INTEGER PRIMARY KEY,
    run    INTEGER NOT NULL,
    kind   INTEGER NOT NULL, -- 0 readings; 1, 2, 3 sums by the minute, hour, day; 4 the newest two readings of each sensor
    sensor INTEGER NOT NULL, -- where it begins
    time   INTEGER NOT NULL,
    bytes  BLOB NOT NULL
);
CREATE UNIQUE INDEX piece_order ON piece (run, kind, sensor, time);
