-- How many readings the file holds, so that counting need not read them.
CREATE TABLE tally (
    id       INTEGER PRIMARY KEY CHECK (id = 1),
    readings INTEGER NOT NULL
);
INSERT INTO tally (id, readings) SELECT 1, count(*) FROM reading;
