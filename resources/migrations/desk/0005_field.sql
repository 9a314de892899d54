-- tocsin: refill
-- What somebody in the field wrote, known again by the sender's own id; `id` is the entry's.
CREATE TABLE chat (
    source_key TEXT PRIMARY KEY,
    id         TEXT NOT NULL
);
