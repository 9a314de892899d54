-- What people have drawn on the map: areas, closures, pins.
CREATE TABLE drawing (
    id         TEXT PRIMARY KEY,
    kind       TEXT NOT NULL,
    drawn_at   INTEGER NOT NULL,
    until      INTEGER,
    removed_at INTEGER,
    body       TEXT NOT NULL
);
