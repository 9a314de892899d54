-- By what a name is proved: a salted hash (base/pin_record), never the PIN. Not a projection, never in the journal, as who told a report.
CREATE TABLE name_pin (
    name   TEXT PRIMARY KEY,
    record TEXT NOT NULL
);
