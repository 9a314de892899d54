-- One month of where units were. Times in microseconds since 1970 UTC; `delay` is how long after it the desk took the
-- position, `stale` how long after it the position is old.
CREATE TABLE unit (
    key  INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
);
-- How units called themselves: the same for thousands of positions.
CREATE TABLE about (
    key       INTEGER PRIMARY KEY,
    call_sign TEXT NOT NULL,
    type      TEXT NOT NULL,
    team      TEXT NOT NULL,
    role      TEXT NOT NULL,
    UNIQUE (call_sign, type, team, role)
);
CREATE TABLE position (
    unit      INTEGER NOT NULL,
    time      INTEGER NOT NULL,
    delay     INTEGER NOT NULL,
    stale     INTEGER NOT NULL,
    about     INTEGER NOT NULL,
    latitude  REAL NOT NULL,
    longitude REAL NOT NULL,
    altitude  REAL,
    accuracy  REAL,
    speed     REAL,
    course    REAL,
    PRIMARY KEY (unit, time)
) WITHOUT ROWID;
