-- The journal, and what is not derived from it.

-- Facts about this database: 'source' (the CloudEvents source of its entries), 'county'.
CREATE TABLE about (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

-- One CloudEvents envelope a row. `time` in microseconds since 1970 UTC; `data` is the very text that was hashed.
CREATE TABLE journal (
    seq     INTEGER PRIMARY KEY,
    id      TEXT NOT NULL UNIQUE,
    source  TEXT NOT NULL,
    type    TEXT NOT NULL,
    subject TEXT NOT NULL,
    time    INTEGER NOT NULL,
    actor   TEXT NOT NULL,
    command TEXT NOT NULL,
    data    TEXT NOT NULL,
    hash    BLOB NOT NULL CHECK (length(hash) = 32)
);
CREATE INDEX journal_command ON journal (command, seq);

CREATE TRIGGER journal_append BEFORE INSERT ON journal
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM journal)
BEGIN
    SELECT RAISE(ABORT, 'journal entries are numbered without gaps');
END;
CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal
BEGIN
    SELECT RAISE(ABORT, 'journal entries are never changed');
END;
CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal
BEGIN
    SELECT RAISE(ABORT, 'journal entries are never deleted');
END;

-- What could not be decoded, whole, with the reason and the place of the fault.
CREATE TABLE quarantine (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    time    INTEGER NOT NULL,
    feed    TEXT NOT NULL,
    format  TEXT NOT NULL,
    code    TEXT NOT NULL,
    message TEXT NOT NULL,
    line    INTEGER,
    "column" INTEGER,
    byte    INTEGER,
    bytes   BLOB NOT NULL
);
