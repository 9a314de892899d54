-- The quarantine bounded and found by feed. The bytes stand in a table of their own, so that looking through the items
-- reads none of them, and can be given back while the item stays.
CREATE TABLE quarantine_bytes (
    item  INTEGER PRIMARY KEY,
    bytes BLOB NOT NULL
);
INSERT INTO quarantine_bytes (item, bytes) SELECT id, bytes FROM quarantine;

-- `topic` and `received`: by which message it came, and when (NULL: as `time`). `size`: bytes of what came; `kept`: how
-- many of them are still here; `sha256` of what came, in hexadecimal, where that is fewer.
ALTER TABLE quarantine ADD COLUMN topic TEXT NOT NULL DEFAULT '';
ALTER TABLE quarantine ADD COLUMN received INTEGER;
ALTER TABLE quarantine ADD COLUMN size INTEGER NOT NULL DEFAULT 0;
ALTER TABLE quarantine ADD COLUMN kept INTEGER NOT NULL DEFAULT 0;
ALTER TABLE quarantine ADD COLUMN sha256 TEXT NOT NULL DEFAULT '';
UPDATE quarantine SET size = length(bytes), kept = length(bytes);
ALTER TABLE quarantine DROP COLUMN bytes;

DROP INDEX quarantine_open;
CREATE INDEX quarantine_open ON quarantine (feed, id) WHERE state = 'open';
CREATE INDEX quarantine_judged ON quarantine (judged_at) WHERE state <> 'open' AND kept > 0;

-- What of each feed is not judged: how many, of how many not all is kept, and the bytes that are. Kept up below, so
-- that it is asked for in no time however many there are.
CREATE TABLE quarantine_tally (
    feed TEXT PRIMARY KEY,
    open INTEGER NOT NULL,
    cut  INTEGER NOT NULL,
    kept INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO quarantine_tally (feed, open, cut, kept)
    SELECT feed, count(*), 0, sum(kept) FROM quarantine WHERE state = 'open' GROUP BY feed;

CREATE TRIGGER quarantine_came AFTER INSERT ON quarantine WHEN NEW.state = 'open'
BEGIN
    INSERT INTO quarantine_tally (feed, open, cut, kept) VALUES (NEW.feed, 1, NEW.kept < NEW.size, NEW.kept)
        ON CONFLICT (feed) DO UPDATE SET open = open + 1, cut = cut + excluded.cut, kept = kept + excluded.kept;
END;
CREATE TRIGGER quarantine_was_judged AFTER UPDATE OF state ON quarantine WHEN OLD.state = 'open' AND NEW.state <> 'open'
BEGIN
    UPDATE quarantine_tally SET open = open - 1, cut = cut - (OLD.kept < OLD.size), kept = kept - OLD.kept
        WHERE feed = OLD.feed;
END;
