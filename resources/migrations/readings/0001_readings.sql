-- One month of readings. `time` in microseconds since 1970 UTC; `delay` is how long after it the desk took the reading.
CREATE TABLE sensor (
    key  INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
);
CREATE TABLE reading (
    sensor INTEGER NOT NULL,
    time   INTEGER NOT NULL,
    delay  INTEGER NOT NULL,
    value  REAL NOT NULL,
    PRIMARY KEY (sensor, time)
) WITHOUT ROWID;
