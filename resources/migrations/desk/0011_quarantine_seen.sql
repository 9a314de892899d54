-- What is polled brings the same fault at every poll. `likeness`: by which the same is known, of what came without a
-- topic (empty: of nothing else); `seen`: how often it has come; `last_seen`: when it last came (NULL: once).
ALTER TABLE quarantine ADD COLUMN likeness TEXT NOT NULL DEFAULT '';
ALTER TABLE quarantine ADD COLUMN seen INTEGER NOT NULL DEFAULT 1;
ALTER TABLE quarantine ADD COLUMN last_seen INTEGER;
CREATE INDEX quarantine_like ON quarantine (feed, likeness) WHERE state = 'open' AND likeness <> '';
