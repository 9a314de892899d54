-- tocsin: refill
-- Call-down lists that the county keeps under a name.
CREATE TABLE call_list (
    id      TEXT PRIMARY KEY,
    name    TEXT NOT NULL,
    removed INTEGER NOT NULL,
    body    TEXT NOT NULL
);
